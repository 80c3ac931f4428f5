"""A folder's photos as shots in order of time; what cannot be read is named, and the rest goes on."""

from pathlib import Path

import pytest
from PIL import ExifTags, Image

from edge_agent.material.given import NOTHING, AltitudeIs, Given
from edge_agent.material.material import open_material
from edge_agent.material.written import read_altitude_is, read_place
from missions.errors import InvalidInput
from missions.geometry import GeoPoint
from tests.edge_agent.material.conftest import Photo


def test_folder_is_read_in_order_of_time_and_the_broken_are_named(make_photo: Photo, tmp_path: Path) -> None:
    """Two photos, one in a folder below; an empty file, a text and a foreign file do not stop them; sidecars are no loss."""
    make_photo("flight/B.JPG", exif={ExifTags.Base.DateTime: "2026:06:23 10:00:05"})
    make_photo("flight/below/A.JPG", exif={ExifTags.Base.DateTime: "2026:06:23 10:00:09"})
    for name, content in (("empty.jpg", b""), ("text.jpg", b"hello"), ("film.xyz", b"?"), ("A.MRK", b"1")):
        (tmp_path / "flight" / name).write_bytes(content)
    material = open_material(tmp_path / "flight")
    assert [shot.name for shot in material.shots] == ["B.JPG", "A.JPG"]
    assert sorted(left.name for left in material.left_out) == ["empty.jpg", "film.xyz", "text.jpg"]
    assert len(list(material.pictures())) == 2


def test_photo_that_ends_too_early_is_left_out_when_loaded(make_photo: Photo) -> None:
    """Its tags can be read, its picture not: the error names it and `left_out` keeps it."""
    path = make_photo(size=(800, 600))
    path.write_bytes(path.read_bytes()[:-2000])
    material = open_material(path)
    with pytest.raises(InvalidInput, match="cannot be decoded"):
        material.load(material.shots[0])
    assert material.left_out[0].name == path.name
    assert list(material.pictures()) == []


def test_picture_is_as_stored_whatever_its_orientation(make_photo: Photo) -> None:
    """EXIF orientation 6 would turn it by a quarter: pixels stay those of the file, in blue-green-red."""
    path = make_photo(size=(400, 300), exif={ExifTags.Base.Orientation: 6})
    material = open_material(path)
    image = material.load(material.shots[0])
    assert image.shape == (300, 400, 3)
    assert image[0, 0, 0] < image[0, 0, 1]
    assert any("orientation 6" in flag for flag in material.shots[0].flags)


@pytest.mark.parametrize("name", ["missing", "missing.jpg"])
def test_missing_path_is_named(tmp_path: Path, name: str) -> None:
    """A clear error with the path."""
    with pytest.raises(InvalidInput, match="no such file"):
        open_material(tmp_path / name)


def test_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    """Nothing to look at is an error, not an empty success."""
    Image.new("RGB", (4, 4)).save(tmp_path / "a.gif")
    with pytest.raises(InvalidInput, match="holds no picture"):
        open_material(tmp_path)


def test_what_people_say_is_told_in_words() -> None:
    """As options of a command line, those not given left empty: an inspection is taken up again only with the same."""
    said = Given(
        gimbal_pitch_deg=-45.0, near=GeoPoint(lat_deg=31.5, lon_deg=119.25), every_m=10.0, altitude_is=AltitudeIs.RELATIVE
    )
    told = {name: value for name, value in said.in_words().items() if value}
    assert told == {"--every": "10", "--gimbal-pitch": "-45", "--near": "31.5,119.25", "--altitude-is": "relative"}
    assert {name: value for name, value in NOTHING.in_words().items() if value} == {"--fps": "1"}


@pytest.mark.parametrize("text", ["", "31", "a,b", "91,0", "0,181", "1,2,3"])
def test_places_that_are_none_are_refused(text: str) -> None:
    """Naming the option."""
    with pytest.raises(InvalidInput, match="--near"):
        read_place("--near", text)


def test_kind_of_altitude_that_is_not_known_is_refused() -> None:
    """With what would be right."""
    assert read_altitude_is("--altitude-is", "absolute") is AltitudeIs.ABSOLUTE
    with pytest.raises(InvalidInput, match="absolute or relative"):
        read_altitude_is("--altitude-is", "barometric")
