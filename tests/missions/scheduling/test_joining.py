"""Who is seen from another's pass."""

from itertools import pairwise
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from missions.checking import check_schedule
from missions.demand import Demand
from missions.planning.coverage import cover
from missions.planning.footprint import ground_footprint, trigger_distance_m
from missions.route import Area, CameraUse, Corridor, Orbit, Route, RouteGeometry, WaypointList
from missions.schedule import MergeKind, Pass, Span
from missions.scheduling.day import plan_day
from missions.scheduling.due import DueDemand
from missions.scheduling.joining import join_seen
from missions.scheduling.merging import Merged, pass_for
from missions.scheduling.standing import standing_demands
from missions.scheduling.swath import shown_ground
from tests.missions.scheduling.made_district import (
    CAMERA,
    FLYING,
    FRAME,
    ON_CALL,
    ROUTES,
    make_demand,
    make_district,
    make_request,
    make_route,
    place,
    span,
    square,
)

ROAD = ROUTES[0]
"""800 m to the north from (0, 200), from 80 m: 56.0 m are shown to each side."""

HERE = WaypointList(points=(place(30, 600),))
DISTRICT = make_district()


def call(geometry: RouteGeometry = HERE, **changes: object) -> Demand:
    """A hotline's demand, with a route of its own."""
    values = {"geometry": geometry, "frequency": ON_CALL, "department_id": "police", "category": "event"} | changes
    return make_demand("hotline:7", "hotline-7", **values)


def joined(demand: Demand, *others: Pass, windows: tuple[Span, ...] = (FLYING,), carrier: Route = ROAD) -> Merged:
    """The pass of a call beside that of the road."""
    own = make_route("hotline-7", demand.geometry, demand.category, height_m=40.0)
    road = pass_for([DueDemand(make_demand("road:sanitation", carrier.id), 3.0, (FLYING,))], carrier, (FLYING,), "road@1")
    mine = pass_for([DueDemand(demand, 5.0, windows)], own, windows, "hotline-7@1")
    routes = {route.id: route for route in (*ROUTES, carrier, own)}
    return join_seen(Merged((road, *others, mine), ()), routes, {"hotline-7"}, DISTRICT)


def test_place_beside_a_road_is_seen_with_it() -> None:
    """30 m aside, with 10 m round it: one pass for both, worth both, of both departments; and it is told."""
    made = joined(call(), windows=(span(3600, 9000),))
    [only] = made.passes
    assert (only.id, only.demand_ids, only.departments) == ("road@1", ("hotline:7", "road:sanitation"), ("police", "urban"))
    assert (only.value, only.windows) == (8.0, (span(3600, 9000),))
    assert [look.geometry for look in only.looks] == [HERE, None]
    [note] = made.notes
    assert (note.kind, note.demand_id, note.pass_id) == (MergeKind.JOINED, "hotline:7", "road@1")
    assert note.reason == "seen by the pass over route 'road', at 8.8 cm a pixel"
    assert only.over(ROAD).categories == ("sanitation", "traffic", "event")


@pytest.mark.parametrize(
    ("demand", "windows"),
    [
        (call(WaypointList(points=(place(50, 600),))), (FLYING,)),  # 50 + 10 m are more than 56 m
        (call(WaypointList(points=(place(30, 600), place(300, 600)))), (FLYING,)),
        (call(WaypointList(points=(place(0, 1030),))), (FLYING,)),
        (call(Area(outline=square(0, 600, 60))), (FLYING,)),
        (call(Corridor(line=(place(0, 500), place(0, 700)), width_m=120)), (FLYING,)),
        (call(Orbit(center=place(0, 600), radius_m=20)), (FLYING,)),
        (call(max_sample_m=0.08), (FLYING,)),
        (call(steepest_deg=-60.0), (FLYING,)),
        (call(thermal=True), (FLYING,)),
        (call(), (span(0, 60),)),  # the road takes 100 s
    ],
    ids=["aside", "one of two", "behind", "area", "corridor", "orbit", "finer", "oblique", "thermal", "too short"],
)
def test_what_is_not_wholly_served_keeps_its_pass(demand: Demand, windows: tuple[Span, ...]) -> None:
    """All of its ground, finely enough, from the right angle, at the right time: else it is flown by itself."""
    made = joined(demand, windows=windows)
    assert [one.id for one in made.passes] == ["road@1", "hotline-7@1"]
    assert made.notes == ()


@pytest.mark.parametrize(
    "geometry",
    [
        Area(outline=square(0, 600, 50)),
        Corridor(line=(place(0, 500), place(0, 700)), width_m=100),
        WaypointList(points=(place(30, 300), place(-40, 900))),
    ],
    ids=["area", "corridor", "points"],
)
def test_any_ground_may_join(geometry: RouteGeometry) -> None:
    """100 m wide along a way that shows 112 m."""
    assert len(joined(call(geometry)).passes) == 1


def test_most_valuable_pass_takes_it() -> None:
    """Of two that see it; the standing ones stay two."""
    other = make_route("other", Corridor(line=(place(-200, 600), place(200, 600)), width_m=60), "sanitation")
    worth = pass_for([DueDemand(make_demand("other:sanitation", "other"), 9.0, (FLYING,))], other, (FLYING,), "other@1")
    own = make_route("hotline-7", HERE, "event", height_m=40.0)
    road = pass_for([DueDemand(make_demand("road:sanitation", "road"), 3.0, (FLYING,))], ROAD, (FLYING,), "road@1")
    mine = pass_for([DueDemand(call(), 5.0, (FLYING,))], own, (FLYING,), "hotline-7@1")
    routes = {route.id: route for route in (ROAD, other, own)}
    made = join_seen(Merged((road, worth, mine), ()), routes, {"hotline-7"}, DISTRICT)
    assert [one.demand_ids for one in made.passes] == [("road:sanitation",), ("hotline:7", "other:sanitation")]


def test_what_cannot_be_flown_takes_nobody() -> None:
    """The pass would lead over the substation: who joined it would wait with it."""
    through = make_route("through", Corridor(line=(place(300, 0), place(1100, 0)), width_m=60), "sanitation")
    assert len(joined(call(WaypointList(points=(place(400, 20),))), carrier=through).passes) == 2


def test_two_calls_from_one_pass() -> None:
    """Of two calls without a route between them, the one that is worth less joins the other, which then stays."""
    first, second = (
        make_demand(f"hotline:{n}", f"hotline-{n}", geometry=WaypointList(points=(place(x_m, 0),)), frequency=ON_CALL)
        for n, x_m in ((1, -300), (2, -310))
    )
    line = make_route("hotline-1", Corridor(line=(place(-400, 0), place(-200, 0)), width_m=60), "sanitation")
    spot = make_route("hotline-2", second.geometry, "sanitation")
    passes = (
        pass_for([DueDemand(first, 9.0, (FLYING,))], line, (FLYING,), "hotline-1@1"),
        pass_for([DueDemand(second, 3.0, (FLYING,))], spot, (FLYING,), "hotline-2@1"),
    )
    made = join_seen(Merged(passes, ()), {"hotline-1": line, "hotline-2": spot}, {"hotline-1", "hotline-2"}, DISTRICT)
    assert [one.demand_ids for one in made.passes] == [("hotline:1", "hotline:2")]


def test_day_with_a_joined_demand_is_sound() -> None:
    """Planned, the place is seen in the road's visit, and the checker agrees that it is."""
    own = make_route("hotline-7", HERE, "event", height_m=40.0)
    demands = [*standing_demands(DISTRICT), call()]
    schedule = plan_day(make_request(DISTRICT, demands=demands, extra_routes=(own,)))
    assert "hotline-7" not in {one.route_id for one in schedule.passes}
    [carrier] = [one for one in schedule.passes if "hotline:7" in one.demand_ids]
    assert carrier.route_id == "road"
    assert carrier.id in {visit.pass_id for flight in schedule.flights for visit in flight.visits}
    assert check_schedule(schedule, DISTRICT) == []
    assert [note.demand_id for note in schedule.merging if note.kind is MergeKind.JOINED] == ["hotline:7"]


carriers = st.sampled_from(
    [
        ROAD.geometry,
        Corridor(line=(place(0, 0), place(200, 100), place(250, 400), place(100, 500)), width_m=150),
        Area(outline=square(0, 0, 150)),
        Area(outline=(place(0, 0), place(400, 0), place(400, 300), place(200, 60), place(0, 300))),
        WaypointList(points=(place(0, 0), place(100, 200), place(-100, 200))),
    ]
)


@given(
    geometry=carriers,
    height_m=st.floats(30, 110),
    pitch_deg=st.sampled_from([-90.0, -75.0, -60.0, -45.0]),
    overlap=st.floats(0.3, 0.9),
    begins=st.floats(0, 1),
    turned=st.booleans(),
    seed=st.integers(0, 2**31),
)
def test_what_is_shown_is_in_a_picture(
    geometry: RouteGeometry, height_m: float, pitch_deg: float, overlap: float, begins: float, turned: bool, seed: int
) -> None:
    """Every point of the ground that counts as shown lies in a picture, flown either way, wherever the first one is taken."""
    use = CameraUse(pitch_deg=pitch_deg, front_overlap=overlap)
    route = make_route("r", geometry, "sanitation", height_m=height_m, camera=use)
    lines = cover(route, CAMERA, FRAME).lines
    shown = shown_ground(route, CAMERA, lines)
    pictures = list(_pictures(route, [line[::-1] if turned else line for line in lines], begins))
    rng = np.random.default_rng(seed)
    x_min, y_min, x_max, y_max = shown.bounds if not shown.is_empty else (0, 0, 0, 0)
    for _ in range(30):
        x, y = float(rng.uniform(x_min, x_max)), float(rng.uniform(y_min, y_max))
        if shown.contains(Point(x, y)):
            assert any(_is_in(picture, x, y, route) for picture in pictures)


def _pictures(route: Route, lines: list, begins: float):
    """Place and direction of each picture: along every straight piece, the first so far (in shares of the distance between
    two) from its begin.
    """
    every_m = trigger_distance_m(CAMERA, route.height_m, route.camera)
    for line in lines:
        for a, b in pairwise(line):
            along = np.subtract(b, a)
            length_m = float(np.hypot(*along))
            if length_m > 0:
                for number in range(floor(length_m / every_m - begins) + 1 if length_m >= begins * every_m else 0):
                    yield np.add(a, along / length_m * (begins + number) * every_m), along / length_m


def _is_in(picture, x: float, y: float, route: Route) -> bool:
    """Whether a ground point lies between the near and the far edge, and within the width at the near edge."""
    at, ahead = picture
    view = ground_footprint(CAMERA, route.height_m, route.camera.pitch_deg)
    forward_m = float(np.dot(np.subtract((x, y), at), ahead))
    aside_m = abs(float(np.dot(np.subtract((x, y), at), (-ahead[1], ahead[0]))))
    return view.near_m - 0.01 <= forward_m <= view.near_m + view.along_m + 0.01 and aside_m <= view.across_m / 2 + 0.01
