"""From geometry to lines."""

from collections.abc import Callable
from math import dist

import pytest
from shapely import LineString, unary_union

from missions.aircraft import AircraftType
from missions.geometry import GeoPoint, LocalFrame
from missions.planning.coverage import MIN_RING_POINTS, cover, heading_deg
from missions.planning.footprint import ground_footprint
from missions.route import Area, Corridor, Orbit, Route, WaypointList

MakeRoute = Callable[..., Route]


def test_corridor_is_seen_over_its_whole_width(frame: LocalFrame, aircraft: AircraftType, make_route: MakeRoute) -> None:
    """A bent corridor of 200 m takes several strips, and they show all of it."""
    bends = [(0.0, 0.0), (400.0, 60.0), (700.0, -100.0), (900.0, 250.0)]
    route = make_route(Corridor(line=tuple(frame.to_geo_many(bends)), width_m=200))
    coverage = cover(route, aircraft.camera, frame)
    across_m = ground_footprint(aircraft.camera, route.height_m).across_m
    seen = unary_union([LineString(line).buffer(across_m / 2) for line in coverage.lines])
    corridor = LineString(bends).buffer(100, cap_style="flat")
    assert len(coverage.lines) == 3  # 200 m, seen 112 m wide and 78.4 m apart: ceil(88 / 78.4) + 1
    assert corridor.difference(seen).area < 0.001 * corridor.area


def test_narrow_corridor_is_its_line(frame: LocalFrame, aircraft: AircraftType, make_route: MakeRoute) -> None:
    """A corridor narrower than the footprint is flown once, along its line."""
    line = [(0.0, 0.0), (500.0, 0.0)]
    coverage = cover(make_route(Corridor(line=tuple(frame.to_geo_many(line)), width_m=60)), aircraft.camera, frame)
    assert [tuple(round(v, 3) for v in point) for point in coverage.lines[0]] == line
    assert len(coverage.lines) == 1


@pytest.mark.parametrize("radius_m", [10, 60, 300])
def test_orbit_looks_at_its_centre(radius_m: float, frame: LocalFrame, aircraft: AircraftType, make_route: MakeRoute) -> None:
    """An orbit is a closed ring at its radius, and the camera's axis meets the ground at the centre."""
    route = make_route(Orbit(center=frame.to_geo(0, 500), radius_m=radius_m), height_m=radius_m)
    coverage = cover(route, aircraft.camera, frame)
    points = coverage.lines[0]
    assert len(points) > MIN_RING_POINTS
    assert points[0] == points[-1]
    assert all(dist(point, (0, 500)) == pytest.approx(radius_m, abs=0.01) for point in points)
    assert coverage.camera_pitch_deg == pytest.approx(-45)
    assert coverage.faces == pytest.approx((0, 500), abs=0.01)


def test_waypoints_are_flown_as_they_are(frame: LocalFrame, aircraft: AircraftType, make_route: MakeRoute) -> None:
    """A waypoint list keeps its points and their order."""
    points = [(0.0, 100.0), (50.0, 0.0), (-50.0, 30.0)]
    coverage = cover(make_route(WaypointList(points=tuple(frame.to_geo_many(points)))), aircraft.camera, frame)
    assert [tuple(round(v, 3) for v in point) for point in coverage.lines[0]] == points


def test_area_without_inside_is_an_error(frame: LocalFrame, aircraft: AircraftType, make_route: MakeRoute) -> None:
    """Three points on one line enclose nothing."""
    flat = Area(outline=tuple(frame.to_geo_many([(0, 0), (100, 0), (200, 0)])))
    with pytest.raises(ValueError, match="no inside"):
        cover(make_route(flat), aircraft.camera, frame)


def test_corridor_without_length_is_an_error(frame: LocalFrame, aircraft: AircraftType, make_route: MakeRoute) -> None:
    """A line of two equal points leads nowhere."""
    here: GeoPoint = frame.to_geo(10, 10)
    with pytest.raises(ValueError, match="no length"):
        cover(make_route(Corridor(line=(here, here), width_m=300)), aircraft.camera, frame)


def test_headings_are_clockwise_from_north() -> None:
    """East is 90, south 180, west 270."""
    assert [heading_deg((0, 0), there) for there in ((0, 1), (1, 0), (0, -1), (-1, 0))] == [0, 90, 180, 270]
