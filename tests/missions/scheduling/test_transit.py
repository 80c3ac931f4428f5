"""What a way takes, by hand."""

import numpy as np
import pytest

from missions.planning.performance import Performance
from missions.scheduling.transit import Transit
from missions.scheduling.travel import Distances
from missions.wind import Wind
from tests.missions.scheduling.made_district import aircraft


def transit(wind: Wind) -> Transit:
    """From (0, 0), 30 m below the height of ways, to (300, 400), 15 m below it."""
    ends = np.array([[0.0, 0.0], [300.0, 400.0]])
    return Transit(Performance(aircraft("k", False), wind), ends, ends, np.array([30.0, 15.0]), fastest_mps=8.0)


def test_straight_way() -> None:
    """500 m at 10 m/s and 260 W; two stops of 5 s, 6 s up and 5 s down at 240 W, and 80 W more for the climb."""
    found = Distances(np.array([500.0]), np.array([0]))
    seconds, wh = transit(Wind(0.0)).takes(np.array([0]), np.array([1]), found)
    assert seconds[0] == pytest.approx(50 + 10 + 6 + 5)
    assert wh[0] == pytest.approx((50 * 260 + 21 * 240 + 6 * 80) / 3600)


def test_wind_ahead_is_no_faster() -> None:
    """A way with corners counts as if the wind were ahead all along: never less than the straight one."""
    here, there = np.array([0]), np.array([1])
    for from_deg in (0.0, 90.0, 180.0, 270.0):
        windy = transit(Wind(9.0, from_deg))
        straight, bent = (windy.takes(here, there, Distances(np.array([500.0]), np.array([turns]))) for turns in (0, 1))
        assert straight[0][0] + 5 <= bent[0][0] + 1e-9


def test_no_way_is_infinite() -> None:
    """In seconds and in Wh."""
    seconds, wh = transit(Wind(0.0)).takes(np.array([0]), np.array([1]), Distances(np.array([np.inf]), np.array([1])))
    assert np.isinf([seconds[0], wh[0]]).all()
