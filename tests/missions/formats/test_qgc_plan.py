"""QGroundControl plans."""

import json
from collections.abc import Callable

import pytest

from missions.errors import FormatError
from missions.formats.draft import RouteDefaults
from missions.formats.qgc_plan import read_qgc_plan
from missions.route import Area, Corridor, Orbit, WaypointList

MakePlan = Callable[..., bytes]
MakeItem = Callable[..., dict[str, object]]
SQUARE = [[31.780, 119.900], [31.780, 119.902], [31.782, 119.902], [31.782, 119.900]]
CAMERA = {
    "version": 2,
    "DistanceToSurface": 60,
    "DistanceToSurfaceRelative": True,
    "FrontalOverlap": 80,
    "SideOverlap": 40,
}


def complex_item(kind: str, **keys: object) -> dict[str, object]:
    """A complex item."""
    return {"type": "ComplexItem", "complexItemType": kind} | keys


def test_waypoints(defaults: RouteDefaults, make_plan: MakePlan, make_item: MakeItem, make_waypoint: MakeItem) -> None:
    """Take-off, speed, gimbal, waypoints and return: one waypoint list with the plan's height, speed and camera pitch."""
    plan = make_plan(
        make_item(22, 0, 0, 0, None, 31.78, 119.90, 70),
        make_item(178, 1, 9, -1, frame=2),
        make_item(205, -60, frame=2),
        make_waypoint(31.781, 119.901, 70),
        make_item(206, 20, 0, 1, frame=2),
        make_waypoint(31.782, 119.901, 70),
        make_item(206, 0, frame=2),
        make_item(20, frame=2),
    )
    imported = read_qgc_plan("river.plan", plan, defaults)
    (route,) = imported.routes
    assert imported.notes == ()
    assert route.id == "river"
    assert isinstance(route.geometry, WaypointList)
    assert [(p.lat_deg, p.lon_deg) for p in route.geometry.points] == [(31.781, 119.901), (31.782, 119.901)]
    assert (route.height_m, route.speed_mps, route.camera.pitch_deg) == (70, 9, -60)
    assert route.camera.front_overlap == defaults.camera.front_overlap
    assert route.categories == ("sanitation",)


def test_speed_is_the_plans_hover_speed(defaults: RouteDefaults, make_plan: MakePlan, make_waypoint: MakeItem) -> None:
    """Without a speed command the plan's hover speed holds; without that the default."""
    assert read_qgc_plan("a.plan", make_plan(make_waypoint(31, 119, 50)), defaults).routes[0].speed_mps == 5
    plan = make_plan(make_waypoint(31, 119, 50), hoverSpeed=None)
    assert read_qgc_plan("a.plan", plan, defaults).routes[0].speed_mps == 6


def test_different_heights_become_the_highest(defaults: RouteDefaults, make_plan: MakePlan, make_waypoint: MakeItem) -> None:
    """A route has one height: the highest, and a note says so."""
    imported = read_qgc_plan("a.plan", make_plan(make_waypoint(31, 119, 50), make_waypoint(31, 119.001, 80)), defaults)
    assert imported.routes[0].height_m == 80
    assert "from 50 to 80 m" in imported.notes[0]


def test_heights_over_sea_level_count_from_home(defaults: RouteDefaults, make_plan: MakePlan, make_waypoint: MakeItem) -> None:
    """92 m over sea level, with the home at 12 m, are 80 m over the take-off point; without a home it is an error."""
    high = make_waypoint(31, 119, 92, frame=0)
    assert read_qgc_plan("a.plan", make_plan(high), defaults).routes[0].height_m == 80
    with pytest.raises(FormatError, match=r"mission\.items\[0\].*plannedHomePosition"):
        read_qgc_plan("a.plan", make_plan(high, plannedHomePosition=None), defaults)


@pytest.mark.parametrize("version", [3, 4, 5])
def test_survey(version: int, defaults: RouteDefaults, make_plan: MakePlan) -> None:
    """A survey is an area with its camera's distance and overlaps."""
    survey = complex_item("survey", version=version, polygon=SQUARE, TransectStyleComplexItem={"CameraCalc": CAMERA})
    (route,) = read_qgc_plan("s.plan", make_plan(survey), defaults).routes
    assert isinstance(route.geometry, Area)
    assert len(route.geometry.outline) == 4
    assert (route.height_m, route.camera.front_overlap, route.camera.side_overlap) == (60, 0.8, 0.4)


def test_survey_of_version_2(defaults: RouteDefaults, make_plan: MakePlan) -> None:
    """The older survey has its height in a grid."""
    survey = complex_item("survey", version=2, polygon=SQUARE, grid={"altitude": 55, "relativeAltitude": True})
    assert read_qgc_plan("s.plan", make_plan(survey), defaults).routes[0].height_m == 55


def test_survey_without_polygon_gives_its_commands(
    defaults: RouteDefaults, make_plan: MakePlan, make_waypoint: MakeItem
) -> None:
    """Where only the expanded commands are there, they are the waypoints."""
    items = [make_waypoint(31, 119, 60), make_waypoint(31, 119.01, 60)]
    survey = complex_item("survey", version=5, TransectStyleComplexItem={"CameraCalc": CAMERA, "Items": items})
    assert isinstance(read_qgc_plan("s.plan", make_plan(survey), defaults).routes[0].geometry, WaypointList)


def test_corridor_scan(defaults: RouteDefaults, make_plan: MakePlan) -> None:
    """A corridor scan is a corridor."""
    scan = complex_item(
        "CorridorScan", version=2, CorridorWidth=45, polyline=SQUARE[:3], TransectStyleComplexItem={"CameraCalc": CAMERA}
    )
    (route,) = read_qgc_plan("c.plan", make_plan(scan), defaults).routes
    assert isinstance(route.geometry, Corridor)
    assert (route.geometry.width_m, len(route.geometry.line), route.height_m) == (45, 3, 60)


def test_structure_scan(defaults: RouteDefaults, make_plan: MakePlan) -> None:
    """A structure scan is an orbit round the middle that clears the furthest corner by the scan's distance, and is noted."""
    scan = complex_item("StructureScan", version=3, polygon=SQUARE, CameraCalc=CAMERA, EntranceAltitude=40)
    imported = read_qgc_plan("t.plan", make_plan(scan), defaults)
    (route,) = imported.routes
    assert isinstance(route.geometry, Orbit)
    assert (route.geometry.center.lat_deg, route.geometry.center.lon_deg) == pytest.approx((31.781, 119.901))
    half_diagonal_m = route.geometry.center.distance_m(type(route.geometry.center)(lat_deg=31.78, lon_deg=119.9))
    assert route.geometry.radius_m == pytest.approx(half_diagonal_m + 60, abs=0.1)
    assert route.height_m == 40
    assert len(imported.notes) == 1


def test_several_items_are_several_routes(defaults: RouteDefaults, make_plan: MakePlan, make_waypoint: MakeItem) -> None:
    """Waypoints, a survey, waypoints: three routes in their order; what cannot be flown is noted, so is the fence."""
    survey = complex_item("survey", version=5, polygon=SQUARE, TransectStyleComplexItem={"CameraCalc": CAMERA})
    plan = json.loads(
        make_plan(make_waypoint(31, 119, 50), survey, complex_item("fwLandingPattern"), make_waypoint(31, 120, 50))
    )
    plan["geoFence"]["polygons"] = [{"inclusion": True}]
    imported = read_qgc_plan("many.plan", json.dumps(plan).encode(), defaults)
    assert [route.geometry.kind for route in imported.routes] == ["waypoints", "area", "waypoints"]
    assert [route.id for route in imported.routes] == ["many-1", "many-2", "many-3"]
    assert len(imported.notes) == 2
    assert "fwLandingPattern" in imported.notes[0]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"mission": {"version": 7}}, "mission.version: is 7"),
        ({"version": 2}, "version: is 2"),
        ({"fileType": "Mission"}, "fileType"),
        ({"mission": {"items": [{"type": "SimpleItem", "command": 16, "params": [0, 0]}]}}, "mission.items[0].params"),
        ({"mission": {"items": [{"type": "Odd"}]}}, "mission.items[0].type"),
        ({"mission": {"items": "none"}}, "mission.items"),
        ({"mission": {"items": []}}, "nothing in it"),
        ({"mission": {"items": [{"type": "ComplexItem", "complexItemType": "survey", "version": 9}]}}, "items[0].version"),
    ],
)
def test_errors_name_their_place(change: dict[str, object], where: str, defaults: RouteDefaults, make_plan: MakePlan) -> None:
    """Whatever is wrong, the error names the file and the key."""
    document = json.loads(make_plan())
    mission = change.get("mission")
    document |= change | ({"mission": document["mission"] | mission} if isinstance(mission, dict) else {})
    with pytest.raises(FormatError) as caught:
        read_qgc_plan("bad.plan", json.dumps(document).encode(), defaults)
    assert caught.value.source == "bad.plan"
    assert where in str(caught.value)


def test_waypoint_off_the_earth(defaults: RouteDefaults, make_plan: MakePlan, make_waypoint: MakeItem) -> None:
    """A latitude of 131° is refused with item and key; so is a waypoint without a height."""
    with pytest.raises(FormatError, match=r"far\.plan: mission\.items\[0\]: .*lat_deg"):
        read_qgc_plan("far.plan", make_plan(make_waypoint(131, 119, 50)), defaults)
    with pytest.raises(FormatError, match=r"mission\.items\[0\]\.params\[6\]"):
        read_qgc_plan("low.plan", make_plan(make_waypoint(31, 119, None)), defaults)
