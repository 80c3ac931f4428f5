"""The whole check: a sound day passes, and a day with one thing wrong is found out for just that."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from missions.airspace import NoFlyZone
from missions.checking import Rule, check_schedule
from missions.district import Drone
from missions.route import Area, CameraUse, Corridor, Orbit, WaypointList
from missions.schedule import Closure, Schedule
from tests.missions.checking.made_day import (
    EIGHT_S,
    Course,
    MadeDay,
    make_district,
    make_schedule,
    moment,
    place,
    points_course,
    span,
    square,
    west_course,
)

SOUND = MadeDay(make_schedule(), make_district())


@dataclass(frozen=True)
class Case:
    """One thing wrong: the rule, who breaks it, what the text must name, and how the sound day is broken."""

    name: str
    rule: Rule
    subject: str
    named: str
    broken: Callable[[MadeDay], MadeDay]


def _swap_visits(day: MadeDay) -> MadeDay:
    first, second = day.schedule.flights[1].visits
    return day.flight(2, visits=(second, first))


def _see_twice(day: MadeDay) -> MadeDay:
    """p-4 is seen in two halves."""
    whole = day.schedule.flights[2].visits[0]
    middle = whole.begins_at + (whole.ends_at - whole.begins_at) / 2
    halves = whole.model_copy(update={"ends_at": middle}), whole.model_copy(update={"begins_at": middle})
    return day.flight(3, visits=halves).route(4, geometry=WaypointList(points=(place(300, -450),)))


def _zone(x_m: float, y_m: float) -> NoFlyZone:
    return NoFlyZone(id="school", name="School", outline=square(x_m, y_m, 20))


CLOSED = Closure(id="parade", outline=square(0, 600, 100), span=span(60, 120))
"""f-1 flies in it from 73.5 to 98.5 s on its way out, and from 166 to 186 s on its way home."""

FAIR = Closure(id="fair", outline=square(0, 0, 20), span=span(3700, 3800))
"""Over dock-1 while f-3, which took off at 3600 s, comes down; nobody else is in the air."""


def _closed(begins_s: float, ends_s: float) -> Closure:
    return CLOSED.model_copy(update={"span": span(begins_s, ends_s)})


DETOUR = west_course().to(-40, 600).to(-1000, 0).flight(2, "d-2")
"""Past f-1's way home at 40 m, 87 s after it."""
HIGHER = Course().climb(90.0).to(0, 200).see(1, (0, 1000)).to(0, 0).flight(1, "d-1")


def _spot(x_m: float, y_m: float) -> WaypointList:
    return WaypointList(points=(place(x_m, y_m),))


RING = Orbit(center=place(0, 600), radius_m=10)


def _half_shown() -> Corridor:
    """300 m along the way; of its width of 112.03 m the half on the way's side: it is shown up to 80 m * tan 35°."""
    return Corridor(line=(place(356.0166, -300), place(356.0166, -600)), width_m=112.0332)


CASES = (
    Case("drone", Rule.UNKNOWN, "f-2", "'d-9'", lambda day: day.flight(2, drone_id="d-9")),
    Case("dock", Rule.UNKNOWN, "f-2", "'dock-9'", lambda day: day.flight(2, from_dock_id="dock-9")),
    Case("route", Rule.UNKNOWN, "p-1", "'r-9'", lambda day: day.pass_(1, route_id="r-9").visit(1, route_id="r-9")),
    Case("pass", Rule.UNKNOWN, "p-9", "'p-9'", lambda day: day.day(unserved=(*day.schedule.unserved, _waiting(day, "p-9")))),
    Case("district", Rule.UNKNOWN, "large", "'small'", lambda day: day.day(district_id="large")),
    Case("type", Rule.UNKNOWN, "d-2", "'hexa'", lambda day: day.drone(2, type_id="hexa")),
    Case("grounded", Rule.UNKNOWN, "d-9", "'d-9'", lambda day: day.conditions(grounded_drones=("d-9",))),
    Case("pass left out", Rule.ACCOUNTING, "p-5", "0 visits and 0 times", lambda day: day.day(unserved=())),
    Case("no reason", Rule.ACCOUNTING, "p-5", "no_room", lambda day: day.unserved(text=" ")),
    Case("seen twice", Rule.ACCOUNTING, "p-4", "2 visits and 0 times", _see_twice),
    Case(
        "flown and unserved",
        Rule.ACCOUNTING,
        "p-1",
        "1 visits and 1 times",
        lambda day: day.day(unserved=(*day.schedule.unserved, _waiting(day, "p-1", "r-1"))),
    ),
    Case("pass twice", Rule.ACCOUNTING, "p-1", "2 times", lambda day: day.pass_(5, id="p-1", route_id="r-1").day(unserved=())),
    Case("flight twice", Rule.ACCOUNTING, "f-1", "2 times", lambda day: day.flight(3, id="f-1")),
    Case("other route", Rule.ACCOUNTING, "p-5", "'r-4'", lambda day: day.unserved(route_id="r-4")),
    Case("demand forgotten", Rule.ACCOUNTING, "p-1", "asked by nobody", lambda day: day.pass_(1, looks=())),
    Case("demand in disguise", Rule.ACCOUNTING, "p-5", "'demand-9'", lambda day: day.look(5, demand_id="demand-9")),
    Case("other department", Rule.ACCOUNTING, "p-1", "'police'", lambda day: day.pass_(1, departments=("police",))),
    Case("worth more than asked", Rule.VALUE, "p-2", "worth 3", lambda day: day.pass_(2, value=3.5)),
    Case("negative", Rule.VALUE, "p-1", "-1", lambda day: day.pass_(1, value=-1.0)),
    Case("no number", Rule.VALUE, "p-1", "nan", lambda day: day.pass_(1, value=nan)),
    Case("endless", Rule.VALUE, "p-5", "inf", lambda day: day.pass_(5, value=inf)),
    Case("too late", Rule.WINDOW, "p-1", "08:00:36-08:02:16", lambda day: day.pass_(1, windows=(span(0, 135.9),))),
    Case("over two", Rule.WINDOW, "p-1", "08:00:00-08:01:40", lambda day: day.pass_(1, windows=(span(0, 100), span(99, 200)))),
    Case("lapsed", Rule.VALIDITY, "p-1", "2025-06-01", lambda day: day.route(1, valid_until=date(2025, 6, 1))),
    Case("not yet", Rule.VALIDITY, "p-4", "2025-06-03", lambda day: day.route(4, valid_from=date(2025, 6, 3))),
    Case("thermal", Rule.SENSOR, "p-2", "thermal", lambda day: day.pass_(2, camera=CameraUse(sensor="rgb+thermal"))),
    Case("no thermal picture", Rule.SENSOR, "demand-2", "'p-2' takes rgb", lambda day: day.look(2, thermal=True)),
    Case("demand too late", Rule.WINDOW, "demand-1", "08:00:00-08:02:15", lambda day: day.look(1, windows=(span(0, 135),))),
    Case("too coarse", Rule.RESOLUTION, "demand-1", "8.75 cm", lambda day: day.look(1, max_sample_m=0.0869)),
    Case("flown too high", Rule.RESOLUTION, "hotline-1", "9.85 cm", lambda day: day.instead(1, HIGHER).pass_(1, height_m=90.0)),
    Case("orbit too far", Rule.RESOLUTION, "demand-3", "14.01 cm", lambda day: day.look(3, max_sample_m=0.139)),
    Case("too steep", Rule.ANGLE, "demand-1", "-90.0°", lambda day: day.look(1, steepest_deg=-80.0)),
    Case("orbit too flat", Rule.ANGLE, "demand-3", "-38.7°", lambda day: day.look(3, flattest_deg=-43.0)),
    Case("beside the view", Rule.COVERAGE, "hotline-4", "0.0%", lambda day: day.look(4, 2, geometry=_spot(400, -450))),
    Case("behind the view", Rule.COVERAGE, "hotline-4", "0.0%", lambda day: day.look(4, 2, geometry=_spot(300, -260))),
    Case("half in view", Rule.COVERAGE, "hotline-4", "50.0%", lambda day: day.look(4, 2, geometry=_half_shown())),
    Case(
        "orbit elsewhere",
        Rule.COVERAGE,
        "hotline-1",
        "0.0%",
        lambda day: day.look(1, 2, geometry=day.district.routes[2].geometry),
    ),
    Case("off the dock", Rule.PATH, "f-1", "6.0 m", lambda day: day.point(1, 0, point=place(0, 6))),
    Case("beside the dock", Rule.PATH, "f-2", "'dock-2'", lambda day: day.point(2, -1, point=place(-1000, -6))),
    Case("in the air", Rule.PATH, "f-1", "3.0 m", lambda day: day.point(1, -1, height_m=3.0)),
    Case("before take-off", Rule.PATH, "f-2", "08:00:05", lambda day: day.flight(2, takes_off_at=moment(5))),
    Case("after landing", Rule.PATH, "f-1", "08:04:36", lambda day: day.flight(1, lands_at=moment(274))),
    Case("backwards", Rule.PATH, "f-1", "08:00:36", lambda day: day.point(1, 3, at=moment(36))),
    Case("no height", Rule.PATH, "f-1", "height", lambda day: day.point(1, 3, height_m=nan)),
    Case("visits swapped", Rule.PATH, "f-2", "'p-3'", _swap_visits),
    Case("visit too early", Rule.PATH, "f-1", "07:59:58", lambda day: day.visit(1, begins_at=moment(-2))),
    Case("visits overlap", Rule.PATH, "f-2", "08:01:28", lambda day: day.visit(2, ends_at=moment(89)).pass_(2, speed_mps=10)),
    Case("too high", Rule.HEIGHT, "f-1", "80.0 m", lambda day: day.airspace(max_height_m=79.0)),
    Case("other height", Rule.HEIGHT, "f-1", "82 m", lambda day: day.pass_(1, height_m=82.0)),
    Case("no height asked", Rule.HEIGHT, "p-1", "0 m", lambda day: day.pass_(1, height_m=0.0)),
    Case("under ground", Rule.HEIGHT, "f-3", "-2.0 m", lambda day: day.instead(3, _dive())),
    Case("faster than can", Rule.SPEED, "f-1", "10.00 m/s", lambda day: day.aircraft(max_speed_mps=9.8)),
    Case("faster than asked", Rule.SPEED, "f-3", "8.00 m/s", lambda day: day.pass_(4, speed_mps=7.9)),
    Case("climbs too fast", Rule.SPEED, "f-1", "5.00 m/s", lambda day: day.aircraft(climb_mps=4.7)),
    Case("sinks too fast", Rule.SPEED, "f-2", "2.00 m/s", lambda day: day.aircraft(descent_mps=1.9)),
    Case("no speed asked", Rule.SPEED, "p-5", "0 m/s", lambda day: day.pass_(5, speed_mps=0.0)),
    Case("hovers", Rule.WAITING, "f-3", "11 s", lambda day: day.instead(3, _waits(5, 6))),
    Case(
        "corridor cut short", Rule.COVERAGE, "p-1", "83.9%", lambda day: day.visit(1, ends_at=moment(116))
    ),  # 640 of 800 m, and half of 2 * 80 m * tan 35° * 720 / 1280 ahead
    Case(
        "corridor too wide",
        Rule.COVERAGE,
        "p-1",
        "93.4%",  # 2 * 80 m * tan 35° = 112.03 m of 120 m
        lambda day: day.route(1, geometry=Corridor(line=(place(0, 200), place(0, 1000)), width_m=120)),
    ),
    Case(
        "area too large",
        Rule.COVERAGE,
        "p-2",
        "93.4%",  # the same width; along, 100 m and 2 * 31.5 m are more than 120 m
        lambda day: day.route(2, geometry=Area(outline=square(-1000, 400, 60))),
    ),
    Case("half an orbit", Rule.COVERAGE, "p-3", "180°", lambda day: day.visit(2, 2, ends_at=_half_round(day))),
    Case(
        "orbit too narrow",
        Rule.COVERAGE,
        "p-3",
        "99.1 m",  # 100 m * cos 7.5°: the middles of the ring's chords
        lambda day: day.route(3, geometry=Orbit(center=place(-1000, 800), radius_m=115)),
    ),
    Case(
        "point left out",
        Rule.COVERAGE,
        "p-4",
        "6.0 m",
        lambda day: day.route(4, geometry=WaypointList(points=(place(300, -300), place(306, -500)))),
    ),
    Case("understated", Rule.ENERGY, "f-1", "18.7 Wh", lambda day: day.flight(1, energy_wh=18.7)),
    Case("no energy", Rule.ENERGY, "f-1", "nan", lambda day: day.flight(1, energy_wh=nan)),
    Case("too far", Rule.ENERGY, "f-1", "19.8 Wh", lambda day: day.aircraft(battery_wh=26.0)),
    Case("not charged", Rule.BATTERY, "d-1", "20.2 Wh", lambda day: day.aircraft(battery_wh=40).operations(recharge_s=1e9)),
    Case("not swapped", Rule.BATTERY, "d-1", "20.2 Wh", lambda day: day.aircraft(battery_wh=40).dock(1, swap_s=3145.0)),
    Case("no turnaround", Rule.BATTERY, "f-3", "3324 s", lambda day: day.operations(turnaround_s=3325.0)),
    Case("elsewhere", Rule.PLACE, "f-3", "'dock-2'", lambda day: day.flight(3, drone_id="d-2")),
    Case("in two places", Rule.PLACE, "f-3", "08:04:36", lambda day: day.instead(3, points_course(275).flight(3, "d-1"))),
    Case("dock too small", Rule.DOCK, "dock-2", "2 drones", lambda day: day.catalogue(drones=(*day.district.drones, _third()))),
    Case("away overnight", Rule.PLACE, "d-1", "'dock-2'", lambda day: day.dock(2, capacity=2).instead(3, _to_dock_2())),
    Case("not its dock", Rule.DOCK, "f-2", "octo", lambda day: day.dock(2, type_ids=("octo", "hexa"))),
    Case(
        "not down", Rule.PATH, "f-3", "30.0 m over", lambda day: _stays_away(day).dock(2, capacity=2, ground_altitude_m=-30.0)
    ),
    Case("zone", Rule.AIRSPACE, "f-1", "40 m", lambda day: day.airspace(no_fly_zones=(_zone(0, 600),))),
    Case("border", Rule.AIRSPACE, "f-3", "212 m", lambda day: day.airspace(permitted=_north(-500))),  # 100 m + 112 m
    Case("closure", Rule.AIRSPACE, "f-1", "'parade'", lambda day: day.conditions(closures=(CLOSED,))),
    Case("closed if late", Rule.AIRSPACE, "f-1", "'parade'", lambda day: day.conditions(closures=(_closed(230, 300),))),
    Case("closed if early", Rule.AIRSPACE, "f-1", "'parade'", lambda day: day.conditions(closures=(_closed(-60, 29),))),
    Case("closed before", Rule.AIRSPACE, "f-1", "'parade'", lambda day: day.conditions(closures=(CLOSED,), since=moment(0))),
    Case("closed dock", Rule.AIRSPACE, "f-3", "'fair'", lambda day: day.conditions(closures=(FAIR,))),
    Case("too early", Rule.HOURS, "f-1", "08:00:00", lambda day: day.operations(day_begins=time(8, 1))),
    Case("too late home", Rule.HOURS, "f-3", "09:03:23", lambda day: day.operations(day_ends=time(9, 3))),
    Case("in the dark", Rule.HOURS, "f-2", "08:00:00", lambda day: day.day(daylight=span(1, 36000))),
    Case("too many", Rule.CREW, "f-1", "2 flights", lambda day: day.operations(remote_pilots=1, flights_per_pilot=1)),
    Case("wind", Rule.WEATHER, "f-2", "2.5 m/s", lambda day: day.aircraft(max_wind_mps=2).conditions(wind_mps=2.5)),
    Case("against the wind", Rule.SPEED, "f-1", "16.00 m/s", lambda day: _blown(day, 6.0, 0.0)),
    Case("wind from anywhere", Rule.SPEED, "f-3", "16.00 m/s", lambda day: _blown(day, 6.0, None)),
    Case("energy in wind", Rule.ENERGY, "f-3", "15.7 Wh", lambda day: day.conditions(wind_mps=5.0)),  # 285 W where it was 260
    Case("drone away", Rule.WEATHER, "f-2", "'d-2'", lambda day: day.conditions(grounded_drones=("d-2",))),
    Case("too near", Rule.SEPARATION, "f-1", "40.0 m", lambda day: day.instead(2, DETOUR)),
)


def _waiting(day: MadeDay, pass_id: str, route_id: str = "r-5") -> Any:
    return day.schedule.unserved[0].model_copy(update={"pass_id": pass_id, "route_id": route_id})


def _blown(day: MadeDay, wind_mps: float, from_deg: float | None) -> MadeDay:
    """In a wind, with twice the energy stated: only the speed through the air is too much."""
    for number in (1, 2, 3):
        day = day.flight(number, energy_wh=2 * day.schedule.flights[number - 1].energy_wh)
    return day.conditions(wind_mps=wind_mps, wind_from_deg=from_deg)


def _to_dock_2() -> Any:
    """f-3 to dock-2."""
    return points_course().to(-1000, 0).flight(3, "d-1", to_dock_id="dock-2")


def _stays_away(day: MadeDay) -> MadeDay:
    """A day that was changed while it was flown: f-3 ends in dock-2."""
    return day.conditions(since=moment(0)).instead(3, _to_dock_2())


def _dive() -> Any:
    course = points_course()
    return course.climb(-2.0).climb(10.0).flight(3, "d-1")


def _waits(*seconds: float) -> Any:
    course = points_course()
    for one in seconds:
        course.wait(one)
    return course.flight(3, "d-1")


def _half_round(day: MadeDay) -> datetime:
    """The end of the twelfth of the ring's 24 chords; the ring begins with the sixth point of the path."""
    return day.schedule.flights[1].path[4 + 12].at


def _third() -> Drone:
    return Drone(id="d-3", name="D3", type_id="quad", dock_id="dock-2", system_id=3)


def _north(y_m: float) -> tuple[Any, ...]:
    """What lies north of a line."""
    return place(-1999, y_m), place(1999, y_m), place(1999, 1999), place(-1999, 1999)


def test_sound_day_passes(sound: MadeDay) -> None:
    """The day as made breaks nothing."""
    assert check_schedule(sound.schedule, sound.district) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_thing_wrong_is_found(case: Case, sound: MadeDay) -> None:
    """A day with one thing wrong breaks exactly that rule, and the text names who and how much."""
    broken = case.broken(sound)
    found = check_schedule(broken.schedule, broken.district)
    assert {violation.rule for violation in found} == {case.rule}
    named = [violation for violation in found if violation.subject == case.subject]
    assert named
    assert any(f"'{case.subject}'" in violation.text and case.named in violation.text for violation in named)


def test_every_rule_is_broken_once() -> None:
    """No rule is without a day that breaks it."""
    assert {case.rule for case in CASES} == set(Rule)


@pytest.mark.parametrize(
    "changed",
    [
        SOUND.operations(night_flights=True).day(daylight=span(1, 2)),
        SOUND.operations(timing_error_s=40.0).instead(2, DETOUR),
        SOUND.aircraft(max_wind_mps=2.5).conditions(wind_mps=2.5),
        SOUND.conditions(closures=(_closed(232, 7200),)),
        SOUND.conditions(closures=(_closed(-60, 28),)),
        SOUND.conditions(closures=(CLOSED,), since=moment(1)),
        SOUND.airspace(max_height_m=80.0),
        SOUND.instead(3, _waits(9)),
        SOUND.operations(remote_pilots=1, flights_per_pilot=2, turnaround_s=3324.0),
        SOUND.pass_(1, windows=(span(0, 30), span(36, 136))),
        SOUND.route(1, valid_from=date(2025, 6, 2), valid_until=date(2025, 6, 2)),
        SOUND.pass_(2, camera=CameraUse(sensor="thermal")).aircraft(thermal=True),
    ],
    ids=[
        "night",
        "in step",
        "closed after",
        "closed before",
        "begun before",
        "wind",
        "height",
        "short wait",
        "just enough",
        "window",
        "last day",
        "thermal",
    ],
)
def test_what_is_just_allowed_passes(changed: MadeDay) -> None:
    """A limit may be reached."""
    assert check_schedule(changed.schedule, changed.district) == []


@given(days=st.integers(-3000, 3000), minutes=st.integers(-90, 600))
def test_shifted_day_stays_sound(days: int, minutes: int) -> None:
    """The same flights on another day or at another hour of daylight are as sound."""
    shift = timedelta(days=days, minutes=minutes)
    moved = _shifted(SOUND.schedule, shift).model_copy(
        update={"day": SOUND.schedule.day + timedelta(days=days), "daylight": _shifted(SOUND.schedule.daylight, shift)}
    )
    assert check_schedule(moved, SOUND.district) == []


def _shifted(value: Any, shift: timedelta) -> Any:
    """Every moment within a noun, moved."""
    match value:
        case datetime():
            return value + shift
        case tuple():
            return tuple(_shifted(one, shift) for one in value)
        case BaseModel():
            return value.model_copy(update={name: _shifted(one, shift) for name, one in value})
    return value


@pytest.mark.parametrize("number", [0, 1, 2])
def test_removed_flight_is_missed(number: int, sound: MadeDay) -> None:
    """A flight that is gone leaves its passes unaccounted for, and breaks nothing else."""
    flights = sound.schedule.flights
    left = sound.day(flights=flights[:number] + flights[number + 1 :])
    found = check_schedule(left.schedule, left.district)
    assert {violation.rule for violation in found} == {Rule.ACCOUNTING}
    assert {violation.subject for violation in found} == {visit.pass_id for visit in flights[number].visits}


ODD = st.one_of(
    st.just(nan),
    st.just(inf),
    st.floats(),
    st.floats(-100, 200),
    st.sampled_from([moment(0), moment(77), moment(-1e6), datetime.max.replace(tzinfo=moment(0).tzinfo)]),
    st.sampled_from(["d-1", "dock-2", "p-3", "r-1", "", "何处"]),
    st.sampled_from([place(0, 0), place(-1000, 0), place(0, 1e6), place(0, 1.9e7)]),
)


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Ways to all values of a schedule that are numbers, texts, moments or places."""
    if isinstance(value, BaseModel):
        own = [path] if type(value).__name__ == "GeoPoint" else []
        return own + [leaf for name, one in value for leaf in _leaves(one, (*path, name)) if not own]
    if isinstance(value, tuple):
        return [leaf for number, one in enumerate(value) for leaf in _leaves(one, (*path, number))]
    return [path] if isinstance(value, float | str | datetime) else []


def _put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new if isinstance(new, type(value)) else value
    first, *rest = path
    if isinstance(value, tuple):
        return tuple(_put(one, tuple(rest), new) if number == first else one for number, one in enumerate(value))
    return value.model_copy(update={first: _put(getattr(value, first), tuple(rest), new)})


@given(slips=st.lists(st.tuples(st.sampled_from(_leaves(SOUND.schedule)), ODD), max_size=6))
def test_malformed_day_is_reported_not_crashed_on(slips: list[tuple[tuple[Any, ...], Any]]) -> None:
    """Whatever a schedule says, the check ends, and each thing wrong is told with its subject."""
    schedule: Schedule = SOUND.schedule
    for path, new in slips:
        schedule = _put(schedule, path, new)
    assert all(f"'{violation.subject}'" in violation.text for violation in check_schedule(schedule, SOUND.district))


def test_empty_day_passes(sound: MadeDay) -> None:
    """Nothing asked, nothing flown: nothing wrong."""
    empty = sound.day(passes=(), flights=(), unserved=())
    assert check_schedule(empty.schedule, empty.district) == []


def test_moments_are_the_districts_own(sound: MadeDay) -> None:
    """08:00 in the text is 08:00 in the district, and so many seconds in `value`."""
    late = replace(sound.operations(day_begins=time(8, 1)))
    found = check_schedule(late.schedule, late.district)
    assert found[0].value == EIGHT_S
    assert found[0].limit == EIGHT_S + 60
