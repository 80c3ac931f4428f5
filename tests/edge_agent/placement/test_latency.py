"""Pictures that a known motion leaves, late by a known time: the delay is found, or it is said why not."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.image_motion import SeenMotion
from edge_agent.placement.latency import Latency, Unknown, latency_of
from edge_agent.shot import PoseAccuracy, ShotPose
from missions.geometry import Attitude, GeoPoint, LocalFrame
from missions.optics import Intrinsics

LENS = Intrinsics.pinhole(320, 240, 280.0)
HEIGHT_M = 60.0
PLANE = LocalFrame(GeoPoint(lat_deg=31.0, lon_deg=119.0))
KNOWN = PoseAccuracy(1.0, 1.5, 1.5, 0.7, 0.03, 0.005, 4.0)
RATE, LASTS_S = 8.0, 20.0
M_PER_TEXEL = 0.2
Way = Callable[[float], tuple[float, float, float]]
"""East, north (m) and heading (degrees) at a time."""


def turning(time_s: float) -> tuple[float, float, float]:
    """Faster and slower to the north, and a turn of 30 degrees at 12 s."""
    return 0.0, 5.0 * time_s + 6.0 * np.sin(0.5 * time_s), 15.0 * np.tanh(time_s - 12.0)


def straight(time_s: float) -> tuple[float, float, float]:
    """5 m/s to the north."""
    return 0.0, 5.0 * time_s, 0.0


def swinging(time_s: float) -> tuple[float, float, float]:
    """The same again every 0.8 s: a delay of 0.3 s looks like -0.5 s."""
    return 0.0, 2.0 * np.sin(2 * np.pi * time_s / 0.8), 0.0


def view(way: Way, time_s: float) -> CameraView:
    east, north, heading_deg = way(time_s)
    pose = ShotPose(PLANE.to_geo(east, north), Attitude.from_euler(0.0, -90.0, heading_deg), relative_altitude_m=HEIGHT_M)
    return CameraView(pose, LENS, KNOWN)


def texture() -> NDArray[np.uint8]:
    """Ground of 300 x 300 m, in patches of some metres."""
    rough = np.random.default_rng(5).integers(0, 255, (500, 500), dtype=np.uint8)
    return np.asarray(cv2.GaussianBlur(cv2.resize(rough, (1500, 1500), interpolation=cv2.INTER_CUBIC), (0, 0), 2.0), np.uint8)


def picture(ground: NDArray[np.uint8], way: Way, time_s: float) -> NDArray[np.uint8]:
    """The ground as seen straight down: by three marks in the picture."""
    seen_from = view(way, time_s)
    marks = np.array([[0.0, 0.0], [320.0, 0.0], [0.0, 240.0]])
    rays = seen_from.rays(marks)
    east, north, _ = way(time_s)
    at_m = (rays / rays[:, 2:])[:, [1, 0]] * HEIGHT_M + [east, north]
    texels = np.column_stack([750 + at_m[:, 0] / M_PER_TEXEL, 1000 - at_m[:, 1] / M_PER_TEXEL])
    warp = cv2.getAffineTransform(texels.astype(np.float32), marks.astype(np.float32))
    return np.asarray(cv2.warpAffine(ground, warp, (320, 240), borderMode=cv2.BORDER_WRAP), np.uint8)


def found(way: Way, delay_s: float) -> Latency | Unknown:
    seen, ground = SeenMotion(), texture()
    for time_s in np.arange(0.0, LASTS_S, 1 / RATE).tolist():
        seen.add(picture(ground, way, time_s - delay_s), time_s)
    return latency_of(*seen.rows(), lambda time_s: view(way, time_s))


@pytest.mark.parametrize("delay_s", [-0.4, 0.0, 0.13, 0.5])
def test_a_known_delay_is_found(delay_s: float) -> None:
    """Within 20 ms, at 8 pictures a second, and within three of its sigmas."""
    latency = found(turning, delay_s)
    assert isinstance(latency, Latency)
    assert latency.latency_s == pytest.approx(delay_s, abs=0.02)
    assert abs(latency.latency_s - delay_s) < 3 * latency.sigma_s


@pytest.mark.parametrize(("way", "told"), [(straight, "hardly varies"), (swinging, "repeats itself|hardly varies")])
def test_what_tells_nothing_is_refused(way: Way, told: str) -> None:
    """A constant motion is the same at every delay, a periodic one at several."""
    unknown = found(way, 0.3)
    assert isinstance(unknown, Unknown)
    assert any(part in unknown.reason for part in told.split("|"))


def test_other_telemetry_is_refused() -> None:
    """The pictures of one flight with the poses of another."""
    seen, ground = SeenMotion(), texture()
    for time_s in np.arange(0.0, LASTS_S, 1 / RATE).tolist():
        seen.add(picture(ground, turning, time_s), time_s)
    unknown = latency_of(
        *seen.rows(), lambda time_s: view(lambda at: (8 * np.sin(0.9 * at), 3 * np.cos(at), 40 * np.sin(at)), time_s)
    )
    assert isinstance(unknown, Unknown)
    assert "differently" in unknown.reason


def test_without_telemetry_nothing_is_told() -> None:
    """Said, not guessed."""
    seen, ground = SeenMotion(), texture()
    for time_s in np.arange(0.0, 6.0, 1 / RATE).tolist():
        seen.add(picture(ground, turning, time_s), time_s)
    assert latency_of(*seen.rows(), lambda time_s: None) == Unknown(
        "position, height over the ground or camera angles are not told"
    )


def test_blank_pictures_tell_nothing() -> None:
    """Nothing to be followed."""
    seen = SeenMotion()
    for time_s in np.arange(0.0, 6.0, 1 / RATE).tolist():
        seen.add(np.zeros((240, 320), np.uint8), time_s)
    assert latency_of(*seen.rows(), lambda time_s: view(turning, time_s)) == Unknown(
        "the pictures show too little that can be followed"
    )
