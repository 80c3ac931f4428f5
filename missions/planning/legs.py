"""Legs of a flight: the order they are flown in, and each route's coverage as waypoints that keep to free space."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist

from shapely import distance
from shapely import points as shapely_points

from missions.aircraft import Camera
from missions.noun import Noun
from missions.plan import Corner, Leg, Waypoint
from missions.planning.coverage import SIMPLIFY_M, Coverage, heading_deg
from missions.planning.footprint import ground_footprint
from missions.planning.limits import Infeasible, Reason, ReasonCode, refuse
from missions.planning.sweep import XY, Line
from missions.planning.way import FreeSpace
from missions.route import Route, drawn_points

HOME: XY = (0.0, 0.0)
"""The take-off point: planning is done in the plane round it."""

SAME_PLACE_M = 0.5
"""Waypoints closer than this are one."""


@dataclass(frozen=True, slots=True)
class PlacedLeg:
    """A leg with its waypoints' places in the plane."""

    leg: Leg
    points: Line


def order_legs(coverages: Sequence[tuple[Route, Coverage]]) -> list[tuple[Route, Coverage]]:
    """Nearest first from home, each entered at its best end; the last one also counts its way home."""
    waiting = list(coverages)
    ordered: list[tuple[Route, Coverage]] = []
    here = HOME
    while waiting:
        is_last = len(waiting) == 1
        options = [
            (_way_m(here, variant, is_last), number, variant)
            for number, (_, coverage) in enumerate(waiting)
            for variant in coverage.variants()
        ]
        _, number, variant = min(options, key=lambda option: option[0])
        ordered.append((waiting.pop(number)[0], variant))
        here = variant.lines[-1][-1]
    return ordered


def _way_m(here: XY, coverage: Coverage, is_last: bool) -> float:
    home_m = dist(coverage.lines[-1][-1], HOME) if is_last else 0.0
    return dist(here, coverage.lines[0][0]) + home_m


def leg_along(route: Route, coverage: Coverage, space: FreeSpace) -> PlacedLeg | Infeasible:
    """The route's leg: its lines as they are, joined by ways round what may not be flown over."""
    reasons = line_reasons(route.id, coverage.lines, space)
    if reasons:
        return Infeasible(reasons=tuple(reasons))
    points = _joined(coverage.lines, space)
    if points is None:
        return refuse(ReasonCode.NO_WAY, f"route '{route.id}': no free way joins its lines")
    waypoints = tuple(
        Waypoint(
            point=place,
            height_m=route.height_m,
            speed_mps=route.speed_mps,
            heading_deg=heading_deg(point, coverage.faces) if coverage.faces else None,
        )
        for point, place in zip(points, space.frame.to_geo_many(points), strict=True)
    )
    leg = Leg(
        route_id=route.id,
        route_name=route.name,
        categories=route.categories,
        waypoints=waypoints,
        camera_pitch_deg=coverage.camera_pitch_deg,
        trigger_distance_m=coverage.trigger_distance_m,
    )
    return PlacedLeg(leg, points)


def ground_reasons(route: Route, camera: Camera, space: FreeSpace) -> list[Reason]:
    """Whether the ground of a route lies so far outside that no line in the permitted area could show it: told cheaply, before
    any line is laid.
    """
    points = space.frame.to_xy_many(drawn_points(route.geometry))
    shown_m = ground_footprint(camera, route.height_m, route.camera.pitch_deg).across_m / 2 + SIMPLIFY_M
    beyond_m = float(distance(shapely_points(points), space.permitted).max())
    if beyond_m <= shown_m:
        return []
    text = f"route '{route.id}' leaves the permitted area: it reaches {beyond_m:.0f} m beyond its border"
    return [Reason(code=ReasonCode.OUTSIDE_PERMITTED_AREA, text=text, limit=0.0, value=beyond_m)]


def place_leg(leg: Leg, space: FreeSpace) -> PlacedLeg | Infeasible:
    """A leg that has its waypoints already, if they keep to free space."""
    points: Line = tuple(space.frame.to_xy(waypoint.point) for waypoint in leg.waypoints)
    reasons = line_reasons(leg.route_id, [points], space)
    return Infeasible(reasons=tuple(reasons)) if reasons else PlacedLeg(leg, points)


def line_reasons(route_id: str, lines: Iterable[Line], space: FreeSpace) -> list[Reason]:
    """What is wrong with where a route flies: each no-fly zone once, and the permitted area's border."""
    lines = list(lines)
    zones = {zone.id: zone for line in lines for zone in space.forbidden_zones(line)}
    reasons: list[Reason] = []
    for zone in zones.values():
        text = f"route '{route_id}' enters the no-fly zone '{zone.name}' ({zone.id}) or comes too near to it"
        reasons.append(Reason(code=ReasonCode.NO_FLY_ZONE, text=text))
    if any(space.leaves_permitted_area(line) for line in lines):
        text = f"route '{route_id}' leaves the permitted area or comes too near to its border"
        reasons.append(Reason(code=ReasonCode.OUTSIDE_PERMITTED_AREA, text=text))
    return reasons


def _joined(lines: Sequence[Line], space: FreeSpace) -> Line | None:
    """One line through all; None where two of them cannot be joined."""
    joined: list[XY] = list(lines[0])
    for before, after in pairwise(lines):
        way = space.way(before[-1], after[0])
        if way is None:
            return None
        joined += [*way[1:-1], *after]
    return _without_repeats(joined)


def _without_repeats(points: Sequence[XY]) -> Line:
    kept = [points[0]]
    kept += [after for before, after in pairwise(points) if dist(before, after) > SAME_PLACE_M]
    return tuple(kept)


class Journey(Noun):
    """Legs with the ways to them, the way home, and the whole path in the plane, from home to where it lands."""

    legs: tuple[Leg, ...]
    way_home: Line
    path: Line


def find_ways(placed: Sequence[PlacedLeg], space: FreeSpace, finish: XY = HOME) -> Journey | Infeasible:
    """The ways from home to the legs, between them and home again, or to where the flight is to land."""
    path: list[XY] = [HOME]
    legs: list[Leg] = []
    reasons: list[Reason] = []
    for one in placed:
        way = space.way(path[-1], one.points[0])
        if way is None:
            reasons.append(_no_way(f"to route '{one.leg.route_id}'"))
            way = (path[-1], one.points[0])
        corners = space.frame.to_geo_many(list(way[1:-1]))
        legs.append(one.leg.model_copy(update={"approach": tuple(Corner.at(corner) for corner in corners)}))
        path += [*way[1:-1], *one.points]
    home = space.way(path[-1], finish)
    if home is None or reasons:
        return Infeasible(reasons=tuple(reasons) or (_no_way("home" if finish == HOME else "to the landing"),))
    return Journey(legs=tuple(legs), way_home=home[1:-1], path=(*path, *home[1:]))


def _no_way(where: str) -> Reason:
    return Reason(code=ReasonCode.NO_WAY, text=f"no way {where} keeps to the permitted area and out of no-fly zones")
