"""The passes of a day as legs to be flown: their paths over the ground, what they take, and the whole day as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from shapely import LineString

from missions.aircraft import AircraftType, Camera, Drone
from missions.district import District, Dock
from missions.geometry import Array, GeoPoint, LocalFrame
from missions.planning.coverage import Coverage, cover
from missions.planning.energy import LANDING_S, PathPoint, stretches
from missions.planning.flight_path import MIN_TRANSIT_HEIGHT_M, RETURN_CLIMB_M
from missions.planning.legs import PlacedLeg, leg_along
from missions.planning.limits import Infeasible, Reason, ReasonCode, check_height_and_speed, check_held, check_sensor
from missions.planning.performance import Performance, WindyEffort
from missions.planning.sweep import LENGTH, XY
from missions.planning.terrain import Terrain, steep_reason
from missions.route import Route
from missions.schedule import Pass
from missions.scheduling.airways import Airways
from missions.scheduling.conditions import DaySetting
from missions.scheduling.fitting import check_fineness
from missions.scheduling.measured_ways import MeasuredWays
from missions.scheduling.problem import Depot, Kind, Problem, Vehicle, WaysAt, Window
from missions.scheduling.skies import closed_window, skies_of, without
from missions.scheduling.transit import Transit
from missions.scheduling.way_tables import WayTables
from missions.wind import STILL, Wind


@dataclass(frozen=True, slots=True)
class Leg:
    """A pass as one type of aircraft flies it; `points` in the plane of the day."""

    points: tuple[PathPoint, ...]
    duration_s: float
    energy_wh: float

    @property
    def entry(self) -> XY:
        """Where it begins."""
        return self.points[0].xy

    @property
    def exit(self) -> XY:
        """Where it ends."""
        return self.points[-1].xy

    @property
    def line(self) -> LineString:
        """Its way over ground."""
        return LineString([self.entry, *(point.xy for point in self.points)])


class Legwork:
    """Every pass as every type of aircraft would fly it in the day's wind, and the ways between them under each of its skies.

    `grounded` drones do not fly. Legs are in heights over ground.
    """

    def __init__(
        self,
        setting: DaySetting,
        passes: Sequence[Pass],
        routes: Mapping[str, Route],
        grounded: frozenset[str] = frozenset(),
    ) -> None:
        self.district, self.passes, self.flying = setting.district, tuple(passes), setting.flying
        district, ground = setting.district, setting.ground
        self.drones: list[Drone] = [drone for drone in district.drones if drone.id not in grounded]
        self.performances = [performance_in(type, setting.wind) for type in district.aircraft_types]
        self.frame = day_frame(district)
        self.terrain = Terrain(ground, self.frame, district.airspace.max_height_m) if ground is not None else None
        skies = skies_of(setting.closures, setting.flying, district.operations.timing_error_s, _longest_s(district))
        self.airways = Airways(district.airspace, self.frame, skies)
        self.docks: list[XY] = [self.frame.to_xy(dock.point) for dock in district.docks]
        self._routes = routes
        self._lines: dict[tuple[Route, Camera, Performance | None], PlacedLeg | Infeasible] = {}
        self._legs = [[self._leg(one, kind) for one in self.passes] for kind in self.performances]

    def answer(self, kind: int, job: int) -> Leg | Infeasible:
        """A pass as this type flies it, or why it cannot."""
        return self._legs[kind][job]

    def leg(self, kind: int, job: int) -> Leg:
        """The leg of a pass that this type can fly. Raises KeyError where it cannot."""
        leg = self._legs[kind][job]
        if isinstance(leg, Infeasible):
            raise KeyError(f"{self.passes[job].id} with {self.district.aircraft_types[kind].id}: {leg}")
        return leg

    def met_by_all(self, job: int) -> frozenset[str]:
        """The closures that every type meets which can fly a pass."""
        met = [self._met[kind][job] for kind, legs in enumerate(self._legs) if isinstance(legs[job], Leg)]
        return frozenset.intersection(*met) if met else frozenset()

    def ground_m(self, depot: int) -> float:
        """The altitude of a dock's ground."""
        return self.district.docks[depot].ground_altitude_m

    def refusal(self, job: int) -> Infeasible | None:
        """Why no type can fly a pass; None where one can."""
        answers = [legs[job] for legs in self._legs]
        refusals = [answer for answer in answers if isinstance(answer, Infeasible)]
        return refusals[0] if len(refusals) == len(answers) else None

    @cached_property
    def problem(self) -> Problem:
        """The day in numbers; seconds count from the begin of the flying day. The vehicles are `drones`, in their order.

        Times and energies are upper bounds: ways are counted from and to the day's greatest transit height, with a full stop
        at either end, so that whatever is feasible here is feasible when it is flown.
        """
        rules = self.district.operations
        day_s = self._seconds(self.flying.ends_at)
        kinds = [type.id for type in self.district.aircraft_types]
        docks = [dock.id for dock in self.district.docks]
        skies = [self._ways_at(number) for number in range(len(self.airways.skies))]
        return Problem(
            value=np.array([one.value for one in self.passes]),
            windows=tuple(self._windows(job) for job in range(len(self.passes))),
            service_s=np.array([[_or_zero(leg, "duration_s") for leg in legs] for legs in self._legs]).reshape(len(kinds), -1),
            energy_wh=np.array([[_or_zero(leg, "energy_wh") for leg in legs] for legs in self._legs]).reshape(len(kinds), -1),
            able=np.array([[isinstance(leg, Leg) for leg in legs] for legs in self._legs], dtype=bool).reshape(len(kinds), -1),
            travel=skies[0].travel,
            skies=tuple(skies) if len(skies) > 1 else (),
            depots=len(docks),
            kinds=tuple(self._kind(performance) for performance in self.performances),
            vehicles=tuple(
                Vehicle(
                    kind=kinds.index(drone.type_id),
                    depot=docks.index(drone.dock_id),
                    ready_s=0.0,
                    charge_wh=self.district.aircraft_type(drone.type_id).battery_wh,
                )
                for drone in self.drones
            ),
            begin_s=0.0,
            end_s=day_s,
            crew=rules.flights_at_once,
            turnaround_s=rules.turnaround_s,
            offers=tuple(self._offer(dock) for dock in self.district.docks),
        )

    @cached_property
    def transit_height_m(self) -> float:
        """The greatest height of a way between legs on this day."""
        highest = max((one.height_m for one in self.passes), default=MIN_TRANSIT_HEIGHT_M)
        return min(max(highest, MIN_TRANSIT_HEIGHT_M), self.district.airspace.max_height_m)

    def _leg(self, one: Pass, performance: Performance) -> Leg | Infeasible:
        route, type = one.over(self._routes[one.route_id]), performance.aircraft
        against = check_sensor(route, type) + check_fineness(one, route, type)
        against += check_height_and_speed(route.id, route.height_m, route.speed_mps, type, self.district.airspace)
        if against:
            return Infeasible(reasons=tuple(against))
        placed = self._placed(route, performance)
        if isinstance(placed, Infeasible):
            return placed
        waypoints = zip(placed.points, placed.leg.waypoints, strict=True)
        points = tuple(PathPoint(xy, w.height_m, w.speed_mps, w.hold_s) for xy, w in waypoints)
        windy = check_held(f"route '{route.id}'", points, performance)
        if windy:
            return Infeasible(reasons=tuple(windy))
        followed = self.terrain.follow(points, type, take_off_m=0.0) if self.terrain else None
        too_steep = steep_reason(f"route '{route.id}'", followed, self.frame) if followed else []
        if too_steep:
            return Infeasible(reasons=tuple(too_steep))
        flown = stretches(type, followed.points if followed else points, performance.wind)
        return Leg(points, sum(s.duration_s for s in flown), sum(s.energy_wh for s in flown))

    @cached_property
    def _met(self) -> list[list[frozenset[str]]]:
        """The closures that each type meets on each pass."""
        return [[self.airways.met_by(one.line) if isinstance(one, Leg) else frozenset() for one in legs] for legs in self._legs]

    @cached_property
    def _open_travel(self) -> MeasuredWays:
        return self._travel(0)

    def _ways_at(self, sky: int) -> WaysAt:
        """Ways round are nowhere shorter than where nothing is closed, and none leads to a pass that is closed itself."""
        windows, closed = self.airways.skies[sky].windows, {one.id for one in self.airways.skies[sky].closures}
        if not closed:
            return WaysAt(windows, self._open_travel)
        travel, least = self._travel(sky), self._open_travel
        seconds, wh = np.maximum(travel.seconds, least.seconds), np.maximum(travel.energies_wh, least.energies_wh)
        for kind, passes in enumerate(self._met):
            shut = [job for job, met in enumerate(passes) if met & closed]
            for table in (seconds[kind], wh[kind]):
                table[shut, :] = table[:, shut] = np.inf
        return WaysAt(windows, WayTables(seconds, wh, len(self.passes)))

    def _travel(self, sky: int) -> MeasuredWays:
        """The ways under a sky, between passes first, then docks."""
        return MeasuredWays(self.airways.ways(sky), self._transits, len(self.passes))

    def _placed(self, route: Route, performance: Performance) -> PlacedLeg | Infeasible:
        """The route over the ground: the same for all passes and for all types with the same camera, unless wind differs."""
        camera = performance.aircraft.camera
        key = (route, camera, None if performance.wind.speed_mps == 0 else performance)
        if key not in self._lines:
            try:
                self._lines[key] = leg_along(route, covered(route, performance, self.frame), self.airways.space)
            except ValueError as error:
                reason = Reason(code=ReasonCode.BAD_GEOMETRY, text=f"route '{route.id}': {error}")
                self._lines[key] = Infeasible(reasons=(reason,))
        return self._lines[key]

    @cached_property
    def _transits(self) -> list[Transit]:
        """Of every type the ways between all passes, then the docks."""
        below_m = np.array([self.transit_height_m - one.height_m for one in self.passes] + [0.0] * len(self.docks))
        fastest_mps = max((one.speed_mps for one in self.passes), default=0.0)
        return [
            Transit(performance, self._places(kind, "exit"), self._places(kind, "entry"), below_m, fastest_mps, self.terrain)
            for kind, performance in enumerate(self.performances)
        ]

    def _places(self, kind: int, which: str) -> Array:
        """The ends of the passes, then the docks. A pass that the type cannot fly has those of a type with the same camera that
        can, so that both share their ways.
        """
        types = self.district.aircraft_types
        alike = [legs for legs, type in zip(self._legs, types, strict=True) if type.camera == types[kind].camera]
        places = list(self.docks[:1] * len(self.passes))
        for legs in (*alike, self._legs[kind]):
            places = [getattr(leg, which) if isinstance(leg, Leg) else at for leg, at in zip(legs, places, strict=True)]
        return np.array([*places, *self.docks], dtype=np.float64)

    def _offer(self, dock: Dock) -> Depot:
        """Drones that do not fly keep their places too."""
        allowed = self.district.operations.land_elsewhere
        at_home = sum(drone.dock_id == dock.id for drone in self.district.drones)
        types = [type.id for type in self.district.aircraft_types]
        return Depot(
            guest_places=max(dock.capacity - at_home, 0) if allowed else 0,
            guests=frozenset(types.index(id) for id in dock.type_ids) if dock.type_ids else None,
            swap_s=dock.swap_s,
            ground_m=dock.ground_altitude_m,
        )

    def _kind(self, performance: Performance) -> Kind:
        type = performance.aircraft
        return_m = min(self.transit_height_m + RETURN_CLIMB_M, self.district.airspace.max_height_m)
        up_s, again_s = self.transit_height_m / type.climb_mps, (return_m - self.transit_height_m) / type.climb_mps
        down_s = return_m / type.descent_mps + LANDING_S
        climbing_wh = (performance.hover_w + performance.climbing_w) * (up_s + again_s) / 3600
        return Kind(
            full_wh=type.battery_wh,
            capacity_wh=type.battery_wh * (1 - type.reserve),
            recharge_w=type.battery_wh / self.district.operations.recharge_s * 3600,
            takeoff_s=up_s,
            landing_s=again_s + down_s,
            trip_wh=climbing_wh + performance.hover_w * down_s / 3600,
            lower_s_per_m=1 / type.descent_mps,
            lower_wh_per_m=performance.hover_w / type.descent_mps / 3600,
        )

    def _windows(self, job: int) -> tuple[Window, ...]:
        """A pass's windows, without the hours in which its airspace is closed."""
        windows = [Window(self._seconds(span.begins_at), self._seconds(span.ends_at)) for span in self.passes[job].windows]
        met, error_s = self.met_by_all(job), self.district.operations.timing_error_s
        closed = [closed_window(one, self.flying, error_s) for one in self.airways.closures if one.id in met]
        return without(windows, closed)

    def _seconds(self, moment: datetime) -> float:
        return (moment - self.flying.begins_at).total_seconds()


def performance_in(type: AircraftType, wind: Wind) -> Performance:
    """A type that does not bear the day's wind does not take off: what its flights would take is told for still air."""
    return Performance(type, wind if wind.speed_mps <= type.max_wind_mps else STILL)


def _longest_s(district: District) -> float:
    """No flight is longer: what its battery holds beside the reserve, spent as slowly as can be."""
    types = district.aircraft_types
    return max(one.battery_wh * (1 - one.reserve) * 3600 / min(one.hover_w, one.cruise_w) for one in types)


def _or_zero(leg: Leg | Infeasible, field: str) -> float:
    return float(getattr(leg, field)) if isinstance(leg, Leg) else 0.0


def covered(route: Route, performance: Performance, frame: LocalFrame) -> Coverage:
    """The lines of a route as a type of aircraft flies them in the day's wind; raises ValueError as `cover` does."""
    effort = LENGTH if performance.wind.speed_mps == 0 else WindyEffort(performance, route.speed_mps)
    return cover(route, performance.aircraft.camera, frame, effort)


def day_frame(district: District) -> LocalFrame:
    """The plane that a day is planned in, round the middle of the docks."""
    docks = [dock.point for dock in district.docks]
    lat, lon = (sum(values) / len(docks) for values in zip(*((p.lat_deg, p.lon_deg) for p in docks), strict=True))
    return LocalFrame(GeoPoint(lat_deg=lat, lon_deg=lon))
