"""Repair during the day: something happens, and the plan changes as little as possible."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from missions.demand import Demand
from missions.district import District
from missions.errors import Conflict
from missions.ground import Ground, terrain_of
from missions.route import Route
from missions.schedule import DayConditions, Pass, Schedule, ScheduledFlight, Span
from missions.scheduling.assembling import DayFacts, assemble
from missions.scheduling.conditions import DaySetting, grounded_drones
from missions.scheduling.dropping import with_dropped
from missions.scheduling.due import DueDemand, flying_day
from missions.scheduling.gaps import can_fly, fill_gaps, nearest_vehicles
from missions.scheduling.legwork import Legwork
from missions.scheduling.merging import pass_for
from missions.scheduling.placing import clock_of, place_round
from missions.scheduling.problem import Problem, Trip
from missions.scheduling.rounds import rounds
from missions.scheduling.separating import Clock, Kept
from missions.scheduling.timetable import flown_as, ways_to_fly

URGENT_VALUE = 100.0
"""What an urgent look is worth: more than any standing pass."""

PREPARE = timedelta(minutes=2)
"""From the decision to the earliest take-off: plan checked and loaded, dock opened."""

SAME_TIME_S = 1.0


@dataclass(frozen=True, slots=True)
class Urgent:
    """Something to be looked at now: the demand with the route that serves it (see `registration.register`)."""

    demand: Demand
    route: Route


@dataclass(frozen=True, slots=True)
class Change:
    """What has happened at `at`. `conditions` are those that hold from now on: closures, wind, drones that are lost.

    `begun` are the flights that stand as they are (None: those that were to take off before `at`); others that are late take
    off as soon as they may.
    """

    at: datetime
    conditions: DayConditions
    urgent: Sequence[Urgent] = ()
    begun: frozenset[str] | None = None

    def has_begun(self, flight: ScheduledFlight) -> bool:
        """Whether the flight goes on as it is."""
        return flight.takes_off_at < self.at if self.begun is None else flight.id in self.begun

    def caught_up(self, flight: ScheduledFlight) -> ScheduledFlight:
        """A waiting flight, to take off no earlier than it can be prepared where it is late."""
        late = flight.takes_off_at < self.at
        return flight.model_copy(update={"takes_off_at": self.at + PREPARE}) if late else flight


@dataclass(frozen=True, slots=True)
class Repaired:
    """The new schedule, and when each urgent place (by demand) is reached. `moved` are the flights of before that are flown at
    another time, another way or without some of their passes, `dropped` those that are not flown, `stranded` the drones that
    end the day away from home.
    """

    schedule: Schedule
    moved: tuple[str, ...]
    dropped: tuple[str, ...]
    arrivals: dict[str, datetime]
    stranded: tuple[str, ...] = ()


def repair(
    schedule: Schedule, change: Change, district: District, routes: Sequence[Route] = (), ground: Ground | None = None
) -> Repaired:
    """Flights in the air go on. Urgent places come first, each by the drone that is there soonest; then the planned flights,
    each at its own time or the next possible one; then passes that lost their flight are tried alone.

    `routes` are those of the schedule's passes that the catalogue does not have. Raises Conflict where the schedule follows
    another ground than `ground`.
    """
    if terrain_of(ground) != schedule.terrain:
        raise Conflict(f"the schedule's terrain is '{schedule.terrain}'; it cannot be repaired over '{terrain_of(ground)}'")
    legwork = _legwork(schedule, change, district, routes, ground)
    clock = clock_of(legwork)
    lost = {n for n, drone in enumerate(legwork.drones) if drone.id in grounded_drones(district, change.conditions)}
    gone = [flight for flight in schedule.flights if change.has_begun(flight)]
    waiting = [flight for flight in schedule.flights if not change.has_begun(flight)]
    for flight in gone:
        clock.hold(_as_it_flies(flight, legwork))
    now_s = (change.at + PREPARE - legwork.flying.begins_at).total_seconds()
    arrivals = {urgent.demand.id: _send(urgent, clock, legwork, now_s, lost) for urgent in change.urgent}
    for flights in _rounds(waiting, legwork):
        _put_again(flights, clock, legwork, lost, change)
    fill_gaps(clock, legwork, not_before_s=now_s, without=lost)
    conditions = change.conditions.model_copy(update={"since": change.at})
    facts = DayFacts(
        schedule.district_id, schedule.day, schedule.seed, schedule.daylight, conditions, schedule.merging, schedule.terrain
    )
    used_ids = {*(flight.id for flight in schedule.flights), *(change.begun or ())}
    repaired = with_dropped(assemble(clock, legwork, facts, f"{schedule.method}, repaired", used_ids), schedule)
    flown = {flight.id: flight for flight in repaired.flights}
    return Repaired(
        repaired,
        tuple(one.id for one in waiting if one.id in flown and _has_moved(one, flown[one.id])),
        tuple(one.id for one in waiting if one.id not in flown),
        {id: at for id, at in arrivals.items() if at is not None},
        tuple(drone.id for n, drone in enumerate(legwork.drones) if legwork.problem.vehicles[n].depot != clock.stands_at(n)),
    )


def _legwork(schedule: Schedule, change: Change, district: District, routes: Sequence[Route], ground: Ground | None) -> Legwork:
    """The passes of before and the urgent ones, in the district as it is now. Every drone is in it, since some are flying."""
    flying = flying_day(district, schedule.day, schedule.daylight)
    urgent = [_urgent_pass(one, Span(begins_at=change.at, ends_at=flying.ends_at)) for one in change.urgent]
    known = {route.id: route for route in (*district.routes, *routes, *(one.route for one in change.urgent))}
    missing = sorted({one.route_id for one in schedule.passes} - set(known))
    if missing:
        raise Conflict(f"the schedule has routes that are not known any more: {', '.join(missing)}")
    again = sorted({one.id for one in schedule.passes} & {one.id for one in urgent})
    if again:
        raise Conflict(f"the schedule has these already: {', '.join(again)}")
    setting = DaySetting.of(district, change.conditions, flying, ground)
    return Legwork(setting, (*schedule.passes, *urgent), known)


def _urgent_pass(urgent: Urgent, window: Span) -> Pass:
    due = DueDemand(urgent.demand, URGENT_VALUE * urgent.demand.priority, (window,))
    return pass_for([due], urgent.route, (window,), _urgent_id(urgent))


def _urgent_id(urgent: Urgent) -> str:
    return f"{urgent.demand.id}@urgent"


def _as_it_flies(flight: ScheduledFlight, legwork: Legwork) -> Kept:
    """A flight that has begun, as it was planned: its path is that of the schedule, whatever has been closed since."""
    flown = flown_as(flight, _trip(flight, legwork), legwork)
    return Kept(flown, flown.track(flown.trip.start_s), flight.id, flight)


def _trip(flight: ScheduledFlight, legwork: Legwork) -> Trip:
    vehicles = {drone.id: number for number, drone in enumerate(legwork.drones)}
    jobs = {one.id: number for number, one in enumerate(legwork.passes)}
    docks = {dock.id: number for number, dock in enumerate(legwork.district.docks)}
    start_s = (flight.takes_off_at - legwork.flying.begins_at).total_seconds()
    seen = tuple(jobs[visit.pass_id] for visit in flight.visits)
    ends = docks[flight.from_dock_id], docks[flight.to_dock_id]
    return Trip(vehicles[flight.drone_id], start_s, seen, *ends, layer_m=flight.layer_m)


def _send(urgent: Urgent, clock: Clock, legwork: Legwork, now_s: float, lost: set[int]) -> datetime | None:
    """Places the flight of the drone that reaches the place first; the moment of arrival, None where no drone can."""
    problem = legwork.problem
    job = next(n for n, one in enumerate(legwork.passes) if one.id == _urgent_id(urgent))
    best: Kept | None = None
    for vehicle in nearest_vehicles(problem, job):
        if vehicle in lost:
            continue
        for ends in _ways_out(clock.stands_at(vehicle), problem.vehicles[vehicle].depot):
            trip = Trip(vehicle, max(now_s, clock.free_from_s(vehicle)), (job,), *ends)
            placed = clock.try_at(ways_to_fly(trip, problem, legwork))
            if placed is not None and (best is None or _arrival_s(placed) < _arrival_s(best)):
                best = placed
    if best is None:
        return None
    clock.hold(best)
    return legwork.flying.begins_at + timedelta(seconds=_arrival_s(best))


def _ways_out(here: int, home: int) -> list[tuple[int, int]]:
    """Where a flight out of turn leads: home, or else back."""
    return [(here, home)] if here == home else [(here, home), (here, here)]


def _arrival_s(placed: Kept) -> float:
    return placed.begins_s + placed.flown.visits_s()[0][0]


def _rounds(flights: Sequence[ScheduledFlight], legwork: Legwork) -> list[list[ScheduledFlight]]:
    """The flights of each drone until it is home; first of those that are away from home, then in the order of their starts."""
    flown_as_trip = {_trip(flight, legwork): flight for flight in flights}
    homes = [vehicle.depot for vehicle in legwork.problem.vehicles]
    cut = sorted(rounds(legwork.problem, flown_as_trip), key=lambda own: own[0].leaves == homes[own[0].vehicle])
    return [[flown_as_trip[trip] for trip in own] for own in cut]


def _put_again(flights: Sequence[ScheduledFlight], clock: Clock, legwork: Legwork, lost: set[int], change: Change) -> None:
    """The flights of a round, each with those of its passes that can still be flown at its time; if none can, with all that
    can be later.
    """
    trips, names = [], []
    for flight in flights:
        trip = _trip(change.caught_up(flight), legwork)
        able = [job for job in trip.jobs if can_fly(legwork.problem, trip.vehicle, job)]
        now = [job for job in able if _can_fly_within(legwork.problem, trip, job, flight.duration_s)]
        if able and trip.vehicle not in lost:
            trips.append(replace(trip, jobs=tuple(now or able)))
            names.append(flight.id)
    if trips:
        place_round(clock, trips, names, legwork)


def _can_fly_within(problem: Problem, trip: Trip, job: int, lasting_s: float) -> bool:
    """Whether there are ways to a pass and on under the skies that may be flown in at a trip's time."""
    return any(
        can_fly(problem, trip.vehicle, job, problem.ends_of(trip), number)
        for number, sky in enumerate(problem.ways_at)
        if any(window.earliest_s <= trip.start_s and trip.start_s + lasting_s <= window.latest_s for window in sky.windows)
    )


def _has_moved(before: ScheduledFlight, after: ScheduledFlight) -> bool:
    starts_s = (after.takes_off_at - before.takes_off_at).total_seconds()
    lands_s = (after.lands_at - before.lands_at).total_seconds()
    passes = ([visit.pass_id for visit in one.visits] for one in (before, after))
    docks = ((one.from_dock_id, one.to_dock_id) for one in (before, after))
    return max(abs(starts_s), abs(lands_s)) > SAME_TIME_S or next(passes) != next(passes) or next(docks) != next(docks)
