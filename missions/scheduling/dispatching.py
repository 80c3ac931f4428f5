"""A scheduled flight as the plan that its aircraft carries: the same passes along the same ways, in the same order."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

from missions.district import District
from missions.geometry import GeoPoint, LocalFrame
from missions.ground import Ground
from missions.noun import new_id as random_id
from missions.plan import Corner, Leg, Plan, Waypoint
from missions.planning.coverage import cover, heading_deg
from missions.planning.energy import LANDING_S, stretches
from missions.planning.flight_plan import path_of, plan_journey
from missions.planning.limits import Infeasible
from missions.route import Route
from missions.schedule import ScheduledFlight, TimedPoint, Visit
from missions.wind import STILL, Wind

SAME_PLACE_M = 0.5
"""Points of a path that are closer are one corner of a way."""

SAME_TIME = timedelta(seconds=1)


def plan_scheduled(
    flight: ScheduledFlight,
    routes: Sequence[Route],
    district: District,
    *,
    at: datetime,
    wind: Wind = STILL,
    ground: Ground | None = None,
    new_id: Callable[[], str] = random_id,
) -> Plan | Infeasible:
    """The plan of a scheduled flight; `routes` are those of its visits, each as its pass has it (`Pass.over`).

    Its path is cut into legs and ways as it stands, so that what was checked is what is flown. Only the fence is new; where
    none can hold the flight, its ways are too (see `as_ordered`).
    """
    ways = _ways(flight)
    visits = zip(routes, flight.visits, ways[:-1], strict=True)
    legs = [_leg(route, _during(flight, visit), way, flight, district) for route, visit, way in visits]
    if ground is not None:
        legs = [_over_ground(leg, route) for leg, route in zip(legs, routes, strict=True)]
    way_home = _corners(ways[-1], flight.path[-1].point)
    docks, layer_m = (flight.from_dock_id, flight.to_dock_id), flight.layer_m
    return plan_journey(
        district,
        flight.drone_id,
        legs,
        way_home,
        docks=docks,
        at=at,
        wind=wind,
        ground=ground,
        layer_m=layer_m,
        new_id=new_id,
    )


def _over_ground(leg: Leg, route: Route) -> Leg:
    """At the route's own height over the ground: the plan follows it anew, as the schedule did."""
    waypoints = tuple(waypoint.model_copy(update={"height_m": route.height_m}) for waypoint in leg.waypoints)
    return leg.model_copy(update={"waypoints": waypoints})


def as_ordered(
    flight: ScheduledFlight, plan: Plan, district: District, takes_off_at: datetime, wind: Wind = STILL
) -> ScheduledFlight:
    """The scheduled flight in space and time as its plan has it in this wind, from take-off to landing."""
    moved = put_off(flight, takes_off_at - flight.takes_off_at)
    if abs(moved.duration_s - plan.estimate.duration_s) <= SAME_TIME.total_seconds():
        return moved
    return _retimed(moved, plan, district, wind)


def put_off(flight: ScheduledFlight, by: timedelta) -> ScheduledFlight:
    """The same flight so much later (or earlier, where it is negative)."""
    return flight.model_copy(
        update={
            "takes_off_at": flight.takes_off_at + by,
            "lands_at": flight.lands_at + by,
            "visits": tuple(_later(visit, by) for visit in flight.visits),
            "path": tuple(point.model_copy(update={"at": point.at + by}) for point in flight.path),
        }
    )


def _later(visit: Visit, by: timedelta) -> Visit:
    return visit.model_copy(update={"begins_at": visit.begins_at + by, "ends_at": visit.ends_at + by})


def _retimed(flight: ScheduledFlight, plan: Plan, district: District, wind: Wind) -> ScheduledFlight:
    """Its passes along the plan's ways, which are others than the schedule's."""
    path = path_of(plan, district)
    flown = stretches(district.aircraft_type(plan.aircraft_type_id), path.points, wind)
    after_s = list(accumulate((one.duration_s for one in flown), initial=0.0))
    after_s[-1] += LANDING_S
    moments = [flight.takes_off_at + timedelta(seconds=round(one, 3)) for one in after_s]
    places = LocalFrame(plan.home).to_geo_many([point.xy for point in path.points])
    timed = [
        TimedPoint(point=place, height_m=point.height_m, at=at)
        for place, point, at in zip(places, path.points, moments, strict=True)
    ]
    visits = zip(flight.visits, path.legs, strict=True)
    return flight.model_copy(
        update={
            "lands_at": moments[-1],
            "visits": tuple(
                visit.model_copy(update={"begins_at": moments[first], "ends_at": moments[last]})
                for visit, (first, last) in visits
            ),
            "path": tuple(_without_repeats(timed)),
            "energy_wh": plan.estimate.energy_wh,
            "distance_m": plan.estimate.distance_m,
        }
    )


def _without_repeats(points: Sequence[TimedPoint]) -> list[TimedPoint]:
    """Times strictly increase."""
    kept = [points[0]]
    kept += [after for before, after in pairwise(points) if after.at > before.at]
    return kept


def _leg(
    route: Route, points: Sequence[TimedPoint], way: Sequence[TimedPoint], flight: ScheduledFlight, district: District
) -> Leg:
    frame = LocalFrame(district.dock(flight.from_dock_id).point)
    camera = district.aircraft_type(district.drone(flight.drone_id).type_id).camera
    coverage = cover(route, camera, frame)
    faces = coverage.faces
    waypoints = tuple(
        Waypoint(
            point=one.point,
            height_m=one.height_m,
            speed_mps=route.speed_mps,
            heading_deg=heading_deg(frame.to_xy(one.point), faces) if faces else None,
        )
        for one in points
    )
    return Leg(
        route_id=route.id,
        route_name=route.name,
        categories=route.categories,
        waypoints=waypoints,
        camera_pitch_deg=coverage.camera_pitch_deg,
        trigger_distance_m=coverage.trigger_distance_m,
        approach=tuple(Corner.at(corner) for corner in _corners(way, points[0].point)),
    )


def _during(flight: ScheduledFlight, visit: Visit) -> list[TimedPoint]:
    return [point for point in flight.path if visit.begins_at <= point.at <= visit.ends_at]


def _ways(flight: ScheduledFlight) -> list[list[TimedPoint]]:
    """The path before each visit, and after the last."""
    edges = [flight.takes_off_at, *(at for visit in flight.visits for at in (visit.begins_at, visit.ends_at)), flight.lands_at]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return [[point for point in flight.path if begins <= point.at <= ends] for begins, ends in gaps]


def _corners(way: Iterable[TimedPoint], there: GeoPoint) -> tuple[GeoPoint, ...]:
    """Where a way turns: not where it begins, nor where it ends, nor where it only climbs."""
    first, *others = (one.point for one in way)
    corners: list[GeoPoint] = []
    for point in others:
        before = corners[-1] if corners else first
        if min(point.distance_m(before), point.distance_m(there)) > SAME_PLACE_M:
            corners.append(point)
    return tuple(corners)
