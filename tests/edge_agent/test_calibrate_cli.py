"""`oneflight calibrate` as a user calls it: marked photos in, a boresight out that `locate` then takes out."""

import json
from pathlib import Path

import pytest
from PIL import ExifTags
from typer.testing import CliRunner

from edge_agent.calibrate_cli import app
from edge_agent.locate_cli import app as locate_app
from edge_agent.placement.boresight import read_boresight
from missions.errors import InvalidInput
from missions.geometry import GeoPoint, LocalFrame
from tests.edge_agent.material.conftest import DJI, Photo, make_photo  # noqa: F401

FOCAL = {ExifTags.Base.FocalLengthIn35mmFilm: 24}
"""Of a 4:3 picture 400 pixels wide: 277.35 pixels."""
CAMERA = GeoPoint(lat_deg=46.8426, lon_deg=-91.9946)
M_PER_PX = 40 / 277.35


def flown(make: Photo, folder: Path, shift_px: float) -> Path:
    """Two photos straight down, tops to the east and to the west, and the marks of their corners: each lies `shift_px` further
    down in the picture than it should, as where the camera looks higher than it says (1.5 degrees are 7.26 pixels).
    """
    lines = ["photo,u,v,lat,lon"]
    for name, yaw, sign in (("e.jpg", "+90.00", 1), ("w.jpg", "-90.00", -1)):
        make(name, exif=FOCAL, xmp=DJI | {"drone-dji:GimbalYawDegree": yaw})
        for u, v in ((20, 20), (380, 20), (20, 280), (380, 280), (200, 150)):
            place = LocalFrame(CAMERA).to_geo(sign * (150 - v) * M_PER_PX, sign * (200 - u) * M_PER_PX)
            lines.append(f"{name},{u},{v + shift_px},{place.lat_deg:.9f},{place.lon_deg:.9f}")
    points = folder / "points.csv"
    points.write_text("\n".join(lines) + "\n")
    return points


def calibrated(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0
    return result.output


def test_a_camera_that_looks_higher_is_found(make_photo: Photo, tmp_path: Path) -> None:  # noqa: F811
    """Marks 7.26 pixels lower: the camera looks about 1.5 degrees higher, less what each picture may have of its own."""
    told = calibrated("--points", flown(make_photo, tmp_path, 7.26), "--aircraft", "d1", "--out", tmp_path / "b.json")
    found = read_boresight(tmp_path / "b.json", "d1")
    assert found.camera == "DJI TEST"
    assert 0.6 < found.error.pitch_deg < 1.6
    assert found.rms_after_px < found.rms_before_px / 1.8
    assert "10 points, rms" in told


def test_locate_takes_it_out(make_photo: Photo, tmp_path: Path) -> None:  # noqa: F811
    """The picture's mark of the place under the camera is then placed nearer to it."""
    calibrated("--points", flown(make_photo, tmp_path, 7.26), "--out", tmp_path / "b.json")
    off_m = []
    for more in ((), ("--boresight", str(tmp_path / "b.json"))):
        told = json.loads(CliRunner().invoke(locate_app, [str(tmp_path / "e.jpg"), "--pixel", "200,157.26", *more]).output)
        off_m.append(CAMERA.distance_m(GeoPoint(lat_deg=told["lat"], lon_deg=told["lon"])))
    assert off_m[0] == pytest.approx(7.26 * M_PER_PX, abs=0.02)
    assert off_m[1] < off_m[0] / 1.8


def test_another_camera_is_refused(make_photo: Photo, tmp_path: Path) -> None:  # noqa: F811
    """With both names."""
    calibrated("--points", flown(make_photo, tmp_path, 7.26), "--out", tmp_path / "b.json")
    other = make_photo("o.jpg", exif=FOCAL | {ExifTags.Base.Model: "OTHER"})
    result = CliRunner().invoke(locate_app, [str(other), "--pixel", "1,1", "--boresight", str(tmp_path / "b.json")])
    assert isinstance(result.exception, InvalidInput)
    assert "is of DJI TEST, but the picture was taken by DJI OTHER" in str(result.exception)


def test_points_of_two_cameras_are_refused(make_photo: Photo, tmp_path: Path) -> None:  # noqa: F811
    """One at a time."""
    points = flown(make_photo, tmp_path, 0.0)
    make_photo("o.jpg", exif=FOCAL | {ExifTags.Base.Model: "OTHER"})
    points.write_text(points.read_text() + "o.jpg,1,1,46.8,-91.9\n")
    with pytest.raises(InvalidInput, match="several cameras"):
        calibrated("--points", points, "--out", tmp_path / "b.json")


def test_where_it_cannot_be_written_is_said(make_photo: Photo, tmp_path: Path) -> None:  # noqa: F811
    """With the file."""
    with pytest.raises(InvalidInput, match="cannot be written"):
        calibrated("--points", flown(make_photo, tmp_path, 1.0), "--out", tmp_path / "no" / "b.json")


def test_no_points_are_too_few(tmp_path: Path) -> None:
    """A header alone."""
    (tmp_path / "points.csv").write_text("photo,u,v,lat,lon\n")
    with pytest.raises(InvalidInput, match="holds no point"):
        calibrated("--points", tmp_path / "points.csv")
