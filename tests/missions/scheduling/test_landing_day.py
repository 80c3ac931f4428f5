"""Whole days on which a drone lands in another dock: planned, checked by the independent checker, and repaired.

Only a-1 sees in the infrared. Its battery of 35 Wh brings it neither to the chimney in the west and back nor along the river
and back (29 and 28.5 Wh of 26.25), but to the chimney and on to dock-2 (23 Wh), and from there along the river home (25.6 Wh).
"""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.checking import check_schedule
from missions.district import District
from missions.operations import Operations
from missions.schedule import DayConditions, Schedule, UnservedCode
from missions.scheduling.day import plan_day
from missions.scheduling.elsewhere import fill_in_elsewhere
from missions.scheduling.fill_in import fill_in
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.repair import Change, Repaired, Urgent, repair
from tests.missions.scheduling.made_district import (
    DAILY,
    ROUTES,
    aircraft,
    make_district,
    make_dock_1,
    make_dock_2,
    make_request,
)
from tests.missions.scheduling.test_repair import assert_sound, urgent_at, with_routes

RIVER, POSTS = ROUTES[1], ROUTES[6]
CHIMNEY = ROUTES[4].model_copy(update={"frequency": DAILY})
CALM = DayConditions()


def west(**dock_2: object) -> District:
    """The river, the chimney and the posts, with a place for a guest in dock-2 unless said otherwise."""
    types = (aircraft("quad-t", thermal=True, battery_wh=35), aircraft("quad", thermal=False))
    docks = (make_dock_1(), make_dock_2(**({"capacity": 2} | dock_2)))
    return make_district(RIVER, CHIMNEY, POSTS, docks=docks, aircraft_types=types, operations=Operations(land_elsewhere=True))


def improved(problem: Problem, solution: Solution) -> Solution:
    """Filled in, with landings elsewhere."""
    filled = fill_in(problem, solution, clock=lambda: 0.0, until_s=1.0)
    return fill_in_elsewhere(problem, filled, clock=lambda: 0.0, until_s=1.0)


def planned(district: District) -> Schedule:
    """The district's day."""
    return plan_day(make_request(district), improved)


def routes_of(schedule: Schedule, drone_id: str) -> set[str]:
    """What a drone sees on the day."""
    return {visit.route_id for flight in schedule.flights if flight.drone_id == drone_id for visit in flight.visits}


@pytest.fixture(scope="module")
def day() -> Schedule:
    """The day in the west."""
    return planned(west())


def test_far_passes_are_flown_by_way_of_another_dock(day: Schedule) -> None:
    """The chimney and the river, each on one side of a landing in dock-2, which lies 20 m higher; the checker finds nothing."""
    assert check_schedule(day, west()) == []
    assert routes_of(day, "a-1") >= {"chimney", "river"}
    out = next(flight for flight in day.flights if flight.to_dock_id != flight.from_dock_id)
    assert (out.drone_id, out.from_dock_id, out.to_dock_id, out.path[-1].height_m) == ("a-1", "dock-1", "dock-2", 20.0)


def test_without_a_place_they_wait() -> None:
    """And say why: no battery brings a drone there and back."""
    district = west(capacity=1)
    schedule = planned(district)
    assert check_schedule(schedule, district) == []
    assert routes_of(schedule, "a-1").isdisjoint({"chimney", "river"})
    told = {one.route_id: (one.code, one.text) for one in schedule.unserved}
    assert told["chimney"][0] == UnservedCode.CANNOT_BE_FLOWN
    assert "on one battery" in told["chimney"][1]


def test_nobody_lands_elsewhere_unless_the_operations_say_so() -> None:
    """There is a place, but no permission."""
    assert routes_of(planned(west().model_copy(update={"operations": Operations()})), "a-1").isdisjoint({"chimney", "river"})


def test_a_dock_for_other_types_is_no_place() -> None:
    """dock-2 takes those without a thermal camera only."""
    assert routes_of(planned(west(type_ids=("quad",))), "a-1").isdisjoint({"chimney", "river"})


def test_a_swap_lets_it_go_on_sooner(day: Schedule) -> None:
    """Two minutes and the turnaround instead of most of an hour; the checker counts the swap for itself."""
    district = west(swap_s=120.0)
    swapped = planned(district)
    assert check_schedule(swapped, district) == []
    stays = [_stay(schedule) for schedule in (swapped, day)]
    assert timedelta(seconds=300) <= stays[0] < stays[1] - timedelta(minutes=20)


def _stay(schedule: Schedule) -> timedelta:
    """From the first landing in dock-2 to the take-off after it."""
    own = [flight for flight in schedule.flights if flight.drone_id == "a-1"]
    number = next(number for number, flight in enumerate(own) if flight.to_dock_id == "dock-2")
    return own[number + 1].takes_off_at - own[number].lands_at


def repaired_away(day: Schedule, conditions: DayConditions = CALM, urgent: tuple[Urgent, ...] = ()) -> Repaired:
    """Something happens a minute after the landing in dock-2."""
    out = next(flight for flight in day.flights if flight.to_dock_id == "dock-2" and flight.drone_id == "a-1")
    at = out.lands_at + timedelta(minutes=1)
    done = repair(day, Change(at, conditions, urgent), west())
    assert_sound(done, day, at, with_routes(west(), *urgent))
    return done


def test_nothing_happens_while_it_is_away(day: Schedule) -> None:
    """Everything stays as it was."""
    done = repaired_away(day)
    assert (done.moved, done.dropped, done.stranded) == ((), (), ())


def test_a_drone_lost_away_from_home_stays_there(day: Schedule) -> None:
    """It is told."""
    done = repaired_away(day, DayConditions(grounded_drones=("a-1",)))
    assert done.stranded == ("a-1",)


def test_an_urgent_look_from_where_it_stands(day: Schedule) -> None:
    """By the drone in dock-2 that sees in the infrared; and it is home in the evening."""
    urgent = urgent_at(-1200, 200, west(), thermal=True)
    done = repaired_away(day, urgent=(urgent,))
    [flight] = [one for one in done.schedule.flights if "hotline:9@urgent" in {visit.pass_id for visit in one.visits}]
    assert (flight.drone_id, flight.from_dock_id) == ("a-1", "dock-2")
    assert done.stranded == ()


@settings(max_examples=25, deadline=None)
@given(
    st.floats(-600, 12 * 3600),
    st.sampled_from([(), ("a-1",), ("b-1",)]),
    st.sampled_from([None, (-1200, 300), (300, -300)]),
)
def test_whatever_happens_the_day_is_sound(
    day: Schedule, after_s: float, grounded: tuple[str, ...], place_m: tuple[float, float] | None
) -> None:
    """At any moment, with drones lost and urgent looks."""
    at = day.flights[0].takes_off_at + timedelta(seconds=after_s)
    urgent = (urgent_at(*place_m, west()),) if place_m else ()
    done = repair(day, Change(at, DayConditions(grounded_drones=grounded), urgent), west())
    assert_sound(done, day, at, with_routes(west(), *urgent))
    assert "a-2" not in done.stranded
