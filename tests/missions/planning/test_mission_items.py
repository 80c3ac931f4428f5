"""A plan as MAVLink items."""

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from math import isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon

from missions.aircraft import Camera
from missions.district import District
from missions.geometry import GeoPoint, LocalFrame
from missions.plan import Corner, Estimate, Landing, Leg, Plan, Waypoint
from missions.planning.flight_plan import plan_routes
from missions.planning.mission_items import (
    Command,
    MissionItem,
    autopilot_parameters,
    fence_items,
    last_item_of_legs,
    leg_by_item,
    leg_of_item,
    mission_items,
)
from missions.route import Area, Orbit, Route, WaypointList

HOME = GeoPoint(lat_deg=31.78, lon_deg=119.90)
FRAME = LocalFrame(HOME)
AT = datetime.fromisoformat("2025-06-02T00:00:00Z")

places = st.tuples(st.floats(-900, 900), st.floats(-900, 900)).map(lambda xy: FRAME.to_geo(*xy))
waypoints = st.builds(
    Waypoint,
    point=places,
    height_m=st.sampled_from([50.0, 80.0, 100.0]),
    speed_mps=st.sampled_from([5.0, 8.0, 10.0]),
    heading_deg=st.none() | st.floats(0, 359),
    hold_s=st.sampled_from([0.0, 3.0]),
)
corners = places.map(Corner.at)
legs = st.builds(
    Leg,
    route_id=st.just("r"),
    route_name=st.just("R"),
    categories=st.just(("sanitation",)),
    waypoints=st.lists(waypoints, min_size=1, max_size=5).map(tuple),
    camera_pitch_deg=st.floats(-90, 0),
    trigger_distance_m=st.floats(2, 60),
    approach=st.lists(corners, max_size=2).map(tuple),
)


def plan_of(flown: list[Leg], way_home: tuple[Corner, ...] = (), landing: Landing | None = None) -> Plan:
    """A plan round given legs."""
    return Plan(
        id="p",
        district_id="d",
        drone_id="d-1",
        aircraft_type_id="quad",
        dock_id="dock",
        home=HOME,
        legs=tuple(flown),
        cruise_mps=10,
        transit_height_m=100,
        return_height_m=110,
        way_home=way_home,
        landing=landing,
        geofence=tuple(FRAME.to_geo_many([(-1000, -1000), (1000, -1000), (1000, 1000), (-1000, 1000)])),
        camera=Camera(width_px=1280, height_px=720, hfov_deg=70),
        classes={},
        estimate=Estimate(distance_m=1, duration_s=1, energy_wh=1, battery_share=0.1),
        created_at=AT,
    )


landings = st.builds(Landing, dock_id=st.just("dock-2"), point=places, height_m=st.floats(-30, 30))
plans = st.builds(
    plan_of, st.lists(legs, min_size=1, max_size=4), st.lists(corners, max_size=2).map(tuple), st.none() | landings
)


def test_one_leg_in_full() -> None:
    """Take-off, gimbal taken, cruise, camera down, first point, leg speed, trigger and picture, second point, off, return."""
    first, second = FRAME.to_geo(0, 300), FRAME.to_geo(0, 500)
    leg = Leg(
        route_id="r",
        route_name="R",
        categories=("sanitation",),
        waypoints=tuple(Waypoint(point=p, height_m=100, speed_mps=8, heading_deg=h) for p, h in ((first, None), (second, 90))),
        trigger_distance_m=20,
    )
    items = mission_items(plan_of([leg]))
    told = [(item.command, item.p1, item.p2, item.p3) for item in items if item.command not in (16, 22)]
    assert told.pop(0) == (1001, -2, -2, -1)
    assert told[0] == (178, 1, 10, -1)
    assert told[1][:3] == (1000, -90, 0)
    assert told[2:] == [(178, 1, 8, -1), (206, 20, 0, 1), (206, 0, 0, 0), (178, 1, 10, -1), (20, 0, 0, 0)]
    assert [int(item.command) for item in items] == [22, 1001, 178, 1000, 16, 178, 206, 16, 206, 178, 20]
    takeoff, waypoint = items[0], items[7]
    assert (takeoff.x, takeoff.y, takeoff.z, takeoff.frame, takeoff.current) == (317800000, 1199000000, 100, 6, 1)
    assert (waypoint.x, waypoint.y) == (round(second.lat_deg * 1e7), round(second.lon_deg * 1e7))
    assert waypoint.p4 == 90
    assert isnan(items[4].p4)


@settings(max_examples=40)
@given(plan=plans)
def test_sequence_is_whole(plan: Plan) -> None:
    """Items are numbered from 0 without gaps, one is current, take-off comes first, and last the return or, where the flight
    lands elsewhere, the landing; each once.
    """
    items = mission_items(plan)
    assert [item.seq for item in items] == list(range(len(items)))
    assert [item.seq for item in items if item.current] == [0]
    commands = [item.command for item in items]
    assert commands[0] == Command.TAKEOFF
    assert commands[-1] == (Command.LAND if plan.landing else Command.RETURN)
    assert commands.count(Command.TAKEOFF) == commands.count(Command.RETURN) + commands.count(Command.LAND) == 1


@settings(max_examples=40)
@given(plan=plans)
def test_trigger_is_off_on_every_way(plan: Plan) -> None:
    """The camera fires only within legs: off at take-off, on each way between legs, and before the return."""
    firing = False
    for item, leg in zip(mission_items(plan), leg_by_item(plan), strict=True):
        if item.command == Command.TRIGGER_DISTANCE:
            firing = item.p1 > 0
        elif leg < 0:
            assert not firing
    assert not firing


@settings(max_examples=40)
@given(plan=plans)
def test_every_place_is_inside_the_fence(plan: Plan) -> None:
    """Every item with a place lies inside the fence that is uploaded with it."""
    fence = Polygon([(item.y, item.x) for item in fence_items(plan)])
    assert all(fence.contains(Point(item.y, item.x)) for item in mission_items(plan) if item.is_place)
    assert {item.p1 for item in fence_items(plan)} == {float(len(plan.geofence))}


@settings(max_examples=40)
@given(plan=plans)
def test_waypoints_are_flown_in_order_at_their_speed(plan: Plan) -> None:
    """Each leg's waypoints come in their order, and each is flown to at its speed once the leg has begun."""
    items = mission_items(plan)
    by_leg = leg_by_item(plan)
    for index, leg in enumerate(plan.legs):
        speed_mps, flown = plan.cruise_mps, []
        for item, owner in zip(items, by_leg, strict=True):
            if owner == index and item.command == Command.CHANGE_SPEED:
                speed_mps = item.p2
            if owner == index and item.command == Command.WAYPOINT:
                flown.append((item.x, item.y, item.z, speed_mps))
        expected = [(round(w.point.lat_deg * 1e7), round(w.point.lon_deg * 1e7), w.height_m) for w in leg.waypoints]
        assert [place[:3] for place in flown] == expected
        assert [place[3] for place in flown[1:]] == [w.speed_mps for w in leg.waypoints[1:]]


@settings(max_examples=40)
@given(plan=plans)
def test_legs_complete_in_order(plan: Plan) -> None:
    """Each leg is complete at its own last waypoint, and legs complete in order."""
    items, last = mission_items(plan), last_item_of_legs(plan)
    assert list(last.values()) == list(range(len(plan.legs)))
    assert all(a < b for a, b in pairwise(last))
    for seq, leg in last.items():
        assert leg_of_item(plan, seq) == leg
        assert items[seq].command == Command.WAYPOINT
        end = max(number for number, owner in enumerate(leg_by_item(plan)) if owner == leg)
        assert items[end] == MissionItem(seq=end, frame=2, command=Command.TRIGGER_DISTANCE)


def test_way_to_a_lower_leg_ends_above_it() -> None:
    """A leg below the transit height is entered from above its first point; all ways are flown at transit height."""
    corner = Corner.at(FRAME.to_geo(100, 100))
    leg = Leg(
        route_id="r",
        route_name="R",
        categories=("sanitation",),
        waypoints=(Waypoint(point=FRAME.to_geo(0, 300), height_m=50, speed_mps=8),),
        approach=(corner,),
    )
    plan = plan_of([leg], way_home=(corner,))
    heights = [(item.z, leg_of_item(plan, item.seq)) for item in mission_items(plan) if item.is_place]
    assert heights == [(100, None), (100, None), (100, None), (50, 0), (100, None)]


def test_corners_over_known_ground_have_their_own_heights_and_speeds() -> None:
    """They lead to above the leg themselves; a slower one has its speed before it, and the plan's again after it."""
    there, slow = (Corner(**dict(FRAME.to_geo(x, 0)), height_m=h, speed_mps=v) for x, h, v in ((100, 90, None), (200, 120, 4)))
    first = Waypoint(point=FRAME.to_geo(200, 0), height_m=60, speed_mps=10)
    leg = Leg(route_id="r", route_name="R", categories=("s",), waypoints=(first,), approach=(there, slow))
    items = mission_items(plan_of([leg]))
    assert [item.z for item in items if item.is_place] == [100, 90, 120, 60]
    assert [item.p2 for item in items if item.command == Command.CHANGE_SPEED] == [10, 4, 10, 10]


NORTH = Leg(
    route_id="r",
    route_name="R",
    categories=("s",),
    waypoints=tuple(Waypoint(point=FRAME.to_geo(0, y), height_m=100, speed_mps=10) for y in (300, 500)),
)
ELSEWHERE = Landing(dock_id="dock-2", point=FRAME.to_geo(600, 500), height_m=20)


def placed(items: tuple[MissionItem, ...]) -> list[tuple[int, int, float, float]]:
    """Command, and metres east and north of home and over it, of the items with a place."""
    ground = [(item, *FRAME.to_xy(GeoPoint(lat_deg=item.x / 1e7, lon_deg=item.y / 1e7))) for item in items if item.is_place]
    return [(int(item.command), round(east), round(north), item.z) for item, east, north in ground]


def test_a_landing_elsewhere_in_full() -> None:
    """Camera off; up to the return's 110 m where the leg ends, at that height to above the dock, and down to its ground 20 m
    over the take-off point. There is no return.
    """
    items = mission_items(plan_of([NORTH], landing=ELSEWHERE))
    assert [int(item.command) for item in items] == [22, 1001, 178, 1000, 16, 206, 16, 206, 178, 16, 16, 21]
    assert (items[7].p1, items[8].p2) == (0, 10)
    assert placed(items)[-3:] == [(16, 0, 500, 110), (16, 600, 500, 110), (21, 600, 500, 20)]
    assert [leg_of_item(plan_of([NORTH], landing=ELSEWHERE), seq) for seq in (7, 8, 9, 11)] == [0, None, None, None]


def test_the_climb_comes_after_the_corners() -> None:
    """They are flown at the transit height; over known ground the way leads to above the landing itself."""
    corner = Corner.at(FRAME.to_geo(300, 600))
    items = mission_items(plan_of([NORTH], (corner,), ELSEWHERE))
    assert placed(items)[-4:] == [(16, 300, 600, 100), (16, 300, 600, 110), (16, 600, 500, 110), (21, 600, 500, 20)]
    above = Corner(**dict(ELSEWHERE.point), height_m=90)
    assert placed(mission_items(plan_of([NORTH], (above,), ELSEWHERE)))[-2:] == [(16, 600, 500, 90), (21, 600, 500, 20)]


def test_slow_landing_begins_over_the_ground_of_the_landing() -> None:
    """PX4 counts from the take-off point: over a dock 20 m higher it slows from 30 m, over a lower one as ever."""
    told = {one.name: one.value for one in autopilot_parameters(plan_of([NORTH], landing=ELSEWHERE))}
    assert (told["MPC_LAND_ALT1"], told["MPC_LAND_ALT2"], told["RTL_TYPE"]) == (30, 25, 0)
    lower = ELSEWHERE.model_copy(update={"height_m": -20})
    told = {one.name: one.value for one in autopilot_parameters(plan_of([NORTH], landing=lower))}
    assert (told["MPC_LAND_ALT1"], told["MPC_LAND_ALT2"]) == (10, 5)


def test_unknown_item_is_an_error() -> None:
    """Asking for an item the mission does not have is the caller's slip."""
    plan = plan_of(
        [Leg(route_id="r", route_name="R", categories=("s",), waypoints=(Waypoint(point=HOME, height_m=50, speed_mps=5),))]
    )
    with pytest.raises(IndexError):
        leg_of_item(plan, 99)


def test_limits_go_along() -> None:
    """Return height, ceiling and what a breach means are parameters of the flight."""
    leg = Leg(route_id="r", route_name="R", categories=("s",), waypoints=(Waypoint(point=HOME, height_m=50, speed_mps=5),))
    assert {p.name: p.value for p in autopilot_parameters(plan_of([leg]))} == {
        "RTL_RETURN_ALT": 110,
        "RTL_TYPE": 0,
        "MPC_LAND_ALT1": 10,
        "MPC_LAND_ALT2": 5,
        "GF_ACTION": 3,
        "GF_MAX_VER_DIST": 125,
    }


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_planned_flights_stay_inside_their_fence(
    data: st.DataObject, make_route: Callable[..., Route], make_district: Callable[..., District], at: datetime
) -> None:
    """The same holds for what planning makes of routes: every place of the mission inside the fence."""
    x_m, y_m = data.draw(st.tuples(st.floats(-1200, 1200), st.floats(-1200, 1200)))
    shape = data.draw(
        st.sampled_from(
            [
                Orbit(center=FRAME.to_geo(x_m, y_m), radius_m=50),
                WaypointList(points=(FRAME.to_geo(x_m, y_m),)),
                Area(outline=tuple(FRAME.to_geo_many([(x_m, y_m), (x_m + 200, y_m), (x_m + 50, y_m + 250)]))),
            ]
        )
    )
    plan = plan_routes(make_district(), "d-1", [make_route(shape)], at=at)
    if isinstance(plan, Plan):
        fence = Polygon([(item.y, item.x) for item in fence_items(plan)])
        assert all(fence.contains(Point(item.y, item.x)) for item in mission_items(plan) if item.is_place)
