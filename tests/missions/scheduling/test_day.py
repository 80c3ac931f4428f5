"""The day from beginning to end, gated by the checker."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from missions.checking import Rule, check_schedule
from missions.district import District
from missions.ground import Ground
from missions.schedule import Closure, DayConditions, MergeKind, Schedule
from missions.scheduling.day import first_plan, plan_day, prepare_day, schedule_of
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.standing import standing_demands
from missions.scheduling.timeline import evaluate
from missions.scheduling.timetable import fly
from tests.missions.made_ground import MadeGround, hill, tilted
from tests.missions.scheduling.conftest import PlannedDay
from tests.missions.scheduling.made_district import (
    AFTERNOON,
    FLYING,
    MORNING,
    ROUTES,
    make_demand,
    make_district,
    make_request,
    make_route,
    moment,
    span,
    square,
)


def assert_accounted(schedule: Schedule) -> None:
    """Every pass is in one flight, or waits with a reason."""
    flown = Counter(visit.pass_id for flight in schedule.flights for visit in flight.visits)
    waiting = Counter(one.pass_id for one in schedule.unserved)
    assert flown + waiting == Counter(one.id for one in schedule.passes)
    assert all(one.text and one.expires_at > schedule.daylight.ends_at for one in schedule.unserved)


def test_small_day_is_sound(planned: PlannedDay) -> None:
    """Everything due on the small district is flown, and the checker finds nothing wrong."""
    assert check_schedule(planned.schedule, planned.district) == []
    assert_accounted(planned.schedule)
    assert planned.schedule.unserved == ()
    assert {one.route_id for one in planned.schedule.passes} == {route.id for route in ROUTES} - {"fair"}


def test_shipped_day_is_sound(shipped: PlannedDay) -> None:
    """A normal day of the shipped district breaks no rule."""
    assert check_schedule(shipped.schedule, shipped.district) == []
    assert_accounted(shipped.schedule)
    assert len(shipped.schedule.passes) > 100
    assert shipped.schedule.value > 0


def test_shipped_day_merges(shipped: PlannedDay) -> None:
    """Some passes serve several departments, and flights serve several passes: one flight, many uses."""
    assert any(len(one.departments) > 1 for one in shipped.schedule.passes)
    assert len(shipped.schedule.flights) < sum(len(flight.visits) for flight in shipped.schedule.flights)


def test_value_of_the_small_day(planned: PlannedDay) -> None:
    """Never seen to, each demand counts three intervals: 6 of priority 3 with the waters', 2 of 4 in traffic, and the smoke's
    two first looks of 9 and two second ones of 3: 6 * 9 + 2 * 12 + 2 * 9 + 2 * 3 = 102.
    """
    assert planned.schedule.value == pytest.approx(102)


def test_looks_lie_in_their_windows(planned: PlannedDay) -> None:
    """The traffic is looked at in the morning or in the afternoon, smoke once in either part of the day, hours apart."""
    visits = {visit.pass_id: visit for flight in planned.schedule.flights for visit in flight.visits}
    for one in planned.schedule.passes:
        visit = visits[one.id]
        assert any(w.begins_at <= visit.begins_at and visit.ends_at <= w.ends_at for w in one.windows)
    apart = visits["yard@2"].begins_at - visits["yard@1"].ends_at
    assert apart.total_seconds() >= 2 * 3600


def test_same_seed_same_day(planned: PlannedDay) -> None:
    """A day can be planned again to the letter."""
    assert plan_day(planned.request) == planned.schedule


def test_whole_day_is_its_steps(planned: PlannedDay) -> None:
    """What `plan_day` does at once can be done step by step, and an improvement can be put between."""
    work = prepare_day(planned.request)
    assert schedule_of(work, first_plan(work), "greedy") == planned.schedule

    def fly_nothing(problem: Problem, solution: Solution) -> Solution:
        assert solution == first_plan(work)
        return Solution()

    by_gaps = plan_day(planned.request, fly_nothing, "gaps only")
    assert by_gaps.method == "gaps only"
    assert all(len(flight.visits) == 1 for flight in by_gaps.flights)
    assert check_schedule(by_gaps, planned.district) == []
    assert_accounted(by_gaps)


def test_nothing_due(small: District) -> None:
    """A day without demands has no passes and no flights, and is sound."""
    schedule = plan_day(make_request(small, demands=[]))
    assert (schedule.passes, schedule.flights, schedule.unserved) == ((), (), ())
    assert check_schedule(schedule, small) == []


def test_nobody_flies_in_a_storm(small: District) -> None:
    """In 20 m/s of wind everything waits, and is told."""
    schedule = plan_day(make_request(small, conditions=DayConditions(wind_mps=20.0)))
    assert schedule.flights == ()
    assert len(schedule.unserved) == len(schedule.passes)
    assert check_schedule(schedule, small) == []


def test_closure_is_flown_round(small: District) -> None:
    """A closure between dock-1 and the road's end costs the road, and no flight crosses it."""
    parade = Closure(id="parade", outline=square(0, 500, 100), span=FLYING)
    schedule = plan_day(make_request(small, conditions=DayConditions(closures=(parade,))))
    assert check_schedule(schedule, small) == []
    assert [one.route_id for one in schedule.unserved] == ["road"]
    assert_accounted(schedule)


def test_closure_by_the_hour(small: District) -> None:
    """Over the road from 06:30 to 09:00, and over dock-2 in the afternoon: everything is flown, the road later than 9 o'clock
    and nothing from dock-2 meanwhile.
    """
    parade = Closure(id="parade", outline=square(0, 500, 100), span=span(0, 2.5 * 3600))
    fair = Closure(id="fair", outline=square(-1200, 0, 60), span=span(5 * 3600, 9 * 3600))
    schedule = plan_day(make_request(small, conditions=DayConditions(closures=(parade, fair))))
    assert check_schedule(schedule, small) == []
    assert schedule.unserved == ()
    road = [visit for flight in schedule.flights for visit in flight.visits if visit.route_id == "road"]
    assert all(visit.begins_at > parade.span.ends_at for visit in road)
    for flight in schedule.flights:
        if flight.from_dock_id == "dock-2":
            assert flight.lands_at < fair.span.begins_at or flight.takes_off_at > fair.span.ends_at


def test_closure_that_is_over_is_as_if_it_had_never_been(small: District) -> None:
    """Planned after its end, the day is the same as without it."""
    parade = Closure(id="parade", outline=square(0, 500, 100), span=span(0, 3600))
    rest = {"not_before": moment(2 * 3600)}
    with_it = plan_day(make_request(small, conditions=DayConditions(closures=(parade,)), **rest))
    assert with_it.flights == plan_day(make_request(small, **rest)).flights


def test_winter_day_is_sound() -> None:
    """On the shortest day, with docks at different altitudes, everything is flown in daylight."""
    district = make_district()
    request = make_request(district)
    winter = plan_day(type(request)(district, date(2026, 12, 21), standing_demands(district), {}, 1))
    assert check_schedule(winter, district) == []
    assert_accounted(winter)
    assert all(winter.daylight.begins_at <= flight.takes_off_at for flight in winter.flights)
    assert all(flight.lands_at <= winter.daylight.ends_at for flight in winter.flights)


def test_demand_with_a_route_of_its_own(small: District) -> None:
    """A hotline's demand is flown on the route that was made for it."""
    demand = make_demand("hotline:7", geometry=ROUTES[7].geometry, category="event", department_id="police")
    extra = make_route("hotline-7", ROUTES[7].geometry, "event")
    schedule = plan_day(make_request(small, demands=[demand], extra_routes=(extra,)))
    assert [visit.route_id for flight in schedule.flights for visit in flight.visits] == ["hotline-7"]
    assert check_schedule(schedule, small.model_copy(update={"routes": (*small.routes, extra)})) == []


def test_how_demands_were_merged_is_told(small: District) -> None:
    """What was split off, and what no route serves: that waits for a day."""
    demands = [make_demand("a", "posts", windows=(MORNING,)), make_demand("b", "posts", windows=(AFTERNOON,))]
    schedule = plan_day(make_request(small, demands=[*demands, make_demand("c", "gone")]))
    assert [(note.kind, note.demand_id, note.pass_id) for note in schedule.merging] == [
        (MergeKind.SPLIT, "b", "posts@2"),
        (MergeKind.LEFT, "c", None),
    ]
    assert schedule.merging[1].expires_at == schedule.daylight.ends_at + timedelta(days=1)
    assert check_schedule(schedule, small) == []


@pytest.mark.parametrize("wind", [(8.0, None), (11.0, 30.0), (4.0, 200.0)])
def test_wind_keeps_the_numbers_upper_bounds(small: District, wind: tuple[float, float | None]) -> None:
    """Whatever the wind, each flight takes no more time and energy than the solver reckoned with, and the day is sound."""
    request = make_request(small, conditions=DayConditions(wind_mps=wind[0], wind_from_deg=wind[1]))
    work = prepare_day(request)
    solution = first_plan(work)
    for reckoned in evaluate(work.problem, solution).trips:
        flown = fly(reckoned.trip, work.problem, work.legwork)
        assert flown.duration_s <= reckoned.lands_s - reckoned.trip.start_s + 1e-6
        assert flown.energy_wh <= reckoned.energy_wh + 1e-6
    schedule = schedule_of(work, solution, "greedy")
    assert schedule.flights
    assert check_schedule(schedule, small) == []


@pytest.mark.parametrize("ground", [tilted(0.01, 0.005, 30), hill(500, 300, 45, 300)], ids=["plane", "hill"])
def test_a_day_follows_the_ground(ground: Callable[..., np.ndarray], small: District) -> None:
    """Over a plane and a hill the day is sound by the checker with the same ground, and says what it follows; the solver's
    numbers stay upper bounds. Checked without the ground, it is told that it is missing.
    """
    made: Ground = MadeGround(small.docks[0].point, ground)
    work = prepare_day(replace(make_request(small), ground=made))
    solution = first_plan(work)
    for reckoned in evaluate(work.problem, solution).trips:
        flown = fly(reckoned.trip, work.problem, work.legwork)
        assert flown.duration_s <= reckoned.lands_s - reckoned.trip.start_s + 1e-6
        assert flown.energy_wh <= reckoned.energy_wh + 1e-6
    schedule = schedule_of(work, solution, "greedy")
    assert schedule.flights
    assert schedule.terrain == "made up"
    assert check_schedule(schedule, small, made) == []
    assert "follows the ground of 'made up', which is not given here" in check_schedule(schedule, small)[0].text


def test_a_flat_day_is_found_out_over_a_hill(small: District) -> None:
    """Planned as flat, and checked over a hill of 60 m: flights are too low and too high over it."""
    made: Ground = MadeGround(small.docks[0].point, hill(400, 500, 60, 500))
    schedule = plan_day(make_request(small))
    assert schedule.terrain == "flat"
    assert {violation.rule for violation in check_schedule(schedule, small, made)} >= {Rule.HEIGHT}
