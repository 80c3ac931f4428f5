"""`oneflight routes import`."""

import json
import shutil
from pathlib import Path

from typer.testing import CliRunner

from missions.catalog import SHIPPED, load
from missions.cli import routes
from missions.errors import CatalogError, NotFound

PLAN = str(SHIPPED / "plans" / "canal-bend.plan")
RUNNER = CliRunner()


def test_shows_what_it_read() -> None:
    """Without a place to put them the routes are shown, with their category's defaults."""
    result = RUNNER.invoke(routes, ["import", PLAN, "--category", "water_quality", "--category", "river_bank", "--json"])
    assert result.exit_code == 0
    (route,) = json.loads(result.stdout)
    assert route["categories"] == ["water_quality", "river_bank"]
    assert route["height_m"] == 80
    assert route["geometry"]["kind"] == "waypoints"


def test_writes_and_appends(tmp_path: Path) -> None:
    """--out writes a file, --append-to adds to a catalogue under the given id."""
    directory = tmp_path / "district"
    shutil.copytree(SHIPPED, directory)
    before = len(load(directory).routes)
    arguments = ["import", PLAN, "--category", "water_quality", "--id-prefix", "bend", "--out", str(tmp_path / "o.geojson")]
    result = RUNNER.invoke(routes, [*arguments, "--append-to", str(directory)])
    assert result.exit_code == 0
    assert len(json.loads((tmp_path / "o.geojson").read_text(encoding="utf-8"))["features"]) == 1
    assert [route.id for route in load(directory).routes][before:] == ["bend"]


def test_a_file_alone_can_be_looked_at() -> None:
    """Other programs' files know no categories: the routes are shown without, and say what is missing."""
    result = RUNNER.invoke(routes, ["import", PLAN])
    assert result.exit_code == 0
    assert "--category" in result.stdout
    (route,) = json.loads(RUNNER.invoke(routes, ["import", PLAN, "--json"]).stdout)
    assert route["categories"] == []


def test_a_route_without_category_enters_no_catalogue(tmp_path: Path) -> None:
    """What serves nobody is refused by the catalogue's own check, and nothing changes."""
    directory = tmp_path / "district"
    shutil.copytree(SHIPPED, directory)
    before = (directory / "routes.geojson").read_bytes()
    result = RUNNER.invoke(routes, ["import", PLAN, "--append-to", str(directory)])
    assert isinstance(result.exception, CatalogError)
    assert "serves no category" in str(result.exception)
    assert (directory / "routes.geojson").read_bytes() == before


def test_unknown_category_is_refused() -> None:
    """The front door shows it as one line with exit code 2."""
    assert isinstance(RUNNER.invoke(routes, ["import", PLAN, "--category", "nothing"]).exception, NotFound)


def test_categories_of_the_file_are_checked_too(tmp_path: Path) -> None:
    """A category that only the file names must exist as well."""
    point = {"type": "Point", "coordinates": [119.9, 31.78]}
    feature = {"type": "Feature", "properties": {"categories": ["gossip"]}, "geometry": point}
    (tmp_path / "a.geojson").write_text(json.dumps(feature), encoding="utf-8")
    result = RUNNER.invoke(routes, ["import", str(tmp_path / "a.geojson")])
    assert isinstance(result.exception, NotFound)
    assert "gossip" in str(result.exception)
