"""Trips on the clock: out to another dock, on from there and home, together or not at all."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from missions.checking import Rule, check_schedule
from missions.district import District
from missions.operations import Operations
from missions.scheduling.assembling import assemble
from missions.scheduling.day import prepare_day
from missions.scheduling.dispatching import put_off
from missions.scheduling.placing import place_all
from missions.scheduling.problem import Trip
from missions.scheduling.separating import Clock
from tests.missions.scheduling.made_district import make_district, make_dock_1, make_dock_2, make_request

OPEN = Operations(land_elsewhere=True)
WORK = prepare_day(make_request(make_district(docks=(make_dock_1(), make_dock_2(capacity=2)), operations=OPEN)))
LEGWORK = WORK.legwork
JOBS = {one.id: job for job, one in enumerate(LEGWORK.passes)}
POSTS, MARKET, ROAD = (next(job for id, job in JOBS.items() if id.startswith(name)) for name in ("posts", "market", "road"))
ONE, TWO = 0, 1
"""The docks; dock-2 has a place for a guest."""

A_1, A_2, B_1 = range(3)
HOUR_S = 3600.0


def placed(*trips: Trip) -> list[tuple[int, tuple[int, ...], int, int]]:
    """Vehicle, jobs and docks of the flights that have their place."""
    clock = place_all(trips, LEGWORK)
    return [(one.vehicle, one.jobs, *LEGWORK.problem.ends_of(one)) for one in (kept.flown.trip for kept in clock.kept)]


def assert_sound(clock: Clock, district: District) -> None:
    """The independent checker finds nothing."""
    assert check_schedule(assemble(clock, LEGWORK, WORK.facts, "by hand"), district) == []


def test_out_and_on_and_home() -> None:
    """The second flight begins where the first has landed, charged there; heights are over the dock left, 20 m apart."""
    out, home = Trip(A_1, HOUR_S, (POSTS,), None, TWO), Trip(A_1, HOUR_S + 1, (MARKET,), TWO)
    clock = place_all([home, out], LEGWORK)
    assert [LEGWORK.problem.ends_of(kept.flown.trip) for kept in clock.kept] == [(ONE, TWO), (TWO, ONE)]
    first, second = clock.kept
    assert second.begins_s >= first.ends_s + LEGWORK.problem.turnaround_s
    assert [first.flown.path.points[-1].height_m, second.flown.path.points[-1].height_m] == [20.0, -20.0]
    assert_sound(clock, LEGWORK.district)


def test_without_the_way_home_nobody_goes_out() -> None:
    """The last look at the road's traffic is to be over at 19:00: a flight home over it after that finds no time, so the posts
    are seen from home and back.
    """
    out, home = Trip(A_1, HOUR_S, (POSTS,), None, TWO), Trip(A_1, 12.9 * HOUR_S, (ROAD,), TWO)
    assert placed(out, home) == [(A_1, (POSTS,), ONE, ONE)]


def test_one_guest_at_a_time() -> None:
    """There is one place: the second, which would land there before the first has gone, flies both its flights from home."""
    first = Trip(A_1, HOUR_S, (POSTS,), None, TWO), Trip(A_1, 3 * HOUR_S, (MARKET,), TWO)
    again = next(job for id, job in JOBS.items() if id.startswith("behind"))
    second = Trip(A_2, 2 * HOUR_S, (again,), None, TWO), Trip(A_2, 4 * HOUR_S, (ROAD,), TWO)
    homes = [(A_2, (again,), ONE, ONE), (A_2, (ROAD,), ONE, ONE)]
    assert sorted(placed(*first, *second)) == sorted([(A_1, (POSTS,), ONE, TWO), (A_1, (MARKET,), TWO, ONE), *homes])


def test_a_guest_s_place_is_kept_until_it_has_landed() -> None:
    """On a failsafe it returns there: no place for who lands half a minute after its take-off; after its landing there is."""
    first = Trip(A_1, HOUR_S, (POSTS,), None, TWO), Trip(A_1, 3 * HOUR_S, (MARKET,), TWO)
    again = next(job for id, job in JOBS.items() if id.startswith("behind"))
    second = Trip(A_2, 2 * HOUR_S, (again,), None, TWO), Trip(A_2, 8 * HOUR_S, (ROAD,), TWO)
    _, away = place_all(first, LEGWORK).kept
    flies_s = place_all(second, LEGWORK).kept[0].flown.duration_s
    for lands_s, lands in ((away.begins_s + 30, ONE), (away.ends_s + 90, TWO)):
        out = replace(second[0], start_s=lands_s - flies_s)
        assert (A_2, (again,), ONE, lands) in placed(*first, out, second[1])


def test_a_place_at_home_is_kept() -> None:
    """dock-1 has two places, both of its own drones: b-1 may not land there even while they are out."""
    assert placed(Trip(B_1, HOUR_S, (POSTS,), None, ONE), Trip(B_1, 2 * HOUR_S, (MARKET,), ONE)) == [
        (B_1, (POSTS,), TWO, TWO),
        (B_1, (MARKET,), TWO, TWO),
    ]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.floats(0, 12 * HOUR_S), st.sampled_from([ONE, TWO]), st.sampled_from([ONE, TWO])),
        min_size=2,
        max_size=len(JOBS),
    )
)
def test_whatever_is_asked_comes_out_sound(asked: list[tuple[int, float, int, int]]) -> None:
    """Trips between any docks at any times: those that have a place break no rule of the checker."""
    vehicles, able = LEGWORK.problem.vehicles, LEGWORK.problem.able
    trips = [
        Trip(vehicle, start_s, (job,), leaves, lands)
        for job, (vehicle, start_s, leaves, lands) in enumerate(asked)
        if able[vehicles[vehicle].kind, job]
    ]
    assert_sound(place_all(trips, LEGWORK), LEGWORK.district)


def test_planner_and_checker_agree_when_one_lands_as_another_takes_off() -> None:
    """A crew that may watch one flight: the second takes off at the very millisecond at which the first lands, and the checker
    has nothing against it; a second earlier, it has.
    """
    district = make_district(operations=Operations(remote_pilots=1, flights_per_pilot=1))
    work = prepare_day(make_request(district))
    jobs = {one.route_id: job for job, one in enumerate(work.legwork.passes)}
    one = Trip(A_1, HOUR_S, (jobs["posts"],))
    [kept] = place_all([one], work.legwork).kept
    trips = (one, Trip(B_1, kept.ends_s, (jobs["market"],)))
    schedule = assemble(place_all(trips, work.legwork), work.legwork, work.facts, "by hand")
    first, second = schedule.flights
    assert second.takes_off_at == first.lands_at
    assert check_schedule(schedule, district) == []
    early = put_off(second, timedelta(seconds=-1))
    rules = {one.rule for one in check_schedule(schedule.model_copy(update={"flights": (first, early)}), district)}
    assert rules == {Rule.CREW}
