"""A value that no plan exceeds: by hand, against every plan of small days, and against good plans of larger ones."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.scheduling.bound import upper_bound
from missions.scheduling.fill_in import fill_in
from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Problem, Vehicle, Window
from missions.scheduling.tours import Standing, Tours
from tests.missions.scheduling.made_problem import ALL_DAY, Row, days, random_day


def test_time_is_shared_by_hand() -> None:
    """Two jobs at 1 and -1, each 100 s in and 100 s out in halves, and 50 s of service: 150 s of the day each.

    A trip takes 30 s besides and 50 + 50 s in halves at the depot. In 280 s that leaves 150 s: one job of the two, worth 4.
    """
    problem = Row(places=(1, -1), value=(4, 4), end_s=280.0).problem()
    assert upper_bound(problem) == pytest.approx(4, rel=1e-3)


def test_all_where_there_is_plenty() -> None:
    """A day that is long enough bounds nothing."""
    assert upper_bound(Row().problem()) == pytest.approx(10, rel=1e-3)


def test_what_cannot_be_done_counts_nothing() -> None:
    """Out of reach, of no able vehicle, or in a window shorter than its service."""
    windows = (ALL_DAY, ALL_DAY, (Window(0, 40),), ALL_DAY)
    problem = Row(places=(1, 10, 3, -1), windows=windows, able=((True, True, True, False),)).problem()
    assert upper_bound(problem) == pytest.approx(1, rel=1e-3)
    assert upper_bound(Row(vehicles=()).problem()) == 0


def test_a_stretch_of_time_is_shared() -> None:
    """Four jobs of 50 s whose windows all lie within 100 s: a vehicle has time for two of them, worth 4 and 3."""
    problem = Row(windows=((Window(500, 600),),) * 4).problem()
    assert upper_bound(problem) <= 7 * (1 + 1e-3)


def test_no_way_is_no_harm() -> None:
    """A job that cannot be reached, by infinite legs, is left out."""
    problem = Row().problem()
    for table in (problem.travel_s, problem.travel_wh):
        table[0, 2, :] = table[0, :, 2] = np.inf
    assert upper_bound(problem) == pytest.approx(7, rel=1e-3)


def _best(problem: Problem) -> float:
    """The value of the best plan, by trying them all: trip by trip and vehicle by vehicle, each as early as it may be."""
    tours = Tours(problem)
    shapes = [
        [
            shape
            for length in range(1, problem.jobs + 1)
            for some in combinations(range(problem.jobs), length)
            for jobs in permutations(some)
            if (shape := tours.shapes.of(vehicle, jobs))
        ]
        for vehicle in range(len(problem.vehicles))
    ]

    def best_from(vehicle: int, number: int, standing: Standing, left: frozenset[int]) -> float:
        best = best_from(vehicle + 1, 0, tours.standing(vehicle + 1, 0), left) if vehicle + 1 < len(shapes) else 0.0
        if number == problem.max_trips:
            return best
        for shape in shapes[vehicle]:
            trip = tours.timed(vehicle, shape, standing) if left.issuperset(shape.jobs) else None
            if trip:
                value = float(problem.value[list(shape.jobs)].sum())
                best = max(best, value + best_from(vehicle, number + 1, trip.after, left.difference(shape.jobs)))
        return best

    return best_from(0, 0, tours.standing(0, 0), frozenset(range(problem.jobs)))


@given(st.integers(0, 10_000), st.integers(1, 6), st.sampled_from([None, 1, 2]))
@settings(max_examples=40, deadline=None)
def test_no_plan_of_one_vehicle_is_above(seed: int, jobs: int, max_trips: int | None) -> None:
    """Up to six jobs, every plan tried."""
    problem = random_day(seed, jobs, vehicles=1, max_trips=max_trips)
    best = _best(problem)
    assert greedy(problem).value(problem) <= best <= upper_bound(problem)


@given(st.integers(0, 10_000), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_no_plan_of_two_vehicles_is_above(seed: int, jobs: int) -> None:
    """Two kinds, so that prices are sought for each."""
    problem = random_day(seed, jobs, vehicles=2)
    assert _best(problem) <= upper_bound(problem)


@given(days(jobs=25))
@settings(max_examples=40, deadline=None)
def test_no_good_plan_is_above(problem: Problem) -> None:
    """Larger days, with crews that bind."""
    plan = fill_in(problem, greedy(problem), clock=lambda: 0.0, until_s=1.0)
    assert plan.value(problem) <= upper_bound(problem)


def test_an_empty_battery_shortens_the_day() -> None:
    """With nothing above the reserve, the first flight must be charged for: the bound falls."""
    full, empty = (Row(end_s=600.0, vehicles=(Vehicle(0, 0, 0.0, wh),)).problem() for wh in (20.0, 4.0))
    assert upper_bound(empty) < upper_bound(full)
