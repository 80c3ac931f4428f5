"""Findings, incidents and pictures over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse

from ground_station.access.guard import CaseReader, ReadSession, Reviewer, WriteSession
from ground_station.access.permissions import Permission
from ground_station.aircraft_keys.service import AircraftKeys
from ground_station.findings.proof import EvidenceProof, prove
from ground_station.findings.reading import FindingReader, incident_out
from ground_station.findings.schemas import FindingOut, IncidentDetail, IncidentOut, Review
from ground_station.findings.service import FindingService
from ground_station.paging import Page, Paging
from ground_station.parts import TheDistrict, given
from missions.incident import IncidentState

router = APIRouter(tags=["findings"])
Id = Annotated[str, PathParameter(max_length=64)]
Sha256Path = Annotated[str, PathParameter(pattern="^[0-9a-f]{64}$")]
TheKeys = Annotated[AircraftKeys, Depends(given(AircraftKeys))]
TheFindings = Annotated[FindingService, Depends(given(FindingService))]


def _reader(principal: CaseReader, district: TheDistrict, session: ReadSession) -> FindingReader:
    return FindingReader(session, district.id, principal.sees, principal.department_id)


Reader = Annotated[FindingReader, Depends(_reader)]


@router.get("/findings")
def list_findings(
    reader: Reader,
    paging: Paging,
    flight_id: str | None = None,
    incident_id: str | None = None,
) -> Page[FindingOut]:
    """Findings, latest seen first."""
    return reader.findings(paging, flight_id=flight_id, incident_id=incident_id)


@router.get("/findings/{finding_id}")
def get_finding(finding_id: Id, reader: Reader) -> FindingOut:
    """One finding."""
    return reader.finding(finding_id)


@router.get("/evidence/{sha256}", response_class=FileResponse, responses={200: {"content": {"image/jpeg": {}}}})
def get_evidence(
    sha256: Sha256Path,
    reader: Reader,
    principal: CaseReader,
    findings: TheFindings,
    session: ReadSession,
) -> FileResponse:
    """The picture that proves a finding, with its signed record in it; one that shows people is for those who may see them."""
    row, _ = reader.evidence(sha256)
    if row.shows_people:
        principal.require(Permission.SEE_PEOPLE)
    path = findings.picture(session, sha256)
    return FileResponse(path, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=86400, immutable"})


@router.get("/evidence/{sha256}/proof")
def get_proof(sha256: Sha256Path, reader: Reader, keys: TheKeys, session: ReadSession) -> EvidenceProof:
    """Whether the picture is what an aircraft signed, its record, and the public key to verify it with elsewhere."""
    row, findings = reader.evidence(sha256)
    key = keys.find(session, row.drone_id, row.record.key_id) if row.record is not None else None
    return prove(row, findings, key)


@router.get("/incidents")
def list_incidents(
    reader: Reader,
    paging: Paging,
    state: IncidentState | None = None,
) -> Page[IncidentOut]:
    """Incidents, latest seen first."""
    return reader.incidents(paging, state=state)


@router.get("/incidents/{incident_id}")
def get_incident(incident_id: Id, reader: Reader) -> IncidentDetail:
    """One incident with its findings."""
    return reader.incident(incident_id)


@router.post("/incidents/{incident_id}/review")
def review_incident(
    incident_id: Id, body: Review, principal: Reviewer, findings: TheFindings, session: WriteSession
) -> IncidentOut:
    """Confirms an incident that waits (its work order is opened), or dismisses it."""
    return incident_out(findings.review(session, incident_id, body, principal.name))
