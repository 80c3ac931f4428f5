"""How near flights come, with each early or late."""

from itertools import pairwise
from time import perf_counter

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from missions.checking import check_schedule
from missions.checking.day import Day
from missions.checking.separation import check_separation
from tests.missions.checking.made_day import Course, MadeDay, make_district, make_schedule

SOUND = MadeDay(make_schedule(), make_district())


def found(first: Course, second: Course, timing_error_s: float = 45.0, day: MadeDay = SOUND) -> list[float | None]:
    """The distances of the meetings of two flights by two drones."""
    pair = first.see(1).flight(1, "d-1"), second.see(2).flight(2, "d-2")
    changed = day.day(flights=pair).operations(timing_error_s=timing_error_s)
    return [one.value for one in check_separation(Day(changed.schedule, changed.district))]


def east(begins_s: float = 0.0, y_m: float = 0.0, height_m: float = 80.0) -> Course:
    """From dock-1 east at 10 m/s, 16 s after its begin where it is 80 m high; it never comes near to dock-2."""
    return Course("dock-1", begins_s).climb(height_m).to(0, y_m).to(1000, y_m)


def north_across(begins_s: float, height_m: float = 80.0) -> Course:
    """From dock-2 far round the south, then north across x = 500 at y = 0, 301 s after its begin at 80 m."""
    course = Course("dock-2", begins_s).climb(height_m)
    return course.to(-1000, -500).to(500, -500).to(500, 500, 10)


CROSSED_S = 16 + 50 + 150 + 50
"""When `north_across` is at (500, 0); `east` is there after 16 + 50 s."""


@pytest.mark.parametrize(("later_s", "meets"), [(0, True), (80, True), (90, True), (101, False), (-101, False), (-90, True)])
def test_crossing_ways(later_s: float, meets: bool) -> None:
    """Two ways cross at a right angle. At 10 m/s, 90 s out of step, the nearest is 10 * (later - 90) / √2 in the end.

    For 101 s later that is 77.8 m: sound. For 90 s and less they may meet.
    """
    assert bool(found(east(), north_across(16 + 50 - CROSSED_S + later_s))) == meets


def test_crossing_is_exact() -> None:
    """96 s later with 90 s of error leave 6 s at 10 m/s: 60 m / √2 = 42.4 m at the nearest."""
    assert found(east(), north_across(16 + 50 - CROSSED_S + 96)) == pytest.approx([42.43], abs=0.02)


def test_long_stretches_are_not_taken_whole() -> None:
    """One flight is at the crossing 150 s before the other; that both of its stretches last longer does not matter."""
    assert found(east(), north_across(16 + 50 - CROSSED_S + 150)) == []


@pytest.mark.parametrize(("height_m", "meets"), [(95, False), (94, True), (65, False), (66, True)])
def test_layers(height_m: float, meets: bool) -> None:
    """15 m in height are enough, less is not."""
    assert bool(found(east(), north_across(16 + 50 - CROSSED_S, height_m))) == meets


@pytest.mark.parametrize(("y_m", "meets"), [(50, False), (49, True)])
def test_side_by_side(y_m: float, meets: bool) -> None:
    """50 m aside are enough, less is not."""
    south = Course("dock-2").climb().to(-1000, -500).to(400, -500).to(400, y_m * -1).to(900, y_m * -1).to(900, -500)
    assert bool(found(Course("dock-1").climb().to(950, 0), south, timing_error_s=200.0)) == meets


def test_docks_at_different_heights() -> None:
    """Heights are over the take-off point: 80 m over a dock that lies 15 m higher is 15 m above 80 m."""
    crossing = north_across(16 + 50 - CROSSED_S)
    assert found(east(), crossing, day=SOUND.dock(2, ground_altitude_m=15.0)) == []
    assert found(east(), north_across(16 + 50 - CROSSED_S), day=SOUND.dock(2, ground_altitude_m=14.0)) != []


def test_flights_of_one_drone_cannot_meet() -> None:
    """f-1 and f-3 share a dock; with an error of an hour they are at it together, and are one drone."""
    day = SOUND.operations(timing_error_s=3600.0)
    assert list(check_separation(Day(day.schedule, day.district))) == []


OFF_THE_GRID = st.integers(-400, 400).map(lambda metres: metres + 0.5)
"""Never where a dock is, and never a hair from another: a way shorter than a clock's tick is a broken path, not a near one."""

COURSE = st.tuples(
    st.floats(0, 150),
    st.lists(
        st.tuples(OFF_THE_GRID, OFF_THE_GRID, st.floats(40, 90), st.floats(5, 15)),
        min_size=1,
        max_size=3,
        unique_by=lambda leg: leg[:2],
    ),
)


def _course(dock_id: str, drawn: tuple) -> Course:
    begins_s, legs = drawn
    course = Course(dock_id, begins_s)
    for x_m, y_m, height_m, speed_mps in legs:
        course.climb(height_m).to(x_m, y_m, speed_mps)
    return course


@settings(max_examples=60)
@example(
    first=(0.0, [(0.0, 70.0, 40.0, 5.0), (0.0, -93.0, 40.0, 6.0), (0.0, 178.0, 45.0, 9.0)]),
    second=(0.0, [(0.0, 166.0, 40.0, 12.0)]),
    error_s=0.0,
)
@given(first=COURSE, second=COURSE, error_s=st.floats(0, 30))
def test_agrees_with_moments_tried_one_by_one(first: tuple, second: tuple, error_s: float) -> None:
    """Where moments tried a second apart show two flights nearer than 49 m and 14 m, a meeting is found.

    Where they show them at least 80 m or 25 m apart, none is: between two moments each goes at most 15 m and 5 m.
    """
    one, other = _course("dock-1", first), _course("dock-2", second)
    is_found = bool(found(one, other, error_s))
    surely = _come_within(one, other, 2 * error_s, 49, 14)
    perhaps = _come_within(one, other, 2 * error_s + 1, 80, 25)
    assume(surely or not perhaps)
    assert is_found == surely


def _come_within(one: Course, other: Course, shift_s: float, across_m: float, height_m: float) -> bool:
    """Whether any two moments of those tried show it."""
    sampled = []
    for course in (one, other):
        x, y, h, t = np.array(course.points).T
        at_s = np.append(np.arange(t[0], t[-1], 1.0), t[-1])
        sampled.append(np.column_stack([at_s, *(np.interp(at_s, t, column) for column in (x, y, h))]))
    apart = np.abs(sampled[0][:, None, :] - sampled[1][None, :, :])
    near = (apart[..., 0] <= shift_s) & (np.hypot(apart[..., 1], apart[..., 2]) < across_m) & (apart[..., 3] < height_m)
    return bool(near.any())


def test_large_day_is_quick() -> None:
    """150 flights of a hundred points are checked in a few seconds (about one on a quiet machine)."""
    flights = tuple(_busy_flight(number) for number in range(150))
    drones = tuple(SOUND.district.drones[0].model_copy(update={"id": f"d-{number}"}) for number in range(150))
    day = SOUND.day(flights=flights).catalogue(drones=drones)
    begun = perf_counter()
    check_schedule(day.schedule, day.district)
    assert perf_counter() - begun < 20


def _busy_flight(number: int):
    """Twelve in the air at once, each in its own part of the sky, sweeping."""
    slot, wave = number % 12, number // 12
    column, row = slot % 4, slot // 4
    course = Course("dock-1", wave * 1500.0 + slot * 95.0).climb()
    corners = [
        (-1800 + 900 * column + 60 * (step // 2), -1500 + 1000 * row + 500 * ((step + 1) // 2 % 2)) for step in range(20)
    ]
    fine = [_between(a, b, share / 5) for a, b in pairwise(corners) for share in range(5)]
    return course.to(*corners[0]).see(1, *fine).to(0, 0).flight(number, f"d-{number}")


def _between(a: tuple[float, float], b: tuple[float, float], share: float) -> tuple[float, float]:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
