"""Many districts side by side: the same plans as alone, and no failure that spreads."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from ground_station.scheduling.city import Outcome, Workers, example_city, plan_city, processes, ray_cluster
from ground_station.scheduling.planner import Planned, plan_and_check
from missions.catalog import load
from missions.checking.violation import Rule, Violation
from missions.errors import InvalidInput
from missions.scheduling.day import DayRequest
from tests.ground_station.scheduling.failing_planners import is_killed, raises
from tests.missions.scheduling.made_district import make_district, make_request

IDS = ("north", "middle", "south")
REQUESTS = [make_request(make_district(id=id)) for id in IDS]


def fails_in_the_middle(request: DayRequest, time_limit_s: float) -> Planned:
    """Raises for one of three."""
    return raises(request, time_limit_s) if request.district.id == "middle" else plan_and_check(request, time_limit_s)


def dies_in_the_middle(request: DayRequest, time_limit_s: float) -> Planned:
    """Takes its process along for one of three."""
    return is_killed(request, time_limit_s) if request.district.id == "middle" else plan_and_check(request, time_limit_s)


@contextmanager
def threads() -> Iterator[Workers]:
    """Workers without processes."""
    with ThreadPoolExecutor(2) as pool:
        yield pool


def assert_as_alone(outcomes: list[Outcome]) -> None:
    """The outcomes are those of the requests, in their order, and each schedule is the one that is planned alone."""
    assert [one.district_id for one in outcomes] == list(IDS)
    for outcome, request in zip(outcomes, REQUESTS, strict=True):
        assert outcome.is_sound
        assert outcome.planned is not None
        assert outcome.planned.schedule == plan_and_check(request, 0).schedule


def test_the_same_as_alone_in_processes() -> None:
    """Two processes share three districts; each is told of as it is done."""
    told: list[Outcome] = []
    outcomes = plan_city(REQUESTS, 0, lambda: processes(2), on_done=told.append)
    assert_as_alone(outcomes)
    assert sorted(one.district_id for one in told) == sorted(IDS)


@pytest.mark.skipif(find_spec("ray") is None, reason="the optional extra 'ray' is not installed")
@pytest.mark.filterwarnings("ignore")  # Ray's own, of its start
def test_the_same_as_alone_on_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster of one machine gives the same plans."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in (str(Path.cwd()), os.environ.get("PYTHONPATH")) if path))
    assert_as_alone(plan_city(REQUESTS, 0, lambda: ray_cluster(1)))


def test_without_ray_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The option's name and the extra are in the text."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InvalidInput, match=r"oneflight\[ray\]"), ray_cluster():
        pass


def test_one_that_fails_takes_no_other_along() -> None:
    """Its error is told, the others are planned."""
    outcomes = plan_city(REQUESTS, 0, threads, plan=fails_in_the_middle)
    assert [one.is_sound for one in outcomes] == [True, False, True]
    assert "RuntimeError: no solver" in outcomes[1].error


def test_a_process_that_dies_takes_no_other_along() -> None:
    """The pool breaks; whoever lost a worker is planned once more, alone, and the one that dies again is told of."""
    told: list[Outcome] = []
    outcomes = plan_city(REQUESTS, 0, lambda: processes(1), plan=dies_in_the_middle, on_done=told.append)
    assert [one.is_sound for one in outcomes] == [True, False, True]
    assert "BrokenProcessPool" in outcomes[1].error
    assert sorted(one.district_id for one in told) == sorted(IDS)


def test_a_plan_with_faults_is_not_sound() -> None:
    """What the checker finds counts as a failure."""
    (outcome,) = plan_city(REQUESTS[:1], 0, threads)
    assert outcome.planned is not None
    fault = Violation(rule=Rule.CREW, subject="f", text="too many in the air")
    assert outcome.is_sound
    assert not replace(outcome, planned=replace(outcome.planned, violations=(fault,))).is_sound


def test_example_city() -> None:
    """The first is the district itself; others have as many routes, which are other ones, and ids of their own."""
    one, other = example_city(load(), 2)
    assert one == load()
    assert len(other.routes) == len(one.routes)
    assert other.id != one.id
    assert other.routes != one.routes


def test_futures_are_of_the_standard_library() -> None:
    """So that any executor will do."""
    with threads() as workers:
        assert isinstance(workers.submit(len, "abc"), Future)
