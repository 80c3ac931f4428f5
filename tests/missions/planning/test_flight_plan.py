"""Whole flights, and why some cannot be."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon

from missions.aircraft import AircraftType
from missions.airspace import PrivateZone
from missions.district import District
from missions.geometry import GeoPoint, LocalFrame
from missions.plan import Leg, Plan, Waypoint
from missions.planning.flight_plan import plan_flight, plan_legs, plan_routes
from missions.planning.limits import Infeasible, ReasonCode
from missions.route import Area, Corridor, Orbit, Route, WaypointList
from missions.wind import Wind

MakeRoute = Callable[..., Route]
MakeDistrict = Callable[..., District]
MakeSquare = Callable[[float, float, float], tuple[GeoPoint, ...]]


def line_to(frame: LocalFrame, *points: tuple[float, float]) -> WaypointList:
    """A waypoint list from places in the plane."""
    return WaypointList(points=tuple(frame.to_geo_many(points)))


def codes(answer: Plan | Infeasible) -> set[ReasonCode]:
    """What was found against a flight."""
    assert isinstance(answer, Infeasible)
    return {reason.code for reason in answer.reasons}


def test_several_routes_become_one_flight(
    make_route: MakeRoute, make_district: MakeDistrict, make_square: MakeSquare, frame: LocalFrame, at: datetime
) -> None:
    """An area, a corridor and an orbit in one flight: every route once, heights and classes as they must be."""
    routes = [
        make_route(Area(outline=make_square(-400, 500, 150)), "area", height_m=70),
        make_route(Corridor(line=tuple(frame.to_geo_many([(-100, -300), (-700, -600)])), width_m=150), "corridor"),
        make_route(Orbit(center=frame.to_geo(0, 600), radius_m=60), "orbit", height_m=100),
    ]
    plan = plan_flight(make_district(*routes), "d-1", ["area", "corridor", "orbit", "area"], at=at, new_id=lambda: "p1")
    assert isinstance(plan, Plan)
    assert plan.id == "p1"
    assert sorted(plan.route_ids) == ["area", "corridor", "orbit"]
    assert plan.transit_height_m == 100
    assert plan.return_height_m == 110
    assert plan.classes == {"garbage_pile": "sanitation"}
    assert plan.created_at == at
    assert 0.1 < plan.estimate.battery_share < 0.75


def test_return_never_exceeds_the_airspace(
    make_route: MakeRoute, make_district: MakeDistrict, frame: LocalFrame, at: datetime
) -> None:
    """A leg at 120 m returns at 120 m."""
    plan = plan_routes(make_district(), "d-1", [make_route(line_to(frame, (0, 300)), height_m=120)], at=at)
    assert isinstance(plan, Plan)
    assert plan.return_height_m == 120


def test_way_behind_the_zone_goes_round_it(
    make_route: MakeRoute, make_district: MakeDistrict, frame: LocalFrame, at: datetime
) -> None:
    """A leg behind the no-fly zone is reached and left round its corners, and the fence leaves the zone out."""
    district = make_district()
    plan = plan_routes(district, "d-1", [make_route(line_to(frame, (1000, 0), (1000, 50)))], at=at)
    assert isinstance(plan, Plan)
    assert plan.legs[0].approach
    assert plan.way_home
    fence = Polygon(frame.to_xy_many(plan.geofence))
    zone = Polygon(frame.to_xy_many(district.airspace.no_fly_zones[0].outline))
    assert fence.intersection(zone).area < 1


@pytest.mark.parametrize(
    ("points", "changes", "expected"),
    [
        ([(0, 300)], {"height_m": 121}, {ReasonCode.TOO_HIGH}),
        ([(0, 300)], {"speed_mps": 15.5}, {ReasonCode.TOO_FAST}),
        ([(0, 300)], {"camera": {"sensor": "rgb+thermal"}}, {ReasonCode.NO_THERMAL_CAMERA}),
        ([(0, 300)], {"valid_until": date(2025, 6, 1)}, {ReasonCode.NOT_VALID_TODAY}),
        ([(0, 300)], {"valid_from": date(2025, 6, 3)}, {ReasonCode.NOT_VALID_TODAY}),
        ([(0, 2100)], {}, {ReasonCode.OUTSIDE_PERMITTED_AREA}),
        ([(700, 0)], {}, {ReasonCode.NO_FLY_ZONE}),
        ([(500, 0), (900, 0)], {}, {ReasonCode.NO_FLY_ZONE}),
        ([(0, 300)], {"height_m": 130, "speed_mps": 20, "camera": {"sensor": "thermal"}}, None),
    ],
)
def test_refusals(
    points: list[tuple[float, float]],
    changes: dict[str, object],
    expected: set[ReasonCode] | None,
    make_route: MakeRoute,
    make_district: MakeDistrict,
    frame: LocalFrame,
    at: datetime,
) -> None:
    """Each limit refuses by its own code, and several are told at once."""
    answer = plan_routes(make_district(), "d-1", [make_route(line_to(frame, *points), **changes)], at=at)
    assert codes(answer) == (expected or {ReasonCode.TOO_HIGH, ReasonCode.TOO_FAST, ReasonCode.NO_THERMAL_CAMERA})


def test_valid_on_the_districts_day(make_route: MakeRoute, make_district: MakeDistrict, frame: LocalFrame) -> None:
    """At 17:00 UTC the next day has begun in the district."""
    route = make_route(line_to(frame, (0, 300)), valid_from=date(2025, 6, 3))
    evening = datetime(2025, 6, 2, 15, 59, tzinfo=UTC)
    assert codes(plan_routes(make_district(), "d-1", [route], at=evening)) == {ReasonCode.NOT_VALID_TODAY}
    assert isinstance(plan_routes(make_district(), "d-1", [route], at=evening + timedelta(minutes=1)), Plan)


def test_endurance(
    make_route: MakeRoute, make_district: MakeDistrict, frame: LocalFrame, aircraft: AircraftType, at: datetime
) -> None:
    """Up and down a line of 1.5 km until the battery's reserve would be touched: refused with limit and value."""
    there_and_back = [(0.0, 300.0), (0.0, 1800.0)]
    fits = plan_routes(make_district(), "d-1", [make_route(line_to(frame, *there_and_back * 3))], at=at)
    assert isinstance(fits, Plan)
    answer = plan_routes(make_district(), "d-1", [make_route(line_to(frame, *there_and_back * 6))], at=at)
    assert codes(answer) == {ReasonCode.BEYOND_ENDURANCE}
    assert isinstance(answer, Infeasible)
    (reason,) = answer.reasons
    assert reason.limit == pytest.approx(150 * 0.75)
    assert reason.value is not None
    assert reason.value > reason.limit


def test_unknown_things(make_route: MakeRoute, make_district: MakeDistrict, frame: LocalFrame, at: datetime) -> None:
    """Unknown drone, every unknown route, and no route at all are refusals, not crashes."""
    district = make_district(make_route(line_to(frame, (0, 300)), "known"))
    assert codes(plan_flight(district, "d-9", ["known"], at=at)) == {ReasonCode.UNKNOWN_DRONE}
    answer = plan_flight(district, "d-1", ["known", "a", "b"], at=at)
    assert codes(answer) == {ReasonCode.UNKNOWN_ROUTE}
    assert "'a'" in str(answer)
    assert "'b'" in str(answer)
    assert codes(plan_flight(district, "d-1", [], at=at)) == {ReasonCode.NO_ROUTES}


def test_degenerate_area_is_refused(
    make_route: MakeRoute, make_district: MakeDistrict, frame: LocalFrame, at: datetime
) -> None:
    """An area without an inside is told by its route."""
    flat = Area(outline=tuple(frame.to_geo_many([(0, 0), (100, 0), (200, 0)])))
    answer = plan_routes(make_district(), "d-1", [make_route(flat, "flat")], at=at)
    assert codes(answer) == {ReasonCode.BAD_GEOMETRY}
    assert "'flat'" in str(answer)


def test_ring_round_a_zone_has_no_fence(
    make_route: MakeRoute, make_district: MakeDistrict, make_square: MakeSquare, at: datetime
) -> None:
    """Flying all round a no-fly zone cannot be fenced by one polygon, and is refused for that."""
    ring = Area(outline=make_square(700, 0, 300), holes=(make_square(700, 0, 150),))
    assert codes(plan_routes(make_district(), "d-1", [make_route(ring)], at=at)) == {ReasonCode.NO_FENCE}


def test_legs_of_ones_own(make_district: MakeDistrict, frame: LocalFrame, at: datetime) -> None:
    """A spot to look at again is flown as given, and is held to the same limits."""

    def spot(x_m: float, height_m: float) -> Leg:
        waypoint = Waypoint(point=frame.to_geo(x_m, 0), height_m=height_m, speed_mps=5, hold_s=5)
        return Leg(route_id="again", route_name="Again", categories=("sanitation",), waypoints=(waypoint,))

    plan = plan_legs(make_district(), "d-1", [spot(-300, 40)], at=at)
    assert isinstance(plan, Plan)
    assert plan.legs[0].waypoints[0].hold_s == 5
    assert plan.transit_height_m == 60
    assert codes(plan_legs(make_district(), "d-1", [spot(700, 130)], at=at)) == {ReasonCode.TOO_HIGH, ReasonCode.NO_FLY_ZONE}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(corners=[(0.0, 44.0), (13.0, 0.0), (0.0, 3.0)], width_m=242.0, height_m=35.0)
@given(
    corners=st.lists(st.tuples(st.floats(-1700, 1700), st.floats(-1700, 1700)), min_size=2, max_size=6, unique=True),
    width_m=st.floats(5, 300),
    height_m=st.floats(30, 120),
)
def test_every_plan_stays_in_its_fence(
    corners: list[tuple[float, float]],
    width_m: float,
    height_m: float,
    make_route: MakeRoute,
    make_district: MakeDistrict,
    frame: LocalFrame,
    at: datetime,
) -> None:
    """Whatever the corridor: a refusal with reasons, or a plan whose whole path lies inside its fence and below its limit."""
    corridor = Corridor(line=tuple(frame.to_geo_many(corners)), width_m=width_m)
    plan = plan_routes(make_district(), "d-1", [make_route(corridor, height_m=height_m)], at=at)
    if isinstance(plan, Infeasible):
        assert plan.reasons
        return
    places = [plan.home, *plan.legs[0].approach, *(w.point for w in plan.legs[0].waypoints), *plan.way_home, plan.home]
    fence = Polygon(frame.to_xy_many(plan.geofence))
    assert fence.contains(LineString(frame.to_xy_many(places)))
    assert len(plan.geofence) < 60
    assert max(w.height_m for w in plan.legs[0].waypoints) <= plan.return_height_m <= plan.max_height_m


def comb(frame: LocalFrame, teeth: int) -> Area:
    """An area of 1 km with so many slots in it."""
    outline = [(-500.0, -500.0), (500.0, -500.0)]
    for tooth in range(teeth):
        right = 500 - 1000 * tooth / teeth
        left = 500 - 1000 * (tooth + 0.5) / teeth
        outline += [(right, 500.0), (left, 500.0), (left, -400.0), (right - 1000 / teeth, -400.0)]
    return Area(outline=tuple(frame.to_geo_many(outline)))


def sieve(square: MakeSquare, side: int) -> Area:
    """An area of 1 km with so many rows of so many holes."""
    places = [1000 * (number + 0.5) / side - 500 for number in range(side)]
    return Area(outline=square(0, 0, 500), holes=tuple(square(x, y, 15) for x in places for y in places))


def zigzag(frame: LocalFrame, points: int) -> tuple[GeoPoint, ...]:
    """A line that goes to and fro by 20 m."""
    return tuple(frame.to_geo_many([(-900 + number * 0.15, 300.0 + 20 * (number % 2)) for number in range(points)]))


def scribble(points: int) -> Area:
    """An outline that crosses itself everywhere."""
    random = Random(1)
    spots = [(random.uniform(-900, 900), random.uniform(-900, 900)) for _ in range(points)]
    return Area(outline=tuple(LocalFrame(GeoPoint(lat_deg=31.78, lon_deg=119.90)).to_geo_many(spots)))


@pytest.mark.parametrize(
    ("geometry", "height_m", "what"),
    [
        (lambda frame, square: Area(outline=square(0, 0, 900)), 0.08, "sweeps"),
        (lambda frame, square: Area(outline=square(0, 0, 900)), 5e-324, "sweeps"),
        (lambda frame, square: Corridor(line=tuple(frame.to_geo_many([(-500, 0), (500, 0)])), width_m=1000), 0.1, "sweeps"),
        (lambda frame, square: sieve(square, 12), 10.0, "sweeps"),
        (lambda frame, square: comb(frame, 2000), 30.0, "corners"),
        (lambda frame, square: scribble(10_000), 80.0, "corners"),
        (lambda frame, square: Corridor(line=zigzag(frame, 10_000), width_m=1.0), 80.0, "waypoints"),
        (lambda frame, square: WaypointList(points=zigzag(frame, 10_000)), 80.0, "waypoints"),
    ],
)
def test_work_without_end_is_refused_with_limit_and_value(
    geometry: Callable[..., Area],
    height_m: float,
    what: str,
    make_route: MakeRoute,
    make_district: MakeDistrict,
    make_square: MakeSquare,
    frame: LocalFrame,
    at: datetime,
) -> None:
    """Next to no height, slots by the hundred, scribbles: refused within seconds, with how much it takes and the limit."""
    route = make_route(geometry(frame, make_square), height_m=height_m)
    before = process_time()
    answer = plan_routes(make_district(zones=False), "d-1", [route], at=at)
    assert process_time() - before < 10
    assert codes(answer) == {ReasonCode.TOO_LARGE}
    (reason,) = answer.reasons
    assert what in reason.text
    assert reason.limit is not None
    assert reason.value is not None
    assert reason.value > reason.limit


def test_ground_far_outside_is_refused_before_it_is_covered(
    make_route: MakeRoute, make_district: MakeDistrict, frame: LocalFrame, at: datetime
) -> None:
    """An area of a whole continent, flown at 8 cm, is outside; how far is told, and nothing is laid over it."""
    continent = Area(outline=tuple(GeoPoint(lat_deg=lat, lon_deg=lon) for lat, lon in ((0, 60), (0, 150), (60, 150), (60, 60))))
    route = make_route(continent, height_m=0.08)
    answer = plan_routes(make_district(), "d-1", [route], at=at)
    assert codes(answer) == {ReasonCode.OUTSIDE_PERMITTED_AREA}
    assert answer.reasons[0].value > 1_000_000


def test_ground_beyond_the_border_may_be_seen_from_within(
    make_route: MakeRoute, make_district: MakeDistrict, make_square: MakeSquare, frame: LocalFrame, at: datetime
) -> None:
    """A strip that reaches 20 m past the border is flown inside it: from 80 m one line shows 56 m on either side."""
    corridor = Corridor(line=tuple(frame.to_geo_many([(-300, 1980), (300, 1980)])), width_m=80)
    assert isinstance(plan_routes(make_district(), "d-1", [make_route(corridor)], at=at), Plan)


def test_a_scribble_is_repaired_in_seconds(
    make_route: MakeRoute, make_district: MakeDistrict, at: datetime, frame: LocalFrame
) -> None:
    """Five hundred corners that cross each other everywhere: an answer, whichever, within seconds."""
    before = process_time()
    plan_routes(make_district(zones=False), "d-1", [make_route(scribble(500))], at=at)
    assert process_time() - before < 60


def test_wind_lengthens_the_flight_and_is_told(
    make_district: MakeDistrict, make_route: MakeRoute, frame: LocalFrame, at: datetime
) -> None:
    """1000 m north and back at 10 m/s in 9 m/s: unknown, both ways are against it, at 6 m/s instead of 10, 167 s more in all
    (leg and way home 67 s each, and 33 s for the way out); from the north only the two ways there are.
    """
    route = make_route(line_to(frame, (0, 500), (0, 1000)), speed_mps=10)
    still, north, unknown = (
        plan_routes(make_district(), "d-1", [route], at=at, wind=wind) for wind in (Wind(), Wind(9, 0), Wind(9))
    )
    assert isinstance(still, Plan)
    assert isinstance(north, Plan)
    assert isinstance(unknown, Plan)
    assert (unknown.estimate.wind_mps, unknown.estimate.wind_from_deg, north.estimate.wind_from_deg) == (9, None, 0)
    assert north.estimate.duration_s - still.estimate.duration_s == pytest.approx(1000 / 6 - 100, abs=0.5)
    assert unknown.estimate.duration_s - still.estimate.duration_s == pytest.approx(2 * (1000 / 6 - 100), abs=0.5)
    assert still.estimate.energy_wh < north.estimate.energy_wh < unknown.estimate.energy_wh


def test_too_much_wind_is_refused_with_its_reason(
    make_district: MakeDistrict, make_route: MakeRoute, frame: LocalFrame, at: datetime
) -> None:
    """12 m/s are what the type bears."""
    answer = plan_routes(make_district(), "d-1", [make_route(line_to(frame, (0, 500)))], at=at, wind=Wind(12.5, 0))
    assert codes(answer) == {ReasonCode.TOO_WINDY}
    assert "bears 12 m/s of wind; 12.5 m/s are expected" in str(answer)


def test_a_way_that_cannot_be_held_is_refused_with_its_direction(
    make_district: MakeDistrict, make_route: MakeRoute, frame: LocalFrame, at: datetime, aircraft: AircraftType
) -> None:
    """A slow type that bears 12 m/s: against 9.5 m/s its 10 m/s leave half a metre a second on the way north."""
    slow = make_district().model_copy(update={"aircraft_types": (aircraft.model_copy(update={"max_speed_mps": 10.0}),)})
    answer = plan_routes(slow, "d-1", [make_route(line_to(frame, (0, 500)))], at=at, wind=Wind(9.5, 0))
    assert codes(answer) == {ReasonCode.TOO_WINDY}
    assert "towards 0° Quad, which flies 10 m/s, makes 0.5 m/s over ground" in str(answer)


def test_a_plan_takes_the_private_zones_near_it(
    make_route: MakeRoute, make_district: MakeDistrict, make_square: MakeSquare, frame: LocalFrame, at: datetime
) -> None:
    """What a camera within the fence may see is copied at dispatch (3 km round it), the rest of the district's left at home."""
    near, far = (
        PrivateZone(id=name, name=name, outline=make_square(east_m, 0, 50)) for name, east_m in (("near", 2500), ("far", 9000))
    )
    district = make_district(make_route(line_to(frame, (100, 0), (400, 0)), "line"))
    airspace = district.airspace.model_copy(update={"private_zones": (near, far)})
    plan = plan_flight(district.model_copy(update={"airspace": airspace}), "d-1", ["line"], at=at)
    assert isinstance(plan, Plan)
    assert plan.private_zones == (near.outline,)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
