"""Time and energy of a path, against sums done by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.aircraft import AircraftType
from missions.planning.energy import LANDING_S, PathPoint, estimate_path, stretches

UP_AND_DOWN = [PathPoint((0, 0), 0, 10), PathPoint((0, 0), 60, 10), PathPoint((0, 0), 0, 10)]


def test_up_and_down(aircraft: AircraftType) -> None:
    """60 m up at 5 m/s take 12 s at 320 W, down at 3 m/s 20 s at 240 W, the landing the rest at 240 W."""
    made = estimate_path(aircraft, UP_AND_DOWN)
    assert made.distance_m == 0
    assert made.duration_s == pytest.approx(12 + 20 + LANDING_S)
    assert made.energy_wh == pytest.approx((12 * 320 + (20 + LANDING_S) * 240) / 3600)
    assert made.battery_share == pytest.approx(made.energy_wh / 150)


def test_there_and_back_stops_at_the_turn(aircraft: AircraftType) -> None:
    """1000 m there and back at 10 m/s: 200 s at 260 W, and 10 / 2 = 5 s are lost in turning on the spot, at 240 W."""
    ground = estimate_path(aircraft, UP_AND_DOWN)
    path = [*UP_AND_DOWN[:2], PathPoint((1000, 0), 60, 10), PathPoint((0, 0), 60, 10), UP_AND_DOWN[2]]
    made = estimate_path(aircraft, path)
    assert made.distance_m == 2000
    assert made.duration_s - ground.duration_s == pytest.approx(200 + 5)
    assert made.energy_wh - ground.energy_wh == pytest.approx((200 * 260 + 5 * 240) / 3600)


def test_straight_on_costs_no_turn(aircraft: AircraftType) -> None:
    """A point on a straight line changes nothing."""
    once = [PathPoint((0, 0), 60, 10), PathPoint((1000, 0), 60, 10)]
    twice = [once[0], PathPoint((400, 0), 60, 10), once[1]]
    assert estimate_path(aircraft, twice) == estimate_path(aircraft, once)


def test_hold_is_hovered(aircraft: AircraftType) -> None:
    """Half a minute's hold costs half a minute at 240 W."""
    path = [PathPoint((0, 0), 60, 10), PathPoint((100, 0), 60, 10)]
    held = [path[0], PathPoint((100, 0), 60, 10, hold_s=30)]
    plain, waited = estimate_path(aircraft, path), estimate_path(aircraft, held)
    assert waited.duration_s - plain.duration_s == pytest.approx(30)
    assert waited.energy_wh - plain.energy_wh == pytest.approx(2)


def test_faster_than_cruise_costs_more_a_metre(aircraft: AircraftType) -> None:
    """Above cruise speed drag takes more than the time saved."""
    at_10, at_14 = (estimate_path(aircraft, [PathPoint((0, 0), 60, v), PathPoint((5000, 0), 60, v)]) for v in (10.0, 14.0))
    assert at_14.duration_s < at_10.duration_s
    assert at_14.energy_wh > at_10.energy_wh


def test_stretches_part_by_part(aircraft: AircraftType) -> None:
    """50 m up at 5 m/s are 10 s; 200 m at 10 m/s are 20 s, with 5 s for stopping at the turn back; a level stretch at 260 W."""
    path = [PathPoint((0, 0), 0, 10), PathPoint((0, 0), 50, 10), PathPoint((200, 0), 50, 10), PathPoint((0, 0), 50, 10)]
    up, there, back = stretches(aircraft, path)
    assert (up.duration_s, there.duration_s, back.duration_s) == pytest.approx((10, 25, 20))
    assert up.energy_wh == pytest.approx(10 * 320 / 3600)
    assert back.energy_wh == pytest.approx(20 * 260 / 3600)
    assert there.energy_wh - back.energy_wh == pytest.approx(5 * 240 / 3600)


points = st.builds(
    PathPoint,
    xy=st.tuples(st.floats(-2000, 2000), st.floats(-2000, 2000)),
    height_m=st.floats(0, 120),
    speed_mps=st.floats(1, 15),
    hold_s=st.floats(0, 60),
)


@given(path=st.lists(points, min_size=2, max_size=12))
def test_stretches_sum_to_the_estimate(path: list[PathPoint], aircraft: AircraftType) -> None:
    """There is one part from each point to the next; with the landing's 20 s of hovering they are the whole flight."""
    flown, whole = stretches(aircraft, path), estimate_path(aircraft, path)
    assert len(flown) == len(path) - 1
    assert sum(one.distance_m for one in flown) == pytest.approx(whole.distance_m)
    assert sum(one.duration_s for one in flown) + LANDING_S == pytest.approx(whole.duration_s)
    assert sum(one.energy_wh for one in flown) + 240 * LANDING_S / 3600 == pytest.approx(whole.energy_wh)
