"""What the files say of each other must agree."""

import json

import pytest

CASES = [
    (
        "departments.toml",
        'id = "police"',
        'id = "ecology"',
        "departments #8 (ecology, line 38): id: 'ecology' is used already by departments #2",
    ),
    (
        "categories.toml",
        'department_id = "police"',
        'department_id = "polis"',
        "there is no department 'polis'; known: agriculture_water, ",
    ),
    ("categories.toml", 'key = "open_fire"', 'key = "crowd"', "class: 'crowd' is used already by categories #7 (open_burning"),
    ("categories.toml", 'color = "#f2a541"', 'color = "#e4572e"', "color: '#e4572e' is used already by"),
    (
        "docks.toml",
        'type_id = "dock-quad-t"',
        'type_id = "balloon"',
        "there is no aircraft type 'balloon'; known: dock-quad, dock-quad-t",
    ),
    ("docks.toml", 'dock_id = "zouqu-north"', 'dock_id = "zouqu"', "there is no dock 'zouqu'; known: "),
    (
        "docks.toml",
        'dock_id = "zouqu-north"',
        'dock_id = "zouqu-lamp"',
        "dock 'zouqu-lamp' is full; raise its capacity or choose another",
    ),
    ("docks.toml", "capacity = 2\n", 'capacity = 2\ntype_ids = ["balloon"]\n', "type_ids: there is no aircraft type 'balloon'"),
    (
        "docks.toml",
        "capacity = 2\n",
        'capacity = 2\ntype_ids = ["dock-quad-t"]\n',
        "dock_id: dock 'zouqu-town' does not hold 'dock-quad', only dock-quad-t",
    ),
    ("docks.toml", "system_id = 2\n", "system_id = 1\n", "system_id: '1' is used already by drones #1 (zl-01"),
    (
        "routes.geojson",
        '"zl-r-0002"',
        '"zl-r-0001"',
        "feature 2 (route zl-r-0001, line 3): id: 'zl-r-0001' is used already by feature 1",
    ),
    ("routes.geojson", '"greenery"', '"gardens"', "properties.categories: there is no category 'gardens'; known: "),
    (
        "routes.geojson",
        '"greenery"',
        '"construction_site"',
        "properties.categories: 'construction_site' is named more than once",
    ),
    ("routes.geojson", '"height_m": 70.0', '"height_m": 121', "properties.height_m: 121 m is above the airspace's 120 m"),
    (
        "routes.geojson",
        '"speed_mps": 8.0',
        '"speed_mps": 16',
        "properties.speed_mps: 16 m/s is more than any aircraft's 15 m/s",
    ),
    ("airspace.geojson", '"kind": "permitted"', '"kind": "allowed"', "kind: Input should be 'no_fly' (given: 'allowed')"),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), CASES)
def test_disagreement_is_named(spoilt, file, old, new, expected):
    """Each disagreement is one error at the entry that refers, with what there is."""
    spoilt.replace(file, old, new)
    assert len([e for e in spoilt.errors() if e.startswith(file) and expected in e]) == 1, spoilt.errors()


def test_references_into_a_broken_file_are_not_judged(spoilt):
    """One slip in a category does not blame every route that serves it."""
    spoilt.replace("categories.toml", 'key = "sanitation"', 'key = "Sanitation"')
    errors = spoilt.errors()
    assert len(errors) == 1
    assert errors[0].startswith("categories.toml: categories #2 (Sanitation, line ")


def test_thermal_routes_need_a_thermal_aircraft(spoilt):
    """A sensor nobody has is refused."""
    spoilt.replace("aircraft.toml", "thermal = true", "thermal = false")
    thermal = [f for f in spoilt.collection("routes.geojson")["features"] if "thermal" in json.dumps(f["properties"]["camera"])]
    errors = spoilt.errors()
    assert len(errors) == len(thermal) > 0
    assert all("properties.camera.sensor: no aircraft has a thermal camera; use 'rgb'" in e for e in errors)
