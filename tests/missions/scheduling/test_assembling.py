"""Names for flights, reasons for what is not flown."""

from datetime import time

import pytest

from missions.airspace import Airspace
from missions.district import District
from missions.operations import Operations
from missions.route import WaypointList
from missions.schedule import Closure, DayConditions, Schedule, Unserved, UnservedCode
from missions.scheduling.assembling import DayFacts, assemble
from missions.scheduling.day import plan_day
from missions.scheduling.separating import Clock
from tests.missions.scheduling.made_district import (
    AFTERNOON,
    DAY,
    FLYING,
    MORNING,
    ROUTES,
    aircraft,
    made_flown,
    make_demand,
    make_district,
    make_legwork,
    make_pass,
    make_request,
    make_route,
    place,
    span,
    square,
)

POSTS, RIVER = ROUTES[6], ROUTES[1]
HERE = WaypointList(points=(place(300, 300),))
LEGWORK = make_legwork([make_pass(POSTS, number=number) for number in range(1, 4)])


def planned(district: District, **changes: object) -> Schedule:
    """The day of a district."""
    return plan_day(make_request(district, **changes))


def left(district: District, **changes: object) -> Unserved:
    """The one pass that is not flown; nothing is."""
    schedule = planned(district, **changes)
    assert schedule.flights == ()
    [one] = schedule.unserved
    return one


def assembled(*starts_s: float, used_ids: tuple[str, ...] = (), names: tuple[str, ...] = ("", "", "")) -> list[str]:
    """The ids of flights that start at these moments."""
    clock = Clock(LEGWORK.problem, 45.0)
    for job, (start_s, name) in enumerate(zip(starts_s, names, strict=False)):
        clock.put([made_flown(job, start_s, job, x_m=5000.0 * job)], name)
    facts = DayFacts("small", DAY, 1, FLYING, DayConditions())
    return [flight.id for flight in assemble(clock, LEGWORK, facts, "by hand", used_ids).flights]


def test_flights_are_numbered_in_the_order_of_their_starts() -> None:
    """By day and number, however they were put on the clock."""
    assert assembled(900.0, 0.0, 600.0) == ["0602-001", "0602-002", "0602-003"]


def test_names_are_kept_and_never_given_again() -> None:
    """What a flight was called stays with it; a number that a flight of before had is nobody else's, even if that is gone."""
    assert assembled(0.0, 600.0, 900.0, names=("", "0602-001", ""), used_ids=("0602-001", "0602-002")) == [
        "0602-003",
        "0602-001",
        "0602-004",
    ]


def test_facts_of_the_day_are_written_down() -> None:
    """District, day, seed, method, daylight and conditions are those given; every pass is there."""
    facts = DayFacts("small", DAY, 7, FLYING, DayConditions(wind_mps=3.0))
    schedule = assemble(Clock(LEGWORK.problem, 45.0), LEGWORK, facts, "by hand")
    assert (schedule.district_id, schedule.day, schedule.seed, schedule.method) == ("small", DAY, 7, "by hand")
    assert (schedule.daylight, schedule.conditions) == (FLYING, DayConditions(wind_mps=3.0))
    assert schedule.passes == LEGWORK.passes
    assert [one.pass_id for one in schedule.unserved] == ["posts@1", "posts@2", "posts@3"]


def test_kept_for_a_day() -> None:
    """What waits is kept until a day after the last light, 19:01 on the second of June; then it is due again by itself."""
    one = left(make_district(make_route("r", HERE, "sanitation", height_m=130.0)))
    end = planned(make_district(POSTS)).daylight.ends_at
    assert (one.expires_at - end).total_seconds() == 86400


def test_route_that_cannot_be_flown() -> None:
    """130 m are too high for anybody, today and every day."""
    one = left(make_district(make_route("r", HERE, "sanitation", height_m=130.0)))
    assert one.code == UnservedCode.CANNOT_BE_FLOWN
    assert "130 m over ground; at most 120 m" in one.text


def test_ground_that_is_closed_today() -> None:
    """A closure over the posts; without it they are flown."""
    parade = Closure(id="parade", outline=square(300, -450, 60), span=FLYING)
    one = left(make_district(POSTS), conditions=DayConditions(closures=(parade,)))
    assert one.code == UnservedCode.AIRSPACE_CLOSED
    assert "parade" in one.text


def test_ground_that_is_closed_for_all_its_hours() -> None:
    """The posts are wanted from 07:00 to 10:00, and closed from 06:50 to 09:58: two minutes are no time for a flight."""
    parade = Closure(id="parade", outline=square(300, -450, 60), span=span(20 * 60, 208 * 60))
    demands = [make_demand("a", "posts", windows=(MORNING,))]
    one = left(make_district(POSTS), demands=demands, conditions=DayConditions(closures=(parade,)))
    assert one.code == UnservedCode.AIRSPACE_CLOSED
    assert "by 'parade' 06:50-09:58" in one.text
    later = Closure(id="parade", outline=parade.outline, span=span(220 * 60, 300 * 60))
    assert planned(make_district(POSTS), demands=demands, conditions=DayConditions(closures=(later,))).unserved == ()


def test_docks_that_are_closed_today() -> None:
    """The posts are free, but a closure lies over both docks: no way leads out."""
    closures = tuple(Closure(id=f"c{n}", outline=square(x_m, 0, 90), span=FLYING) for n, x_m in enumerate((0, -1200)))
    one = left(make_district(POSTS), conditions=DayConditions(closures=closures))
    assert (one.code, one.text) == (
        UnservedCode.AIRSPACE_CLOSED,
        "no way leads to it and back from the docks of the drones that can fly it",
    )


def test_docks_outside() -> None:
    """The same where the catalogue itself leaves the docks outside."""
    one = left(make_district(make_route("r", HERE, "sanitation"), airspace=Airspace(permitted=square(800, 800, 700))))
    assert one.code == UnservedCode.CANNOT_BE_FLOWN


def test_wind_that_no_able_drone_bears() -> None:
    """a-1 bears 9 m/s, and only it can fly the river; at 10 m/s the others fly the posts."""
    types = (aircraft("quad-t", thermal=True, max_wind_mps=9), aircraft("quad", thermal=False))
    schedule = planned(make_district(RIVER, POSTS, aircraft_types=types), conditions=DayConditions(wind_mps=10.0))
    assert [visit.route_id for flight in schedule.flights for visit in flight.visits] == ["posts"]
    [one] = schedule.unserved
    assert (one.code, one.text) == (UnservedCode.WEATHER, "no drone that can fly it bears 10 m/s of wind: a-1")


@pytest.mark.parametrize("away", [("a-1",), ("a-1", "a-2", "b-1")])
def test_able_drones_that_are_away(away: tuple[str, ...]) -> None:
    """The river waits for the one thermal drone, whoever else is there."""
    one = left(make_district(RIVER), conditions=DayConditions(grounded_drones=away))
    assert (one.code, one.text) == (UnservedCode.NO_ABLE_DRONE, "the drones that can fly it do not fly today: a-1")


def test_fleet_without_such_a_drone() -> None:
    """Types are in the catalogue that nobody has a drone of."""
    one = left(make_district(RIVER, drones=make_district().drones[1:]))
    assert (one.code, one.text) == (UnservedCode.NO_ABLE_DRONE, "the fleet has no drone of a type that can fly it")


def test_time_that_is_shorter_than_the_look() -> None:
    """The posts take 41.5 s; with a day of 30 s there is none for them."""
    hours = Operations(day_begins=time(8), day_ends=time(8, 0, 30))
    one = left(make_district(POSTS, operations=hours))
    assert (one.code, one.text) == (UnservedCode.OUTSIDE_HOURS, "it takes 1 min; its time today is 0 min long")


def test_no_room_in_the_day() -> None:
    """A day of two minutes is long enough for the look, not for the flight of 3.7 min."""
    hours = Operations(day_begins=time(8), day_ends=time(8, 2))
    assert left(make_district(POSTS, operations=hours)).code == UnservedCode.NO_ROOM


def test_other_flight_in_the_way() -> None:
    """Both routes of dock-1 are wanted in the same five minutes: who waits is told whom it would meet."""
    passes = [make_pass(POSTS, span(0, 300)), make_pass(POSTS, span(0, 300), number=2)]
    legwork = make_legwork(passes, make_district(drones=make_district().drones[:2]))
    clock = Clock(legwork.problem, 45.0)
    assert clock.put([made_flown(0, 0.0, 0)])
    assert not clock.put([made_flown(1, 0.0, 1)])
    schedule = assemble(clock, legwork, DayFacts("small", DAY, 1, FLYING, DayConditions()), "by hand")
    [one] = schedule.unserved
    assert one.code == UnservedCode.NO_ROOM
    assert one.text == "its flight would come too near to one of a-1, at whatever height and however late it started"


def test_times_of_day_that_exclude_each_other_wait_for_none() -> None:
    """Morning and afternoon demands of one route are two passes, both flown."""
    demands = [make_demand("a", "posts", windows=(MORNING,)), make_demand("b", "posts", windows=(AFTERNOON,))]
    schedule = planned(make_district(POSTS), demands=demands)
    assert schedule.unserved == ()
    assert {visit.pass_id for flight in schedule.flights for visit in flight.visits} == {"posts@1", "posts@2"}
