"""Camera files in TOML and JSON; slips are named."""

from pathlib import Path

import pytest

from edge_agent.material.camera_file import example_camera_file, read_camera_file
from missions.errors import InvalidInput


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cam.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_example_is_a_valid_camera_file(tmp_path: Path) -> None:
    """What the example prints can be read as it is."""
    camera = read_camera_file(written(tmp_path, example_camera_file()))
    assert camera.pose is not None
    assert camera.pose.shot_pose().relative_altitude_m == 100
    assert camera.lens is not None
    assert camera.lens.intrinsics().cy_px == 1500


def test_json_says_the_same_as_toml(tmp_path: Path) -> None:
    """Both spellings give one camera."""
    toml = read_camera_file(written(tmp_path, "[lens]\nwidth_px = 400\nheight_px = 300\nfx_px = 250.5\n"))
    json = read_camera_file(written(tmp_path, '{"lens": {"width_px": 400, "height_px": 300, "fx_px": 250.5}}'))
    assert toml == json


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[lens]\nwidth_px = 400\nheight_px = 300\nfx_px = 250\nfz_px = 1\n", "lens.fz_px"),
        ("[lens]\nwidth_px = 400\nheight_px = 300\nfx_px = -1\n", "lens.fx_px"),
        ("[pose]\nlat = 91\nlon = 0\nyaw_deg = 0\npitch_deg = 0\n", "pose.lat"),
        ("[pose]\nlat = 1\nlon = 0\nyaw_deg = 0\n", "pose.pitch_deg"),
        ("[camera]\n", "camera"),
        ("", "says nothing"),
        ("lens = [", "neither TOML nor JSON"),
        ('{"lens": ', "neither TOML nor JSON"),
        ("name = 'x'", "name"),
    ],
)
def test_slips_are_named(tmp_path: Path, text: str, where: str) -> None:
    """Unknown keys, numbers out of range and broken files: the file and the place."""
    with pytest.raises(InvalidInput, match=r"cam\.toml") as raised:
        read_camera_file(written(tmp_path, text))
    assert where in str(raised.value)


def test_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    """The error names the command that prints an example."""
    with pytest.raises(InvalidInput, match="camera-example"):
        read_camera_file(tmp_path / "none.toml")
