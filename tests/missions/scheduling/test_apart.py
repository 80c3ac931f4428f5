"""Flying department by department."""

from missions.schedule import Schedule
from missions.scheduling.apart import apart_work, as_flown_apart, departments_of
from missions.scheduling.day import first_plan, plan_day, schedule_of
from missions.scheduling.standing import standing_demands
from tests.missions.scheduling.conftest import PlannedDay
from tests.missions.scheduling.made_district import make_district, make_request, make_route
from tests.missions.scheduling.test_joining import HERE, call


def alone(day: PlannedDay, department_id: str) -> Schedule:
    """Its part of the day, greedily planned."""
    work = apart_work(day.schedule, department_id, day.district, ())
    return schedule_of(work, first_plan(work), "alone")


def test_each_flies_what_it_was_given(planned: PlannedDay) -> None:
    """The passes of a department alone are those that the day flies for it, and the fleet that flew all flies a part."""
    flown = {visit.pass_id for flight in planned.schedule.flights for visit in flight.visits}
    for id in departments_of(planned.schedule):
        own = {one.id for one in planned.schedule.passes if id in one.departments} & flown
        schedule = alone(planned, id)
        assert {one.id for one in schedule.passes} == own
        assert as_flown_apart(id, schedule).missed == 0


def test_together_is_less(planned: PlannedDay) -> None:
    """Passes that several want are flown once: the sum over the departments is more than the day has taken."""
    made = [as_flown_apart(id, alone(planned, id)) for id in departments_of(planned.schedule)]
    assert [one.department_id for one in made] == ["police", "urban", "water_bureau"]
    assert sum(one.minutes for one in made) > planned.schedule.flight_h * 60
    assert sum(one.flights for one in made) > len(planned.schedule.flights)


def test_who_joined_flies_its_own_route_alone() -> None:
    """A place that the road's pass sees is flown by itself where its department flies alone, and the road as its own demands
    need it.
    """
    district = make_district()
    own = make_route("hotline-7", HERE, "event", height_m=40.0)
    request = make_request(district, demands=[*standing_demands(district), call()], extra_routes=(own,))
    schedule = plan_day(request)
    [shared] = [one for one in schedule.passes if "hotline:7" in one.demand_ids]
    police = apart_work(schedule, "police", district, (own,)).legwork.passes
    [spot] = [one for one in police if one.route_id == "hotline-7"]
    assert (spot.demand_ids, spot.height_m, spot.departments) == (("hotline:7",), 40.0, ("police",))
    [road] = [one for one in police if one.id == shared.id]
    assert set(road.demand_ids) == {"road:traffic"} & set(shared.demand_ids)
    urban = apart_work(schedule, "urban", district, (own,)).legwork.passes
    assert "hotline-7" not in {one.route_id for one in urban}
