"""The ground as a function of seed and place."""

import numpy as np
import pytest

from simulator.world.ground import Ground
from simulator.world.siting import Cover
from simulator.world.strip import Strip
from simulator.world.window import Window

_NORTH_SOUTH = Strip(np.array([(50.0, -500.0), (50.0, 500.0)]), 40.0)


def test_neighbouring_windows_join() -> None:
    """The right half of one window is the left half of the next, but for rounding of the noise at single pixels."""
    ground = Ground(5)
    left = ground.paint(Window(0, 64, 512, 256, 0.125))
    right = ground.paint(Window(32, 64, 512, 256, 0.125))
    difference = np.abs(left[:, 256:].astype(int) - right[:, :256].astype(int))
    assert difference.mean() < 0.5
    assert (difference > 20).mean() < 0.002


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_seed_gives_the_same_ground(seed: int) -> None:
    """Two grounds of one seed are equal to the pixel; another seed gives another ground."""
    window = Window(1000, -2000, 128, 128, 0.5)
    assert np.array_equal(Ground(seed).paint(window), Ground(seed).paint(window))
    assert not np.array_equal(Ground(seed).paint(window), Ground(seed + 1).paint(window))


def test_catalogue_waters_are_water_and_are_painted_blue() -> None:
    """On a water's line there is water, 25 m beside a 40 m wide one there is none of it; it is bluer than red."""
    ground = Ground(9, waters=[_NORTH_SOUTH])
    place = next(y for y in range(-200, 200, 5) if ground.cover_at(50, y) is Cover.WATER)
    assert ground.cover_at(69, place) is Cover.WATER
    blue, _, red = ground.paint(Window(40, 30, 80, 80, 0.25)).reshape(-1, 3).mean(axis=0)
    assert blue > red + 15


def test_a_road_is_painted_grey() -> None:
    """A catalogue road shows asphalt where its line runs."""
    picture = Ground(9, roads=[_NORTH_SOUTH]).paint(Window(47, 10, 40, 40, 0.125)).reshape(-1, 3).astype(float)
    assert np.ptp(picture.mean(axis=0)) < 12


def test_shadows_point_away_from_a_southern_sun() -> None:
    """At 31 degrees north the sun stands in the south: shadows fall to the north, at most 0.75 m a metre of height."""
    for seed in range(20):
        east, north = Ground(seed).sun.reach
        assert north > 0
        assert np.hypot(east, north) <= 0.75
