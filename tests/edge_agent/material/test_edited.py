"""Photos that other software changed are recognised; those as the camera took them are not suspected."""

from typing import Any

import pytest
from PIL import ExifTags

from edge_agent.material.edited import edits, is_firmware
from edge_agent.material.photo import read_photo
from edge_agent.material.photo_tags import PhotoTags, read_tags
from tests.edge_agent.material.conftest import DJI, Photo


@pytest.mark.parametrize(
    ("how", "sign"),
    [
        ({"exif": {ExifTags.Base.Software: "Adobe Photoshop 25.1 (Windows)"}}, "Adobe Photoshop"),
        ({"exif": {ExifTags.Base.Software: "GIMP 2.10"}}, "GIMP"),
        ({"xmp": {**DJI, "xmp:CreatorTool": "Adobe Lightroom 7"}}, "Lightroom"),
        ({"xmp": {**DJI, "crs:HasCrop": "True"}}, "HasCrop"),
        ({"exif": {ExifTags.Base.ExifImageWidth: 800, ExifTags.Base.ExifImageHeight: 600}}, "cropped or scaled"),
        ({"exif": {ExifTags.Base.ExifImageWidth: 300, ExifTags.Base.ExifImageHeight: 400}}, "rotated"),
        ({"exif": {ExifTags.Base.Model: "FC300S"}, "size": (3000, 2000)}, "does not write"),
    ],
    ids=["photoshop", "gimp", "lightroom", "crop tag", "scaled", "rotated", "size"],
)
def test_changed_photos_are_flagged_and_not_placed(make_photo: Photo, how: dict[str, Any], sign: str) -> None:
    """Each trace of other software leaves the photo unplaced, with the trace named."""
    shot = read_photo(make_photo(**how))
    assert sign in (shot.unplaced or "")
    assert any(sign in flag for flag in shot.flags)


@pytest.mark.parametrize(
    "software",
    [
        "",
        "v01.23.4920",
        "10.00.12.07",
        "V1.2",
        "Anafi-1.8.2",
        "Parrot 7.1",
        "18.5.20-rc1",
        "Firmware Version 1.0.3",
        "Ver.1.2",
        "HD7.01.01",
    ],
)
def test_firmware_is_not_suspected(software: str) -> None:
    """Version numbers, and texts with the maker's or model's name."""
    tags = PhotoTags("x", 400, 300, {ExifTags.Base.Make: "Parrot", ExifTags.Base.Model: "Anafi"}, {}, {})
    assert is_firmware(software, tags)


@pytest.mark.parametrize("size", [(4000, 3000), (4000, 2250), (2000, 1500)])
def test_sizes_that_the_camera_writes_are_not_suspected(make_photo: Photo, size: tuple[int, int]) -> None:
    """The whole sensor, its 16:9 crop and halved pictures."""
    assert edits(read_tags(make_photo(size=size, exif={ExifTags.Base.Model: "FC300S"}))) == []


def test_thumbnail_of_another_shape_tells_of_a_crop() -> None:
    """A square picture whose thumbnail shows 4:3; one with the same shape tells nothing."""
    square = PhotoTags("x", 3000, 3000, {}, {}, {}, thumbnail_aspect=4 / 3)
    whole = PhotoTags("x", 4000, 3000, {}, {}, {}, thumbnail_aspect=1.35)
    assert "thumbnail" in edits(square)[0]
    assert edits(whole) == []
