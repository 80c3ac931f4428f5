"""Scheduled flights as plans: what the checker has passed is what the aircraft carries."""

from dataclasses import replace
from datetime import timedelta

import pytest

from missions.checking import check_schedule
from missions.district import District
from missions.ground import Ground
from missions.plan import Plan
from missions.schedule import ScheduledFlight
from missions.scheduling.day import plan_day
from missions.scheduling.dispatching import as_ordered, plan_scheduled, put_off
from tests.missions.made_ground import MadeGround, hill
from tests.missions.scheduling.made_district import make_request


def plan_of(flight: ScheduledFlight, day) -> Plan:
    """The flight's plan."""
    passes = {one.id: one for one in day.schedule.passes}
    routes = {route.id: route for route in (*day.district.routes, *day.request.extra_routes)}
    flown = [passes[one.pass_id].over(routes[one.route_id]) for one in flight.visits]
    plan = plan_scheduled(flight, flown, day.district, at=flight.takes_off_at)
    assert isinstance(plan, Plan), plan
    return plan


def test_every_flight_of_the_shipped_day_becomes_the_plan_that_was_checked(shipped) -> None:
    """Passes in their order, ways on their layer; time and energy as scheduled, but where no fence holds the ways: then they
    are retimed, and the day with the flight so retimed is checked again and sound.
    """
    detours = 0
    for flight in shipped.schedule.flights:
        plan = plan_of(flight, shipped)
        assert list(plan.route_ids) == [visit.route_id for visit in flight.visits]
        assert plan.drone_id == flight.drone_id
        assert plan.transit_height_m == pytest.approx(flight.path[1].height_m)
        ordered = as_ordered(flight, plan, shipped.district, flight.takes_off_at)
        if abs(plan.estimate.duration_s - flight.duration_s) <= 1:
            assert ordered == flight
            assert plan.estimate.energy_wh == pytest.approx(flight.energy_wh, rel=0.01)
            continue
        detours += 1
        assert ordered.duration_s == pytest.approx(plan.estimate.duration_s, abs=1)
        flights = tuple(ordered if one.id == flight.id else one for one in shipped.schedule.flights)
        found = check_schedule(shipped.schedule.model_copy(update={"flights": flights}), shipped.district)
        assert [one for one in found if one.subject == flight.id] == []
    assert any(flight.layer_m for flight in shipped.schedule.flights)
    assert detours <= len(shipped.schedule.flights) // 20


def test_a_pass_is_flown_as_the_pass_says(planned) -> None:
    """A lower pass with a steeper camera gives a lower leg with that camera: the route's own height does not count."""
    flight = planned.schedule.flights[0]
    routes = {route.id: route for route in planned.district.routes}
    passes = {one.id: one for one in planned.schedule.passes}
    wanted = [passes[visit.pass_id] for visit in flight.visits]
    camera = wanted[0].camera.model_copy(update={"pitch_deg": -80.0})
    lower = wanted[0].model_copy(update={"height_m": wanted[0].height_m - 10, "camera": camera})
    flown = [one.over(routes[one.route_id]) for one in (lower, *wanted[1:])]
    path = tuple(
        point.model_copy(update={"height_m": lower.height_m})
        if flight.visits[0].begins_at <= point.at <= flight.visits[0].ends_at
        else point
        for point in flight.path
    )
    plan = plan_scheduled(flight.model_copy(update={"path": path}), flown, planned.district, at=flight.takes_off_at)
    assert isinstance(plan, Plan)
    assert {waypoint.height_m for waypoint in plan.legs[0].waypoints} == {lower.height_m}
    if routes[lower.route_id].geometry.kind != "orbit":
        assert plan.legs[0].camera_pitch_deg == -80.0


def test_a_flight_put_off_is_the_same_flight_later(planned) -> None:
    """All its moments move together."""
    flight = planned.schedule.flights[0]
    later = put_off(flight, timedelta(minutes=7))
    assert later.duration_s == flight.duration_s
    assert {b.at - a.at for a, b in zip(flight.path, later.path, strict=True)} == {timedelta(minutes=7)}
    assert put_off(later, timedelta(minutes=-7)) == flight


def test_a_flight_over_a_hill_is_dispatched_over_it(small: District) -> None:
    """Its plan follows the same ground: as long as it was scheduled, and the day with it as ordered is sound over the hill."""
    ground: Ground = MadeGround(small.docks[0].point, hill(500, 300, 45, 300))
    schedule = plan_day(replace(make_request(small), ground=ground))
    routes = {route.id: route for route in small.routes}
    passes = {one.id: one for one in schedule.passes}
    for flight in schedule.flights:
        flown = [passes[visit.pass_id].over(routes[visit.route_id]) for visit in flight.visits]
        plan = plan_scheduled(flight, flown, small, at=flight.takes_off_at, ground=ground)
        assert isinstance(plan, Plan), str(plan)
        assert plan.estimate.terrain == "made up"
        ordered = as_ordered(flight, plan, small, flight.takes_off_at)
        assert ordered.duration_s == pytest.approx(flight.duration_s, rel=0.02)
        flights = tuple(ordered if one.id == flight.id else one for one in schedule.flights)
        found = check_schedule(schedule.model_copy(update={"flights": flights}), small, ground)
        assert [one for one in found if one.subject == flight.id] == []
