"""Broken syntax is named by file, line and column."""

import pytest

FILES = ["district.toml", "departments.toml", "categories.toml", "aircraft.toml", "docks.toml"]
COLLECTIONS = ["outline.geojson", "sub_districts.geojson", "airspace.geojson", "routes.geojson"]


@pytest.mark.parametrize("file", FILES)
def test_toml_syntax_has_line_and_column(spoilt, file):
    """The third line's fault is found on the third line."""
    spoilt.write(file, 'a = 1\nb = "x"\nc = = 3\n')
    assert any(e.startswith(f"{file}: line 3, column 5: TOML syntax: ") for e in spoilt.errors())


@pytest.mark.parametrize("file", COLLECTIONS)
def test_json_syntax_has_line_and_column(spoilt, file):
    """A missing comma is found where it is missing."""
    spoilt.write(file, '{"type": "FeatureCollection",\n "features": [1 2]}')
    assert any(e.startswith(f"{file}: line 2, column 17: JSON syntax: ") for e in spoilt.errors())


@pytest.mark.parametrize("file", [*FILES, *COLLECTIONS])
def test_missing_file_is_named(spoilt, file):
    """Each file of a catalogue is needed."""
    (spoilt.directory / file).unlink()
    assert any(e.startswith(f"{file}: the file is missing in") for e in spoilt.errors())


def test_other_encodings_are_named_by_line(spoilt):
    """A file saved as GBK says so, not with garbled names."""
    text = (spoilt.directory / "departments.toml").read_text(encoding="utf-8")
    spoilt.write("departments.toml", text.encode("gbk"))
    assert "departments.toml: line 5: is not UTF-8 text; save the file with the encoding UTF-8" in spoilt.errors()


def test_byte_order_mark_is_no_error(spoilt):
    """Editors on Windows put one in front."""
    text = (spoilt.directory / "departments.toml").read_bytes()
    spoilt.write("departments.toml", b"\xef\xbb\xbf" + text)
    assert spoilt.errors() == []


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_numbers_are_finite_in_json(spoilt, number):
    """JSON's unofficial numbers are refused."""
    spoilt.replace("routes.geojson", '"height_m": 70.0', f'"height_m": {number}')
    assert f"routes.geojson: JSON: the number {number} is not finite" in spoilt.errors()


def test_numbers_are_finite_in_toml(spoilt):
    """TOML knows nan; no quantity of ours is."""
    spoilt.replace("aircraft.toml", "battery_wh = 150.0", "battery_wh = nan")
    assert "aircraft.toml: TOML: the number nan is not finite" in spoilt.errors()


def test_key_given_twice_in_json(spoilt):
    """JSON readers keep the last silently; here it is an error."""
    spoilt.replace("routes.geojson", '"height_m": 70.0', '"height_m": 70.0, "height_m": 80.0')
    assert any("the key 'height_m' is given twice in" in e for e in spoilt.errors())


def test_deep_nesting_is_an_error_not_a_crash(spoilt):
    """A file made to exhaust the parser is refused."""
    spoilt.write("routes.geojson", "[" * 200_000)
    assert any(e.startswith("routes.geojson: JSON: ") for e in spoilt.errors())
