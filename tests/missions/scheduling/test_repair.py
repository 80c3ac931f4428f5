"""Something happens during the day, and the plan changes as little as possible."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from shapely import LineString, Polygon

from missions.checking import check_schedule
from missions.district import District
from missions.errors import Conflict
from missions.route import Route, WaypointList
from missions.schedule import Closure, DayConditions, Schedule, ScheduledFlight, Span, UnservedCode
from missions.scheduling.day import plan_day
from missions.scheduling.registration import register
from missions.scheduling.repair import PREPARE, Change, Repaired, Urgent, repair
from tests.missions.scheduling.conftest import PlannedDay
from tests.missions.scheduling.made_district import FRAME, ON_CALL, make_demand, make_request, place, square

CALM = DayConditions()


def urgent_at(x_m: float, y_m: float, district: District, *, thermal: bool = False, id: str = "hotline:9") -> Urgent:
    """A spot of the small district to be looked at now."""
    spot = WaypointList(points=(place(x_m, y_m),))
    demand = make_demand(id, geometry=spot, category="event", department_id="police", frequency=ON_CALL, thermal=thermal)
    route = register(demand, district, datetime.fromisoformat("2026-06-02T00:00:00Z"))
    assert isinstance(route, Route)
    return Urgent(demand, route)


def with_routes(district: District, *urgent: Urgent) -> District:
    """The district as the checker knows it."""
    return district.model_copy(update={"routes": (*district.routes, *(one.route for one in urgent))})


def in_the_air(schedule: Schedule, at: datetime) -> list[ScheduledFlight]:
    """Flights that have begun."""
    return [flight for flight in schedule.flights if flight.takes_off_at < at]


def passes_of(schedule: Schedule) -> set[str]:
    """The passes that are flown."""
    return {visit.pass_id for flight in schedule.flights for visit in flight.visits}


def assert_sound(done: Repaired, before: Schedule, at: datetime, district: District) -> None:
    """No rule is broken, every pass is flown or waits with a reason, and what had begun goes on to the letter."""
    after = done.schedule
    assert check_schedule(after, district) == []
    waiting = {one.pass_id for one in after.unserved if one.text}
    assert passes_of(after) | waiting == {one.id for one in after.passes} >= {one.id for one in before.passes}
    assert [flight for flight in after.flights if flight.takes_off_at < at] == in_the_air(before, at)
    flown = {flight.id: flight for flight in after.flights}
    later = [flight for flight in before.flights if flight.takes_off_at >= at]
    assert {flight.id for flight in later if flight.id not in flown} == set(done.dropped)
    stayed = [flight for flight in later if flight.id not in {*done.moved, *done.dropped}]
    assert all([v.pass_id for v in flown[one.id].visits] == [v.pass_id for v in one.visits] for one in stayed)
    assert all(abs(flown[one.id].takes_off_at - one.takes_off_at) <= timedelta(seconds=1) for one in stayed)


@pytest.fixture(scope="module")
def busy(planned: PlannedDay) -> Schedule:
    """The small day with each pass in a flight of its own: more flights to keep apart, and to move."""
    return plan_day(planned.request, lambda problem, solution: replace(solution, trips=()))


@pytest.fixture(scope="module")
def storm(small: District) -> Schedule:
    """The small day in 20 m/s of wind: nobody flies."""
    return plan_day(make_request(small, conditions=DayConditions(wind_mps=20.0)))


def test_urgent_place_is_reached(shipped: PlannedDay) -> None:
    """In the middle of the shipped day a spot is to be looked at: a drone is sent, its arrival told; flights in the air go on,
    and at most a tenth of the others move or go.
    """
    before, district = shipped.schedule, shipped.district
    starts = [flight.takes_off_at for flight in before.flights]
    at = starts[len(starts) // 2] + timedelta(seconds=60)
    spot = WaypointList(points=(district.docks[6].point.moved(45, 700),))
    category = district.categories[-1]
    asked = {"category": category.key, "department_id": category.department_id, "max_sample_m": 0.2}
    demand = make_demand("hotline:9", geometry=spot, frequency=ON_CALL, **asked)
    route = register(demand, district, at)
    assert isinstance(route, Route)
    urgent = Urgent(demand, route)
    done = repair(before, Change(at, CALM, [urgent]), district)
    assert_sound(done, before, at, with_routes(district, urgent))
    [visit] = [v for flight in done.schedule.flights for v in flight.visits if v.route_id == route.id]
    assert abs(done.arrivals["hotline:9"] - visit.begins_at) <= timedelta(milliseconds=2)
    assert at + PREPARE < visit.begins_at < at + timedelta(minutes=15)
    waiting = len(before.flights) - len(in_the_air(before, at))
    assert waiting > 10
    assert len(done.moved) + len(done.dropped) <= waiting / 10
    assert passes_of(done.schedule) >= passes_of(before)


def test_nothing_happens(shipped: PlannedDay) -> None:
    """A repair without a change leaves the flights as they are."""
    before = shipped.schedule
    at = before.flights[len(before.flights) // 3].takes_off_at
    done = repair(before, Change(at, CALM), shipped.district)
    assert (done.moved, done.dropped, done.arrivals) == ((), (), {})
    assert_sound(done, before, at, shipped.district)
    assert [flight.id for flight in done.schedule.flights] == [flight.id for flight in before.flights]


def test_nearest_drone_is_sent(storm: Schedule, small: District) -> None:
    """The storm is over, and everybody is at home: a spot 300 m from dock-2 is b-1's. It takes off two minutes after the
    decision; up 80 m in 16 s, 300 m at 10 m/s, and stopping to turn back in 5 s make 51 s.
    """
    at = storm.daylight.begins_at + timedelta(hours=3)
    urgent = urgent_at(-1200, 300, small)
    done = repair(storm, Change(at, CALM, [urgent]), small)
    assert_sound(done, storm, at, with_routes(small, urgent))
    [flight] = [one for one in done.schedule.flights if "hotline:9@urgent" in {visit.pass_id for visit in one.visits}]
    assert flight.drone_id == "b-1"
    assert (done.arrivals["hotline:9"] - at).total_seconds() == pytest.approx(120 + 51, abs=0.1)


def test_urgent_thermal_look_is_the_thermal_drones(busy: Schedule, small: District) -> None:
    """The same spot in the infrared is a-1's, from farther away; without a-1 nobody comes, and it is told."""
    at = busy.flights[0].takes_off_at - timedelta(minutes=10)
    urgent = urgent_at(-1200, 300, small, thermal=True)
    done = repair(busy, Change(at, CALM, [urgent]), small)
    assert_sound(done, busy, at, with_routes(small, urgent))
    assert {f.drone_id for f in done.schedule.flights for v in f.visits if v.pass_id == "hotline:9@urgent"} == {"a-1"}
    alone = repair(busy, Change(at, DayConditions(grounded_drones=("a-1",)), [urgent]), small)
    assert_sound(alone, busy, at, with_routes(small, urgent))
    assert alone.arrivals == {}
    told = {one.pass_id: one.code for one in alone.schedule.unserved}
    assert told["hotline:9@urgent"] == UnservedCode.NO_ABLE_DRONE


def test_two_urgent_places(busy: Schedule, small: District) -> None:
    """Both are reached, by different drones, apart."""
    at = busy.flights[0].takes_off_at - timedelta(minutes=10)
    urgent = [urgent_at(-1200, 300, small, id="hotline:1"), urgent_at(300, -300, small, id="hotline:2")]
    done = repair(busy, Change(at, CALM, urgent), small)
    assert_sound(done, busy, at, with_routes(small, *urgent))
    assert set(done.arrivals) == {"hotline:1", "hotline:2"}


def test_lost_drone_is_replaced(planned: PlannedDay) -> None:
    """a-2 is lost before its first flight: that goes, and all its passes are flown by others."""
    before, district = planned.schedule, planned.district
    own = [flight for flight in before.flights if flight.drone_id == "a-2"]
    at = own[0].takes_off_at - timedelta(minutes=5)
    done = repair(before, Change(at, DayConditions(grounded_drones=("a-2",))), district)
    assert_sound(done, before, at, district)
    assert set(done.dropped) == {flight.id for flight in own}
    assert passes_of(done.schedule) == passes_of(before)
    assert all(flight.drone_id != "a-2" for flight in done.schedule.flights)


def test_lost_drone_that_nobody_replaces(busy: Schedule, small: District) -> None:
    """a-1 is the only thermal drone: what it has not flown yet waits, and is told why."""
    at = busy.flights[0].takes_off_at - timedelta(minutes=10)
    done = repair(busy, Change(at, DayConditions(grounded_drones=("a-1",))), small)
    assert_sound(done, busy, at, small)
    assert {one.route_id for one in done.schedule.unserved} == {"river", "yard", "chimney"}
    assert {one.code for one in done.schedule.unserved} == {UnservedCode.NO_ABLE_DRONE}
    assert all("a-1" in one.text for one in done.schedule.unserved)


def test_drone_that_is_lost_in_the_air_lands_first(busy: Schedule, small: District) -> None:
    """A flight that has begun stands, also for the checker: it was there before the drone was lost."""
    flight = busy.flights[0]
    at = flight.takes_off_at + timedelta(seconds=30)
    done = repair(busy, Change(at, DayConditions(grounded_drones=(flight.drone_id,))), small)
    assert_sound(done, busy, at, small)
    assert done.schedule.flights[0] == flight
    assert done.schedule.conditions.since == at


def test_rising_wind(busy: Schedule, small: District) -> None:
    """At 13 m/s nobody takes off any more; who is in the air comes home."""
    at = busy.flights[1].takes_off_at + timedelta(seconds=30)
    done = repair(busy, Change(at, DayConditions(wind_mps=13.0)), small)
    assert_sound(done, busy, at, small)
    assert list(done.schedule.flights) == in_the_air(busy, at)
    assert {one.code for one in done.schedule.unserved} == {UnservedCode.WEATHER}


def _closed(x_m: float, y_m: float, half_m: float, at: datetime, schedule: Schedule) -> DayConditions:
    span = Span(begins_at=at, ends_at=schedule.daylight.ends_at)
    return DayConditions(closures=(Closure(id="parade", outline=square(x_m, y_m, half_m), span=span),))


def _crosses(flight: ScheduledFlight, x_m: float, y_m: float, half_m: float) -> bool:
    corners = [
        (x_m - half_m, y_m - half_m),
        (x_m + half_m, y_m - half_m),
        (x_m + half_m, y_m + half_m),
        (x_m - half_m, y_m + half_m),
    ]
    return LineString([FRAME.to_xy(point.point) for point in flight.path]).intersects(Polygon(corners))


@pytest.mark.parametrize("whole", ["planned", "busy"])
def test_closed_airspace_is_not_crossed(whole: str, small: District, request: pytest.FixtureRequest) -> None:
    """Over the middle of the road airspace is closed before the first flight: the road waits, the rest is flown round it."""
    given = request.getfixturevalue(whole)
    before: Schedule = given.schedule if isinstance(given, PlannedDay) else given
    at = before.flights[0].takes_off_at - timedelta(minutes=5)
    done = repair(before, Change(at, _closed(0, 600, 100, at, before)), small)
    assert_sound(done, before, at, small)
    assert not any(_crosses(flight, 0, 600, 100) for flight in done.schedule.flights)
    assert {(one.route_id, one.code) for one in done.schedule.unserved} == {("road", UnservedCode.AIRSPACE_CLOSED)}


def test_closure_for_an_hour(busy: Schedule, small: District) -> None:
    """Closed over the road from before its flight until an hour after: the road is flown later the same day, all else is flown
    too, and who does not come near keeps the time.
    """
    at = busy.flights[0].takes_off_at - timedelta(minutes=5)
    own = next(one for one in busy.flights if any(visit.route_id == "road" for visit in one.visits))
    reopens = own.lands_at + timedelta(hours=1)
    parade = Closure(id="parade", outline=square(0, 600, 100), span=Span(begins_at=at, ends_at=reopens))
    done = repair(busy, Change(at, DayConditions(closures=(parade,))), small)
    assert_sound(done, busy, at, small)
    assert passes_of(done.schedule) == passes_of(busy)
    [road] = [visit for one in done.schedule.flights for visit in one.visits if visit.route_id == "road"]
    assert road.begins_at > reopens
    assert any(one in done.schedule.flights for one in busy.flights)


def test_closure_over_a_flight_in_the_air(busy: Schedule, small: District) -> None:
    """Who is under way to the road when it is closed flies on, and the checker lets it stand."""
    own = next(one for one in busy.flights if any(visit.route_id == "road" for visit in one.visits))
    at = own.takes_off_at + timedelta(seconds=20)
    done = repair(busy, Change(at, _closed(0, 600, 100, at, busy)), small)
    assert_sound(done, busy, at, small)
    assert own in done.schedule.flights


def test_shorter_flight_is_told_as_moved(planned: PlannedDay) -> None:
    """A flight that goes on without the last of its passes has changed, though it starts at its time."""
    before = planned.schedule
    flight = next(one for one in before.flights if one.visits[-1].route_id == "market")
    assert len(flight.visits) > 1
    at = before.flights[0].takes_off_at - timedelta(minutes=5)
    done = repair(before, Change(at, _closed(-1200, 600, 100, at, before)), planned.district)
    assert_sound(done, before, at, planned.district)
    [after] = [one for one in done.schedule.flights if one.id == flight.id]
    assert after.takes_off_at == flight.takes_off_at
    assert [visit.pass_id for visit in after.visits] == [visit.pass_id for visit in flight.visits[:-1]]
    assert done.moved == (flight.id,)


def test_closed_dock(busy: Schedule, small: District) -> None:
    """Over dock-2 airspace is closed: nothing takes off there, and no way through it is invented; dock-1 flies what it can."""
    at = busy.flights[0].takes_off_at - timedelta(minutes=5)
    done = repair(busy, Change(at, _closed(-1200, 0, 90, at, busy)), small)
    assert_sound(done, busy, at, small)
    assert {flight.from_dock_id for flight in done.schedule.flights} == {"dock-1"}
    assert passes_of(done.schedule) == passes_of(busy)


def test_names_of_dropped_flights_are_not_given_again(planned: PlannedDay) -> None:
    """Who looks for a flight that was dropped must not find another."""
    before = planned.schedule
    at = before.flights[0].takes_off_at - timedelta(minutes=5)
    done = repair(before, Change(at, DayConditions(grounded_drones=("a-2",))), planned.district)
    old = {flight.id: {visit.pass_id for visit in flight.visits} for flight in before.flights}
    assert done.dropped
    assert not {flight.id for flight in done.schedule.flights} & set(done.dropped)
    for flight in done.schedule.flights:
        assert {visit.pass_id for visit in flight.visits} <= old.get(flight.id, passes_of(before))


def test_repaired_day_is_repaired_again(busy: Schedule, small: District) -> None:
    """An urgent look in the morning, a drone lost at noon: the routes of the first repair are needed for the second."""
    first_at = busy.flights[0].takes_off_at - timedelta(minutes=10)
    urgent = urgent_at(-1200, 300, small)
    once = repair(busy, Change(first_at, CALM, [urgent]), small).schedule
    then = once.flights[2].takes_off_at + timedelta(seconds=1)
    lost = DayConditions(grounded_drones=("b-1",))
    with pytest.raises(Conflict, match="hotline-9"):
        repair(once, Change(then, lost), small)
    twice = repair(once, Change(then, lost), small, [urgent.route])
    assert_sound(twice, once, then, with_routes(small, urgent))
    with pytest.raises(Conflict, match="hotline:9@urgent"):
        repair(once, Change(then, lost, [urgent]), small, [urgent.route])


def test_two_urgent_demands_of_one_route(busy: Schedule, small: District) -> None:
    """The same place may be asked for again: another demand is another pass."""
    first_at = busy.flights[0].takes_off_at - timedelta(minutes=10)
    urgent = urgent_at(300, -300, small)
    once = repair(busy, Change(first_at, CALM, [urgent]), small).schedule
    again = Urgent(urgent.demand.model_copy(update={"id": "hotline:10"}), urgent.route)
    later = first_at + timedelta(hours=1)
    done = repair(once, Change(later, CALM, [again]), small)
    assert_sound(done, once, later, with_routes(small, urgent))
    assert done.arrivals["hotline:10"] > later


def test_after_the_day(busy: Schedule, small: District) -> None:
    """When everybody has landed and the day is over, nothing can be sent, and nothing that was flown changes."""
    at = busy.daylight.ends_at + timedelta(minutes=1)
    urgent = urgent_at(300, -300, small)
    done = repair(busy, Change(at, CALM, [urgent]), small)
    assert done.schedule.flights == busy.flights
    assert done.arrivals == {}
    assert [(one.pass_id, one.code) for one in done.schedule.unserved] == [("hotline:9@urgent", UnservedCode.OUTSIDE_HOURS)]


def test_day_is_still_the_day(busy: Schedule, small: District) -> None:
    """Day, seed and daylight are kept; the method says that it was repaired."""
    done = repair(busy, Change(busy.flights[0].takes_off_at, CALM), small)
    assert (done.schedule.day, done.schedule.seed, done.schedule.daylight) == (date(2026, 6, 2), 1, busy.daylight)
    assert done.schedule.method == "greedy, repaired"


def test_storm_that_is_over(storm: Schedule, small: District) -> None:
    """The conditions of a repair are those that hold from then on: what waited for the wind is flown."""
    at = storm.daylight.begins_at + timedelta(hours=3)
    done = repair(storm, Change(at, CALM), small)
    assert_sound(done, storm, at, small)
    assert done.schedule.flights
    assert all(flight.takes_off_at >= at + PREPARE for flight in done.schedule.flights)


def test_what_has_begun_may_be_told(planned) -> None:
    """A flight that is late on its dock takes off as soon as it may, and one that took off early stays as it is."""
    early, late = planned.schedule.flights[1], planned.schedule.flights[0]
    at = late.takes_off_at + timedelta(minutes=5)
    done = repair(planned.schedule, Change(at, CALM, begun=frozenset({early.id})), planned.district)
    flown = {flight.id: flight for flight in done.schedule.flights}
    assert flown[early.id] == early
    assert flown[late.id].takes_off_at >= at + PREPARE
    assert late.id in done.moved
