"""The shipped catalogue loads, is what it says it is, and a broken one is refused as a whole."""

import json
from pathlib import Path

import pytest

from missions.catalog import check, load
from missions.errors import CatalogError
from missions.operations import Operations

DOMAIN_LIMITS = {
    "blue_steel_shed": (15, "d"),
    "garbage_pile": (4, "h"),
    "construction_debris": (2, "d"),
    "street_stall": (2, "h"),
    "dead_trees": (5, "d"),
    "algae_bloom": (3, "d"),
    "fishing_net": (7, "d"),
    "open_fire": (1, "u"),
    "crane": (1, "d"),
    "soil_excavation": (15, "d"),
    "road_flooding": (4, "h"),
    "tank_leak": (2, "u"),
    "rooftop_clutter": (1, "d"),
}


@pytest.fixture(scope="module")
def district():
    return load()


def test_shipped_catalogue_is_sound():
    """The example has no errors at all."""
    assert check() == []


def test_shipped_counts(district):
    """Nine departments, thirteen categories with 33 classes, 375 routes, 12 docks and 8 sub-districts."""
    counts = [len(district.departments), len(district.categories), len(district.detector_classes), len(district.routes)]
    assert counts == [9, 13, 33, 375]
    assert [len(district.docks), len(district.sub_districts)] == [12, 8]
    assert 12 <= len(district.drones) <= 14


def test_time_limits_are_those_of_the_domain(district):
    """A class of each category resolves within the time the domain's table gives."""
    for key, (amount, unit) in DOMAIN_LIMITS.items():
        limit = district.category_of_class[key].limit_for(key)
        assert (limit.amount, limit.unit) == (amount, unit), key


def test_at_once_has_an_amount(district):
    """A gathering is due at once, which stands as half an hour round the clock: a due time needs an amount."""
    limit = district.category("public_gathering").time_limit
    assert (limit.amount, limit.unit) == (0.5, "u")


def test_every_dock_has_a_thermal_drone(district):
    """Routes that need the thermal camera can be flown from any dock."""
    thermal = {d.dock_id for d in district.drones if district.aircraft_type(d.type_id).thermal}
    assert thermal == {dock.id for dock in district.docks}


def test_note_says_that_routes_are_representative(district):
    """Nobody mistakes the example for a survey."""
    assert "representative" in district.note
    assert "generator" in district.note


def test_without_routes_the_routes_file_is_not_needed(spoilt):
    """What makes routes can load the rest first."""
    (spoilt.directory / "routes.geojson").unlink()
    assert load(spoilt.directory, with_routes=False).routes == ()


def test_load_names_the_first_error_and_counts_the_others(spoilt):
    """A broken catalogue is never half loaded; the error says how to see all of them."""
    spoilt.replace("departments.toml", 'id = "police"', 'id = "Police!"')
    spoilt.replace("docks.toml", "capacity = 2", "capacity = 0")
    with pytest.raises(CatalogError) as caught:
        load(spoilt.directory)
    assert caught.value.source == "departments.toml"
    assert "and 1 more: oneflight catalog check" in str(caught.value)


def test_check_finds_faults_in_every_file_at_once(spoilt):
    """One run lists the faults of all files, not only the first."""
    for file in ("district.toml", "departments.toml", "categories.toml", "aircraft.toml", "docks.toml"):
        spoilt.write(file, "= broken")
    for file in ("outline.geojson", "sub_districts.geojson", "airspace.geojson", "routes.geojson"):
        spoilt.write(file, json.dumps([]))
    assert len({error.source for error in check(spoilt.directory)}) == 9


def test_missing_directory():
    """A directory that is not there is named."""
    (error,) = check(Path("/nowhere/at/all"))
    assert str(error) == "/nowhere/at/all: there is no such directory"


def test_operations_may_be_left_out(spoilt):
    """Without the file the plausible rules hold; a wrong key in it is named, and a day that ends before it begins refused."""
    (spoilt.directory / "operations.toml").unlink()
    assert load(spoilt.directory).operations == Operations()
    spoilt.write("operations.toml", 'pilots = 3\nday_begins = "20:00:00"\n')
    assert [error for error in spoilt.errors() if error.startswith("operations.toml: pilots")]
    spoilt.write("operations.toml", 'day_begins = "20:00:00"\n')
    assert any("day_ends lies before day_begins" in error for error in spoilt.errors())
