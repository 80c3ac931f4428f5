"""A boresight turns views by what was found, narrows their doubt, and is refused where it does not belong."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge_agent.material.given import Given
from edge_agent.placement.boresight import Aim, Boresight, read_boresight, write_boresight
from edge_agent.placement.camera_view import CameraView
from edge_agent.shot import PoseAccuracy, ShotPose
from missions.errors import InvalidInput
from missions.geometry import Attitude, GeoPoint
from missions.optics import Intrinsics

ERROR = Aim(yaw_deg=2.0, pitch_deg=-1.0, roll_deg=0.5, scale=0.01)
SIGMA = Aim(yaw_deg=0.3, pitch_deg=0.1, roll_deg=0.1, scale=0.002)
BORESIGHT = Boresight(
    aircraft="d1",
    camera="DJI TEST",
    made_at=datetime(2026, 6, 1, tzinfo=UTC),
    error=ERROR,
    sigma=SIGMA,
    points=8,
    rms_before_px=30.0,
    rms_after_px=3.0,
)
KNOWN = PoseAccuracy(1.0, 1.5, 1.5, 0.7, 0.03, 0.005, 4.0)
VIEW = CameraView(
    ShotPose(GeoPoint(lat_deg=31.0, lon_deg=119.0), Attitude.from_euler(0, -45, 90)),
    Intrinsics.pinhole(4000, 3000, 2900.0),
    KNOWN,
)


def test_a_view_is_turned_and_stretched() -> None:
    """A camera said to look east, 45 degrees down, with an error of +2, -1 and +1 %: 92 and -46 degrees, 2929 pixels."""
    seen = BORESIGHT.corrected(VIEW)
    _, pitch_deg, heading_deg = seen.pose.attitude.euler_deg()
    assert (pitch_deg, heading_deg) == (pytest.approx(-46.0, abs=0.05), pytest.approx(92.0, abs=0.6))
    assert seen.intrinsics.fx_px == pytest.approx(2929.0)
    assert seen.assumptions[-1].startswith("boresight of 2026-06-01 (8 points): yaw +2.00°")


def test_doubt_narrows_to_what_remains() -> None:
    """Of 1.5 degrees of heading a tenth of the variance differs from picture to picture: sqrt(0.3^2 + 0.1 * 1.5^2) = 0.561;
    of 0.7 of tilt a fifth: sqrt(0.1^2 + 0.2 * 0.7^2) = 0.329.
    """
    left = BORESIGHT.corrected(VIEW).accuracy
    assert (left.heading_deg, left.tilt_deg) == (pytest.approx(0.561, abs=1e-3), pytest.approx(0.329, abs=1e-3))
    assert left.focal_share == 0.002
    assert (left.position_m, left.height_m, left.timing_s) == (1.0, 1.5, 0.03)


def test_a_file_is_read_as_written(tmp_path: Path) -> None:
    """By the aircraft it is of, or by anybody who does not say which he has."""
    write_boresight(BORESIGHT, tmp_path / "b.json")
    assert read_boresight(tmp_path / "b.json") == read_boresight(tmp_path / "b.json", "d1") == BORESIGHT


def test_another_aircrafts_is_refused(tmp_path: Path) -> None:
    """With both names."""
    write_boresight(BORESIGHT, tmp_path / "b.json")
    with pytest.raises(InvalidInput, match=r"b\.json: aircraft: is d1, but this one is d2"):
        read_boresight(tmp_path / "b.json", "d2")


def test_what_is_no_boresight_is_refused(tmp_path: Path) -> None:
    """With the command that writes one."""
    (tmp_path / "b.json").write_text("{}")
    with pytest.raises(InvalidInput, match="`oneflight calibrate` writes it"):
        read_boresight(tmp_path / "b.json")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Here for want of its folder."""
    with pytest.raises(InvalidInput, match=r"b\.json: cannot be written: No such file"):
        write_boresight(BORESIGHT, tmp_path / "no" / "b.json")


def test_a_changed_boresight_is_another_job() -> None:
    """Even where it reads the same to people, an inspection is not taken up again with it."""
    finer = BORESIGHT.model_copy(update={"error": ERROR.model_copy(update={"yaw_deg": 2.0001})})
    assert finer.in_words() == BORESIGHT.in_words()
    assert Given(boresight=finer).in_words() != Given(boresight=BORESIGHT).in_words()
