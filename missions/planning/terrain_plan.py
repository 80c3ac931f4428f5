"""A plan made over flat ground, put over the real one: its waypoints and corners follow it."""

from collections.abc import Sequence
from itertools import pairwise
from math import dist

from missions.aircraft import AircraftType
from missions.geometry import LocalFrame
from missions.plan import Corner, Leg, Plan, Waypoint
from missions.planning.energy import PathPoint, estimate_path
from missions.planning.flight_path import MIN_TRANSIT_HEIGHT_M, FlightPath
from missions.planning.limits import Infeasible
from missions.planning.terrain import Followed, Terrain, steep_reason
from missions.wind import Wind

SAME_M = 1.0
"""Corners as near to each other as this, and at one height, are one."""


def over_terrain(plan: Plan, path: FlightPath, terrain: Terrain, aircraft: AircraftType, wind: Wind) -> Plan | Infeasible:
    """The plan whose flight is `path`, in heights over ground, in heights over its take-off point.

    The way home leads as far as above the place it lands at. A return that the autopilot starts by itself flies straight home:
    its height clears all ground on such ways by MIN_TRANSIT_HEIGHT_M, so that over lower ground it may be higher than plans go.
    """
    followed = terrain.follow(path.points, aircraft, plan.home_altitude_m)
    too_steep = steep_reason("the flight", followed, terrain.frame)
    if too_steep:
        return Infeasible(reasons=tuple(too_steep))
    points, spans = followed.points, [(followed.origins[first], followed.origins[last]) for first, last in path.legs]
    highest_m = max(point.height_m for point in points)
    home_xy = points[0].xy
    clear_m = terrain.highest_between_m(points, home_xy) - plan.home_altitude_m + MIN_TRANSIT_HEIGHT_M
    return_m = max(highest_m, clear_m)
    ends = [1, *(last for _, last in spans)]
    legs = [
        _leg(leg, path.legs[number], followed, _corners(points[ends[number] : spans[number][0]], plan, terrain), terrain)
        for number, leg in enumerate(plan.legs)
    ]
    estimate = estimate_path(aircraft, points, wind).model_copy(update={"terrain": terrain.ground.name})
    return plan.model_copy(
        update={
            "legs": tuple(legs),
            "transit_height_m": points[1].height_m,
            "return_height_m": return_m,
            "max_height_m": max(return_m, plan.max_height_m),
            "way_home": _corners(points[ends[-1] : -1], plan, terrain),
            "estimate": estimate,
        }
    )


def path_over_terrain(plan: Plan, frame: LocalFrame) -> FlightPath:
    """The whole path of such a plan, point by point."""
    home, cruise_mps = frame.to_xy(plan.home), plan.cruise_mps
    points = [PathPoint(home, 0.0, cruise_mps), PathPoint(home, plan.transit_height_m, cruise_mps)]
    spans: list[tuple[int, int]] = []
    for leg in plan.legs:
        points += _points(leg.approach, plan, frame)
        spans.append((len(points), len(points) + len(leg.waypoints) - 1))
        points += [PathPoint(frame.to_xy(one.point), one.height_m, one.speed_mps, one.hold_s) for one in leg.waypoints]
    finish = (frame.to_xy(plan.landing.point), plan.landing.height_m) if plan.landing else (home, 0.0)
    points += [*_points(plan.way_home, plan, frame), PathPoint(*finish, cruise_mps)]
    return FlightPath(tuple(points), tuple(spans), plan.transit_height_m, plan.return_height_m)


def _points(corners: Sequence[Corner], plan: Plan, frame: LocalFrame) -> list[PathPoint]:
    return [
        PathPoint(
            frame.to_xy(one),
            plan.transit_height_m if one.height_m is None else one.height_m,
            one.speed_mps or plan.cruise_mps,
        )
        for one in corners
    ]


def _corners(points: Sequence[PathPoint], plan: Plan, terrain: Terrain) -> tuple[Corner, ...]:
    """What follows the first of the points, where the aircraft is already."""
    moved = [there for here, there in pairwise(points) if dist(here.xy, there.xy) >= SAME_M or _rises(here, there)]
    places = terrain.frame.to_geo_many([point.xy for point in moved])
    return tuple(
        Corner(**dict(place), height_m=point.height_m, speed_mps=point.speed_mps if point.speed_mps < plan.cruise_mps else None)
        for place, point in zip(places, moved, strict=True)
    )


def _rises(here: PathPoint, there: PathPoint) -> bool:
    return abs(here.height_m - there.height_m) >= SAME_M


def _leg(leg: Leg, span: tuple[int, int], followed: Followed, approach: tuple[Corner, ...], terrain: Terrain) -> Leg:
    """The leg's waypoints with those that the ground asks for; these are flown as the one they lead to."""
    origins = followed.origins[span[0] : span[1] + 1]
    waypoints: list[Waypoint] = []
    begin = origins[0]
    for waypoint, end in zip(leg.waypoints, origins, strict=True):
        some = followed.points[begin : end + 1]
        places = terrain.frame.to_geo_many([point.xy for point in some])
        waypoints += [
            waypoint.model_copy(
                update={"point": place, "height_m": one.height_m, "speed_mps": one.speed_mps, "hold_s": one.hold_s}
            )
            for one, place in zip(some, places, strict=True)
        ]
        begin = end + 1
    return leg.model_copy(update={"waypoints": tuple(waypoints), "approach": approach})
