"""Looking at findings, incidents and pictures, as far as the caller may."""

from collections.abc import Callable

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from ground_station.findings.merging import ellipse_of, position_of
from ground_station.findings.repository import FindingRepository
from ground_station.findings.schemas import FindingOut, IncidentDetail, IncidentOut
from ground_station.findings.tables import EvidenceRow, FindingRow, IncidentRow
from ground_station.paging import Page, PageRequest, before_cursor, make_cursor
from missions.errors import NotFound
from missions.incident import IncidentState

Sees = Callable[[str | None], bool]
"""Whether the caller may see the cases of a department."""


class FindingReader:
    """Findings and incidents of one district, for one caller: what it may not see does not exist for it."""

    def __init__(self, session: Session, district_id: str, sees: Sees, only_department_id: str | None) -> None:
        self._rows = FindingRepository(session, district_id)
        self._sees = sees
        self._only = only_department_id

    def findings(self, request: PageRequest, *, flight_id: str | None, incident_id: str | None) -> Page[FindingOut]:
        """Findings, latest seen first."""
        conditions: list[ColumnElement[bool]] = before_cursor(request.cursor, FindingRow.last_seen_at, FindingRow.id)
        for column, value in (
            (FindingRow.department_id, self._only),
            (FindingRow.flight_id, flight_id),
            (FindingRow.incident_id, incident_id),
        ):
            if value is not None:
                conditions.append(column == value)
        found = self._rows.page(FindingRow, conditions, request.limit + 1)
        shown = found[: request.limit]
        cursor = make_cursor(shown[-1].last_seen_at, shown[-1].id) if len(found) > request.limit else None
        return Page(items=[finding_out(row) for row in shown], next_cursor=cursor)

    def finding(self, id: str) -> FindingOut:
        """One finding; raises NotFound."""
        row = self._rows.finding(id)
        if row is None or not self._sees(row.department_id):
            raise NotFound(f"there is no finding '{id}'")
        return finding_out(row)

    def incidents(self, request: PageRequest, *, state: IncidentState | None) -> Page[IncidentOut]:
        """Incidents, latest seen first."""
        conditions: list[ColumnElement[bool]] = before_cursor(request.cursor, IncidentRow.last_seen_at, IncidentRow.id)
        if self._only is not None:
            conditions.append(IncidentRow.department_id == self._only)
        if state is not None:
            conditions.append(IncidentRow.state == state)
        found = self._rows.page(IncidentRow, conditions, request.limit + 1)
        shown = found[: request.limit]
        cursor = make_cursor(shown[-1].last_seen_at, shown[-1].id) if len(found) > request.limit else None
        return Page(items=[incident_out(row) for row in shown], next_cursor=cursor)

    def incident(self, id: str) -> IncidentDetail:
        """One incident with its findings; raises NotFound."""
        row = self._rows.incident(id)
        if row is None or not self._sees(row.department_id):
            raise NotFound(f"there is no incident '{id}'")
        findings = [finding_out(one) for one in self._rows.findings_of(id)]
        return IncidentDetail(**dict(incident_out(row)), finding_items=findings)

    def evidence(self, sha256: str) -> tuple[EvidenceRow, list[FindingRow]]:
        """A picture and the findings that it proves; raises NotFound where it is not there or the caller has none of them."""
        row = self._rows.evidence(sha256)
        findings = self._rows.findings_proved_by(row) if row is not None else []
        hidden = self._only is not None and all(one.department_id != self._only for one in findings)
        if row is None or hidden:
            raise NotFound(f"there is no evidence '{sha256}'")
        return row, findings


def finding_out(row: FindingRow) -> FindingOut:
    """A finding as shown."""
    return FindingOut(
        **dict(row.finding), incident_id=row.incident_id, department_id=row.department_id, received_at=row.received_at
    )


def incident_out(row: IncidentRow) -> IncidentOut:
    """An incident as shown."""
    return IncidentOut(
        id=row.id,
        district_id=row.district_id,
        class_key=row.class_key,
        category=row.category,
        state=IncidentState(row.state),
        position=position_of(row),
        ellipse=ellipse_of(row),
        confidence=row.confidence,
        sub_district_id=row.sub_district_id,
        findings=row.findings,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        department_id=row.department_id,
        evidence_sha256=row.evidence_sha256,
        earlier_incident_id=row.earlier_incident_id,
        work_order_id=row.work_order_id,
        ended_at=row.ended_at,
        reviewed_by=row.reviewed_by,
        reviewed_at=row.reviewed_at,
        review_reason=row.review_reason,
        review_below=row.review_below,
    )
