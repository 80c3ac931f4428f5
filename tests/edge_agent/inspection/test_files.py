import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.inspection.geojson import findings_geojson, not_seen_geojson, outline_m
from edge_agent.inspection.inspection import conclude, look_at_all
from edge_agent.inspection.result import Result
from edge_agent.inspection.state import State
from edge_agent.inspection.stopping import Stopping
from edge_agent.inspection.table import COLUMNS, findings_csv, left_out_csv
from missions.geometry import ErrorEllipse
from tests.edge_agent.inspection.made_flight import MadeFlight, MadeThing, job_of


@pytest.fixture
def result(tmp_path: Path) -> Result:
    """One finding, and a dark photo apart."""
    folder = tmp_path / "photos"
    folder.mkdir()
    flight = MadeFlight(folder, [(0.0, 0.0), (20.0, 0.0), (400.0, 0.0)], [MadeThing("garbage_pile", 10, 5)], dark={2})
    bench, state = flight.bench(), State(tmp_path / "out")
    job = job_of(bench)
    state.begin(job)
    look_at_all(bench, state, Stopping(), lambda shot: None)
    done, _ = conclude(bench, job, state)
    state.close()
    return done


def read(text: str) -> list[dict[str, Any]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_a_finding_is_a_point_and_its_ellipse(result: Result) -> None:
    """GeoJSON has the point, longitude first, with what is known, and the ellipse round it, counter-clockwise."""
    point, ellipse = json.loads(findings_geojson(result))["features"]
    lon, lat = point["geometry"]["coordinates"]
    assert (lat, lon) == (pytest.approx(31.78, abs=0.001), pytest.approx(119.90, abs=0.001))
    assert point["properties"]["class_zh"] == "垃圾堆"
    assert point["properties"]["evidence"] == "evidence/001-garbage_pile.jpg"
    assert ellipse["properties"]["ellipse_95_of"] == point["id"]
    outline = shapely.geometry.shape(ellipse["geometry"])
    assert outline.contains(shapely.Point(lon, lat))
    assert outline.exterior.is_ccw


def test_ground_not_seen_is_a_polygon_with_its_size(result: Result) -> None:
    """The dark photo's 80 x 60 m, about 400 m east of home."""
    (part,) = json.loads(not_seen_geojson(result))["features"]
    assert part["properties"]["area_m2"] == pytest.approx(4800, rel=1e-3)
    outline = shapely.geometry.shape(part["geometry"])
    assert outline.exterior.is_ccw
    assert outline.centroid.x == pytest.approx(119.90 + 400 / (111_320 * np.cos(np.radians(31.78))), abs=2e-5)


def test_the_table_says_the_same(result: Result) -> None:
    """Each column of the table is a property of the point."""
    (row,) = read(findings_csv(result))
    properties = json.loads(findings_geojson(result))["features"][0]["properties"]
    assert tuple(row) == COLUMNS
    assert (float(row["lat"]), row["class"], row["needs_review"]) == (properties["lat"], "garbage_pile", "False")


def test_what_was_left_out_is_a_table(result: Result) -> None:
    """The dark photo has a row with its reason."""
    assert read(left_out_csv(result)) == [{"name": "0002.jpg", "pictures": "1", "what": "not seen", "why": "dark"}]


def test_an_ellipse_that_lies_east_to_west_is_drawn_so() -> None:
    """Half-axes 6 m at 90 degrees (east) and 2 m: 6 m wide to each side, 2 m high."""
    outline = outline_m(ErrorEllipse(semi_major_m=6, semi_minor_m=2, orientation_deg=90))
    assert np.abs(outline).max(axis=0) == pytest.approx([6, 2])


@given(st.floats(0.1, 50), st.floats(0, 1), st.floats(0, 180))
def test_an_outline_lies_on_its_ellipse(major_m: float, flatness: float, orientation_deg: float) -> None:
    """Every corner is at Mahalanobis distance of the 95 % quantile: on the ellipse itself, whatever its shape."""
    ellipse = ErrorEllipse(
        semi_major_m=major_m, semi_minor_m=major_m * (0.05 + 0.95 * flatness), orientation_deg=orientation_deg
    )
    outline = outline_m(ellipse)
    squares = np.einsum("ni,ij,nj->n", outline, np.linalg.inv(ellipse.covariance()), outline)
    assert squares == pytest.approx(np.full(len(outline), 5.991464547), rel=1e-6)
