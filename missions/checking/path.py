"""PATH: a flight goes from its dock to its dock when it says, forwards in time, with its visits in order."""

from collections.abc import Iterator
from itertools import pairwise

from missions.checking.day import TIMING_S, CheckedFlight, CheckedVisit, Day
from missions.checking.plane import Array
from missions.checking.violation import Rule, Violation, clock
from missions.district import Dock

AT_DOCK_M = 5.0
ON_GROUND_M = 1.0
"""How far from the dock, and how high, a path may begin and end."""


def check_paths(day: Day) -> Iterator[Violation]:
    """Times increase, both ends lie at their docks on the ground, visits lie inside, in order and apart."""
    for flight in day.flights:
        yield from _times(flight, day)
        yield from _ends(flight, day)
        yield from _visits([one for one in day.visits if one.flight is flight])


def _times(one: CheckedFlight, day: Day) -> Iterator[Violation]:
    """Why there is no track."""
    if one.track is not None:
        return
    at_s = [day.seconds(timed.at) for timed in one.flight.path]
    for number, (before_s, after_s) in enumerate(pairwise(at_s), start=2):
        if after_s <= before_s:
            text = f"point {number} of the path of flight '{one.id}' is at {clock(after_s)}, not after {clock(before_s)}"
            yield _broken(one.id, text, before_s, after_s)
            return
    yield _broken(one.id, f"the path of flight '{one.id}' has fewer than two points, or a height that is none")


def _ends(one: CheckedFlight, day: Day) -> Iterator[Violation]:
    if one.track is None:
        return
    places = day.plane.to_xy(dock.point for dock in (one.from_dock, one.to_dock) if dock)
    begin, end = one.flight.path[0], one.flight.path[-1]
    track = one.track
    if one.from_dock:
        yield from _end(one, "begins", one.from_dock, places[0] - track.xy_m[0], begin.height_m)
    if one.to_dock:
        yield from _end(one, "ends", one.to_dock, places[-1] - track.xy_m[-1], end.height_m - one.rise_m)
    yield from _moment(one, "begins", float(track.at_s[0]), "take-off", one.takes_off_s)
    yield from _moment(one, "ends", float(track.at_s[-1]), "landing", one.lands_s)


def _end(one: CheckedFlight, what: str, dock: Dock, offset_m: Array, height_m: float) -> Iterator[Violation]:
    away_m = float((offset_m**2).sum() ** 0.5)
    if away_m > AT_DOCK_M:
        text = (
            f"the path of flight '{one.id}' {what} {away_m:.1f} m from dock '{dock.id}'; at most {AT_DOCK_M:g} m are let pass"
        )
        yield _broken(one.id, text, AT_DOCK_M, away_m)
    if abs(height_m) > ON_GROUND_M:
        where = f"{height_m:.1f} m over dock '{dock.id}'"
        yield _broken(one.id, f"the path of flight '{one.id}' {what} {where}, not on the ground", ON_GROUND_M, height_m)


def _moment(one: CheckedFlight, what: str, path_s: float, stated: str, stated_s: float) -> Iterator[Violation]:
    if abs(path_s - stated_s) > TIMING_S:
        text = f"the path of flight '{one.id}' {what} at {clock(path_s)}; its {stated} is at {clock(stated_s)}"
        yield _broken(one.id, text, stated_s, path_s)


def _visits(visits: list[CheckedVisit]) -> Iterator[Violation]:
    for one in visits:
        if not one.flight.takes_off_s <= one.begins_s <= one.ends_s <= one.flight.lands_s:
            seen = f"{clock(one.begins_s)}-{clock(one.ends_s)}"
            text = f"flight '{one.flight.id}' sees pass '{one.visit.pass_id}' {seen}, which is not a time within the flight"
            yield _broken(one.flight.id, text)
    for before, after in pairwise(visits):
        if after.begins_s < before.ends_s:
            begun = f"flight '{after.flight.id}' begins with pass '{after.visit.pass_id}' at {clock(after.begins_s)}"
            text = f"{begun}, before it has ended with '{before.visit.pass_id}' at {clock(before.ends_s)}"
            yield _broken(after.flight.id, text, before.ends_s, after.begins_s)


def _broken(subject: str, text: str, limit: float | None = None, value: float | None = None) -> Violation:
    return Violation(rule=Rule.PATH, subject=subject, text=text, limit=limit, value=value)
