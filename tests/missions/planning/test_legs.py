"""Order of routes within a flight, and their legs."""

from collections.abc import Callable

from missions.aircraft import AircraftType
from missions.district import District
from missions.geometry import LocalFrame
from missions.planning.coverage import cover
from missions.planning.legs import PlacedLeg, find_ways, leg_along, order_legs
from missions.planning.way import FreeSpace
from missions.route import Corridor, Orbit, Route, WaypointList


def test_nearest_first_and_entered_at_the_near_end(
    frame: LocalFrame, aircraft: AircraftType, make_route: Callable[..., Route]
) -> None:
    """Two lines one behind the other, each drawn from its far end: flown near to far, so that both are turned round."""
    far = make_route(WaypointList(points=tuple(frame.to_geo_many([(300, 900), (0, 600)]))), "far")
    near = make_route(WaypointList(points=tuple(frame.to_geo_many([(0, 400), (0, 200)]))), "near")
    ordered = order_legs([(route, cover(route, aircraft.camera, frame)) for route in (far, near)])
    assert [route.id for route, _ in ordered] == ["near", "far"]
    assert [round(line[0][1]) for _, coverage in ordered for line in coverage.lines] == [200, 600]


def test_last_leg_counts_its_way_home(frame: LocalFrame, aircraft: AircraftType, make_route: Callable[..., Route]) -> None:
    """A single line beside home, with one end a little nearer, is entered where way out and way home together are least."""
    line = make_route(Corridor(line=tuple(frame.to_geo_many([(100, 0), (100, 800)])), width_m=10))
    (_, coverage), *_ = order_legs([(line, cover(line, aircraft.camera, frame))])
    assert round(coverage.lines[0][0][1]) in (0, 800)


def test_orbit_legs_face_the_centre(
    frame: LocalFrame, aircraft: AircraftType, make_route: Callable[..., Route], make_district: Callable[..., District]
) -> None:
    """On an orbit the nose points at the centre: opposite to where the point lies from it."""
    route = make_route(Orbit(center=frame.to_geo(0, 500), radius_m=50))
    space = FreeSpace(make_district().airspace, frame)
    [(_, coverage)] = order_legs([(route, cover(route, aircraft.camera, frame))])
    placed = leg_along(route, coverage, space)
    assert isinstance(placed, PlacedLeg)
    for waypoint in placed.leg.waypoints:
        assert waypoint.heading_deg is not None
        outward_deg = frame.to_geo(0, 500).bearing_deg(waypoint.point)
        assert abs((waypoint.heading_deg - outward_deg) % 360 - 180) < 0.1


def test_approaches_are_corners_only(
    frame: LocalFrame, aircraft: AircraftType, make_route: Callable[..., Route], make_district: Callable[..., District]
) -> None:
    """A leg in sight of home has no approach; one behind the no-fly zone has the zone's corners, and so has the way home."""
    space = FreeSpace(make_district().airspace, frame)
    legs = []
    for id, points in (("north", [(0, 500), (50, 500)]), ("east", [(1000, 0), (1000, 20)])):
        route = make_route(WaypointList(points=tuple(frame.to_geo_many(points))), id)
        placed = leg_along(route, cover(route, aircraft.camera, frame), space)
        assert isinstance(placed, PlacedLeg)
        legs.append(placed)
    journey = find_ways(legs, space)
    assert hasattr(journey, "legs")
    assert [len(leg.approach) for leg in journey.legs] == [0, 1]
    assert len(journey.way_home) == 2
