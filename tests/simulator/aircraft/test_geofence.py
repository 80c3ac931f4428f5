"""The fence."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from missions.geometry import LocalFrame
from simulator.aircraft.geofence import Geofence
from simulator.aircraft.mission_item import Cmd, Item
from simulator.aircraft.parameters import Parameters
from simulator.aircraft.vector import Vector


def test_inside_and_outside_a_square(items):
    """A square with corners 100 m away reaches 70.7 m north: 70 m is inside, 72 m is not."""
    fence = Geofence(items.fence(100.0), LocalFrame(items.home))
    assert fence.allows(Vector(0, 70))
    assert not fence.allows(Vector(0, 72))


@given(st.floats(-300, 300), st.floats(-300, 300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_exclusion_is_the_opposite_of_an_inclusion(items, east, north):
    """Away from the edge, each place is allowed by exactly one of the two."""
    assume(all(abs(abs(axis) - 70.71) > 0.5 for axis in (east, north)))
    frame = LocalFrame(items.home)
    inside = Geofence(items.fence(100.0), frame).allows(Vector(east, north))
    assert inside is not Geofence(items.fence(100.0, Cmd.FENCE_EXCLUSION), frame).allows(Vector(east, north))


def test_several_inclusions_must_all_hold(items):
    """PX4 takes them together: with a square of 100 m and one of 50 m, only the smaller one counts."""
    fence = Geofence([*items.fence(100.0), *items.fence(50.0)], LocalFrame(items.home))
    assert fence.allows(Vector(0, 30))
    assert not fence.allows(Vector(0, 60))


def test_a_circle(items):
    """Radius 50 m round home."""
    circle = Item(
        0, 0, Cmd.CIRCLE_INCLUSION, (50.0, 0, 0, 0), round(items.home.lat_deg * 1e7), round(items.home.lon_deg * 1e7), 0
    )
    fence = Geofence([circle], LocalFrame(items.home))
    assert fence.allows(Vector(49, 0))
    assert not fence.allows(Vector(51, 0))


def test_a_polygon_with_vertices_missing_is_a_problem(items):
    """Three of the four announced: the fence says which vertex is wrong."""
    assert "4 vertices" in Geofence(items.fence(100.0)[:3], LocalFrame(items.home)).problem


def test_the_greatest_distances_from_home(items):
    """GF_MAX_VER_DIST and GF_MAX_HOR_DIST, 0 meaning none."""
    fence, home = Geofence((), LocalFrame(items.home)), Vector()
    limited = Parameters({"GF_MAX_VER_DIST": 120.0, "GF_MAX_HOR_DIST": 500.0})
    assert not fence.breach(Vector(0, 499, 119), home, limited)
    assert "altitude" in fence.breach(Vector(0, 0, 121), home, limited)
    assert "distance" in fence.breach(Vector(501, 0, 50), home, limited)
    assert not fence.breach(Vector(9999, 0, 500), home, Parameters())
