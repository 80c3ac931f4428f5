"""`oneflight locate` as a user calls it: photos, video frames, camera files; what cannot be placed says why."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags
from typer.testing import CliRunner

from edge_agent.locate_cli import app
from missions.errors import InvalidInput
from missions.geometry import GeoPoint
from tests.edge_agent.material.conftest import DJI, Photo, make_photo  # noqa: F401
from tests.edge_agent.material.test_video import LAT, LON, STEP, film, subtitles

FOCAL = {ExifTags.Base.FocalLengthIn35mmFilm: 24}
"""Of a 4:3 picture 400 pixels wide: 277.35 pixels."""


def located(*arguments: object) -> Any:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0
    return json.loads(result.output)


def test_pixel_of_a_photo_straight_down_is_placed(make_photo: Photo) -> None:  # noqa: F811
    """40 m up with the top to the east: 100 pixels right of the middle is 100 / 277.35 * 40 = 14.42 m south."""
    told = located(make_photo(exif=FOCAL), "--pixel", "300,150")
    camera, place = GeoPoint(lat_deg=46.8426, lon_deg=-91.9946), GeoPoint(lat_deg=told["lat"], lon_deg=told["lon"])
    assert camera.distance_m(place) == pytest.approx(14.42, abs=0.02)
    assert camera.bearing_deg(place) == pytest.approx(180.0, abs=0.2)
    assert told["alt_m"] == pytest.approx(158.31)
    assert set(told["ellipse_95_m"]) == {"semi_major", "semi_minor", "orientation_deg"}
    assert any("35 mm equivalent 24 mm" in text for text in told["assumptions"])


def test_several_pixels_give_a_list(make_photo: Photo) -> None:  # noqa: F811
    """In the order asked."""
    told = located(make_photo(exif=FOCAL), "--pixel", "10,20", "--pixel", "200,150")
    assert [one["pixel"] for one in told] == [[10, 20], [200, 150]]


def test_ground_elevation_outranks_the_relative_altitude(make_photo: Photo) -> None:  # noqa: F811
    """Ground at 98.31 m lies 100 m below the camera, not 40: 100 pixels are 36.06 m."""
    told = located(make_photo(exif=FOCAL), "--pixel", "300,150", "--ground-elevation", "98.31")
    place = GeoPoint(lat_deg=told["lat"], lon_deg=told["lon"])
    assert GeoPoint(lat_deg=46.8426, lon_deg=-91.9946).distance_m(place) == pytest.approx(36.06, abs=0.05)
    assert told["alt_m"] == pytest.approx(98.31)


def test_camera_file_places_a_picture_that_tells_nothing(make_photo: Photo, tmp_path: Path) -> None:  # noqa: F811
    """50 m up, looking 45 degrees down to the north: the middle is 50 m ahead."""
    camera = tmp_path / "camera.toml"
    camera.write_text(
        "[pose]\nlat = 31.78\nlon = 119.95\nyaw_deg = 0\npitch_deg = -45\nrelative_altitude_m = 50\n"
        "[lens]\nwidth_px = 400\nheight_px = 300\nfx_px = 280\n",
        encoding="utf-8",
    )
    told = located(make_photo("plain.png", at=None, xmp={}, exif={}), "--pixel", "200,150", "--camera", camera)
    place = GeoPoint(lat_deg=told["lat"], lon_deg=told["lon"])
    assert GeoPoint(lat_deg=31.78, lon_deg=119.95).distance_m(place) == pytest.approx(50.0, abs=0.01)
    assert told["alt_m"] is None
    assert "lens: camera file camera.toml" in told["assumptions"]


@pytest.mark.parametrize("asked", [["#26"], ["", "--time", "2.5"]], ids=["number", "time"])
def test_frame_of_a_video_is_placed(tmp_path: Path, asked: list[str]) -> None:
    """The middle of frame 26, straight down, is where the aircraft was 2.5 s into the film."""
    video = film(tmp_path / "A.MP4")
    subtitles(tmp_path / "A.SRT", range(40))
    told = located(f"{video}{asked[0]}", *asked[1:], "--pixel", "160,90")
    assert (told["lat"], told["lon"]) == pytest.approx((LAT + 25 * STEP, LON), abs=2e-8)
    assert told["alt_m"] == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("how", "arguments", "cause"),
    [
        ({"exif": FOCAL}, ["--pixel", "401,10"], "lies outside the picture of 400 x 300"),
        ({"exif": FOCAL}, ["--pixel", "ten"], "is not two numbers"),
        ({"exif": FOCAL}, ["--pixel", "nan,1"], "is not two numbers"),
        ({"exif": FOCAL}, ["--pixel", "1,1", "--near", "99,0"], "is no place"),
        ({"exif": FOCAL, "at": None}, ["--pixel", "1,1"], "no GPS position"),
        ({}, ["--pixel", "1,1"], "nothing tells its focal length"),
        ({"exif": FOCAL, "xmp": {**DJI, "drone-dji:GimbalPitchDegree": "+10.0"}}, ["--pixel", "200,10"], "below the horizon"),
        ({"exif": {**FOCAL, ExifTags.Base.Software: "GIMP 2.10"}}, ["--pixel", "1,1"], "GIMP"),
    ],
    ids=["outside", "no numbers", "not a number", "near", "no position", "no lens", "horizon", "edited"],
)
def test_refusals_name_the_picture_and_the_cause(
    make_photo: Photo,  # noqa: F811
    how: dict[str, Any],
    arguments: list[str],
    cause: str,
) -> None:
    """Never a place that is made up."""
    with pytest.raises(InvalidInput, match=cause):
        located(make_photo(**how), *arguments)


def test_missing_frame_is_refused(tmp_path: Path) -> None:
    """Beyond the end, or not said."""
    video = film(tmp_path / "A.MP4")
    subtitles(tmp_path / "A.SRT", range(40))
    for asked, cause in (
        ("#99", "has 40 frames"),
        ("#0", "counted from 1"),
        ("", "which frame is not said"),
        ("#x", "which frame is not said"),
    ):
        with pytest.raises(InvalidInput, match=cause):
            located(f"{video}{asked}", "--pixel", "1,1")


def test_ellipse_grows_with_the_lens_doubt(make_photo: Photo) -> None:  # noqa: F811
    """At the corner 5 % of focal length (a 16:9 picture's 35 mm equivalent) weigh more than a calibration's 0.2 %."""
    calibrated = {**DJI, "drone-dji:DewarpData": "2026-01-01;277.35,277.35,0,0,0,0,0,0,0"}
    rough = located(make_photo(size=(400, 225), exif=FOCAL), "--pixel", "0,0")
    sharp = located(make_photo(size=(400, 225), xmp=calibrated), "--pixel", "0,0")
    further = math.sqrt(rough["ellipse_95_m"]["semi_major"] ** 2 - sharp["ellipse_95_m"]["semi_major"] ** 2)
    away_m = math.hypot(200, 112.5) / 277.35 * 40
    assert further == pytest.approx(math.sqrt(5.9915) * away_m * math.sqrt(0.05**2 - 0.002**2), rel=0.15)


def test_example_is_printed_without_a_picture() -> None:
    """`--camera-example` ends after it."""
    result = CliRunner().invoke(app, ["--camera-example"])
    assert result.exit_code == 0
    assert "[lens.distortion]" in result.output
