"""AIRSPACE: a flight stays in the permitted area, out of no-fly zones, and out of what is closed while it is."""

from collections.abc import Iterator, Sequence

from shapely import prepare
from shapely.geometry.base import BaseGeometry

from missions.checking.day import CheckedFlight, Day
from missions.checking.track import Track
from missions.checking.violation import Rule, Violation, clock
from missions.geometry import GeoPoint
from missions.schedule import Span

NEGLIGIBLE_M = 0.1
"""How far over a border is none: straight lines in the plane and on the earth differ by less."""


def check_airspace(day: Day) -> Iterator[Violation]:
    """Each flight against the permitted area, each zone and each closure; those begun before the closures hold stand."""
    permitted = day.plane.polygon(day.district.airspace.permitted).buffer(NEGLIGIBLE_M)
    zones = [(zone.id, _inside(day, zone.outline)) for zone in day.district.airspace.no_fly_zones]
    closures = [(one.id, one.span, _inside(day, one.outline)) for one in day.schedule.conditions.closures]
    since = day.schedule.conditions.since
    since_s = float("-inf") if since is None else day.seconds(since)
    prepare([permitted, *(area for _, area in zones)])
    for flight in day.flights:
        if flight.track is None:
            continue
        yield from _leaves(flight, flight.track, permitted)
        for id, area in zones:
            yield from _enters(flight, flight.track, area, f"the no-fly zone '{id}'")
        for id, span, area in closures if flight.takes_off_s >= since_s else ():
            during = _during(flight.track, span, day)
            if during is not None:
                yield from _enters(flight, during, area, f"the closure '{id}'")


def _inside(day: Day, outline: Sequence[GeoPoint]) -> BaseGeometry:
    return day.plane.polygon(outline).buffer(-NEGLIGIBLE_M)


def _during(track: Track, span: Span, day: Day) -> Track | None:
    """The part that is planned into a span, or so near to it that a flight out of step may be flown in it; if there is any."""
    error_s = day.district.operations.timing_error_s
    begins_s = max(day.seconds(span.begins_at) - error_s, float(track.at_s[0]))
    ends_s = min(day.seconds(span.ends_at) + error_s, float(track.at_s[-1]))
    return track.between(begins_s, ends_s) if begins_s <= ends_s else None


def _leaves(one: CheckedFlight, track: Track, permitted: BaseGeometry) -> Iterator[Violation]:
    if not permitted.covers(track.line):
        outside_m = track.line.difference(permitted).length
        when = f"between {clock(track.at_s[0])} and {clock(track.at_s[-1])}"
        text = f"flight '{one.id}' is outside the permitted area for {outside_m:.0f} m of its way {when}; 0 m are allowed"
        yield Violation(rule=Rule.AIRSPACE, subject=one.id, text=text, limit=0, value=outside_m)


def _enters(one: CheckedFlight, track: Track, area: BaseGeometry, name: str) -> Iterator[Violation]:
    if area.intersects(track.line):
        inside_m = track.line.intersection(area).length
        when = f"between {clock(track.at_s[0])} and {clock(track.at_s[-1])}"
        text = f"flight '{one.id}' is in {name} for {inside_m:.0f} m of its way {when}; 0 m are allowed"
        yield Violation(rule=Rule.AIRSPACE, subject=one.id, text=text, limit=0, value=inside_m)
