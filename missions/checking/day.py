"""The day as it is checked: each flight and visit with what it names, looked up once; None is what the catalogue lacks."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from missions.aircraft import AircraftType, Drone
from missions.checking.over_ground import over_ground
from missions.checking.plane import Plane
from missions.checking.track import Track, make_track
from missions.checking.wind import NO_WIND, CheckedWind, checked_wind
from missions.district import District, Dock
from missions.ground import Ground, on_ground
from missions.route import Route
from missions.schedule import Pass, Schedule, ScheduledFlight, Visit
from missions.working_time import DISTRICT_TIME

TIMING_S = 1.0
"""What two statements of one moment may differ by."""


@dataclass(frozen=True, slots=True)
class CheckedFlight:
    """A flight with what it names. Moments are in seconds since the day's midnight. No `track`: the path is broken. `wind`
    counts for flights that take off once it holds; those before were planned for another one, which is not known any more.
    `over` is the track in heights over the ground: the same where that is not given.
    """

    flight: ScheduledFlight
    drone: Drone | None
    aircraft: AircraftType | None
    from_dock: Dock | None
    to_dock: Dock | None
    takes_off_s: float
    lands_s: float
    track: Track | None
    wind: CheckedWind
    over: Track | None

    @property
    def id(self) -> str:
        """The flight's."""
        return self.flight.id

    @property
    def rise_m(self) -> float:
        """How much higher the ground is where it lands than where it takes off, in the catalogue's altitudes."""
        if self.from_dock is None or self.to_dock is None:
            return 0.0
        return self.to_dock.ground_altitude_m - self.from_dock.ground_altitude_m


@dataclass(frozen=True, slots=True)
class CheckedVisit:
    """A visit with its pass and that pass's route. No `track`: the flight has none, or the visit does not lie within it. `over`
    as with flights.
    """

    flight: CheckedFlight
    visit: Visit
    wanted: Pass | None
    route: Route | None
    begins_s: float
    ends_s: float
    track: Track | None
    over: Track | None


class Day:
    """A schedule over its district, in the checker's plane. Where the `ground` is given the docks are at its altitudes."""

    def __init__(self, schedule: Schedule, district: District, ground: Ground | None = None) -> None:
        self.schedule = schedule
        self.district = district = on_ground(district, ground)
        self.ground = ground
        self.plane = Plane(district.outline)
        self.passes = {one.id: one for one in reversed(schedule.passes)}
        self.routes = {one.id: one for one in district.routes}
        self.docks = {one.id: one for one in district.docks}
        self.drones = {one.id: one for one in district.drones}
        self.types = {one.id: one for one in district.aircraft_types}
        self._midnight = datetime.combine(schedule.day, time(), DISTRICT_TIME)
        self.flights = tuple(self._checked(flight) for flight in schedule.flights)
        self.visits = tuple(visit for flight in self.flights for visit in self._visits(flight))

    def seconds(self, moment: datetime) -> float:
        """Since the day's midnight in the district."""
        return (moment - self._midnight).total_seconds()

    def flights_by_drone(self) -> dict[str, list[CheckedFlight]]:
        """Each known drone's flights, in order of take-off; a drone that does not fly has an empty list."""
        flown = defaultdict(list)
        for one in sorted(self.flights, key=lambda flight: flight.takes_off_s):
            flown[one.flight.drone_id].append(one)
        return {drone_id: flown[drone_id] for drone_id in self.drones}

    def _checked(self, flight: ScheduledFlight) -> CheckedFlight:
        drone, since = self.drones.get(flight.drone_id), self.schedule.conditions.since
        track = self._track(flight)
        is_blown = since is None or flight.takes_off_at >= since
        return CheckedFlight(
            flight=flight,
            drone=drone,
            aircraft=self.types.get(drone.type_id) if drone else None,
            from_dock=self.docks.get(flight.from_dock_id),
            to_dock=self.docks.get(flight.to_dock_id),
            takes_off_s=self.seconds(flight.takes_off_at),
            lands_s=self.seconds(flight.lands_at),
            track=track,
            wind=checked_wind(self.schedule.conditions) if is_blown else NO_WIND,
            over=self._over(track, self.docks.get(flight.from_dock_id)),
        )

    def _track(self, flight: ScheduledFlight) -> Track | None:
        xy_m = self.plane.to_xy(timed.point for timed in flight.path)
        return make_track(xy_m, [timed.height_m for timed in flight.path], [self.seconds(timed.at) for timed in flight.path])

    def _over(self, track: Track | None, dock: Dock | None) -> Track | None:
        if track is None or dock is None or self.ground is None:
            return track
        return over_ground(track, dock.ground_altitude_m, self.ground, self.plane)

    def _visits(self, flight: CheckedFlight) -> Iterator[CheckedVisit]:
        for visit in flight.flight.visits:
            wanted = self.passes.get(visit.pass_id)
            route = self.routes.get(wanted.route_id) if wanted else None
            begins_s, ends_s = self.seconds(visit.begins_at), self.seconds(visit.ends_at)
            track = _part(flight.track, begins_s, ends_s)
            over = _part(flight.over, begins_s, ends_s)
            yield CheckedVisit(flight, visit, wanted, route, begins_s, ends_s, track, over)


def _part(track: Track | None, begins_s: float, ends_s: float) -> Track | None:
    """A visit's part of its flight's track, where it has one."""
    if track is None or not track.at_s[0] - TIMING_S <= begins_s <= ends_s <= track.at_s[-1] + TIMING_S:
        return None
    return track.between(begins_s, ends_s)
