"""The return's height and destination."""

import pytest

from simulator.aircraft.parameters import Parameters
from simulator.aircraft.return_home import Return, Stage, return_height_m
from simulator.aircraft.task import Own
from simulator.aircraft.vector import Vector


@pytest.mark.parametrize(
    ("away_m", "up_m", "expected_m"),
    [
        (200, 10, 30),  # far away: RTL_RETURN_ALT
        (200, 80, 80),  # higher already: stays
        (1, 1, 2),  # within NAV_ACC_RAD of 2 m: twice the distance
        (8, 1, 8),  # within RTL_MIN_DIST of 10 m: the 45 degree cone
        (3, 1, 4),  # in the cone, but at least twice NAV_ACC_RAD
    ],
)
def test_the_height_of_the_return(away_m, up_m, expected_m):
    """Far away the parameter's height, near home a cone, never lower than now."""
    assert return_height_m(Vector(away_m, 0, up_m), Vector(), Parameters()) == pytest.approx(expected_m)


def test_the_nearest_of_home_and_rally_points_is_the_destination():
    """From 300 m east, a rally point at 250 m wins over home; it is flown to at the return height."""
    task = Return(Parameters(), Vector(), [Vector(250, 0, 0), Vector(-50, 0, 0)])
    own = Own(Vector(300, 0, 40), Vector(), 0.0, False, 0.0)
    target = task.target(own)
    assert task.stage is Stage.TRANSIT
    assert target is not None
    assert target.position == Vector(250, 0, 40)
