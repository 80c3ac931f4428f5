"""COVERAGE: a visit shows its route's ground."""

from collections.abc import Iterator
from math import pi, tau

import numpy as np
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from missions.checking.day import CheckedVisit, Day
from missions.checking.plane import Array
from missions.checking.track import HIGHEST_M
from missions.checking.view import View, view_from
from missions.checking.violation import Rule, Violation
from missions.geometry import GeoPoint
from missions.route import Area, Corridor, Orbit, WaypointList

LEAST_SHARE = 0.99
AT_POINT_M = 5.0
ON_ORBIT_M = 10.0
ON_ORBIT_SHARE = 0.1
"""A ring may be off its radius by the larger of the two."""

LEAST_TURN_DEG = 350.0
DOWN_DEG = -90.0


def check_coverage(day: Day) -> Iterator[Violation]:
    """Areas and corridors are shown, points are passed over, orbits are flown round.

    An oblique camera looks ahead, and shows other ground than that below it. For areas and corridors only what it shows across
    the way is checked: the way counts from its first point on, and as far beyond its last as the camera sees.
    """
    for one in day.visits:
        if one.track is None or one.route is None:
            continue
        match one.route.geometry:
            case Area() as area:
                yield from _ground(one, day.plane.polygon(area.outline, area.holes))
            case Corridor() as corridor:
                yield from _ground(one, _strip(corridor, day))
            case WaypointList() as listed:
                yield from _points(one, listed.points, day)
            case Orbit() as orbit:
                yield from _orbit(one, orbit, day)


def _strip(corridor: Corridor, day: Day) -> BaseGeometry:
    return LineString(day.plane.to_xy(corridor.line)).buffer(corridor.width_m / 2, cap_style="flat")


def _ground(one: CheckedVisit, ground: BaseGeometry) -> Iterator[Violation]:
    aircraft, wanted = one.flight.aircraft, one.wanted
    if aircraft is None or wanted is None or one.track is None or not 0 < wanted.height_m <= HIGHEST_M:
        return
    pitch_deg = wanted.camera.pitch_deg
    if not DOWN_DEG <= pitch_deg <= 0:
        yield _uncovered(
            one, f"has a camera pitch of {pitch_deg:g}°; it lies between {DOWN_DEG:g}° and 0°", DOWN_DEG, pitch_deg
        )
        return
    shown = _shown(one.track.xy_m, view_from(aircraft.camera, wanted.height_m, pitch_deg))
    share = ground.intersection(shown).area / ground.area if ground.area > 0 else 0.0
    if share < LEAST_SHARE:
        yield _uncovered(one, f"shows {share:.1%} of its ground; at least {LEAST_SHARE:.0%} are asked", LEAST_SHARE, share)


def _shown(xy_m: Array, view: View) -> BaseGeometry:
    """The way, lengthened by what is seen beyond its ends, as wide as the view."""
    way = xy_m[np.concatenate([[True], np.any(np.diff(xy_m, axis=0) != 0, axis=1)])]
    if len(way) < 2:
        return Point(way[0]).buffer(min(view.half_width_m, max(view.behind_m, view.ahead_m)))
    begin = _beyond(way[1], way[0], view.behind_m)
    end = _beyond(way[-2], way[-1], view.ahead_m)
    return LineString([begin, *way, end]).buffer(view.half_width_m, cap_style="flat")


def _beyond(start: Array, end: Array, further_m: float) -> Array:
    along = end - start
    return np.asarray(end + along * (further_m / float(np.hypot(*along))), dtype=np.float64)


def _points(one: CheckedVisit, points: tuple[GeoPoint, ...], day: Day) -> Iterator[Violation]:
    if one.track is None:
        return
    line = one.track.line
    away_m = [line.distance(Point(xy)) for xy in day.plane.to_xy(points)]
    worst = int(np.argmax(away_m))
    if away_m[worst] > AT_POINT_M:
        text = f"passes {away_m[worst]:.1f} m from point {worst + 1} of its route; at most {AT_POINT_M:g} m are let pass"
        yield _uncovered(one, text, AT_POINT_M, away_m[worst])


def _orbit(one: CheckedVisit, orbit: Orbit, day: Day) -> Iterator[Violation]:
    if one.track is None:
        return
    spokes = one.track.xy_m - day.plane.to_xy([orbit.center])
    nearest_m, farthest_m = LineString(spokes).distance(Point(0, 0)), float(np.hypot(*spokes.T).max())
    worst_m = max(nearest_m, farthest_m, key=lambda distance_m: abs(distance_m - orbit.radius_m))
    allowed_m = max(ON_ORBIT_M, orbit.radius_m * ON_ORBIT_SHARE)
    if abs(worst_m - orbit.radius_m) > allowed_m:
        text = f"is {worst_m:.1f} m from its orbit's centre; the radius is {orbit.radius_m:g} m, within {allowed_m:g} m"
        yield _uncovered(one, text, orbit.radius_m, worst_m)
    turned_deg = _turned_deg(spokes)
    if turned_deg < LEAST_TURN_DEG:
        text = f"turns {turned_deg:.0f}° round its orbit's centre; at least {LEAST_TURN_DEG:g}° are asked"
        yield _uncovered(one, text, LEAST_TURN_DEG, turned_deg)


def _turned_deg(spokes: Array) -> float:
    """How far a line goes round the origin, either way; a straight stretch turns less than half round."""
    steps = np.diff(np.arctan2(spokes[:, 1], spokes[:, 0]))
    return float(np.degrees(abs(((steps + pi) % tau - pi).sum())))


def _uncovered(one: CheckedVisit, text: str, limit: float, value: float) -> Violation:
    whole = f"pass '{one.visit.pass_id}' in flight '{one.flight.id}' {text}"
    return Violation(rule=Rule.COVERAGE, subject=one.visit.pass_id, text=whole, limit=limit, value=value)
