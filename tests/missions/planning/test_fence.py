"""The fence of a flight."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon, box

from missions.airspace import Airspace, NoFlyZone
from missions.geometry import GeoPoint, LocalFrame
from missions.planning.fence import MAX_FENCE_VERTICES, PATH_MARGIN_M, fence_around
from missions.planning.way import FreeSpace

FRAME = LocalFrame(GeoPoint(lat_deg=31.78, lon_deg=119.90))
PERMITTED = box(-1000, -1000, 1000, 1000)
ZONE = box(200, 200, 400, 400)


def free_space() -> FreeSpace:
    """A square with one zone."""
    permitted, zone = (tuple(FRAME.to_geo_many(list(shape.exterior.coords[:-1]))) for shape in (PERMITTED, ZONE))
    return FreeSpace(Airspace(permitted=permitted, no_fly_zones=(NoFlyZone(id="z", name="Z", outline=zone),)), FRAME)


SPACE = free_space()


@settings(max_examples=30, deadline=None)
@example(points=[(0.0, 1.0), (0.0, 0.0), (1.0, 0.0), (0.0, 5.8e-192)])
@given(points=st.lists(st.tuples(st.floats(-960, 960), st.floats(-960, 960)), min_size=1, max_size=12))
def test_fence_holds_the_path_and_leaves_the_zone_out(points: list[tuple[float, float]]) -> None:
    """Where there is a fence it is one simple polygon with few corners, in the permitted area, round the path with a margin."""
    path = [(0.0, 0.0)]
    for point in [*points, (0.0, 0.0)]:
        way = None if SPACE.forbidden_zones((point,)) else SPACE.way(path[-1], point)
        path += way[1:] if way else ()
    corners = fence_around(path, SPACE)
    if corners is None:
        return
    fence = Polygon(corners)
    assert fence.is_valid
    assert not fence.interiors
    assert 3 <= len(corners) <= MAX_FENCE_VERTICES
    assert fence.contains(LineString(path))
    assert PERMITTED.buffer(0.1).contains(fence)
    assert fence.intersection(ZONE).area < 1e-3
    assert LineString(path).distance(fence.exterior) >= PATH_MARGIN_M - 0.1


def test_plain_flight_has_a_plain_fence() -> None:
    """Out and back along one line: the fence is its rounded surroundings."""
    corners = fence_around([(0, 0), (-500, 0), (0, 0)], SPACE)
    assert corners is not None
    assert Polygon(corners).area == pytest.approx(500 * 120 + 3.0 * 60**2, rel=0.1)


def test_loop_round_a_zone_has_none() -> None:
    """No single inclusion polygon can hold a ring and leave its middle out."""
    assert fence_around([(0, 0), (0, 600), (600, 600), (600, 0), (0, 0)], SPACE) is None


def test_beside_a_zone_the_fence_gives_way() -> None:
    """A path 15 m beside the zone still gets its fence, cut off where the zone begins."""
    corners = fence_around([(0, 0), (185, 200), (185, 400), (0, 0)], SPACE)
    assert corners is not None
    assert Polygon(corners).intersection(ZONE).area == 0
