"""The least time in the air."""

from missions.scheduling.day import prepare_day
from missions.scheduling.greedy import greedy
from missions.scheduling.least_time import least_flight_s
from missions.scheduling.timeline import evaluate


def test_no_plan_flies_less(shipped) -> None:
    """The greedy plan of the shipped day takes at least as long as the bound, and nothing served takes nothing."""
    problem = prepare_day(shipped.request).problem
    solution = greedy(problem)
    assert 0 < least_flight_s(problem, sorted(solution.served)) <= evaluate(problem, solution).flight_s
    assert least_flight_s(problem, []) == 0


def test_more_jobs_never_take_less(shipped) -> None:
    """The bound grows with the jobs, and is never below what they take by themselves."""
    problem = prepare_day(shipped.request).problem
    few, all_jobs = list(range(10)), list(range(problem.jobs))
    assert least_flight_s(problem, few) < least_flight_s(problem, all_jobs)
    assert least_flight_s(problem, few) > problem.service_s.min(axis=0)[:10].sum()
