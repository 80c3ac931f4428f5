"""Photos of several makers become shots; what does not tell its pose is not placed."""

from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags

from edge_agent.material.camera_file import CameraFile
from edge_agent.material.given import NOTHING, Given
from edge_agent.material.photo import read_photo
from edge_agent.shot import ShotPose
from missions.errors import InvalidInput
from missions.geometry import Attitude
from tests.edge_agent.material.conftest import DJI, Photo

FOCAL = {ExifTags.Base.FocalLengthIn35mmFilm: 24}
EAST_NADIR = Attitude.from_euler(0.0, -90.0, 90.0).matrix()


def pose_of(path: Path, given: Given = NOTHING) -> ShotPose:
    shot = read_photo(path, given)
    assert shot.unplaced is None
    assert shot.pose is not None
    return shot.pose.value


def test_dji_photo_has_position_attitude_and_heights(make_photo: Photo) -> None:
    """Latitude and longitude from EXIF, angles and altitudes from XMP, in the earth's frame."""
    pose = pose_of(make_photo(exif=FOCAL))
    assert pose.point.lat_deg == pytest.approx(46.8426, abs=1e-6)
    assert pose.point.lon_deg == pytest.approx(-91.9946, abs=1e-6)
    assert (pose.altitude_m, pose.relative_altitude_m) == (198.31, 40.0)
    assert np.allclose(pose.attitude.matrix(), EAST_NADIR)


def test_misspelt_longitude_of_dji_is_read(make_photo: Photo) -> None:
    """XMP's GpsLongtitude, as several firmwares spell it, outranks the rounded EXIF position."""
    photo = make_photo(
        exif=FOCAL, xmp={**DJI, "drone-dji:GpsLatitude": "46.84260001", "drone-dji:GpsLongtitude": "-91.99460002"}
    )
    assert pose_of(photo).point.lon_deg == -91.99460002


@pytest.mark.parametrize(
    ("properties", "inside"),
    [
        ({"drone:GimbalYawDegree": "90", "drone:GimbalPitchDegree": "-90", "drone:GimbalRollDegree": "0"}, ""),
        ({"Camera:Yaw": "90", "Camera:Pitch": "0", "Camera:Roll": "0"}, ""),
        (
            {
                "drone-parrot:CameraYawDegree": "90",
                "drone-parrot:CameraPitchDegree": "-90",
                "Camera:Yaw": "7",
                "Camera:Pitch": "7",
            },
            "",
        ),
        (
            {},
            '<drone-skydio:CameraOrientationNED rdf:parseType="Resource"><drone-skydio:Roll>0</drone-skydio:Roll>'
            "<drone-skydio:Pitch>-90</drone-skydio:Pitch><drone-skydio:Yaw>90</drone-skydio:Yaw></drone-skydio:CameraOrientationNED>",
        ),
    ],
    ids=["autel", "pix4d", "parrot", "skydio"],
)
def test_makers_conventions_mean_the_same_view(make_photo: Photo, properties: dict[str, str], inside: str) -> None:
    """Straight down with the top to the east is one attitude, whoever writes it."""
    assert np.allclose(pose_of(make_photo(exif=FOCAL, xmp=properties, inside=inside)).attitude.matrix(), EAST_NADIR, atol=1e-9)


def test_pix4d_pitch_counts_from_straight_down(make_photo: Photo) -> None:
    """A pitch of 30 in Pix4D's namespace is 60 degrees below the horizon; a roll of 10 makes it look 10 degrees to the left."""
    pose = pose_of(make_photo(exif=FOCAL, xmp={"Camera:Yaw": "0", "Camera:Pitch": "30", "Camera:Roll": "0"}))
    assert np.allclose(pose.attitude.matrix(), Attitude.from_euler(0, -60, 0).matrix())
    rolled = pose_of(make_photo(exif=FOCAL, xmp={"Camera:Yaw": "0", "Camera:Pitch": "0", "Camera:Roll": "10"}))
    assert np.allclose(rolled.attitude.matrix()[:, 0], [0, -np.sin(np.radians(10)), np.cos(np.radians(10))])


def test_gimbal_that_passed_straight_down_is_read_as_written(make_photo: Photo) -> None:
    """Roll 180 at pitch -90 is the same view with the picture's top the other way (rotation order z, y, x)."""
    turned = {**DJI, "drone-dji:GimbalRollDegree": "+180.00", "drone-dji:GimbalYawDegree": "-90.00"}
    assert np.allclose(pose_of(make_photo(exif=FOCAL, xmp=turned)).attitude.matrix(), EAST_NADIR, atol=1e-9)


@pytest.mark.parametrize(
    ("position", "why"),
    [(None, "no GPS position"), ((0.0, 0.0), "no fix")],
)
def test_photo_without_a_fix_is_not_placed(make_photo: Photo, position: tuple[float, float] | None, why: str) -> None:
    """Neither a missing position nor 0, 0 becomes a place."""
    shot = read_photo(make_photo(exif=FOCAL, at=position))
    assert shot.pose is None
    assert why in (shot.unplaced or "")


def test_positions_that_contradict_place_nothing(make_photo: Photo) -> None:
    """XMP and EXIF a kilometre apart: neither is believed."""
    far = {**DJI, "drone-dji:GpsLatitude": "46.8526", "drone-dji:GpsLongitude": "-91.9946"}
    shot = read_photo(make_photo(exif=FOCAL, xmp=far))
    assert "1112 m apart" in (shot.unplaced or "")


def test_photo_without_gimbal_angles_is_placed_only_when_said_to_look_down(make_photo: Photo) -> None:
    """`assume_nadir` places it with a wide doubt about tilt and heading, and says so."""
    photo = make_photo(exif=FOCAL, xmp={"drone-dji:RelativeAltitude": "+40.0"})
    assert "assume-nadir" in (read_photo(photo).unplaced or "")
    shot = read_photo(photo, Given(assume_nadir=True))
    assert shot.unplaced is None
    assert shot.accuracy.value.tilt_deg == 5.0
    assert shot.accuracy.value.heading_deg == 180.0
    assert any("assumed to look straight down" in text for text in shot.assumptions)


def test_photo_without_anything_is_placed_by_a_camera_file(make_photo: Photo) -> None:
    """A camera file gives pose, lens and accuracy; each is said to come from it."""
    camera = CameraFile.model_validate(
        {
            "name": "cam.toml",
            "pose": {"lat": 31.78, "lon": 119.95, "yaw_deg": 0, "pitch_deg": -45, "relative_altitude_m": 80},
            "lens": {"width_px": 400, "height_px": 300, "fx_px": 280, "distortion": {"k1": -0.1}},
            "accuracy": {"position_m": 0.02},
        }
    )
    shot = read_photo(make_photo(at=None, xmp={}), Given(camera=camera))
    assert shot.unplaced is None
    assert shot.pose is not None
    assert shot.pose.source == "camera file cam.toml"
    assert shot.pose.value.relative_altitude_m == 80
    assert shot.intrinsics is not None
    assert (shot.intrinsics.value.cx_px, shot.intrinsics.value.fy_px, shot.intrinsics.value.distortion.k1) == (200, 280, -0.1)
    assert shot.accuracy.value.position_m == 0.02


def test_camera_file_of_another_picture_size_is_not_used(make_photo: Photo) -> None:
    """Intrinsics of one size say nothing of a picture of another."""
    camera = CameraFile.model_validate({"name": "cam.toml", "lens": {"width_px": 800, "height_px": 600, "fx_px": 560}})
    assert "describes pictures of 800 x 600" in (read_photo(make_photo(), Given(camera=camera)).unplaced or "")


def test_rtk_fix_states_its_own_accuracy(make_photo: Photo) -> None:
    """A fixed solution's standard deviations replace the class's position accuracy; a float one's do not."""
    std = {"drone-dji:RtkStdLat": "0.031", "drone-dji:RtkStdLon": "0.028"}
    fixed = read_photo(make_photo(exif=FOCAL, xmp={**DJI, **std, "drone-dji:RtkFlag": "50"}))
    floating = read_photo(make_photo(exif=FOCAL, xmp={**DJI, **std, "drone-dji:RtkFlag": "34"}))
    assert fixed.accuracy.value.position_m == 0.031
    assert floating.accuracy.value.position_m == 1.0
    assert "multirotor" in floating.accuracy.source


def test_laser_distance_counts_only_where_the_laser_found_its_target(make_photo: Photo) -> None:
    """LRFStatus other than Normal leaves the distance out."""
    normal = {**DJI, "drone-dji:LRFStatus": "Normal", "drone-dji:LRFTargetDistance": "140.577"}
    assert pose_of(make_photo(exif=FOCAL, xmp=normal)).range_m == 140.577
    assert pose_of(make_photo(exif=FOCAL, xmp={**normal, "drone-dji:LRFStatus": "NoTarget"})).range_m is None


def test_unreadable_xmp_is_flagged_and_the_photo_not_placed(make_photo: Photo) -> None:
    """XMP that is no XML is named, not fatal."""
    shot = read_photo(make_photo(exif=FOCAL, inside="<broken"))
    assert any("XMP cannot be read" in flag for flag in shot.flags)
    assert shot.unplaced is not None


@pytest.mark.parametrize(
    ("content", "cause"), [(b"", "is empty"), (b"not a picture", "is not a picture"), (b"\xff\xd8\xff\xe1", "is not a picture")]
)
def test_files_that_are_no_pictures_are_named(tmp_path: Path, content: bytes, cause: str) -> None:
    """Empty, wrong and cut-off files raise an error with the file's name."""
    path = tmp_path / "x.jpg"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=cause) as raised:
        read_photo(path)
    assert "x.jpg" in str(raised.value)
