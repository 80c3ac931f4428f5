"""Paths over made-up ground, against heights worked out by hand."""

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from math import dist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.aircraft import AircraftType
from missions.district import District
from missions.errors import InvalidInput
from missions.geometry import GeoPoint, LocalFrame
from missions.ground import Ground
from missions.plan import FLAT, Plan
from missions.planning.energy import PathPoint
from missions.planning.flight_plan import plan_routes
from missions.planning.limits import Infeasible, ReasonCode
from missions.planning.mission_items import mission_items
from missions.planning.terrain import SAMPLE_M, TOLERANCE_M, Terrain
from missions.route import Area, Corridor, Orbit, Route, WaypointList
from tests.missions.made_ground import MadeGround, hill, tilted

HOME = GeoPoint(lat_deg=31.78, lon_deg=119.90)
FRAME = LocalFrame(HOME)


def over(formula: Callable[..., np.ndarray], max_height_m: float = 120.0) -> Terrain:
    """Terrain by a formula of metres east and north of home."""
    return Terrain(MadeGround(HOME, formula), FRAME, max_height_m)


def ground_of(terrain: Terrain, points: list[tuple[float, float]]) -> np.ndarray:
    """Altitudes at places."""
    return terrain.altitudes_m(np.array(points, dtype=np.float64))


def test_a_tilted_plane_takes_no_more_points(aircraft: AircraftType) -> None:
    """The ground rises by 2 m in 100 m east: 80 m over it at 1000 m are 20 m more over take-off, in one straight line."""
    path = [PathPoint((0, 0), 80, 8), PathPoint((1000, 0), 80, 8), PathPoint((1000, 500), 80, 8)]
    followed = over(tilted(0.02, 0, 7)).follow(path, aircraft, take_off_m=7)
    assert [point.height_m for point in followed.points] == pytest.approx([80, 100, 100], abs=0.01)
    assert followed.origins == (0, 1, 2)
    assert followed.steep is None


def test_over_a_hill_points_are_put_in(aircraft: AircraftType) -> None:
    """A hill of 40 m in the middle: the way goes up and down with it, and nowhere departs by more than the tolerance."""
    path = [PathPoint((-600, 0), 60, 8), PathPoint((600, 0), 60, 8)]
    terrain = over(hill(0, 0, 40, 150))
    points = terrain.follow(path, aircraft, take_off_m=0).points
    assert max(point.height_m for point in points) == pytest.approx(100, abs=TOLERANCE_M)
    assert 3 < len(points) < 20


def test_the_greatest_height_is_kept_to_everywhere(aircraft: AircraftType) -> None:
    """120 m wanted over a valley: at most 120 m over any of its ground, though a straight line would be at 160 m."""
    path = [PathPoint((-600, 0), 120, 8), PathPoint((600, 0), 120, 8)]
    terrain = over(hill(0, 0, -40, 150))
    points = terrain.follow(path, aircraft, take_off_m=0).points
    for here, there in pairwise(points):
        places = np.linspace((*here.xy, here.height_m), (*there.xy, there.height_m), 50)
        over_m = places[:, 2] - terrain.altitudes_m(places[:, :2])
        assert 120 - 2 * TOLERANCE_M - 0.1 <= over_m.min() <= over_m.max() <= 120.05


def test_slopes_are_flown_as_slowly_as_the_aircraft_climbs(aircraft: AircraftType) -> None:
    """1 m up in 2 m: at 4 m/s of climb (0.8 x 5) that is 8 m/s over ground; down at 2.4 m/s (0.8 x 3) it is 4.8 m/s."""
    path = [PathPoint((0, 0), 60, 10), PathPoint((200, 0), 60, 10), PathPoint((0, 0), 60, 10)]
    followed = over(tilted(0.5, 0)).follow(path, aircraft, take_off_m=0)
    assert [point.speed_mps for point in followed.points[1:]] == pytest.approx([8, 4.8], abs=0.01)


def test_a_cliff_is_told(aircraft: AircraftType) -> None:
    """6 m up in 1 m would be climbed below 1 m/s over ground."""
    followed = over(lambda x, y: np.clip(6 * x, 0, 60)).follow(
        [PathPoint((-50, 0), 60, 8), PathPoint((100, 0), 60, 8)], aircraft, take_off_m=0
    )
    assert followed.steep is not None
    assert followed.steep[0] / followed.steep[1] > 4


@settings(max_examples=60)
@given(
    hills=st.lists(
        st.tuples(st.floats(-800, 800), st.floats(-800, 800), st.floats(-60, 60), st.floats(80, 400)), min_size=1, max_size=4
    ),
    path=st.lists(st.tuples(st.floats(-900, 900), st.floats(-900, 900), st.floats(40, 120)), min_size=2, max_size=5),
)
def test_height_over_ground_stays_within_tolerance(
    hills: list[tuple[float, float, float, float]], path: list[tuple[float, float, float]], aircraft: AircraftType
) -> None:
    """At every point looked at: within TOLERANCE_M of what is aimed at, never above the greatest height; given points stay."""
    terrain = over(lambda x, y: sum(hill(*one)(x, y) for one in hills))
    wanted = [PathPoint((x, y), h, 8) for x, y, h in path]
    followed = terrain.follow(wanted, aircraft, take_off_m=12.0)
    kept = np.array([followed.points[number].xy for number in followed.origins])
    assert kept == pytest.approx(np.array([point.xy for point in wanted]))
    for (a, b), (first, last) in zip(pairwise(wanted), pairwise(followed.origins), strict=True):
        way_m = dist(a.xy, b.xy)
        if way_m == 0:
            continue
        for here, there in pairwise(followed.points[first : last + 1]):
            places = np.linspace((*here.xy, here.height_m), (*there.xy, there.height_m), 2 + int(dist(here.xy, there.xy) / 10))
            over_m = places[:, 2] + 12.0 - terrain.altitudes_m(places[:, :2])
            share = np.hypot(*(places[:, :2] - a.xy).T) / way_m
            aim_m = np.minimum(a.height_m + (b.height_m - a.height_m) * share, 120 - TOLERANCE_M)
            assert np.abs(over_m - aim_m).max() <= TOLERANCE_M + BETWEEN_SAMPLES_M
            assert over_m.max() <= 120 + BETWEEN_SAMPLES_M


BETWEEN_SAMPLES_M = 60 * np.log(2) / 80**2 * (SAMPLE_M / 2) ** 2 * 4
"""How far four such hills can bend away between two samples: half the curvature (2 h ln 2 / w²) times the square of 5 m."""


def test_ups_and_downs() -> None:
    """Over a hill of 40 m and back down it is 40 m up and 40 m down; on a plane of 2 % only one of the two, 60 m in 3000 m."""
    west, east = np.array([[-1500.0, 0.0]]), np.array([[1500.0, 0.0]])
    ups, downs = over(hill(0, 0, 40, 150)).ups_and_downs_m(west, east)
    assert (ups[0], downs[0]) == pytest.approx((40, 40), abs=1)
    ups, downs = over(tilted(0.02, 0)).ups_and_downs_m(np.vstack([west, east]), np.vstack([east, west]))
    assert ups == pytest.approx([60, 0], abs=0.1)
    assert downs == pytest.approx([0, 60], abs=0.1)


@pytest.mark.parametrize("shape", ["area", "corridor", "orbit", "points"])
@pytest.mark.parametrize("ground", [tilted(0.02, -0.01, 9), hill(-300, 300, 50, 250)], ids=["plane", "hill"])
def test_a_whole_flight_follows_the_ground(
    shape: str,
    ground: Callable[..., np.ndarray],
    make_route: Callable[..., Route],
    make_district: Callable[..., District],
    make_square: Callable[..., tuple[GeoPoint, ...]],
    at: datetime,
) -> None:
    """Every place item of the mission is at its height over the ground below it: legs at 80 m, corners at 80 m, all within
    120 m; heights count from the dock's ground, and the estimate names what was followed.
    """
    geometry = {
        "area": Area(outline=make_square(-300, 300, 150)),
        "corridor": Corridor(line=tuple(FRAME.to_geo_many([(-700, 500), (100, 400)])), width_m=150),
        "orbit": Orbit(center=FRAME.to_geo(-300, 300), radius_m=80),
        "points": WaypointList(points=tuple(FRAME.to_geo_many([(-600, -200), (-200, 700)]))),
    }[shape]
    terrain = over(ground)
    answer = plan_routes(make_district(), "d-1", [make_route(geometry)], at=at, ground=terrain.ground)
    assert isinstance(answer, Plan), str(answer)
    assert answer.estimate.terrain == "made up"
    home_m = ground_of(terrain, [(0, 0)])[0]
    assert answer.home_altitude_m == pytest.approx(home_m)
    items = [item for item in mission_items(answer) if item.is_place]
    places = FRAME.to_xy_many(GeoPoint(lat_deg=item.x / 1e7, lon_deg=item.y / 1e7) for item in items)
    over_m = np.array([item.z for item in items]) + home_m - terrain.altitudes_m(places)
    assert over_m == pytest.approx(80, abs=TOLERANCE_M + 0.1)
    assert dist(places[-1], (0, 0)) < 0.1
    assert answer.return_height_m <= answer.max_height_m


def test_without_ground_it_is_flat_and_says_so(
    make_route: Callable[..., Route], make_district: Callable[..., District], at: datetime
) -> None:
    """Heights are the route's own, over the take-off point."""
    route = make_route(WaypointList(points=tuple(FRAME.to_geo_many([(0, 200), (0, 600)]))))
    plan = plan_routes(make_district(), "d-1", [route], at=at)
    assert isinstance(plan, Plan)
    assert plan.estimate.terrain == FLAT
    assert {waypoint.height_m for waypoint in plan.legs[0].waypoints} == {80}


def test_a_steep_flight_is_refused_with_its_place(
    make_route: Callable[..., Route], make_district: Callable[..., District], at: datetime
) -> None:
    """A cliff of 300 m across the way."""
    route = make_route(WaypointList(points=tuple(FRAME.to_geo_many([(0, 200), (0, 600)]))))
    cliff: Ground = MadeGround(HOME, lambda x, y: np.clip(6 * (y - 400), 0, 300))
    answer = plan_routes(make_district(), "d-1", [route], at=at, ground=cliff)
    assert isinstance(answer, Infeasible)
    assert [reason.code for reason in answer.reasons] == [ReasonCode.TOO_STEEP]
    assert "at 31.78" in str(answer)


def test_ground_with_a_gap_is_refused_with_a_place(make_district: Callable[..., District], at: datetime) -> None:
    """In the permitted area nothing may be unknown."""
    gap: Ground = MadeGround(HOME, lambda x, y: np.where(np.hypot(x - 1000, y) < 150, np.nan, 5.0))
    with pytest.raises(InvalidInput, match=r"knows no ground at 31.7\d+, 119.9\d+, in the permitted area of 'small'"):
        plan_routes(make_district(), "d-1", [], at=at, ground=gap)
