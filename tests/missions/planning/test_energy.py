"""Time and energy of a path, against sums done by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.aircraft import AircraftType
from missions.planning.energy import LANDING_S, PathPoint, estimate_path, stretches
from missions.wind import Wind

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


def test_power_grows_with_the_square_of_the_speed(aircraft: AircraftType) -> None:
    """20 W more than the hover's 240 W at 10 m/s are 5 W at 5 m/s and 39.2 W at 14 m/s."""
    for speed_mps, power_w in ((5.0, 245.0), (10.0, 260.0), (14.0, 279.2)):
        [level] = stretches(aircraft, [PathPoint((0, 0), 60, 10), PathPoint((5000, 0), 60, speed_mps)])
        assert level.energy_wh == pytest.approx(power_w * 5000 / speed_mps / 3600)


def test_a_hold_in_wind_is_flown_against_it(aircraft: AircraftType) -> None:
    """Staying put for a minute in 5 m/s takes what 5 m/s through still air do: 245 W, wherever the wind is from."""
    for from_deg in (None, 123.0):
        path = [PathPoint((0, 0), 60, 10), PathPoint((0, 0), 60, 10, hold_s=60)]
        assert stretches(aircraft, path, Wind(5, from_deg))[0].energy_wh == pytest.approx(245 / 60)


def test_ahead_across_and_behind(aircraft: AircraftType) -> None:
    """900 m east at 10 m/s; the aircraft flies 15 m/s. Ahead, 9 m/s leave 15 - 9 = 6 m/s over ground: 150 s at 285 W
    (20 W x 1.5²). From the side sqrt(15² - 9²) = 12 are more than the 10 wanted: 90 s at hypot(10, 9) m/s, 240 + 20 x 1.81 W.
    From behind 1 m/s of air is left: 90 s at 240.2 W. Of unknown direction it is ahead.
    """
    path = [PathPoint((0, 0), 60, 10), PathPoint((900, 0), 60, 10)]
    wanted = {90.0: (150, 285.0), 0.0: (90, 276.2), 180.0: (90, 276.2), 270.0: (90, 240.2), None: (150, 285.0)}
    for from_deg, (duration_s, power_w) in wanted.items():
        [level] = stretches(aircraft, path, Wind(9, from_deg))
        assert (level.duration_s, level.energy_wh) == pytest.approx((duration_s, power_w * duration_s / 3600))


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


@given(path=st.lists(points, min_size=2, max_size=12), speed_mps=st.floats(0, 12), from_deg=st.floats(0, 360))
def test_wind_of_unknown_direction_is_the_worst(
    path: list[PathPoint], speed_mps: float, from_deg: float, aircraft: AircraftType
) -> None:
    """Whatever the direction turns out to be, neither time nor energy exceed those planned without it."""
    for known, unknown in zip(
        stretches(aircraft, path, Wind(speed_mps, from_deg)), stretches(aircraft, path, Wind(speed_mps)), strict=True
    ):
        assert known.duration_s <= unknown.duration_s + 1e-9
        assert known.energy_wh <= unknown.energy_wh + 1e-9


@given(path=st.lists(points, min_size=2, max_size=12))
def test_stretches_sum_to_the_estimate(path: list[PathPoint], aircraft: AircraftType) -> None:
    """There is one part from each point to the next; with the landing's 20 s of hovering they are the whole flight."""
    flown, whole = stretches(aircraft, path), estimate_path(aircraft, path)
    assert len(flown) == len(path) - 1
    assert sum(one.distance_m for one in flown) == pytest.approx(whole.distance_m)
    assert sum(one.duration_s for one in flown) + LANDING_S == pytest.approx(whole.duration_s)
    assert sum(one.energy_wh for one in flown) + 240 * LANDING_S / 3600 == pytest.approx(whole.energy_wh)
