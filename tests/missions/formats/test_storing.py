"""Routes put into files and catalogues."""

import json
import shutil
from pathlib import Path

import pytest

from missions.catalog import SHIPPED, load
from missions.errors import CatalogError, Conflict, FormatError
from missions.formats.draft import RouteDefaults
from missions.formats.reading import read_routes
from missions.formats.storing import append_routes, write_routes

PLAN = SHIPPED / "plans" / "canal-bend.plan"
DEFAULTS = RouteDefaults(categories=("water_quality",))


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A copy of the shipped catalogue with its first five routes."""
    directory = tmp_path / "district"
    shutil.copytree(SHIPPED, directory)
    document = json.loads((directory / "routes.geojson").read_text(encoding="utf-8"))
    text = json.dumps(document | {"features": document["features"][:5]}, ensure_ascii=False)
    (directory / "routes.geojson").write_text(text, encoding="utf-8")
    return directory


def test_written_routes_are_read_back(tmp_path: Path) -> None:
    """What is written is the same routes again, and nothing else is left beside it."""
    routes = read_routes(PLAN, DEFAULTS)
    write_routes(routes, tmp_path / "out.geojson")
    assert read_routes(tmp_path / "out.geojson", RouteDefaults()) == routes
    assert [path.name for path in tmp_path.iterdir()] == ["out.geojson"]


def test_appended_routes_are_in_the_catalogue(catalogue: Path) -> None:
    """The catalogue then has them behind its own, which are unchanged, and keeps its note."""
    before, note = load(catalogue).routes, json.loads((catalogue / "routes.geojson").read_text(encoding="utf-8"))["note"]
    routes = read_routes(PLAN, DEFAULTS)
    append_routes(routes, catalogue)
    assert load(catalogue).routes == (*before, *routes)
    assert json.loads((catalogue / "routes.geojson").read_text(encoding="utf-8"))["note"] == note


def test_taken_id_changes_nothing(catalogue: Path) -> None:
    """The same import twice is refused, and the file stays as it was."""
    routes = read_routes(PLAN, DEFAULTS)
    append_routes(routes, catalogue)
    before = (catalogue / "routes.geojson").read_bytes()
    with pytest.raises(Conflict, match="canal-bend"):
        append_routes(routes, catalogue)
    assert (catalogue / "routes.geojson").read_bytes() == before


def test_route_outside_the_district_changes_nothing(catalogue: Path) -> None:
    """A route that the catalogue's checks refuse is not stored."""
    before = (catalogue / "routes.geojson").read_bytes()
    elsewhere = json.dumps({"type": "Point", "coordinates": [8.5, 47.4]}).encode()
    with pytest.raises(CatalogError, match="outside"):
        append_routes(read_routes(elsewhere, DEFAULTS, name="zurich.geojson"), catalogue)
    assert (catalogue / "routes.geojson").read_bytes() == before
    assert not list(catalogue.glob(".routes*"))


def test_place_that_cannot_be_written(tmp_path: Path) -> None:
    """A directory that does not exist is named."""
    with pytest.raises(FormatError, match="cannot be written"):
        write_routes(read_routes(PLAN, DEFAULTS), tmp_path / "none" / "out.geojson")
