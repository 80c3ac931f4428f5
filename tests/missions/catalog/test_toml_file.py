"""Faults in TOML entries name the entry, its line, the key and what would be right."""

import pytest

CASES = [
    ("departments.toml", 'name_zh = "城管局"', "", "departments #1 (urban_management, line 3): name_zh: is missing"),
    ("departments.toml", "[[departments]]", "[[department]]", "department: is not a known table; known: [[departments]]"),
    (
        "categories.toml",
        "extent_m = 14.0",
        "extend_m = 14.0",
        "classes #1 (blue_steel_shed).extend_m: is not a known key; known: key, ",
    ),
    (
        "categories.toml",
        'per = "week"',
        'per = "year"',
        "frequency.per: Input should be 'day', 'week', 'month' or 'on_call' (given: 'year')",
    ),
    (
        "categories.toml",
        "height_m = 100.0",
        "height_m = 130.0",
        "height_m: Input should be less than or equal to 120 (given: 130.0)",
    ),
    ("categories.toml", "height_m = 100.0", 'height_m = "100"', "height_m: Input should be a valid number (given: '100')"),
    ("categories.toml", 'color = "#e4572e"', 'color = "red"', "color: String should match pattern"),
    ("categories.toml", "times = 1,", "times = 0,", "frequency: times is 0 exactly where per is 'on_call'"),
    (
        "docks.toml",
        "lat_deg = 31.7905",
        "lat_deg = 131.7905",
        "docks #1 (zouqu-town, line 4): point.lat_deg: Input should be less",
    ),
    (
        "docks.toml",
        "system_id = 1\n",
        "system_id = 0\n",
        "drones #1 (zl-01, line 88): system_id: Input should be greater than or equal to 1",
    ),
    ("district.toml", 'name_en = "Zhonglou District"', "", "district.toml: name_en: is missing"),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), CASES)
def test_fault_is_named(spoilt, file, old, new, expected):
    """The one error about the spoilt key says where and why."""
    spoilt.replace(file, old, new)
    about = [e for e in spoilt.errors() if e.startswith(file) and expected in e]
    assert len(about) == 1, spoilt.errors()


def test_empty_list_is_an_error(spoilt):
    """A district without departments is a mistake."""
    spoilt.write("departments.toml", "")
    assert "departments.toml: departments: expected at least one [[departments]] table" in spoilt.errors()
