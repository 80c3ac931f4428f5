"""The energy of a track, against sums done by hand."""

import numpy as np
import pytest

from missions.checking import Rule
from missions.checking.day import Day
from missions.checking.energy import check_energy, flight_wh, track_wh, usable_wh
from missions.checking.track import Track, make_track
from missions.checking.wind import checked_wind
from missions.schedule import DayConditions
from tests.missions.checking.made_day import QUAD, MadeDay


def along(*points: tuple[float, float, float]) -> Track:
    """A track eastwards: metres, height, second."""
    made = make_track(np.array([(x, 0.0) for x, _, _ in points]), [h for _, h, _ in points], [t for _, _, t in points])
    assert made is not None
    return made


def test_corridor_flight(sound: MadeDay) -> None:
    """16 s at 320 W, 20 s and 100 s at 260 W, 100 s at 252.8 W, 40 s at 240 W: 71 200 Ws."""
    flown_wh = flight_wh(Day(sound.schedule, sound.district).flights[0])
    assert flown_wh == pytest.approx(71_200 / 3600, rel=1e-5)


def test_hover_and_cruise() -> None:
    """An hour still is 240 Wh, at 10 m/s 260 Wh, at 5 m/s a quarter of the way between them."""
    assert track_wh(along((0, 80, 0), (0, 80, 3600)), QUAD) == pytest.approx(240)
    assert track_wh(along((0, 80, 0), (36_000, 80, 3600)), QUAD) == pytest.approx(260)
    assert track_wh(along((0, 80, 0), (18_000, 80, 3600)), QUAD) == pytest.approx(245)


def test_power_goes_on_with_the_square_above_cruise() -> None:
    """An hour at 12 m/s takes 240 Wh + 20 Wh * 1.2² = 268.8 Wh."""
    assert track_wh(along((0, 80, 0), (43_200, 80, 3600)), QUAD) == pytest.approx(268.8)


def test_a_type_that_cruises_on_less_takes_more_again_beyond() -> None:
    """200 W at 10 m/s after 240 W hovering: at 15 m/s 200 + 40 * 1.25 = 250 W."""
    glider = QUAD.model_copy(update={"cruise_w": 200.0})
    assert track_wh(along((0, 80, 0), (54_000, 80, 3600)), glider) == pytest.approx(250)


@pytest.mark.parametrize(
    ("conditions", "power_w"),
    [
        ({"wind_from_deg": 90}, 285.0),  # ahead: 15 m/s through the air
        ({"wind_from_deg": 270}, 245.0),  # behind: 5 m/s
        ({"wind_from_deg": 0}, 265.0),  # from the side: 20 W * (10² + 5²) / 10²
        ({}, 285.0),
    ],
)
def test_wind_counts_by_its_side(conditions: dict[str, float], power_w: float) -> None:
    """An hour eastwards at 10 m/s in 5 m/s of wind; of unknown direction it is ahead."""
    wind = checked_wind(DayConditions(wind_mps=5, **conditions))
    assert track_wh(along((0, 80, 0), (36_000, 80, 3600)), QUAD, wind) == pytest.approx(power_w)


def test_slow_climb_costs_its_share() -> None:
    """100 m up are 20 s at 5 m/s: 80 W * 20 s more than hovering, however long they take; down costs none."""
    for duration_s in (20, 200):
        assert track_wh(along((0, 0, 0), (0, 100, duration_s)), QUAD) == pytest.approx((240 * duration_s + 1600) / 3600)
    assert track_wh(along((0, 100, 0), (0, 0, 60)), QUAD) == pytest.approx(4)


def test_usable() -> None:
    """150 Wh less a quarter."""
    assert usable_wh(QUAD) == 112.5


def test_overstated_energy_is_sound(sound: MadeDay) -> None:
    """A plan may reckon with more, and with 5 % less."""
    for share in (0.951, 2.0):
        changed = sound.flight(1, energy_wh=share * 71_200 / 3600)
        assert list(check_energy(Day(changed.schedule, changed.district))) == []


def test_both_limits_are_told(sound: MadeDay) -> None:
    """A flight beyond the battery that says it takes nothing breaks the rule twice, with the figures."""
    changed = sound.aircraft(battery_wh=24.0).flight(1, energy_wh=0.0)
    of_first = [one for one in check_energy(Day(changed.schedule, changed.district)) if one.subject == "f-1"]
    assert [one.rule for one in of_first] == [Rule.ENERGY, Rule.ENERGY]
    assert of_first[0].limit == pytest.approx(18)
    assert of_first[0].value == pytest.approx(19.778, abs=0.001)
    assert of_first[1].value == 0
