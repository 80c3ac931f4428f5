"""Flights that land in another dock as plans: what was checked is what the aircraft carries, and the fence holds all of it."""

from dataclasses import replace

import pytest
from shapely import LineString, Polygon

from missions.district import District
from missions.geometry import LocalFrame
from missions.ground import on_ground
from missions.plan import Plan
from missions.planning.flight_plan import path_of
from missions.planning.mission_items import Command, mission_items
from missions.schedule import Schedule, ScheduledFlight
from missions.scheduling.day import plan_day
from missions.scheduling.dispatching import as_ordered, plan_scheduled
from tests.missions.made_ground import MadeGround, hill
from tests.missions.scheduling.made_district import make_request
from tests.missions.scheduling.test_landing_day import improved, west

DISTRICT = west()


def plan_of(flight: ScheduledFlight, schedule: Schedule, district: District, **over: object) -> Plan:
    """The flight's plan."""
    passes, routes = {one.id: one for one in schedule.passes}, {route.id: route for route in district.routes}
    flown = [passes[one.pass_id].over(routes[one.route_id]) for one in flight.visits]
    plan = plan_scheduled(flight, flown, district, at=flight.takes_off_at, **over)  # type: ignore[arg-type]
    assert isinstance(plan, Plan), plan
    return plan


@pytest.fixture(scope="module")
def day() -> Schedule:
    """The day in the west: a-1 flies to dock-2, which lies 20 m higher, and home from there."""
    return plan_day(make_request(DISTRICT), improved)


def of_a_1(schedule: Schedule) -> tuple[ScheduledFlight, ScheduledFlight]:
    """The flight to dock-2 and the next one."""
    own = [flight for flight in schedule.flights if flight.drone_id == "a-1"]
    number = next(number for number, one in enumerate(own) if one.to_dock_id == "dock-2")
    return own[number], own[number + 1]


def test_out_and_home_are_flown_as_scheduled(day: Schedule) -> None:
    """Each takes off where it was scheduled to, in the scheduled time and energy, and lands where it was scheduled to: 20 m
    over the take-off point on the way out, at home by a return on the way back.
    """
    docks = {dock.id: dock for dock in DISTRICT.docks}
    out, back = (plan_of(flight, day, DISTRICT) for flight in of_a_1(day))
    assert (out.dock_id, out.home, out.lands_in) == ("dock-1", docks["dock-1"].point, "dock-2")
    assert out.landing is not None
    assert (out.landing.point, out.landing.height_m) == (docks["dock-2"].point, 20.0)
    assert mission_items(out)[-1].command == Command.LAND
    back_from = (back.dock_id, back.home, back.home_altitude_m, back.lands_in)
    assert back_from == ("dock-2", docks["dock-2"].point, docks["dock-2"].ground_altitude_m, "dock-1")
    assert back.landing is not None
    assert (back.landing.point, back.landing.height_m) == (docks["dock-1"].point, -20.0)
    for flight, plan in zip(of_a_1(day), (out, back), strict=True):
        assert as_ordered(flight, plan, DISTRICT, flight.takes_off_at) == flight
        assert plan.estimate.energy_wh == pytest.approx(flight.energy_wh, rel=0.01)


def test_the_fence_holds_the_way_and_the_landing(day: Schedule) -> None:
    """The whole path, as far as the ground in the other dock, and the straight way back to where it took off from there."""
    for flight in of_a_1(day):
        plan = plan_of(flight, day, DISTRICT)
        frame, path = LocalFrame(plan.home), path_of(plan, DISTRICT)
        fence = Polygon(frame.to_xy_many(plan.geofence))
        assert fence.contains(LineString([point.xy for point in path.points]))
        assert fence.exterior.distance(LineString([path.points[-1].xy] * 2)) >= 8
        assert path.points[-1].height_m == pytest.approx(flight.path[-1].height_m)


def test_over_a_hill_it_lands_on_its_ground() -> None:
    """The way leads over the ground to above the landing, and the landing is at the altitude that the ground has there."""
    ground = MadeGround(DISTRICT.docks[0].point, hill(0, 300, 25, 200))
    schedule = plan_day(replace(make_request(DISTRICT), ground=ground), improved)
    away = [flight for flight in schedule.flights if flight.from_dock_id != flight.to_dock_id]
    assert away
    docks = {dock.id: dock.ground_altitude_m for dock in on_ground(DISTRICT, ground).docks}
    for flight in away:
        plan = plan_of(flight, schedule, DISTRICT, ground=ground)
        assert plan.landing is not None
        assert plan.landing.height_m == pytest.approx(docks[flight.to_dock_id] - docks[flight.from_dock_id])
        *_, above, landing = mission_items(plan)
        assert (landing.command, landing.x, landing.y) == (Command.LAND, above.x, above.y)
        assert path_of(plan, DISTRICT).points[-1].height_m == pytest.approx(plan.landing.height_m)
        assert plan.estimate.duration_s == pytest.approx(flight.duration_s, abs=1)
