"""Shapes of trips: length, energy and feasible starts, by hand and against the timeline."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.scheduling.problem import Problem, Solution, Trip, Window
from missions.scheduling.timeline import evaluate, faults
from missions.scheduling.trip_shape import Shapes
from tests.missions.scheduling.made_problem import ALL_DAY, DAY_S, Row, days


def test_length_and_energy_are_the_timeline_s() -> None:
    """530 s and 11 Wh, as in the timeline's test; any start will do that lands in time."""
    shape = Shapes(Row().problem()).of(0, (0, 1))
    assert shape is not None
    assert (shape.flight_s, shape.energy_wh) == (530, 11)
    assert shape.starts == ((0.0, DAY_S - 530),)


def test_more_than_the_battery_is_no_trip() -> None:
    """Job 2 and then job 3: 6 + 8 + 2 for the ways, 2 for the jobs, 1 for the trip are 19 Wh of 16."""
    assert Shapes(Row().problem()).of(0, (2, 3)) is None


def test_every_window_leaves_its_starts() -> None:
    """Job 0 is reached 110 s after the start: 50 s of service within 200-300 s leave 90-140 s, within 500-600 390-440 s."""
    windows = ((Window(200, 300), Window(500, 600)), ALL_DAY, ALL_DAY, ALL_DAY)
    shape = Shapes(Row(windows=windows).problem()).of(0, (0,))
    assert shape is not None
    assert shape.starts == ((90.0, 140.0), (390.0, 440.0))


def test_windows_that_exclude_each_other_without_hovering() -> None:
    """Job 1 is 150 s behind job 0: a window for it 500 s later needs hovering."""
    windows = ((Window(200, 300),), (Window(800, 900),), ALL_DAY, ALL_DAY)
    assert Shapes(Row(windows=windows).problem()).of(0, (0, 1)) is None
    waiting = Shapes(Row(windows=windows, waiting_allowed=True).problem())
    shape = waiting.of(0, (0, 1))
    assert shape is not None
    assert shape.starts == ((0.0, 140.0),)
    assert waiting.lands_s(0, shape, 0.0) == 800 + 50 + 200 + 20


def test_a_window_as_long_as_its_job_leaves_one_start() -> None:
    """Rounding does not close it."""
    shape = Shapes(Row(windows=((Window(200.1, 250.1),), ALL_DAY, ALL_DAY, ALL_DAY)).problem()).of(0, (0,))
    assert shape is not None
    assert shape.starts[0][0] == pytest.approx(90.1)


@given(days(jobs=6), st.data())
@settings(max_examples=80, deadline=None)
def test_starts_are_those_without_faults(problem: Problem, data: st.DataObject) -> None:
    """At any start, a trip's windows and landing are kept just if the start is one of its shape's."""
    jobs = tuple(data.draw(st.permutations(range(problem.jobs))))[: data.draw(st.integers(1, 3))]
    shapes = Shapes(problem)
    shape = shapes.of(0, jobs)
    start_s = float(data.draw(st.integers(0, 4000)))
    found = faults(problem, Solution((Trip(0, start_s, jobs),)))
    wrong = [one for one in found if "windows" in one or "day's end" in one or "cannot" in one]
    if shape is None:
        assert found
    elif any(begin <= start_s <= end for begin, end in shape.starts):
        lands_s = evaluate(problem, Solution((Trip(0, start_s, jobs),))).trips[0].lands_s
        assert shapes.lands_s(0, shape, start_s) == pytest.approx(lands_s)
        assert [one for one in wrong if "day's end" not in one] == []
        assert (lands_s > problem.end_s + 1e-6) == any("day's end" in one for one in wrong)
    else:
        assert wrong


def test_room_by_energy() -> None:
    """A trip to job 2 draws 12 Wh for the ways, 1 for the job and 1 for the trip: of 16, 2 are left. Job 1 lies on the way and
    takes 1; job 3 is 1 beyond the depot and takes 2 x 2 + 1.
    """
    shapes = Shapes(Row().problem())
    shape = shapes.of(0, (2,))
    assert shape is not None
    assert shapes.may_take(0, shape, 0, 1)
    assert not shapes.may_take(0, shape, 1, 3)


def test_room_by_time_where_vehicles_wait() -> None:
    """Job 1 waits until 800 s and is left at 850: job 0, 100 s behind it, is too late if it closes at 999, and not at 1000.

    Before job 1 it has the time from 110 to 160 s, if it opens by then.
    """
    for closes_s, opens_s, room in ((999, 0, (True, False)), (1000, 0, (True, True)), (1000, 800, (False, True))):
        windows = ((Window(opens_s, closes_s),), (Window(800, 860),), ALL_DAY, ALL_DAY)
        shapes = Shapes(Row(windows=windows, waiting_allowed=True).problem())
        shape = shapes.of(0, (1,))
        assert shape is not None
        assert shape.begins == ((800, 810),)
        assert tuple(shapes.may_take(0, shape, position, 0) for position in (0, 1)) == room


@given(days(jobs=6), st.data())
@settings(max_examples=80, deadline=None)
def test_no_room_means_no_trip(problem: Problem, data: st.DataObject) -> None:
    """Where a trip is said to have no room for a job, there is none with it."""
    job, *jobs = tuple(data.draw(st.permutations(range(problem.jobs))))[: data.draw(st.integers(2, 4))]
    shapes, position = Shapes(problem), data.draw(st.integers(0, len(jobs)))
    shape = shapes.of(0, tuple(jobs))
    if shape is not None and not shapes.may_take(0, shape, position, job):
        assert shapes.of(0, (*jobs[:position], job, *jobs[position:])) is None
