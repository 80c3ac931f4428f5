"""What a solution means, second by second and Wh by Wh, and what is wrong with it. Written for plainness, not for speed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from missions.scheduling.charging import charged_wh
from missions.scheduling.guest_places import GuestPlaces, Stay, may_land
from missions.scheduling.problem import TOLERANCE, Problem, Solution, Trip, Window


@dataclass(frozen=True, slots=True)
class TripTimes:
    """A trip as flown: when each of its jobs begins and ends, when it lands, and what the battery holds at both ends."""

    trip: Trip
    begins_s: tuple[float, ...]
    ends_s: tuple[float, ...]
    lands_s: float
    energy_wh: float
    charge_before_wh: float
    charge_after_wh: float

    @property
    def flight_s(self) -> float:
        """From take-off to landing."""
        return self.lands_s - self.trip.start_s


@dataclass(frozen=True, slots=True)
class Timeline:
    """The trips as flown, in the order of the solution's."""

    trips: tuple[TripTimes, ...]

    @property
    def flight_s(self) -> float:
        """Seconds in the air, over all trips."""
        return sum(trip.flight_s for trip in self.trips)


def evaluate(problem: Problem, solution: Solution) -> Timeline:
    """The solution as flown, whether it may be or not: a charge may come out below zero, a job outside its windows."""
    flown: dict[int, TripTimes] = {}
    for vehicle in range(len(problem.vehicles)):
        own = [number for number, trip in enumerate(solution.trips) if trip.vehicle == vehicle]
        own.sort(key=lambda number: solution.trips[number].start_s)
        _fly(problem, vehicle, own, solution, flown)
    return Timeline(tuple(flown[number] for number in range(len(solution.trips))))


def _fly(problem: Problem, vehicle: int, numbers: list[int], solution: Solution, flown: dict[int, TripTimes]) -> None:
    """Put the vehicle's trips into `flown`, charging between them."""
    what = problem.vehicles[vehicle]
    charge_wh, charging_from_s = what.charge_wh, what.ready_s
    for number in numbers:
        trip = solution.trips[number]
        begins_s, ends_s, lands_s, energy_wh = _fly_trip(problem, trip)
        leaves, _ = problem.ends_of(trip)
        before_wh = charged_wh(problem, what.kind, leaves, charge_wh, trip.start_s - charging_from_s)
        charge_wh, charging_from_s = before_wh - energy_wh, lands_s + problem.turnaround_s
        flown[number] = TripTimes(trip, begins_s, ends_s, lands_s, energy_wh, before_wh, charge_wh)


def _fly_trip(problem: Problem, trip: Trip) -> tuple[tuple[float, ...], tuple[float, ...], float, float]:
    """When its jobs begin and end, when it lands, and the energy it takes."""
    number, (leaves, lands) = problem.vehicles[trip.vehicle].kind, problem.ends_of(trip)
    kind, ways, lower_m = problem.kinds[number], problem.ways_at[trip.sky], problem.lower_m(leaves, lands)
    here, last = problem.jobs + leaves, problem.jobs + lands
    now_s, energy_wh = trip.start_s + kind.takeoff_s, kind.trip_wh + lower_m * kind.lower_wh_per_m
    begins_s, ends_s = [], []
    for job in trip.jobs:
        now_s = begin_s(problem, number, job, now_s + float(ways.travel_s[number, here, job]))
        begins_s.append(now_s)
        now_s += float(problem.service_s[number, job])
        ends_s.append(now_s)
        energy_wh += float(ways.travel_wh[number, here, job] + problem.energy_wh[number, job])
        here = job
    lands_s = now_s + float(ways.travel_s[number, here, last]) + kind.landing_s + lower_m * kind.lower_s_per_m
    return tuple(begins_s), tuple(ends_s), lands_s, energy_wh + float(ways.travel_wh[number, here, last])


def begin_s(problem: Problem, kind: int, job: int, arrival_s: float) -> float:
    """When a job begins that is reached at `arrival_s`: at once, or where waiting is allowed when a window opens."""
    if problem.waiting_allowed:
        for earliest_s, latest_s in problem.windows[job]:
            if max(arrival_s, earliest_s) <= latest_s - problem.service_s[kind, job] + TOLERANCE:
                return max(arrival_s, earliest_s)
    return arrival_s


def faults(problem: Problem, solution: Solution) -> list[str]:
    """Everything in which the solution breaks the problem's rules; nothing if it may be flown."""
    timeline = evaluate(problem, solution)
    return [
        *_repeated(solution),
        *(fault for trip in timeline.trips for fault in _trip_faults(problem, trip)),
        *_order_faults(problem, timeline),
        *_place_faults(problem, timeline),
        *_crew_faults(problem, timeline),
    ]


def _repeated(solution: Solution) -> Iterator[str]:
    times = Counter(job for trip in solution.trips for job in trip.jobs)
    return (f"job {job} is served {often} times" for job, often in times.items() if often > 1)


def _trip_faults(problem: Problem, flown: TripTimes) -> Iterator[str]:
    """What is wrong with a trip by itself."""
    trip, vehicle = flown.trip, problem.vehicles[flown.trip.vehicle]
    name = f"trip of vehicle {trip.vehicle} at {trip.start_s:.1f} s"
    if not trip.jobs:
        yield f"{name} serves nothing"
    if trip.start_s < max(vehicle.ready_s, problem.begin_s) - TOLERANCE:
        yield f"{name} takes off before its vehicle is ready or the day begins"
    if flown.lands_s > problem.end_s + TOLERANCE:
        yield f"{name} lands at {flown.lands_s:.1f} s, after the day's end"
    if flown.charge_after_wh < problem.kinds[vehicle.kind].reserve_wh - TOLERANCE:
        yield f"{name} lands with {flown.charge_after_wh:.2f} Wh, below the reserve"
    if problem.skies and not any(_within(w, trip.start_s, flown.lands_s) for w in problem.ways_at[trip.sky].windows):
        yield f"{name} lands at {flown.lands_s:.1f} s, beyond the hours of its ways"
    for job, began_s, ended_s in zip(trip.jobs, flown.begins_s, flown.ends_s, strict=True):
        if not problem.able[vehicle.kind, job]:
            yield f"{name} serves job {job}, which it cannot"
        if not any(_within(w, began_s, ended_s) for w in problem.windows[job]):
            yield f"{name} serves job {job} from {began_s:.1f} to {ended_s:.1f} s, outside its windows"


def _within(window: Window, begins_s: float, ends_s: float) -> bool:
    return window.earliest_s - TOLERANCE <= begins_s and ends_s <= window.latest_s + TOLERANCE


def _order_faults(problem: Problem, timeline: Timeline) -> Iterator[str]:
    """What is wrong between the trips of one vehicle."""
    for vehicle in range(len(problem.vehicles)):
        own = sorted((one for one in timeline.trips if one.trip.vehicle == vehicle), key=lambda one: one.trip.start_s)
        if problem.max_trips is not None and len(own) > problem.max_trips:
            yield f"vehicle {vehicle} flies {len(own)} trips, more than {problem.max_trips}"
        for before, after in pairwise(own):
            if after.trip.start_s < before.lands_s + problem.turnaround_s - TOLERANCE:
                yield f"vehicle {vehicle} takes off at {after.trip.start_s:.1f} s, before its turnaround is over"


def _place_faults(problem: Problem, timeline: Timeline) -> Iterator[str]:
    """Vehicles that take off where they are not, are not home in the end, or land where there is no place for them."""
    guests = GuestPlaces(problem)
    for vehicle, what in enumerate(problem.vehicles):
        own = sorted((one for one in timeline.trips if one.trip.vehicle == vehicle), key=lambda one: one.trip.start_s)
        here, landed_s, stays = what.depot, what.ready_s, []
        for one in own:
            leaves, lands = problem.ends_of(one.trip)
            name = f"trip of vehicle {vehicle} at {one.trip.start_s:.1f} s"
            if leaves != here:
                yield f"{name} leaves depot {leaves}; the vehicle is in depot {here}"
            if not may_land(problem, vehicle, lands) or not problem.are_level(leaves, lands):
                yield f"{name} lands in depot {lands}, which does not take it"
            if here != what.depot:
                stays.append(Stay(here, landed_s, one.lands_s))
            here, landed_s = lands, one.lands_s
        if here != what.depot:
            yield f"vehicle {vehicle} ends the day in depot {here}, not in its own"
        elif not guests.have_room(vehicle, stays):
            yield f"vehicle {vehicle} has no place in a depot that is not its own"
        guests.set(vehicle, stays)


def _crew_faults(problem: Problem, timeline: Timeline) -> Iterator[str]:
    """Moments with more trips in the air than the crew may watch."""
    changes = [(one.trip.start_s, 1) for one in timeline.trips]
    changes += [(max(one.lands_s - TOLERANCE, one.trip.start_s), -1) for one in timeline.trips]
    flying = 0
    for at_s, change in sorted(changes):
        flying += change
        if change > 0 and flying > problem.crew:
            yield f"{flying} trips are in the air at {at_s:.1f} s, more than {problem.crew}"
