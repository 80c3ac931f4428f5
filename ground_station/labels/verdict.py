"""What a person decided about a finding, read from its incident and that one's work order."""

from collections.abc import Iterator

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from ground_station.findings.tables import FindingRow, IncidentRow
from ground_station.work_orders.tables import WorkOrderRow
from missions.finding import Finding
from missions.incident import IncidentState
from missions.noun import Instant, StrictNoun


class Verdict(StrictNoun):
    """Whether the thing is there as reported, who said so, when and why. `stage` is where: the review, or the work order."""

    is_there: bool
    by: str
    at: Instant
    reason: str
    stage: str = Field(pattern="^(review|work_order)$")


def verdicts(session: Session, district_id: str) -> Iterator[tuple[Finding, str, Verdict]]:
    """Each finding of an incident that a person has decided on, with the incident's id, oldest first."""
    query = (
        select(FindingRow, IncidentRow, WorkOrderRow)
        .join(IncidentRow, FindingRow.incident_id == IncidentRow.id)
        .outerjoin(WorkOrderRow, WorkOrderRow.incident_id == IncidentRow.id)
        .where(FindingRow.district_id == district_id)
        .order_by(FindingRow.last_seen_at, FindingRow.id)
    )
    for finding, incident, order in session.execute(query):
        verdict = verdict_on(incident, order)
        if verdict is not None:
            yield finding.finding, incident.id, verdict


def verdict_on(incident: IncidentRow, order: WorkOrderRow | None) -> Verdict | None:
    """The latest decision of a person: a work order's end outdoes the review. None where the network alone has decided."""
    if order is not None and incident.state in (IncidentState.DISMISSED, IncidentState.CLOSED):
        last = order.steps[-1]
        is_there = incident.state == IncidentState.CLOSED
        return Verdict(is_there=is_there, by=last.by, at=last.at, reason=last.reason, stage="work_order")
    if incident.reviewed_by is None or incident.reviewed_at is None:
        return None
    return Verdict(
        is_there=incident.state != IncidentState.DISMISSED,
        by=incident.reviewed_by,
        at=incident.reviewed_at,
        reason=incident.review_reason,
        stage="review",
    )
