"""Seasons."""

import numpy as np

from simulator.world.season import AUTUMN, SNOW_DUSTED

GRASS, ASPHALT = (60, 140, 90), (88, 88, 86)


def _ground() -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    return np.array([[GRASS, ASPHALT]], np.uint8)


def test_only_what_grows_changes_its_colour() -> None:
    """In autumn grass turns redder than green; asphalt stays as it is."""
    picture = AUTUMN.tinted(_ground(), np.zeros((1, 2), np.uint8))
    _, green, red = (int(v) for v in picture[0, 0])
    assert red / green > 90 / 140 * 1.4
    assert picture[0, 1].tolist() == list(ASPHALT)


def test_snow_lies_where_the_noise_is_high() -> None:
    """Full noise is nearly white, none is bare."""
    picture = SNOW_DUSTED.tinted(np.repeat(_ground()[:, 1:], 2, axis=1), np.array([[255, 0]], np.uint8))
    assert picture[0, 0].min() > 150
    assert picture[0, 1].tolist() == list(ASPHALT)
