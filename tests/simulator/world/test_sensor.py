"""What air and camera add."""

from dataclasses import replace

import numpy as np
import pytest
from cv2.typing import MatLike

from simulator.world.sensor import Light, expose

STILL = Light(noise=0.0)


def _dot() -> MatLike:
    picture = np.zeros((41, 41, 3), np.uint8)
    picture[20, 20] = 255
    return picture


def _exposed(picture: MatLike, light: Light) -> MatLike:
    return expose(picture, light, np.random.default_rng(1))


def test_without_anything_the_picture_stays() -> None:
    """A light of factors one, without noise, changes nothing."""
    assert np.array_equal(_exposed(_dot(), STILL), _dot())


def test_motion_draws_a_dot_into_a_line() -> None:
    """8 px along the rows smear a dot over 9 pixels of one row, its light kept."""
    seen = _exposed(_dot(), replace(STILL, motion_px=(8.0, 0.0)))[..., 0]
    assert np.nonzero(seen.any(axis=1))[0].tolist() == [20]
    assert seen.any(axis=0).sum() == 9
    assert int(seen.astype(int).sum()) == pytest.approx(255, abs=9)


def test_haze_lifts_the_dark_and_keeps_the_bright() -> None:
    """Half haze halves the contrast."""
    seen = _exposed(_dot(), replace(STILL, haze=0.5)).astype(int)
    assert seen[20, 20, 0] - seen[0, 0, 0] == pytest.approx(255 / 2, abs=2)
    assert seen[0, 0, 0] == pytest.approx(111, abs=2)


def test_out_of_focus_a_dot_is_a_spot() -> None:
    """The middle loses light to its neighbours."""
    seen = _exposed(_dot(), replace(STILL, focus_px=1.5))[..., 0]
    assert 0 < seen[20, 22] < seen[20, 20] < 60
