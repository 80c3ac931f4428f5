"""Wind along ways."""

import numpy as np
import pytest

from missions.wind import STILL, Wind

NORTH, EAST = np.array([0.0, 500.0]), np.array([300.0, 0.0])


@pytest.mark.parametrize(
    ("from_deg", "way", "ahead", "across"),
    [(0, NORTH, 6, 0), (180, NORTH, -6, 0), (90, EAST, 6, 0), (270, EAST, -6, 0), (90, NORTH, 0, 6), (None, EAST, 6, 0)],
)
def test_ahead_and_across(from_deg: float | None, way: np.ndarray, ahead: float, across: float) -> None:
    """A wind comes from where its direction says; of unknown direction it is ahead."""
    found = Wind(6, from_deg).ahead_and_across_mps(way)
    assert (float(found[0]), abs(float(found[1]))) == pytest.approx((ahead, across), abs=1e-9)


def test_a_wind_reads_as_a_sentence() -> None:
    """What operators see of it."""
    assert [str(one) for one in (STILL, Wind(6.5), Wind(6.5, 270))] == [
        "still air",
        "6.5 m/s from any side",
        "6.5 m/s from 270°",
    ]
