"""Routes become a flight: legs in a sensible order, ways between them, limits, fence and estimate; or the reasons why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shapely import Polygon

from missions.aircraft import AircraftType, Drone
from missions.airspace import PRIVATE_REACH_M, Airspace, Outline
from missions.district import District, Dock
from missions.geometry import GeoPoint, LocalFrame
from missions.ground import Ground, on_ground
from missions.noun import new_id as random_id
from missions.plan import FLAT, Corner, Landing, Leg, Plan
from missions.planning.barrier import find_fenced_ways
from missions.planning.coverage import cover
from missions.planning.energy import PathPoint, estimate_path
from missions.planning.fence import fence_around
from missions.planning.flight_path import RETURN_CLIMB_M, Ends, FlightPath, FlownLeg, flight_path, plain_transit_m
from missions.planning.legs import HOME, Journey, PlacedLeg, ground_reasons, leg_along, order_legs, place_leg
from missions.planning.limits import (
    Infeasible,
    Reason,
    ReasonCode,
    check_endurance,
    check_height_and_speed,
    check_held,
    check_leg,
    check_sensor,
    check_wind,
    refuse,
)
from missions.planning.performance import Performance, WindyEffort
from missions.planning.sweep import LENGTH, XY, Effort, TooLarge
from missions.planning.terrain import Terrain
from missions.planning.terrain_plan import over_terrain, path_over_terrain
from missions.planning.way import FreeSpace
from missions.route import Route
from missions.wind import STILL, Wind
from missions.working_time import DISTRICT_TIME

HOPELESS_SHARE = 2.0
"""Of the battery, over straight ways. They only come near to what a flight takes: less is judged when the flight is whole."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a flight is planned with."""

    district: District
    drone: Drone
    aircraft: AircraftType
    dock: Dock
    lands: Dock
    space: FreeSpace
    wind: Wind
    ground: Ground | None
    layer_m: float = 0.0

    @property
    def landing(self) -> Landing | None:
        """Where the flight ends, if not where it began."""
        if self.lands.id == self.dock.id:
            return None
        rise_m = self.lands.ground_altitude_m - self.dock.ground_altitude_m
        return Landing(dock_id=self.lands.id, point=self.lands.point, height_m=rise_m)

    @property
    def finish(self) -> XY:
        """The same place in the plane round the take-off point."""
        return _finish(self.landing, self.space.frame)

    def effort(self, speed_mps: float) -> Effort:
        """What ways of a route take in the wind."""
        return LENGTH if self.wind.speed_mps == 0 else WindyEffort(Performance(self.aircraft, self.wind), speed_mps)


def plan_flight(
    district: District,
    drone_id: str,
    route_ids: Sequence[str],
    *,
    at: datetime,
    wind: Wind = STILL,
    ground: Ground | None = None,
    new_id: Callable[[], str] = random_id,
) -> Plan | Infeasible:
    """One flight of `drone_id` over routes of the catalogue, each once; or every reason found against it."""
    known = {route.id: route for route in district.routes}
    asked = list(dict.fromkeys(route_ids))
    unknown = [route_id for route_id in asked if route_id not in known]
    if unknown:
        reasons = (Reason(code=ReasonCode.UNKNOWN_ROUTE, text=f"there is no route '{route_id}'") for route_id in unknown)
        return Infeasible(reasons=tuple(reasons))
    return plan_routes(
        district, drone_id, [known[route_id] for route_id in asked], at=at, wind=wind, ground=ground, new_id=new_id
    )


def plan_routes(
    district: District,
    drone_id: str,
    routes: Sequence[Route],
    *,
    at: datetime,
    wind: Wind = STILL,
    ground: Ground | None = None,
    new_id: Callable[[], str] = random_id,
) -> Plan | Infeasible:
    """The same for routes that need not be in the catalogue, such as imported ones."""
    setting = _setting(district, drone_id, wind, ground)
    if isinstance(setting, Infeasible):
        return setting
    reasons = [reason for route in routes for reason in _check_route(route, setting, at)]
    coverages = []
    for route in routes:
        outside = ground_reasons(route, setting.aircraft.camera, setting.space)
        if outside:
            reasons += outside
            continue
        try:
            coverages.append(
                (route, cover(route, setting.aircraft.camera, setting.space.frame, setting.effort(route.speed_mps)))
            )
        except TooLarge as error:
            text = f"route '{route.id}' {error}"
            reasons.append(Reason(code=ReasonCode.TOO_LARGE, text=text, limit=error.limit, value=error.value))
        except ValueError as error:
            reasons.append(Reason(code=ReasonCode.BAD_GEOMETRY, text=f"route '{route.id}': {error}"))
    placed = [leg_along(route, coverage, setting.space) for route, coverage in order_legs(coverages)]
    return _plan(setting, placed, reasons, at=at, id=new_id())


def plan_legs(
    district: District,
    drone_id: str,
    legs: Sequence[Leg],
    *,
    at: datetime,
    wind: Wind = STILL,
    ground: Ground | None = None,
    new_id: Callable[[], str] = random_id,
) -> Plan | Infeasible:
    """One flight over legs that are complete already (a spot to look at again), in the order given."""
    setting = _setting(district, drone_id, wind, ground)
    if isinstance(setting, Infeasible):
        return setting
    reasons = [reason for leg in legs for reason in check_leg(leg, setting.aircraft, district.airspace)]
    return _plan(setting, [place_leg(leg, setting.space) for leg in legs], reasons, at=at, id=new_id())


def plan_journey(
    district: District,
    drone_id: str,
    legs: Sequence[Leg],
    way_home: Sequence[GeoPoint],
    *,
    docks: tuple[str, str],
    at: datetime,
    wind: Wind = STILL,
    ground: Ground | None = None,
    layer_m: float = 0.0,
    new_id: Callable[[], str] = random_id,
) -> Plan | Infeasible:
    """One flight whose every way is given: the legs with their approaches, in order, the corners home (or to the landing), and
    how much higher the ways are than the legs ask for. `docks` are those that it takes off from and lands in.

    Only the fence is laid. Where no single one holds these ways, others are found between the same legs (see `barrier`).
    """
    setting = _setting(district, drone_id, wind, ground, docks)
    if isinstance(setting, Infeasible):
        return setting
    setting = replace(setting, layer_m=layer_m)
    reasons = [reason for leg in legs for reason in check_leg(leg, setting.aircraft, district.airspace)]
    reasons += check_wind(wind, setting.aircraft)
    if reasons or not legs:
        return Infeasible(reasons=tuple(reasons)) if reasons else refuse(ReasonCode.NO_ROUTES, "a flight has at least one leg")
    journey = _given_journey(legs, way_home, setting)
    fence = fence_around(journey.path, setting.space)
    if fence is None:
        return _plan(setting, [place_leg(leg, setting.space) for leg in legs], reasons, at=at, id=new_id())
    return _held(setting, journey, fence, at=at, id=new_id())


def _given_journey(legs: Sequence[Leg], way_home: Sequence[GeoPoint], setting: _Setting) -> Journey:
    """The whole path through the plane, as the legs and the way home say."""
    path: list[XY] = [HOME]
    space = setting.space
    for leg in legs:
        path += [space.frame.to_xy(point) for point in (*leg.approach, *(waypoint.point for waypoint in leg.waypoints))]
    home = tuple(space.frame.to_xy(point) for point in way_home)
    return Journey(legs=tuple(legs), way_home=home, path=(*path, *home, setting.finish))


def path_of(plan: Plan, district: District) -> FlightPath:
    """The whole path of a plan through the plane round its take-off point, as it was estimated."""
    frame = LocalFrame(plan.home)
    if plan.estimate.terrain != FLAT:
        return path_over_terrain(plan, frame)
    way_home = tuple(frame.to_xy(point) for point in plan.way_home)
    highest_m = district.airspace.max_height_m
    plain_m = plain_transit_m((waypoint.height_m for leg in plan.legs for waypoint in leg.waypoints), highest_m)
    rise_m = plan.landing.height_m if plan.landing else 0.0
    ends = Ends(HOME, _finish(plan.landing, frame), way_home, rise_m)
    return _along(plan.legs, ends, frame, plan.cruise_mps, highest_m, layer_m=plan.transit_height_m - plain_m)


def _finish(landing: Landing | None, frame: LocalFrame) -> XY:
    return frame.to_xy(landing.point) if landing else HOME


def _setting(
    district: District, drone_id: str, wind: Wind, ground: Ground | None, docks: tuple[str, str] | None = None
) -> _Setting | Infeasible:
    """`docks` are those to take off from and to land in: the drone's own where none are given."""
    drone = next((one for one in district.drones if one.id == drone_id), None)
    if drone is None:
        return refuse(ReasonCode.UNKNOWN_DRONE, f"there is no drone '{drone_id}'")
    district = on_ground(district, ground)
    dock, lands = (district.dock(id) for id in docks or (drone.dock_id, drone.dock_id))
    space = FreeSpace(district.airspace, LocalFrame(dock.point))
    return _Setting(district, drone, district.aircraft_type(drone.type_id), dock, lands, space, wind, ground)


def _check_route(route: Route, setting: _Setting, at: datetime) -> list[Reason]:
    aircraft, airspace = setting.aircraft, setting.district.airspace
    reasons = check_sensor(route, aircraft)
    reasons += check_height_and_speed(route.id, route.height_m, route.speed_mps, aircraft, airspace)
    day = at.astimezone(DISTRICT_TIME).date()
    if not route.is_valid_on(day):
        text = (
            f"route '{route.id}' is not valid on {day}: from {route.valid_from or 'ever'} until {route.valid_until or 'ever'}"
        )
        reasons.append(Reason(code=ReasonCode.NOT_VALID_TODAY, text=text))
    return reasons


def _plan(
    setting: _Setting, placed: Sequence[PlacedLeg | Infeasible], reasons: Sequence[Reason], *, at: datetime, id: str
) -> Plan | Infeasible:
    """The plan, if nothing stands against it; later checks need what earlier ones have found good."""
    legs = [one for one in placed if isinstance(one, PlacedLeg)]
    windy = check_wind(setting.wind, setting.aircraft)
    against = [*reasons, *windy, *(reason for one in placed if isinstance(one, Infeasible) for reason in one.reasons)]
    if against:
        return Infeasible(reasons=tuple(against))
    if not legs:
        return refuse(ReasonCode.NO_ROUTES, "a flight needs at least one route")
    hopeless = _hopeless(setting, legs)
    if hopeless:
        return Infeasible(reasons=tuple(hopeless))
    found = find_fenced_ways(legs, setting.space, setting.finish)
    if isinstance(found, Infeasible):
        return found
    return _held(setting, *found, at=at, id=id)


def _held(setting: _Setting, journey: Journey, fence: Sequence[XY], *, at: datetime, id: str) -> Plan | Infeasible:
    """The plan of a journey, if wind and battery allow it."""
    path = _path(setting, journey)
    not_held = check_held("the flight", path.points, Performance(setting.aircraft, setting.wind))
    if not_held:
        return Infeasible(reasons=tuple(not_held))
    plan = _draw_up(setting, journey, fence, path, at=at, id=id)
    if isinstance(plan, Infeasible):
        return plan
    too_much = check_endurance(plan.estimate, setting.aircraft)
    return Infeasible(reasons=tuple(too_much)) if too_much else plan


def _hopeless(setting: _Setting, placed: Sequence[PlacedLeg]) -> list[Reason]:
    """Whether even straight ways take a multiple of the battery: ways and fence of such a flight may take minutes to find."""
    journey = Journey(legs=tuple(one.leg for one in placed), way_home=(), path=(HOME, HOME))
    estimate = estimate_path(setting.aircraft, _path(setting, journey).points)
    return check_endurance(estimate, setting.aircraft) if estimate.battery_share > HOPELESS_SHARE else []


def _draw_up(
    setting: _Setting, journey: Journey, fence: Sequence[XY], path: FlightPath, *, at: datetime, id: str
) -> Plan | Infeasible:
    district, aircraft, dock, frame = setting.district, setting.aircraft, setting.dock, setting.space.frame
    max_height_m, classes = district.airspace.max_height_m, _classes(district, journey)
    plan = Plan(
        id=id,
        district_id=district.id,
        drone_id=setting.drone.id,
        aircraft_type_id=aircraft.id,
        dock_id=dock.id,
        home=dock.point,
        home_altitude_m=dock.ground_altitude_m,
        legs=journey.legs,
        cruise_mps=aircraft.cruise_mps,
        transit_height_m=path.transit_height_m,
        return_height_m=path.return_height_m,
        way_home=tuple(Corner.at(corner) for corner in frame.to_geo_many(list(journey.way_home))),
        landing=setting.landing,
        geofence=tuple(frame.to_geo_many(list(fence))),
        max_height_m=max_height_m,
        camera=aircraft.camera,
        classes=classes,
        people_classes=tuple(key for key, category in classes.items() if district.category(category).shows_people),
        private_zones=_private_near(fence, district.airspace, frame),
        estimate=estimate_path(aircraft, path.points, setting.wind),
        created_at=at,
    )
    if setting.ground is None:
        return plan
    return over_terrain(plan, path, Terrain(setting.ground, frame, max_height_m), aircraft, setting.wind)


def _private_near(fence: Sequence[XY], airspace: Airspace, frame: LocalFrame) -> tuple[Outline, ...]:
    """The private zones that a camera inside the fence may see."""
    inside = Polygon(fence)
    outlines = (zone.outline for zone in airspace.private_zones)
    return tuple(one for one in outlines if Polygon(frame.to_xy_many(one)).distance(inside) <= PRIVATE_REACH_M)


def _classes(district: District, journey: Journey) -> dict[str, str]:
    """Every class of the categories that the legs serve."""
    served = {category for leg in journey.legs for category in leg.categories}
    return {key: category.key for key, category in district.category_of_class.items() if category.key in served}


def _path(setting: _Setting, journey: Journey) -> FlightPath:
    """Over ground that is followed the way home is flown by corners, without a climb before it."""
    is_flat, landing = setting.ground is None, setting.landing
    ends = Ends(HOME, setting.finish, journey.way_home, landing.height_m if landing and is_flat else 0.0)
    highest_m, climb_m = setting.district.airspace.max_height_m, RETURN_CLIMB_M if is_flat else 0.0
    frame, cruise_mps = setting.space.frame, setting.aircraft.cruise_mps
    return _along(journey.legs, ends, frame, cruise_mps, highest_m, climb_m, setting.layer_m)


def _along(
    legs: Sequence[Leg],
    ends: Ends,
    frame: LocalFrame,
    cruise_mps: float,
    max_height_m: float,
    climb_m: float = RETURN_CLIMB_M,
    layer_m: float = 0.0,
) -> FlightPath:
    flown = [
        FlownLeg(
            tuple(frame.to_xy(corner) for corner in leg.approach),
            tuple(PathPoint(frame.to_xy(w.point), w.height_m, w.speed_mps, w.hold_s) for w in leg.waypoints),
        )
        for leg in legs
    ]
    return flight_path(ends, flown, cruise_mps, max_height_m, climb_m, layer_m)
