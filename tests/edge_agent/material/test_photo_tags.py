"""Numbers and times of tags, whatever a file holds in their place."""

from datetime import UTC, datetime
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags
from PIL.TiffImagePlugin import IFDRational

from edge_agent.material.photo_tags import PhotoTags, finite
from edge_agent.material.position_tags import Position, read_position
from edge_agent.material.time_tags import read_time

_RATIONALS = st.builds(IFDRational, st.integers(-(2**31), 2**32 - 1), st.integers(-(2**31), 2**32 - 1))
_ANYTHING = st.one_of(
    st.none(), st.text(), st.binary(max_size=20), st.floats(), st.integers(), _RATIONALS, st.tuples(_RATIONALS, _RATIONALS)
)


@given(_ANYTHING)
def test_any_value_is_a_finite_number_or_none(value: object) -> None:
    """Fractions over zero, NaN, texts and bytes never become a number that is none."""
    number = finite(value)
    assert number is None or isfinite(number)


@pytest.mark.parametrize(
    ("value", "number"),
    [("+39.80", 39.8), ("21/10", 2.1), ("1/0", None), ("nan", None), (b"\x01", 1.0), (IFDRational(0, 0), None)],
)
def test_numbers_as_files_write_them(value: object, number: float | None) -> None:
    """Signs, fractions and single bytes."""
    assert finite(value) == number


@given(st.dictionaries(st.sampled_from([1, 2, 3, 4]), st.one_of(_ANYTHING, st.tuples(_RATIONALS, _RATIONALS, _RATIONALS))))
def test_any_gps_directory_gives_a_position_in_range_or_a_reason(gps: dict[int, object]) -> None:
    """Never a crash, never a place off the earth, never 0, 0."""
    position = read_position(PhotoTags("x", 1, 1, {}, gps, {}))
    if isinstance(position, Position):
        assert abs(position.point.lat_deg) <= 90
        assert abs(position.point.lon_deg) <= 180
        assert (position.point.lat_deg, position.point.lon_deg) != (0, 0)


def test_letter_south_and_west_make_it_negative() -> None:
    """Degrees, minutes and seconds; 33 degrees 51 minutes 36 seconds south is -33.86."""
    gps = {1: "S", 2: (33.0, 51.0, 36.0), 3: "W", 4: (70.0, 30.0, 0.0)}
    position = read_position(PhotoTags("x", 1, 1, {}, gps, {}))
    assert isinstance(position, Position)
    assert (position.point.lat_deg, position.point.lon_deg) == pytest.approx((-33.86, -70.5))


def test_position_without_letters_is_no_position() -> None:
    """North is not assumed."""
    assert "north or south" in str(read_position(PhotoTags("x", 1, 1, {}, {2: (33.0, 51.0, 36.0), 4: (70.0, 30.0, 0.0)}, {})))


@pytest.mark.parametrize(
    ("exif", "gps", "xmp", "at", "assumed"),
    [
        ({ExifTags.Base.OffsetTimeOriginal: "+08:00"}, {}, {}, datetime(2026, 6, 23, 8, 31, 59, 250000, UTC), False),
        ({}, {}, {}, datetime(2026, 6, 23, 16, 31, 59, 250000, UTC), True),
        ({}, {29: "2026:06:23", 7: (8.0, 31.0, 58.5)}, {}, datetime(2026, 6, 23, 8, 31, 58, 500000, UTC), False),
        (
            {},
            {},
            {"drone-dji:UTCAtExposure": "2026:06:23 08:31:59.019996"},
            datetime(2026, 6, 23, 8, 31, 59, 19996, UTC),
            False,
        ),
    ],
    ids=["zone", "no zone", "gps", "utc"],
)
def test_time_with_fraction_and_zone(
    exif: dict[int, object], gps: dict[int, object], xmp: dict[str, str], at: datetime, assumed: bool
) -> None:
    """16:31:59.25 on the camera's clock, in the zone that is told; a zone that is not told is said to be assumed."""
    clock = {ExifTags.Base.DateTimeOriginal: "2026:06:23 16:31:59", ExifTags.Base.SubsecTimeOriginal: "25"}
    taken = read_time(PhotoTags("x", 1, 1, {**clock, **exif}, gps, xmp))
    assert taken is not None
    assert taken.at == at
    assert (taken.assumption is not None) == assumed


@pytest.mark.parametrize("text", ["", "0000:00:00 00:00:00", "2026:13:40 99:00:00", "yesterday"])
def test_times_that_are_none(text: str) -> None:
    """No time is made up."""
    assert read_time(PhotoTags("x", 1, 1, {ExifTags.Base.DateTimeOriginal: text}, {}, {})) is None
