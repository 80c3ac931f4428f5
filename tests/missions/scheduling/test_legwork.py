"""The passes as legs, and the day as numbers."""

from math import dist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon

from missions.airspace import Airspace
from missions.planning.limits import Infeasible, ReasonCode
from missions.route import WaypointList
from missions.schedule import Closure
from missions.scheduling.legwork import Leg, Legwork
from missions.scheduling.problem import Trip, Window
from missions.scheduling.timetable import fly, has_ways
from tests.missions.scheduling.made_district import (
    ROUTES,
    aircraft,
    all_passes,
    make_district,
    make_legwork,
    make_pass,
    make_route,
    place,
    span,
    square,
)

THERMAL_KIND, PLAIN_KIND = 0, 1
POSTS = ROUTES[6]


def numbered(*names: str) -> list[int]:
    """The jobs of the passes over the named routes."""
    ids = [one.route_id for one in all_passes()]
    return [ids.index(name) for name in names]


ALL = make_legwork(all_passes())


def test_leg_of_two_points() -> None:
    """300 m at 8 m/s are 37.5 s, at 240 + 20 * 0.8² = 252.8 W; nothing is turned on the way."""
    leg = make_legwork([make_pass(POSTS)]).leg(PLAIN_KIND, 0)
    assert dist(leg.entry, leg.exit) == pytest.approx(300, abs=0.01)
    assert leg.duration_s == pytest.approx(37.5, abs=0.01)
    assert leg.energy_wh == pytest.approx(37.5 * 252.8 / 3600, abs=0.001)
    assert {point.height_m for point in leg.points} == {80}


def test_thermal_pass_is_for_thermal_drones() -> None:
    """Without a thermal camera the river cannot be flown, and it is told why; with one it can, so nothing stands against it."""
    [river] = numbered("river")
    against = ALL.answer(PLAIN_KIND, river)
    assert isinstance(against, Infeasible)
    assert [reason.code for reason in against.reasons] == [ReasonCode.NO_THERMAL_CAMERA]
    assert isinstance(ALL.answer(THERMAL_KIND, river), Leg)
    assert ALL.refusal(river) is None
    assert ALL.problem.able[:, river].tolist() == [True, False]
    with pytest.raises(KeyError, match="river@1 with quad"):
        ALL.leg(PLAIN_KIND, river)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"height_m": 130.0}, ReasonCode.TOO_HIGH),
        ({"speed_mps": 16.0}, ReasonCode.TOO_FAST),
        ({"geometry": WaypointList(points=(place(700, 0),))}, ReasonCode.NO_FLY_ZONE),
        ({"geometry": WaypointList(points=(place(3000, 0),))}, ReasonCode.OUTSIDE_PERMITTED_AREA),
    ],
)
def test_pass_that_nobody_can_fly(changes: dict[str, object], code: ReasonCode) -> None:
    """A route too high, too fast, in a zone or outside is refused by every type, with one reason."""
    route = make_route("r", **({"geometry": POSTS.geometry} | changes))
    refusal = make_legwork([make_pass(route)], make_district(route)).refusal(0)
    assert refusal is not None
    assert [reason.code for reason in refusal.reasons] == [code]


def test_numbers_of_the_day() -> None:
    """Seconds count from the day's begin; batteries are full with 112.5 of 150 Wh to fly with, and charge 150 Wh an hour."""
    problem = make_legwork([make_pass(POSTS, span(600, 1200), span(5000, 6000), value=7.5)]).problem
    assert problem.value.tolist() == [7.5]
    assert [tuple(window) for window in problem.windows[0]] == [(600, 1200), (5000, 6000)]
    assert (problem.begin_s, problem.end_s, problem.crew, problem.turnaround_s) == (0, 13 * 3600, 12, 180)
    assert [(one.kind, one.depot, one.charge_wh) for one in problem.vehicles] == [(0, 0, 150), (1, 0, 150), (1, 1, 150)]
    assert [(kind.full_wh, kind.capacity_wh, kind.recharge_w) for kind in problem.kinds] == [(150, 112.5, 150)] * 2


def test_trip_by_hand() -> None:
    """Ways are 80 m high: up in 16 s at 320 W, 10 m more for the return in 2 s; down 90 m in 30 s and 20 s more at 240 W."""
    kind = make_legwork([make_pass(POSTS)]).problem.kinds[0]
    assert (kind.takeoff_s, kind.landing_s) == pytest.approx((16, 2 + 30 + 20))
    assert kind.trip_wh == pytest.approx((320 * 18 + 240 * 50) / 3600)


def test_way_by_hand() -> None:
    """From the dock to the posts it is 300 * sqrt 2 m at 10 m/s and 260 W, and two stops of 5 s at 240 W are allowed for."""
    problem = make_legwork([make_pass(POSTS)]).problem
    level_s = 300 * 2**0.5 / 10
    dock_1 = problem.depot_place(0)
    assert problem.travel_s[1, dock_1, 0] == pytest.approx(level_s + 10, abs=0.01)
    assert problem.travel_wh[1, dock_1, 0] == pytest.approx((level_s * 260 + 10 * 240) / 3600, abs=0.001)


def test_way_to_a_lower_leg() -> None:
    """On a day with a route at 80 m ways are that high: to one at 50 m it sinks 30 m in 10 s, and climbs 6 s after."""
    legwork = make_legwork([make_pass(POSTS), make_pass(ROUTES[7])])
    assert legwork.transit_height_m == 80
    problem = legwork.problem
    dock = problem.depot_place(0)
    found = legwork.airways.ways(0).distances(np.array([legwork.docks[0]]), np.array([legwork.leg(1, 1).entry]))
    stops_s = (found.turns[0, 0] + 2) * 5
    assert problem.travel_s[1, dock, 1] == pytest.approx(found.metres[0, 0] / 10 + stops_s + 10)
    back = legwork.airways.ways(0).distances(np.array([legwork.leg(1, 1).exit]), np.array([legwork.docks[0]]))
    assert problem.travel_s[1, 1, dock] == pytest.approx(back.metres[0, 0] / 10 + (back.turns[0, 0] + 2) * 5 + 6)


def test_heights_of_ways() -> None:
    """At least 60 m, as high as the highest pass, and no higher than the airspace."""
    low = make_route("low", POSTS.geometry, "sanitation", height_m=40.0)
    assert make_legwork([make_pass(low)], make_district(low)).transit_height_m == 60
    assert ALL.transit_height_m == 110
    flat = Airspace(permitted=square(0, 0, 2000), max_height_m=50)
    assert make_legwork([make_pass(low)], make_district(low, airspace=flat)).transit_height_m == 50


def test_day_without_passes() -> None:
    """Nothing due is a day too, with arrays of the same kinds."""
    problem = make_legwork([]).problem
    assert problem.jobs == 0
    assert (problem.able.shape, problem.able.dtype) == ((2, 0), np.bool_)
    assert problem.travel_s.shape == (2, 2, 2)


def test_grounded_drones_are_no_vehicles() -> None:
    """Who does not fly today is not planned with."""
    legwork = make_legwork([make_pass(POSTS)], grounded=["a-1", "b-1"])
    assert [drone.id for drone in legwork.drones] == ["a-2"]
    assert len(legwork.problem.vehicles) == 1


def test_dock_in_closed_airspace_leads_nowhere() -> None:
    """Where no way leads, the way is endless: nothing is planned over it."""
    shut = Airspace(permitted=square(500, 500, 1400))
    problem = make_legwork([make_pass(POSTS.model_copy(update={"geometry": WaypointList(points=(place(500, 500),))}))]).problem
    assert np.isfinite(problem.travel_s).all()
    away = make_district(make_route("r", WaypointList(points=(place(500, 500),)), "sanitation"), airspace=shut)
    problem = make_legwork([make_pass(away.routes[0])], away).problem
    assert np.isfinite(problem.travel_s[1, problem.depot_place(0), 0])
    assert np.isinf(problem.travel_s[1, problem.depot_place(2), 0])


def _never_later(legwork: Legwork, vehicle: int, jobs: tuple[int, ...], sky: int = 0) -> None:
    problem = legwork.problem
    flown = fly(Trip(vehicle, 0.0, jobs, sky=sky), problem, legwork)
    ways = problem.ways_at[sky]
    number, depot = problem.vehicles[vehicle].kind, problem.depot_place(vehicle)
    kind, here = problem.kinds[number], depot
    now_s, energy_wh = kind.takeoff_s, kind.trip_wh
    for job, (begins_s, ends_s) in zip(jobs, flown.visits_s(), strict=True):
        now_s += ways.travel_s[number, here, job]
        assert begins_s <= now_s + 1e-6
        now_s += problem.service_s[number, job]
        assert ends_s <= now_s + 1e-6
        energy_wh += ways.travel_wh[number, here, job] + problem.energy_wh[number, job]
        here = job
    assert flown.duration_s <= now_s + ways.travel_s[number, here, depot] + kind.landing_s + 1e-6
    assert flown.energy_wh <= energy_wh + ways.travel_wh[number, here, depot] + 1e-6


@settings(max_examples=60, deadline=None)
@given(jobs=st.lists(st.integers(0, len(ALL.passes) - 1), min_size=1, max_size=6, unique=True), vehicle=st.integers(0, 2))
def test_numbers_are_upper_bounds(jobs: list[int], vehicle: int) -> None:
    """However passes are chained, the flight as flown is nowhere later, and takes no more energy, than the numbers say."""
    kind = ALL.problem.vehicles[vehicle].kind
    able = tuple(job for job in jobs if ALL.problem.able[kind, job])
    if able:
        _never_later(ALL, vehicle, able)


def test_numbers_bound_what_is_faster_than_the_ways() -> None:
    """A leg at 14 m/s ends with a stop that takes longer (7 s) than one from the cruise of 10 m/s (5 s). Five legs westwards,
    one over the other, have five of them, and nothing to spare.
    """
    west = WaypointList(points=(place(600, 300), place(300, 300)))
    routes = [make_route(f"r-{number}", west, "sanitation", speed_mps=14.0) for number in range(5)]
    _never_later(make_legwork([make_pass(route) for route in routes], make_district(*routes)), 0, (0, 1, 2, 3, 4))


def test_types_differ() -> None:
    """A type that cruises faster is on its way for less time."""
    types = (aircraft("quad-t", thermal=True, cruise_mps=14), aircraft("quad", thermal=False))
    problem = make_legwork([make_pass(POSTS)], make_district(aircraft_types=types)).problem
    dock = problem.depot_place(0)
    assert problem.travel_s[0, dock, 0] == pytest.approx(300 * 2**0.5 / 14 + 2 * 7, abs=0.01)
    assert problem.travel_s[1, dock, 0] == pytest.approx(300 * 2**0.5 / 10 + 2 * 5, abs=0.01)


MORNING_PARADE = Closure(id="parade", outline=square(0, 600, 100), span=span(3600, 7200))
CLOSED = make_legwork(all_passes(), closures=[MORNING_PARADE])


@settings(max_examples=60, deadline=None)
@given(jobs=st.lists(st.integers(0, len(ALL.passes) - 1), min_size=1, max_size=6, unique=True), vehicle=st.integers(0, 2))
def test_numbers_bound_ways_round_a_closure(jobs: list[int], vehicle: int) -> None:
    """Round the closure as well; a way round is nowhere shorter, and the flight keeps out of what is closed."""
    problem = CLOSED.problem
    number = problem.vehicles[vehicle].kind
    able = tuple(job for job in jobs if problem.able[number, job])
    if not able or not has_ways(Trip(vehicle, 0.0, able), problem, 1):
        return
    _never_later(CLOSED, vehicle, able, sky=1)
    assert (problem.ways_at[1].travel_s >= problem.travel_s).all()
    flown = fly(Trip(vehicle, 0.0, able, sky=1), problem, CLOSED)
    shut = Polygon(CLOSED.frame.to_xy_many(MORNING_PARADE.outline))
    assert LineString([point.xy for point in flown.path.points]).distance(shut) >= 12 - 0.01


def test_closure_takes_its_hours_and_no_more() -> None:
    """With nothing closed the ways are those of a day without a closure. The road, which leads through it, loses the hour with
    46 s on both sides; the posts lose nothing.
    """
    problem, jobs = CLOSED.problem, [one.route_id for one in CLOSED.passes]
    assert np.array_equal(problem.travel_s, ALL.problem.travel_s)
    assert np.array_equal(problem.travel_wh, ALL.problem.travel_wh)
    assert problem.windows[jobs.index("road")] == (Window(0, 3554), Window(7246, 46_800))
    assert problem.windows[jobs.index("posts")] == (Window(0, 46_800),)
    assert not has_ways(Trip(1, 0.0, (jobs.index("road"),)), problem, 1)
    assert has_ways(Trip(1, 0.0, (jobs.index("posts"),)), problem, 1)


def test_closed_dock_flies_elsewhen() -> None:
    """Over dock-2 airspace is closed: under that sky nothing leads from it, and all from dock-1."""
    over = Closure(id="fair", outline=square(-1200, 0, 50), span=span(3600, 7200))
    legwork = make_legwork([make_pass(POSTS)], closures=[over])
    assert [has_ways(Trip(2, 0.0, (0,)), legwork.problem, sky) for sky in (0, 1)] == [True, False]
    assert [has_ways(Trip(1, 0.0, (0,)), legwork.problem, sky) for sky in (0, 1)] == [True, True]
