"""Which incident a finding belongs to, and what it changes there."""

from collections.abc import Iterable

from ground_station.findings.cells import cell_of
from ground_station.findings.tables import IncidentRow
from missions.finding import Finding
from missions.geometry import ErrorEllipse, GeoPoint
from missions.incident import IncidentState, Sighting, combine, is_same_matter

OPEN_STATES = frozenset({IncidentState.AWAITING_REVIEW, IncidentState.CONFIRMED})


def sighting_of_finding(finding: Finding) -> Sighting:
    """What merging needs of a finding."""
    return Sighting(class_key=finding.class_key, position=finding.position, ellipse=finding.ellipse)


def sighting_of_incident(row: IncidentRow) -> Sighting:
    """What merging needs of an incident."""
    return Sighting(class_key=row.class_key, position=position_of(row), ellipse=ellipse_of(row))


def position_of(row: IncidentRow) -> GeoPoint:
    """The incident's place."""
    return GeoPoint(lat_deg=row.lat_deg, lon_deg=row.lon_deg)


def ellipse_of(row: IncidentRow) -> ErrorEllipse:
    """The doubt about the incident's place."""
    return ErrorEllipse(semi_major_m=row.semi_major_m, semi_minor_m=row.semi_minor_m, orientation_deg=row.orientation_deg)


def same_matter(finding: Finding, candidates: Iterable[IncidentRow], extent_m: float) -> list[IncidentRow]:
    """The candidates that may be the same matter, nearest first."""
    sighting = sighting_of_finding(finding)
    fitting = [row for row in candidates if is_same_matter(sighting_of_incident(row), sighting, extent_m)]
    return sorted(fitting, key=lambda row: finding.position.distance_m(position_of(row)))


def takes(row: IncidentRow, finding: Finding) -> bool:
    """Whether the incident takes the finding: while it is open, and also later for what was seen before it ended."""
    if row.state in OPEN_STATES:
        return True
    return row.ended_at is not None and finding.last_seen_at <= row.ended_at


def take(row: IncidentRow, finding: Finding) -> None:
    """Adds a finding to an incident: place, doubt, confidence, times and best picture."""
    place(row, combine(sighting_of_incident(row), sighting_of_finding(finding)))
    row.findings += 1
    row.first_seen_at = min(row.first_seen_at, finding.first_seen_at)
    row.last_seen_at = max(row.last_seen_at, finding.last_seen_at)
    if finding.confidence > row.confidence:
        row.confidence = finding.confidence
        row.evidence_sha256 = finding.evidence_sha256


def place(row: IncidentRow, sighting: Sighting) -> None:
    """Sets the incident's place, doubt and cell."""
    row.lat_deg, row.lon_deg = sighting.position.lat_deg, sighting.position.lon_deg
    row.semi_major_m, row.semi_minor_m = sighting.ellipse.semi_major_m, sighting.ellipse.semi_minor_m
    row.orientation_deg = sighting.ellipse.orientation_deg
    row.cell = cell_of(sighting.position)
