"""Findings, pictures and incidents in the database."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from ground_station.findings.cells import WIDE_M
from ground_station.findings.tables import EvidenceRow, FindingRow, IncidentRow

R = TypeVar("R", FindingRow, IncidentRow)


class FindingRepository:
    """What is asked of the findings and incidents of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def finding(self, id: str) -> FindingRow | None:
        """The finding with that id."""
        return self._session.scalar(select(FindingRow).where(FindingRow.id == id, FindingRow.district_id == self._district_id))

    def findings_of(self, incident_id: str) -> list[FindingRow]:
        """An incident's findings, newest first."""
        query = select(FindingRow).where(FindingRow.incident_id == incident_id, FindingRow.district_id == self._district_id)
        return list(self._session.scalars(query.order_by(FindingRow.last_seen_at.desc(), FindingRow.id.desc())))

    def incident(self, id: str, *, for_update: bool = False) -> IncidentRow | None:
        """The incident with that id."""
        query = select(IncidentRow).where(IncidentRow.id == id, IncidentRow.district_id == self._district_id)
        return self._session.scalar(query.with_for_update() if for_update else query)

    def incidents(self, ids: Sequence[str]) -> dict[str, IncidentRow]:
        """Id -> incident, for those there are."""
        query = select(IncidentRow).where(IncidentRow.id.in_(ids), IncidentRow.district_id == self._district_id)
        return {row.id: row for row in self._session.scalars(query)}

    def near(self, class_key: str, cells: Sequence[str] | None) -> list[IncidentRow]:
        """Incidents of a class in these cells (None: anywhere) or too uncertain in place for a cell; newest first."""
        query = select(IncidentRow).where(IncidentRow.district_id == self._district_id, IncidentRow.class_key == class_key)
        if cells is not None:
            query = query.where(or_(IncidentRow.cell.in_(cells), IncidentRow.semi_major_m > WIDE_M))
        return list(self._session.scalars(query.order_by(IncidentRow.last_seen_at.desc())))

    def page(self, table: type[R], conditions: Iterable[ColumnElement[bool]], limit: int) -> list[R]:
        """Findings or incidents that fulfil the conditions, latest seen first."""
        query = select(table).where(table.district_id == self._district_id, *conditions)
        return list(self._session.scalars(query.order_by(table.last_seen_at.desc(), table.id.desc()).limit(limit)))

    def evidence(self, sha256: str) -> EvidenceRow | None:
        """The picture with that hash."""
        return self._session.scalar(
            select(EvidenceRow).where(EvidenceRow.sha256 == sha256, EvidenceRow.district_id == self._district_id)
        )

    def findings_proved_by(self, evidence: EvidenceRow) -> list[FindingRow]:
        """The findings that name the picture as their evidence, or as that for those who may see people."""
        query = select(FindingRow).where(
            FindingRow.evidence_sha256 == evidence.sha256, FindingRow.district_id == self._district_id
        )
        named = list(self._session.scalars(query))
        told = self.finding(evidence.record.finding_id) if evidence.record is not None and evidence.shows_people else None
        return [*named, told] if told is not None and told.finding.people_evidence_sha256 == evidence.sha256 else named

    def add(self, row: FindingRow | IncidentRow | EvidenceRow) -> None:
        """Keeps a new row."""
        self._session.add(row)
        self._session.flush()
