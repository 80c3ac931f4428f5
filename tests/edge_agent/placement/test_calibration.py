"""Marked points tell how a camera looks: exactly where nothing else is wrong, within what is promised where much is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.placement.accuracy import AIRCRAFT_CLASSES
from edge_agent.placement.boresight import Aim
from edge_agent.placement.calibration import Marked, calibrate
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.uncertainty import HEADING_JITTER_SHARE, TILT_JITTER_SHARE
from edge_agent.shot import PoseAccuracy, ShotPose
from missions.errors import InvalidInput
from missions.geometry import Array, Attitude, GeoPoint
from missions.optics import Intrinsics

LENS = Intrinsics.pinhole(4000, 3000, 2900.0)
MULTIROTOR = AIRCRAFT_CLASSES["multirotor"].value
SURE = PoseAccuracy(1e-3, 1e-3, 1.5, 0.7, 0.0, 0.005, 1.0)
LOOKS = [(-90.0, 0.0), (-90.0, 180.0), (-60.0, 90.0), (-60.0, 270.0)]
GRID = np.array([(u, v) for u in (300.0, 2000.0, 3700.0) for v in (300.0, 1500.0, 2700.0)])


def picture(look: tuple[float, float], error: Aim, known: PoseAccuracy, shift_m: Array, own: Aim) -> Marked:
    """A view said to look along `look` 60 m up; its points are where `error`, `own` and `shift_m` put them."""
    said = CameraView(ShotPose(GeoPoint(lat_deg=31.0, lon_deg=119.0), Attitude.from_euler(0.0, *look)), LENS, known)
    true = replace(said, pose=replace(said.pose, attitude=own.turned(error.turned(said.pose.attitude))))
    true = replace(true, intrinsics=error.stretched(LENS))
    rays = true.rays(GRID)
    sights_m = rays * ((60.0 + shift_m[2]) / rays[:, 2])[:, None] + np.array([shift_m[0], shift_m[1], -shift_m[2]])
    return Marked(said, GRID.copy(), sights_m, known.height_m)


NONE = Aim(yaw_deg=0.0, pitch_deg=0.0, roll_deg=0.0, scale=0.0)


@settings(max_examples=10, deadline=None)
@given(st.floats(-3, 3), st.floats(-1.5, 1.5), st.floats(-1.5, 1.5), st.floats(-0.01, 0.01))
def test_errors_are_recovered(yaw: float, pitch: float, roll: float, scale: float) -> None:
    """Without any other error, all but what four pictures may have of their own: 0.9 / (0.9 + 0.1 / 4) = 0.973 of a heading's
    error is found, 0.8 / (0.8 + 0.2 / 4) = 0.941 of a tilt's; all of the scale.
    """
    error = Aim(yaw_deg=yaw, pitch_deg=pitch, roll_deg=roll, scale=scale)
    found = calibrate([picture(look, error, SURE, np.zeros(3), NONE) for look in LOOKS])
    assert found.error.yaw_deg == pytest.approx(yaw * 0.973, abs=0.02)
    assert found.error.pitch_deg == pytest.approx(pitch * 0.941, abs=0.02)
    assert found.error.roll_deg == pytest.approx(roll * 0.941, abs=0.02)
    assert found.error.scale == pytest.approx(scale, abs=5e-4)
    assert found.untold == ()


def test_sigmas_are_honest() -> None:
    """40 flights with all errors drawn: errors over sigmas have a mean square of 1 within 0.7 (3 sigma of 40 draws)."""
    rng, ratios = np.random.default_rng(4), []
    for _ in range(40):
        error = drawn(rng, 1 - HEADING_JITTER_SHARE, 1 - TILT_JITTER_SHARE, MULTIROTOR.focal_share)
        shift_m = rng.normal(size=3) * [MULTIROTOR.position_m, MULTIROTOR.position_m, MULTIROTOR.height_m]
        seen = [
            picture(look, error, MULTIROTOR, shift_m, drawn(rng, HEADING_JITTER_SHARE, TILT_JITTER_SHARE, 0.0))
            for look in LOOKS
        ]
        marked = [replace(one, pixels=one.pixels + rng.normal(0, MULTIROTOR.pixel_px, GRID.shape)) for one in seen]
        found = calibrate(marked)
        ratios.append((numbers(found.error) - numbers(error)) / numbers(found.sigma))
    assert np.mean(np.square(ratios), axis=0) == pytest.approx(np.ones(4), abs=0.7)


def drawn(rng: np.random.Generator, heading: float, tilt: float, scale: float) -> Aim:
    yaw, pitch, roll, share = rng.normal(size=4)
    known = MULTIROTOR
    return Aim(
        yaw_deg=yaw * np.sqrt(heading) * known.heading_deg,
        pitch_deg=pitch * np.sqrt(tilt) * known.tilt_deg,
        roll_deg=roll * np.sqrt(tilt) * known.tilt_deg,
        scale=share * scale,
    )


def numbers(aim: Aim) -> Array:
    return np.array([aim.yaw_deg, aim.pitch_deg, aim.roll_deg, aim.scale])


def test_an_outlier_is_named_and_spoils_nothing() -> None:
    """One mark of 36 is 300 pixels off."""
    error = Aim(yaw_deg=1.0, pitch_deg=-0.5, roll_deg=0.3, scale=0.004)
    seen = [picture(look, error, SURE, np.zeros(3), NONE) for look in LOOKS]
    seen[0].pixels[4] += (300.0, 0.0)
    found = calibrate(seen)
    assert np.flatnonzero(found.is_outlier).tolist() == [4]
    assert found.error.yaw_deg == pytest.approx(1.0, abs=0.1)


def test_middles_straight_down_tell_nothing() -> None:
    """Two marks in the middle of one picture: position or tilt, nobody can say."""
    one = picture((-90.0, 0.0), NONE, MULTIROTOR, np.zeros(3), NONE)
    middles = Marked(one.view, one.pixels[[4, 4]], one.sights_m[[4, 4]], 1.5)
    with pytest.raises(InvalidInput, match="opposite headings"):
        calibrate([middles])


def test_one_point_is_too_few() -> None:
    """At least two."""
    one = picture((-90.0, 0.0), NONE, MULTIROTOR, np.zeros(3), NONE)
    with pytest.raises(InvalidInput, match="at least 2"):
        calibrate([Marked(one.view, one.pixels[:1], one.sights_m[:1], 1.5)])
