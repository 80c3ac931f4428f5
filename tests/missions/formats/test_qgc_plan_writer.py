"""Flights written as QGroundControl plans."""

import json
from datetime import datetime

import pytest

from missions.aircraft import Camera
from missions.formats.draft import RouteDefaults
from missions.formats.qgc_plan import read_qgc_plan
from missions.formats.qgc_plan_writer import write_qgc_plan
from missions.geometry import GeoPoint
from missions.plan import Estimate, Leg, Plan, Waypoint
from missions.planning.mission_items import mission_items
from missions.route import WaypointList

HOME = GeoPoint(lat_deg=31.78, lon_deg=119.90)
POINTS = [HOME.moved(bearing, 300) for bearing in (0, 20, 40)]
PLAN = Plan(
    id="p",
    district_id="d",
    drone_id="d-1",
    aircraft_type_id="quad",
    dock_id="dock",
    home=HOME,
    home_altitude_m=5,
    legs=(
        Leg(
            route_id="r",
            route_name="R",
            categories=("sanitation",),
            waypoints=tuple(Waypoint(point=p, height_m=80, speed_mps=7) for p in POINTS),
        ),
    ),
    cruise_mps=10,
    transit_height_m=80,
    return_height_m=90,
    geofence=tuple(HOME.moved(bearing, 800) for bearing in (0, 120, 240)),
    camera=Camera(width_px=1280, height_px=720, hfov_deg=70),
    classes={},
    estimate=Estimate(distance_m=1, duration_s=1, energy_wh=1, battery_share=0.1),
    created_at=datetime.fromisoformat("2025-06-02T00:00:00Z"),
)


def test_written_items_are_the_missions() -> None:
    """Every mission item stands in the file with its command and seven parameters; NaN is null, places are degrees."""
    items = json.loads(write_qgc_plan(PLAN))["mission"]["items"]
    for written, item in zip(items, mission_items(PLAN), strict=True):
        assert written["command"] == item.command
        assert len(written["params"]) == 7
        if item.is_place:
            assert written["params"][4:] == pytest.approx([item.x / 1e7, item.y / 1e7, item.z])
            assert written["frame"] == 3
            assert written["params"][3] is None


def test_what_is_written_is_read(defaults: RouteDefaults) -> None:
    """A written flight reads back as a route through the same points, at the same height and speed, with the fence noted."""
    imported = read_qgc_plan("back.plan", write_qgc_plan(PLAN), defaults)
    (route,) = imported.routes
    assert isinstance(route.geometry, WaypointList)
    assert all(one.distance_m(two) < 0.02 for one, two in zip(route.geometry.points, POINTS, strict=True))
    assert route.height_m == 80
    assert "geofence" in imported.notes[0]
