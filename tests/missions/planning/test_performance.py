"""An aircraft in a wind, against wind triangles drawn by hand."""

import numpy as np
import pytest

from missions.aircraft import AircraftType
from missions.planning.performance import Performance, WindyEffort, level_w
from missions.wind import STILL, Wind

EAST = np.array([100.0, 0.0])


@pytest.mark.parametrize(("from_deg", "ground_mps"), [(90, 3), (270, 14), (0, 9), (None, 3)])
def test_speed_made_good(from_deg: float | None, ground_mps: float, aircraft: AircraftType) -> None:
    """Of 15 m/s through the air 12 m/s ahead leave 3; from the side sqrt(15² - 12²) = 9; behind, no more than is wanted."""
    assert Performance(aircraft, Wind(12, from_deg)).ground_mps(14.0, EAST) == pytest.approx(ground_mps)


def test_a_wind_faster_than_the_aircraft_leaves_nothing(aircraft: AircraftType) -> None:
    """Also from the side, where no heading would hold the way."""
    for from_deg in (90, 0):
        assert Performance(aircraft, Wind(15.5, from_deg)).ground_mps(10.0, EAST) < 1


def test_a_type_that_cruises_on_less_takes_more_again_beyond(aircraft: AircraftType) -> None:
    """240 W hovering, 200 W at 10 m/s, and 200 + 40 x (1.5² - 1) = 250 W at 15 m/s."""
    glider = aircraft.model_copy(update={"cruise_w": 200.0})
    assert level_w(glider, np.array([0.0, 10.0, 15.0])).tolist() == pytest.approx([240, 200, 250])


def test_effort_in_still_air_is_the_length(aircraft: AircraftType) -> None:
    """So that plans without wind do not change."""
    effort = WindyEffort(Performance(aircraft, STILL), 8.0)
    assert effort.total_m([((0, 0), (30, 40)), ((0, 0), (0, 0)), ((5, 5), (5, 15))]) == pytest.approx(60)
    assert effort.directions_deg == ()


def test_effort_against_the_wind(aircraft: AircraftType) -> None:
    """100 m at 10 m/s against 9 m/s: 6 m/s over ground at 285 W, for 10 m/s at 260 W; 182.7 m. Against 15 m/s nobody goes."""
    against = ((0.0, 0.0), (100.0, 0.0))
    assert WindyEffort(Performance(aircraft, Wind(9, 90)), 10.0).total_m([against]) == pytest.approx(100 * 285 / 260 * 10 / 6)
    assert WindyEffort(Performance(aircraft, Wind(15, 90)), 10.0).total_m([against]) == float("inf")


def test_directions_lie_along_and_across_the_wind(aircraft: AircraftType) -> None:
    """A wind from the north-east blows along 45° from the x axis, and across 135°; every six degrees between are tried."""
    directions = WindyEffort(Performance(aircraft, Wind(9, 45)), 10.0).directions_deg
    assert sorted(directions) == pytest.approx(range(3, 180, 6))
