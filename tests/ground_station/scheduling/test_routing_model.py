"""The solver takes every sound plan to begin with, and what it finds keeps the rules that its model has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ground_station.scheduling.routing_model import RoutingModel
from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Problem, Solution, Trip, Vehicle, Window
from missions.scheduling.timeline import faults
from missions.scheduling.tours import tours_of
from tests.missions.scheduling.made_problem import ALL_DAY, Row, days, random_day


def _solve(problem: Problem, start: Solution, seconds: float = 0.1) -> Solution:
    found = RoutingModel(problem, start, 0).solve(start, seconds)
    assert found is not None
    return found


@given(days())
@settings(max_examples=12, deadline=None)
def test_every_sound_plan_is_a_beginning(problem: Problem) -> None:
    """A cold start would be useless, so the rounding must never refuse a plan that can be flown."""
    start = greedy(problem)
    if start.trips:
        _solve(problem, start, 0.05)


def test_serves_the_rest_of_the_row() -> None:
    """From job 0 alone it finds all four, in trips that the battery can fly: job 2 and job 3 never share one."""
    problem = Row().problem()
    found = _solve(problem, Solution((Trip(0, 0.0, (0,)),)))
    assert found.value(problem) == 10
    assert not any({2, 3} <= set(trip.jobs) for trip in found.trips)


def test_the_first_leg_after_a_stop_is_not_free() -> None:
    """Two jobs at 2.5 and -2.5 take 1 + 5 + 10 + 5 + 2 = 23 Wh together and 12 each: never one trip of 16 Wh."""
    problem = Row(places=(2.5, -2.5, 2.5, -2.5), value=(1, 1, 1, 1)).problem()
    found = _solve(problem, Solution((Trip(0, 0.0, (0,)), Trip(0, 3000.0, (1,)))))
    assert sorted(job for trip in found.trips for job in trip.jobs) == [0, 1, 2, 3]
    assert all(len(trip.jobs) == 1 or set(trip.jobs) in ({0, 2}, {1, 3}) for trip in found.trips)
    assert tours_of(problem, found).solution().served == {0, 1, 2, 3}


def test_charging_takes_its_time() -> None:
    """Two jobs at 3 and -3 take a trip each of 680 s and 14 Wh. After the first 6 Wh are left; 14 and 4 of reserve are needed.

    So 12 Wh are missing, 600 s on the charger: with the turnaround the second lands at 680 + 30 + 600 + 680 = 1990 s.
    """
    start = Solution((Trip(0, 0.0, (0,)),))
    short, long = (Row(places=(3, -3), value=(1, 1), end_s=end_s).problem() for end_s in (1980.0, 2000.0))
    assert _solve(short, start).value(short) == 1
    assert _solve(long, start).value(long) == 2


def test_nobody_hovers() -> None:
    """Job 1 opens 500 s after the last moment for job 0: both are served, but not in one trip."""
    windows = ((Window(200, 300),), (Window(1000, 1100),), ALL_DAY, ALL_DAY)
    problem = Row(windows=windows, able=((True, True, False, False),)).problem()
    found = _solve(problem, Solution((Trip(0, 100.0, (0,)),)))
    assert [trip.jobs for trip in found.trips] == [(0,), (1,)]


def test_waits_where_it_may() -> None:
    """With waiting the same two jobs share a single allowed trip."""
    windows = ((Window(200, 300),), (Window(1000, 1100),), ALL_DAY, ALL_DAY)
    problem = Row(windows=windows, waiting_allowed=True, max_trips=1, able=((True, True, False, False),)).problem()
    assert _solve(problem, Solution((Trip(0, 0.0, (0,)),))).value(problem) == 3


@pytest.mark.parametrize("vehicle", [Vehicle(0, 0, 20_000.0, 20.0), Vehicle(0, 0, 0.0, 0.0)])
def test_a_vehicle_that_cannot_fly_yet_is_no_harm(vehicle: Vehicle) -> None:
    """One that is not ready on the day, one with an empty battery, beside one that flies."""
    problem = Row(vehicles=(Vehicle(0, 0, 0.0, 20.0), vehicle)).problem()
    found = _solve(problem, Solution((Trip(0, 0.0, (0,)),)))
    assert found.value(problem) == 10


@given(st.integers(0, 5_000))
@settings(max_examples=12, deadline=None)
def test_one_kind_without_waiting_is_modelled_exactly(seed: int) -> None:
    """Of a single vehicle that may not wait, the trips found can be flown as they are: nothing falls away in timing."""
    problem = random_day(seed, 12, vehicles=1)
    start = greedy(problem)
    if problem.waiting_allowed or not start.trips:
        return
    found = _solve(problem, start, 0.1)
    timed = tours_of(problem, found).solution()
    assert faults(problem, timed) == []
    assert timed.served == found.served
