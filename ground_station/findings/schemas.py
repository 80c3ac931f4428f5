"""What the finding and incident endpoints take and give."""

from typing import Annotated, Literal

from pydantic import Field

from missions.finding import Finding
from missions.incident import Incident
from missions.noun import Instant, StrictNoun


class FindingOut(Finding):
    """A finding and where it led."""

    incident_id: str
    department_id: str
    received_at: Instant


class IncidentOut(Incident):
    """An incident with its best picture, its work order, and the earlier incident at the same place."""

    department_id: str
    evidence_sha256: str
    earlier_incident_id: str | None
    work_order_id: str | None
    ended_at: Instant | None
    reviewed_by: str | None
    reviewed_at: Instant | None
    review_reason: str
    review_below: Annotated[float | None, Field(description="the confidence it lacked to need no person")]


class IncidentDetail(IncidentOut):
    """An incident with its findings, newest first."""

    finding_items: list[FindingOut]


class Review(StrictNoun):
    """A person's decision on an incident that waits for it."""

    verdict: Literal["confirm", "dismiss"]
    reason: Annotated[str, Field(max_length=2000)] = ""
