"""Whether what a finding says can be so at all: an aircraft may err, and its account may be in other hands."""

from datetime import datetime

from shapely import Point

from ground_station.foreign_time import refuse_ahead
from missions.catalog.ground_shape import centre_frame, polygon
from missions.district import District
from missions.errors import InvalidInput
from missions.finding import Finding

MAX_BEYOND_DISTRICT_M = 5000.0
"""What lies further outside the district's outline is nobody's here; flights keep to the district, and cameras see less far."""

MAX_SEMI_MAJOR_M = 1000.0
"""A place that is less certain says nothing, and would take in every finding of its class round about."""


class Plausibility:
    """The bounds of one district, prepared once for many findings."""

    def __init__(self, district: District) -> None:
        self._frame = centre_frame(district.outline)
        self._outline = polygon(district.outline, self._frame)

    def check(self, finding: Finding, now: datetime) -> None:
        """Raises InvalidInput naming the key that contradicts another one, or cannot be."""
        _check_times(finding, now)
        _check_ellipse(finding)
        beyond_m = self._outline.distance(Point(self._frame.to_xy(finding.position)))
        if beyond_m > MAX_BEYOND_DISTRICT_M:
            raise InvalidInput("finding", "position", f"lies {beyond_m / 1000:.1f} km outside the district")


def _check_times(finding: Finding, now: datetime) -> None:
    if finding.first_seen_at > finding.last_seen_at:
        raise InvalidInput("finding", "first_seen_at", "comes after last_seen_at")
    refuse_ahead("finding", "last_seen_at", finding.last_seen_at, now)


def _check_ellipse(finding: Finding) -> None:
    ellipse = finding.ellipse
    if ellipse.semi_minor_m > ellipse.semi_major_m:
        raise InvalidInput("finding", "ellipse.semi_minor_m", f"{ellipse.semi_minor_m} m is more than semi_major_m")
    if ellipse.semi_major_m > MAX_SEMI_MAJOR_M:
        cause = f"{ellipse.semi_major_m:.0f} m; a place less certain than {MAX_SEMI_MAJOR_M:.0f} m is none"
        raise InvalidInput("finding", "ellipse.semi_major_m", cause)
