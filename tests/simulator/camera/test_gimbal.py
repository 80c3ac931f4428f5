"""The gimbal's aim and movement."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.geometry import Attitude
from simulator.camera.gimbal import (
    SLEW_DEG_PER_S,
    YAW_IN_EARTH_FRAME,
    YAW_IN_VEHICLE_FRAME,
    YAW_LOCK,
    Gimbal,
    pitch_and_yaw,
)

LEVEL_EAST = Attitude.from_euler(0, 0, 90)


def test_it_starts_straight_down_with_the_nose_on_top() -> None:
    """Before any order the camera looks down, its picture's top along the heading."""
    expected = Attitude.from_euler(0, -90, 90).matrix()
    assert Gimbal().attitude(LEVEL_EAST).matrix() == pytest.approx(expected)


def test_it_stays_level_while_the_aircraft_banks() -> None:
    """Roll and pitch of the aircraft do not reach the camera, only its heading does."""
    gimbal = Gimbal()
    banked = gimbal.attitude(Attitude.from_euler(20, -10, 90))
    assert banked.matrix() == pytest.approx(gimbal.attitude(LEVEL_EAST).matrix(), abs=1e-9)


def test_it_turns_at_its_rate_on_the_autopilot_s_clock() -> None:
    """From -90 to -45 degrees takes 45 / 60 s of the autopilot's time; time that stands still turns nothing."""
    gimbal = Gimbal()
    gimbal.advance(1000)
    gimbal.point(-45, 0, 0)
    gimbal.advance(1000)
    assert gimbal.attitude(LEVEL_EAST).euler_deg()[1] == pytest.approx(-90, abs=0.01)
    gimbal.advance(1500)
    assert gimbal.attitude(LEVEL_EAST).euler_deg()[1] == pytest.approx(-90 + SLEW_DEG_PER_S * 0.5)
    gimbal.advance(1200)
    gimbal.advance(1750)
    assert gimbal.attitude(LEVEL_EAST).euler_deg()[1] == pytest.approx(-45)


@pytest.mark.parametrize(
    ("flags", "yaw"), [(0, 120), (YAW_LOCK, 30), (YAW_IN_EARTH_FRAME, 30), (YAW_LOCK | YAW_IN_VEHICLE_FRAME, 120)]
)
def test_yaw_is_from_the_nose_or_from_north_as_the_flags_say(flags: int, yaw: float) -> None:
    """A yaw of 30 on an aircraft that heads 90 is 120 from the nose, and 30 from north."""
    gimbal = Gimbal()
    gimbal.point(-90, 30, flags)
    assert pitch_and_yaw(gimbal.attitude(LEVEL_EAST)) == pytest.approx((-90, yaw), abs=1e-5)
    assert gimbal.status_flags & YAW_IN_EARTH_FRAME


def test_what_is_not_a_number_stays() -> None:
    """NaN in an order means: as it is. Pitches out of reach are taken as the nearest one."""
    gimbal = Gimbal()
    gimbal.point(-30, 10, 0)
    gimbal.point(nan, nan, 0)
    assert (gimbal.aim.pitch_deg, gimbal.aim.yaw_deg) == (-30, 10)
    gimbal.point_by_quaternion((nan, nan, nan, nan), 0)
    assert gimbal.aim.pitch_deg == -30
    gimbal.point(-200, 0, 0)
    assert gimbal.aim.pitch_deg == -90


@given(st.floats(-90, 30), st.floats(0, 359.9))
def test_a_quaternion_gives_its_pitch_and_yaw_back(pitch: float, yaw: float) -> None:
    """Also straight down, where yaw is that of the picture's top."""
    found_pitch, found_yaw = pitch_and_yaw(Attitude.from_euler(0, pitch, yaw))
    assert found_pitch == pytest.approx(pitch, abs=1e-4)
    assert (found_yaw - yaw + 180) % 360 - 180 == pytest.approx(0, abs=1e-3)
