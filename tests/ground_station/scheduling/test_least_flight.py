"""The least time in the air."""

import pytest
from hypothesis import given, settings

from ground_station.scheduling.least_flight import least_flight_s
from missions.errors import InvalidInput
from missions.scheduling.fill_in import fill_in
from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Problem
from missions.scheduling.timeline import evaluate
from tests.missions.scheduling.made_problem import Row, days


def test_one_job_takes_its_trip() -> None:
    """A job 3 units away takes the ways of 300 s there and back, 50 s of service, 30 s of climb and landing."""
    assert least_flight_s(Row().problem(), [2]) == pytest.approx(680)


def test_jobs_on_one_way_share_a_trip() -> None:
    """1, 2 and 3 units away on a line, one trip has the energy for: the way to the farthest and back, and 50 s for each."""
    assert least_flight_s(Row().problem(), [0, 1, 2]) == pytest.approx(600 + 3 * 50 + 30)


def test_what_no_battery_joins_takes_two_trips() -> None:
    """3 units to either side are 12 units in one trip, 24 Wh of 15: each needs its own."""
    problem = Row(places=(3, -3), value=(1, 1)).problem()
    assert least_flight_s(problem, [0, 1]) == pytest.approx(2 * (600 + 50 + 30))


def test_nothing_takes_nothing() -> None:
    """Without jobs nothing flies."""
    assert least_flight_s(Row().problem(), []) == 0


def test_a_job_out_of_reach_is_named() -> None:
    """A job too far for any battery is an error that names it, not a bound."""
    with pytest.raises(InvalidInput, match=r"jobs\[0\]: no vehicle can serve it"):
        least_flight_s(Row(places=(9, 1, 2, -1)).problem(), [1, 0])


def test_stopping_at_once_gives_less_but_holds() -> None:
    """Without time for further trips the prices are scaled down: a bound still, below the best."""
    problem = Row().problem()
    hurried_s = least_flight_s(problem, [0, 1, 2, 3], time_limit_s=0.0)
    assert 0 < hurried_s <= least_flight_s(problem, [0, 1, 2, 3])


@settings(max_examples=60)
@given(days())
def test_no_plan_flies_less(problem: Problem) -> None:
    """Whatever is planned, over depots, kinds and one-way detours, takes at least the bound."""
    solution = fill_in(problem, greedy(problem), clock=lambda: 0.0, until_s=1.0)
    served = sorted(solution.served)
    assert least_flight_s(problem, served) <= evaluate(problem, solution).flight_s + 1e-6
