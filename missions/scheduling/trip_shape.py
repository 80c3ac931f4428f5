"""Trips before they have a time: how long, how much energy, and at which starts every job falls into a window."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from missions.scheduling.problem import Problem, Window

ROUNDING_S = 1e-9
"""Two limits that meet within this do meet: a window exactly as long as its job leaves one start, not none."""

ROUNDING_WH = 1e-6
"""Energy that is not held against a job before the trip with it is added up."""

Spans = tuple[tuple[float, float], ...]
"""Disjoint stretches of time in seconds, in their order."""

Ends = tuple[int, int]
"""The depots that a trip leaves and lands in."""


@dataclass(frozen=True, slots=True)
class TripShape:
    """A trip that some start makes feasible by itself, from a depot to a depot. `flight_s` is without waiting; `starts` are
    the feasible starts. Where vehicles may wait, `begins` are each job's earliest and latest begin; else there are none.

    `others` is the same trip under the later skies that let it be flown. The trip itself is under the first, so that trips are
    compared by the same ways; where only others let it be flown it has no starts.
    """

    jobs: tuple[int, ...]
    leaves: int
    lands: int
    flight_s: float
    energy_wh: float
    starts: Spans
    sky: int = 0
    others: tuple["TripShape", ...] = ()
    begins: Spans = ()


class Shapes:
    """Makes the shapes of a problem's trips. Holds its arrays in a form that reads fast one number at a time."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        kinds = range(len(problem.kinds))
        self._ways_s = [[sky.travel.reading_s(kind) for kind in kinds] for sky in problem.ways_at]
        self._ways_wh = [[sky.travel.reading_wh(kind) for kind in kinds] for sky in problem.ways_at]
        self._windows = [sky.windows for sky in problem.ways_at]
        self._service_s: list[list[float]] = problem.service_s.tolist()
        self._energy_wh: list[list[float]] = problem.energy_wh.tolist()
        self._able: list[list[bool]] = problem.able.tolist()

    def of(self, vehicle: int, jobs: tuple[int, ...], ends: Ends | None = None) -> TripShape | None:
        """The trip over `jobs`, in this order, between two depots (None: from home to home); None if no start makes it feasible
        even with a full battery.
        """
        number = self.problem.vehicles[vehicle].kind
        able = self._able[number]
        if not all(able[job] for job in jobs):
            return None
        leaves, lands = ends or (self.problem.vehicles[vehicle].depot,) * 2
        if not self.problem.are_level(leaves, lands):
            return None
        if len(self._windows) == 1:
            return self._under(0, number, jobs, leaves, lands)
        under = (self._under(sky, number, jobs, leaves, lands) for sky in range(len(self._windows)))
        found = [shape for shape in under if shape is not None]
        if not found:
            return None
        if found[0].sky == 0:
            return replace(found[0], others=tuple(found[1:]))
        flight_s = self._first_ways_s(number, jobs, leaves, lands)
        return TripShape(jobs, leaves, lands, flight_s, found[0].energy_wh, (), others=tuple(found))

    def _first_ways_s(self, number: int, jobs: tuple[int, ...], leaves: int, lands: int) -> float:
        """What a trip takes by the ways of the first sky."""
        travel_s, depots = self._ways_s[0][number], self.problem.jobs
        ways_s = sum(travel_s[here, there] for here, there in pairwise((depots + leaves, *jobs, depots + lands)))
        service_s = sum(self._service_s[number][job] for job in jobs)
        return self.problem.kinds[number].takeoff_s + ways_s + service_s + self._landing_s(number, leaves, lands)

    def _under(self, sky: int, number: int, jobs: tuple[int, ...], leaves: int, lands: int) -> TripShape | None:
        """The trip by the ways of one sky."""
        energy_wh = self._trip_wh(sky, number, jobs, leaves, lands)
        if energy_wh > self.problem.kinds[number].capacity_wh:
            return None
        make = self._waiting if self.problem.waiting_allowed else self._unwaiting
        flight_s, starts, begins = make(sky, number, jobs, leaves, lands)
        return TripShape(jobs, leaves, lands, flight_s, energy_wh, starts, sky, begins=begins) if starts else None

    def may_take(self, vehicle: int, shape: TripShape, position: int, job: int) -> bool:
        """Whether a trip may have room for one more job before that at `position`: what is ruled out here, needs no trying.

        Where skies change nothing is ruled out, since the trip with the job may fly under another one.
        """
        if len(self._windows) > 1:
            return True
        number = self.problem.vehicles[vehicle].kind
        before, after = self._around(shape, position)
        travel_wh = self._ways_wh[0][number]
        added_wh = travel_wh[before, job] + self._energy_wh[number][job] + travel_wh[job, after] - travel_wh[before, after]
        if shape.energy_wh + added_wh > self.problem.kinds[number].capacity_wh + ROUNDING_WH:
            return False
        return not shape.begins or self._in_time(number, shape, position, job)

    def lands_s(self, vehicle: int, shape: TripShape, start_s: float) -> float:
        """When the trip lands that takes off at `start_s`, one of its feasible starts."""
        if not self.problem.waiting_allowed:
            return start_s + shape.flight_s
        number, last = self.problem.vehicles[vehicle].kind, shape.jobs[-1]
        if start_s <= shape.starts[0][0]:
            begins_s = shape.begins[-1][0]
        else:
            begins_s = self._earliest_begins(shape.sky, number, shape.jobs, shape.leaves, start_s)[-1]
        way_s = self._ways_s[shape.sky][number][last, self.problem.jobs + shape.lands]
        return begins_s + self._service_s[number][last] + way_s + self._landing_s(number, shape.leaves, shape.lands)

    def added_s(self, vehicle: int, before: int, job: int, after: int) -> float:
        """What `job` between two places adds to a trip, in seconds; places as in the travel arrays."""
        number = self.problem.vehicles[vehicle].kind
        travel_s = self._ways_s[0][number]
        return travel_s[before, job] + self._service_s[number][job] + travel_s[job, after] - travel_s[before, after]

    def alone_s(self, vehicle: int, job: int, depot: int | None = None) -> float:
        """What a trip for `job` alone takes, in seconds, from a depot (None: home) and back there."""
        number = self.problem.vehicles[vehicle].kind
        place = self.problem.depot_place(vehicle) if depot is None else self.problem.jobs + depot
        travel_s = self._ways_s[0][number]
        return self.problem.kinds[number].trip_s + travel_s[place, job] + self._service_s[number][job] + travel_s[job, place]

    def _around(self, shape: TripShape, position: int) -> tuple[int, int]:
        """The places before and after a position of a trip, as in the travel arrays."""
        jobs, places = shape.jobs, self.problem.jobs
        before = jobs[position - 1] if position else places + shape.leaves
        return before, jobs[position] if position < len(jobs) else places + shape.lands

    def _in_time(self, number: int, shape: TripShape, position: int, job: int) -> bool:
        """Whether a waiting vehicle reaches the job in a window, and the next one (or the depot) early enough."""
        before, after = self._around(shape, position)
        travel_s, service_s = self._ways_s[shape.sky][number], self._service_s[number]
        if position:
            leaves_s = shape.begins[position - 1][0] + service_s[before]
        else:
            leaves_s = shape.starts[0][0] + self.problem.kinds[number].takeoff_s
        arrival_s = leaves_s + travel_s[before, job]
        begins_s = [
            max(arrival_s, window.earliest_s)
            for window in self.problem.windows[job]
            if max(arrival_s, window.earliest_s) <= window.latest_s - service_s[job] + ROUNDING_S
        ]
        if not begins_s:
            return False
        if position < len(shape.jobs):
            latest_s = shape.begins[position][1]
        else:
            latest_s = self.problem.end_s - self._landing_s(number, shape.leaves, shape.lands)
        return begins_s[0] + service_s[job] + travel_s[job, after] <= latest_s + ROUNDING_S

    def _landing_s(self, number: int, leaves: int, lands: int) -> float:
        kind = self.problem.kinds[number]
        return kind.landing_s + self.problem.lower_m(leaves, lands) * kind.lower_s_per_m

    def _trip_wh(self, sky: int, number: int, jobs: tuple[int, ...], leaves: int, lands: int) -> float:
        kind, places = self.problem.kinds[number], self.problem.jobs
        travel_wh, energy_wh = self._ways_wh[sky][number], self._energy_wh[number]
        total_wh, here = kind.trip_wh + self.problem.lower_m(leaves, lands) * kind.lower_wh_per_m, places + leaves
        for job in jobs:
            total_wh += travel_wh[here, job] + energy_wh[job]
            here = job
        return total_wh + travel_wh[here, places + lands]

    def _unwaiting(self, sky: int, number: int, jobs: tuple[int, ...], leaves: int, lands: int) -> tuple[float, Spans, Spans]:
        """Flight time and feasible starts if every job begins on arrival: each window, moved back by the way to its job."""
        problem = self.problem
        travel_s, service_s = self._ways_s[sky][number], self._service_s[number]
        passed_s, here = problem.kinds[number].takeoff_s, problem.jobs + leaves
        starts: Spans = ((problem.begin_s, problem.end_s),)
        for job in jobs:
            passed_s += travel_s[here, job]
            starts = _narrowed(starts, problem.windows[job], passed_s, service_s[job])
            if not starts:
                return 0.0, (), ()
            passed_s += service_s[job]
            here = job
        flight_s = passed_s + travel_s[here, problem.jobs + lands] + self._landing_s(number, leaves, lands)
        return flight_s, _narrowed(starts, self._windows[sky], 0.0, flight_s), ()

    def _waiting(self, sky: int, number: int, jobs: tuple[int, ...], leaves: int, lands: int) -> tuple[float, Spans, Spans]:
        """The same if vehicles may wait: whoever starts earlier arrives no later, so only the latest start counts. And the
        earliest and latest begin of each job.
        """
        problem, landing_s = self.problem, self._landing_s(number, leaves, lands)
        kind, travel_s, service_s = problem.kinds[number], self._ways_s[sky][number], self._service_s[number]
        latest_s, there, flight_s = problem.end_s - landing_s, problem.jobs + lands, kind.takeoff_s + landing_s
        latest: list[float] = []
        for job in reversed(jobs):
            leaves_s = latest_s - travel_s[job, there]
            begins = [
                min(window.latest_s, leaves_s) - service_s[job]
                for window in problem.windows[job]
                if min(window.latest_s, leaves_s) - service_s[job] >= window.earliest_s - ROUNDING_S
            ]
            if not begins:
                return 0.0, (), ()
            latest_s = max(begins)
            latest.append(latest_s)
            flight_s += travel_s[job, there] + service_s[job]
            there = job
        latest_s -= travel_s[problem.jobs + leaves, there] + kind.takeoff_s
        flight_s += travel_s[problem.jobs + leaves, there]
        if latest_s < problem.begin_s:
            return 0.0, (), ()
        earliest = self._earliest_begins(sky, number, jobs, leaves, problem.begin_s)
        return flight_s, ((problem.begin_s, latest_s),), tuple(zip(earliest, reversed(latest), strict=True))

    def _earliest_begins(self, sky: int, number: int, jobs: tuple[int, ...], leaves: int, start_s: float) -> list[float]:
        """When a waiting vehicle begins its jobs."""
        travel_s, service_s = self._ways_s[sky][number], self._service_s[number]
        now_s, here = start_s + self.problem.kinds[number].takeoff_s, self.problem.jobs + leaves
        begins = []
        for job in jobs:
            begins.append(self._open_s(job, now_s + travel_s[here, job], service_s[job]))
            now_s, here = begins[-1] + service_s[job], job
        return begins

    def _open_s(self, job: int, arrival_s: float, service_s: float) -> float:
        """When a waiting vehicle begins."""
        for earliest_s, latest_s in self.problem.windows[job]:
            if max(arrival_s, earliest_s) <= latest_s - service_s + ROUNDING_S:
                return max(arrival_s, earliest_s)
        return arrival_s


def _narrowed(starts: Spans, windows: Sequence[tuple[float, float] | Window], passed_s: float, lasting_s: float) -> Spans:
    """The starts from which something that begins `passed_s` later and lasts `lasting_s` lies within one of the windows."""
    narrowed = []
    for begin_s, end_s in starts:
        for earliest_s, latest_s in windows:
            low_s = max(begin_s, earliest_s - passed_s)
            high_s = min(end_s, latest_s - lasting_s - passed_s)
            if low_s <= high_s + ROUNDING_S:
                narrowed.append((low_s, max(low_s, high_s)))
    return tuple(narrowed)
