import pytest

from edge_agent.looking import ground_m_per_px
from missions.geometry import Attitude, GeoPoint
from missions.optics import Intrinsics
from missions.telemetry import Pose

CAMERA = Intrinsics.pinhole(2000, 1000, 1000.0)


def pose(pitch_deg: float) -> Pose:
    point = GeoPoint(lat_deg=31.78, lon_deg=119.9)
    return Pose(time_boot_ms=0, point=point, height_m=100, camera=Attitude.from_euler(0, pitch_deg, 30))


@pytest.mark.parametrize(("pitch_deg", "metres"), [(-90, 0.1), (-30, 0.2)])
def test_ground_resolution_grows_with_the_way_to_the_ground(pitch_deg: float, metres: float) -> None:
    """100 m up with 1000 px of focal length: 0.1 m a pixel straight down, and twice that at 30 degrees, twice as far away."""
    assert ground_m_per_px(pose(pitch_deg), CAMERA) == pytest.approx(metres)


@pytest.mark.parametrize("pitch_deg", [0, -4, 20])
def test_towards_the_horizon_there_is_no_ground_resolution(pitch_deg: float) -> None:
    """A camera that looks at the horizon or above sees no ground in its middle."""
    assert ground_m_per_px(pose(pitch_deg), CAMERA) is None
