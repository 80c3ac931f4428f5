"""Flights on the day's clock: apart, charged, watched, and in their windows."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.checking import Rule, check_schedule
from missions.district import District
from missions.geometry import Array
from missions.operations import Operations
from missions.planning.energy import PathPoint
from missions.planning.flight_path import FlightPath
from missions.scheduling import separating
from missions.scheduling.day import prepare_day, schedule_of
from missions.scheduling.placing import place_all
from missions.scheduling.problem import Problem, Solution, Trip
from missions.scheduling.separating import Clock, Kept, TakenOut
from missions.scheduling.separation import first_met
from missions.scheduling.timetable import Flown, fly
from tests.missions.scheduling.made_district import (
    ROUTES,
    all_passes,
    made_flown,
    make_district,
    make_legwork,
    make_pass,
    make_request,
    span,
)

ERROR_S = 45.0
TWELVE = make_legwork([make_pass(ROUTES[6], number=number) for number in range(1, 13)]).problem
"""Twelve passes at any time of the day."""

WIDE = 5000.0
"""Metres beside each other at which flights do not meet."""


def separate(flown: Iterable[Flown], problem: Problem, error_s: float) -> Clock:
    """The flights on a clock, in the order of their starts."""
    clock = Clock(problem, error_s)
    for one in sorted(flown, key=lambda each: (each.trip.start_s, each.trip.vehicle)):
        clock.put([one])
    return clock


def begins(clock: Clock) -> list[float]:
    """The starts given, in the order of the flights."""
    return [kept.begins_s for kept in clock.kept]


def test_two_of_one_dock_start_one_after_the_other() -> None:
    """The first lands at 300 s. With 45 s of error each the second, which flies the same way, starts after 390 s: at 420 s,
    since starts are tried every 30 s.
    """
    clock = separate([made_flown(0, 0.0, 0), made_flown(1, 0.0, 1)], TWELVE, ERROR_S)
    assert begins(clock) == [0, 420]
    assert clock.served == {0, 1}


def test_those_that_do_not_meet_start_together() -> None:
    """Nobody waits for a flight elsewhere."""
    assert begins(separate([made_flown(0, 0.0, 0), made_flown(2, 0.0, 1, x_m=WIDE)], TWELVE, ERROR_S)) == [0, 0]


def _started_together(district: District) -> tuple[District, list[Rule]]:
    """The road and the posts by the two drones of dock-1, both asked to start with the day; what the checker says of it."""
    request = make_request(district)
    work = prepare_day(request)
    jobs = [one.route_id for one in work.legwork.passes]
    trips = (Trip(0, 3600.0, (jobs.index("road"),)), Trip(1, 3600.0, (jobs.index("posts"),)))
    schedule = schedule_of(work, Solution(trips), "by hand")
    assert {"road", "posts"} <= {visit.route_id for flight in schedule.flights for visit in flight.visits}
    return district, [violation.rule for violation in check_schedule(schedule, district)]


def test_planner_keeps_flights_apart(small: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """The checker passes what the planner makes of two trips that start in one dock at one time; with the planner's separation
    taken out, it finds just that.
    """
    assert _started_together(small)[1] == []
    monkeypatch.setattr(separating, "first_met", lambda track, others, error_s: None)
    assert set(_started_together(small)[1]) == {Rule.SEPARATION}


def test_altitude_counts_not_height() -> None:
    """Over dock-2, 20 m higher, flights at the same height over their docks pass each other 20 m apart; one 20 m lower over its
    own dock is at the same altitude, and waits.
    """
    one, other = made_flown(0, 0.0, 0), made_flown(2, 0.0, 1)
    level = [replace(point, height_m=80.0) for point in one.path.points]
    one, other = (replace(each, path=replace(each.path, points=tuple(level))) for each in (one, other))
    assert begins(separate([one, replace(other, ground_m=20.0)], TWELVE, ERROR_S)) == [0, 0]
    low = replace(other, path=replace(one.path, points=tuple(replace(point, height_m=60.0) for point in level)))
    assert begins(separate([one, low], TWELVE, ERROR_S)) == [0, 0]
    assert begins(separate([one, replace(low, ground_m=20.0)], TWELVE, ERROR_S)) == [0, 420]


def test_battery_is_charged_first() -> None:
    """100 of 150 Wh flown by 300 s; charging from 480 s at 150 W. For 100 Wh and 37.5 Wh of reserve 87.5 Wh lack: 2100 s."""
    clock = separate([made_flown(0, 0.0, 0, wh=100), made_flown(0, 300.0, 1, wh=100)], TWELVE, ERROR_S)
    assert begins(clock) == pytest.approx([0, 480 + 2100])


def test_turnaround_is_kept() -> None:
    """With a battery that lasts for both the second flight follows 180 s after the landing."""
    clock = separate([made_flown(0, 0.0, 0), made_flown(0, 0.0, 1)], TWELVE, ERROR_S)
    assert begins(clock) == [0, 480]
    assert clock.free_from_s(0) == 480 + 300 + 180
    assert clock.free_from_s(1) == 0


def test_charge_is_carried_over_three_flights() -> None:
    """50 Wh each: 150, then 100 Wh, of which 50 leave 50; 180 s turn round and 37.5 + 50 - 50 Wh take 900 s."""
    clock = separate([made_flown(0, 0.0, job, wh=50) for job in range(3)], TWELVE, ERROR_S)
    assert begins(clock) == pytest.approx([0, 480, 480 + 300 + 180 + 900])


def test_no_flight_beyond_the_battery() -> None:
    """112.5 Wh are there beside the reserve; more is taken out, and nobody is to blame."""
    clock = separate([made_flown(0, 0.0, 0, wh=112.5), made_flown(1, 0.0, 1, wh=112.6)], TWELVE, ERROR_S)
    assert begins(clock) == [0]
    assert [(one.flown.trip.vehicle, one.meets) for one in clock.taken_out] == [(1, None)]


def test_crew_watches_so_many() -> None:
    """A crew of one sees one flight land at 300 s before the next takes off."""
    clock = separate([made_flown(0, 0.0, 0), made_flown(2, 0.0, 1, x_m=WIDE)], replace(TWELVE, crew=1), ERROR_S)
    assert begins(clock) == [0, 300]


def test_window_that_closes_meanwhile() -> None:
    """The second's visit begins 100 s after take-off and must be over at 300 s: after the first it is too late, and it is told
    which flight was in its way.
    """
    legwork = make_legwork([make_pass(ROUTES[6]), make_pass(ROUTES[7], span(0, 300))])
    first = made_flown(0, 0.0, 0)
    clock = separate([first, made_flown(1, 0.0, 1)], legwork.problem, ERROR_S)
    assert begins(clock) == [0]
    assert clock.taken_out == [TakenOut(made_flown(1, 0.0, 1), clock.kept[0].flown)]
    assert clock.served == {0}


def test_everybody_is_home_in_the_evening() -> None:
    """The last start is 300 s before the day ends at 46 800 s."""
    late = separate([made_flown(0, 46_500.0, 0), made_flown(1, 46_501.0, 1, x_m=WIDE)], TWELVE, ERROR_S)
    assert begins(late) == [46_500]


def test_trying_changes_nothing() -> None:
    """Where a flight would be placed is told without placing it; then it can be held there."""
    clock = Clock(TWELVE, ERROR_S)
    placed = clock.try_at([made_flown(0, 60.0, 0)])
    assert placed is not None
    assert (placed.begins_s, placed.ends_s) == (60, 360)
    assert clock.kept == clock.taken_out == []
    clock.hold(placed)
    assert clock.kept == [placed]
    assert clock.try_at([made_flown(0, 46_501.0, 1)]) is None
    assert clock.taken_out == []


def test_names_are_kept() -> None:
    """A flight that had a name has it still."""
    clock = Clock(TWELVE, ERROR_S)
    assert clock.put([made_flown(0, 0.0, 0)], "0602-007")
    assert [kept.name for kept in clock.kept] == ["0602-007"]


ALL = make_legwork(all_passes(), make_district(operations=Operations(remote_pilots=1, flights_per_pilot=2)))
trips = st.lists(st.tuples(st.integers(0, 2), st.floats(0, 5000)), min_size=1, max_size=len(ALL.passes))


@settings(max_examples=40, deadline=None)
@given(asked=trips, error_s=st.floats(0, 60))
def test_whatever_is_asked_comes_out_sound(asked: list[tuple[int, float]], error_s: float) -> None:
    """From any starts: no two flights too near, no more than two at once, each drone turned round and with its reserve."""
    problem = ALL.problem
    wanted: list[Flown] = []
    for job, (vehicle, start_s) in enumerate(asked):
        if problem.able[problem.vehicles[vehicle].kind, job]:
            wanted.append(fly(Trip(vehicle, start_s, (job,)), problem, ALL))
    clock = separate(wanted, problem, error_s)
    assert len(clock.kept) + len(clock.taken_out) == len(wanted)
    _assert_sound(clock, problem, error_s)


def _assert_sound(clock: Clock, problem: Problem, error_s: float) -> None:
    for one in clock.kept:
        assert sum(other.begins_s <= one.begins_s < other.ends_s for other in clock.kept) <= problem.crew
    for one, other in combinations(clock.kept, 2):
        if one.flown.trip.vehicle != other.flown.trip.vehicle:
            assert first_met(one.track, [other.track], error_s) is None
    for vehicle in range(3):
        charge_wh, landed_s = 150.0, 0.0
        for one in sorted((k for k in clock.kept if k.flown.trip.vehicle == vehicle), key=lambda k: k.begins_s):
            assert one.begins_s >= landed_s + (problem.turnaround_s if landed_s else 0) - 1e-6
            charge_wh = min(charge_wh + max(one.begins_s - landed_s, 0) * 150 / 3600, 150) - one.flown.energy_wh
            assert charge_wh >= 37.5 - 1e-6
            landed_s = one.ends_s


def _crossing(vehicle: int, layer_m: float = 0.0) -> Flown:
    """2 km at 80 m and a layer over the plane's middle in 200 s, northwards or (vehicle 1) eastwards; 20 s up and 30 s down."""
    line = [(-1000.0, 0.0), (-1000.0, 80.0 + layer_m), (1000.0, 80.0 + layer_m), (1000.0, 0.0)]
    points = tuple(PathPoint((x, 0.0) if vehicle else (0.0, x), height_m, 10) for x, height_m in line)
    trip = Trip(vehicle, 0.0, (vehicle,), layer_m=layer_m)
    return Flown(trip, FlightPath(points, ((1, 2),), 80, 80), (0, 20, 220, 250), 10.0, 2000.0, 0.0)


def test_crossing_flights_pass_on_layers() -> None:
    """Both are over the middle at 120 s: the second waits, unless it may fly 16 m higher; 14 m are not enough."""
    assert begins(separate([_crossing(0), _crossing(1)], TWELVE, ERROR_S))[1] >= 90
    for layer_m, starts in ((16.0, [0, 0]), (14.0, begins(separate([_crossing(0), _crossing(1)], TWELVE, ERROR_S)))):
        clock = Clock(TWELVE, ERROR_S, lambda flown, by_m=layer_m: [_crossing(flown.trip.vehicle, by_m)])
        assert all(clock.put([_crossing(vehicle)]) for vehicle in (0, 1))
        assert begins(clock) == starts
        assert [kept.flown.trip.layer_m for kept in clock.kept] == [0, layer_m if layer_m > 15 else 0]


def test_a_layer_that_takes_longer_than_waiting_is_not_flown() -> None:
    """Who lands first on the layer of its legs, though it starts later, stays there."""
    slow = replace(_crossing(1, 16.0), at_s=(0, 20, 900, 930))
    clock = Clock(TWELVE, ERROR_S, lambda flown: [slow])
    assert clock.put([_crossing(0)])
    assert clock.put([_crossing(1)])
    assert clock.kept[1].flown.trip.layer_m == 0
    assert clock.kept[1].shifted_s == begins(clock)[1]


def test_a_layer_beyond_the_battery_is_not_flown() -> None:
    """112.5 Wh are there beside the reserve."""
    clock = Clock(TWELVE, ERROR_S, lambda flown: [replace(_crossing(1, 16.0), energy_wh=112.6)])
    assert clock.put([_crossing(0)])
    assert clock.put([_crossing(1)])
    assert clock.kept[1].flown.trip.layer_m == 0


OPEN = make_legwork(all_passes())


@settings(max_examples=30, deadline=None)
@given(asked=st.lists(st.tuples(st.integers(0, 2), st.floats(0, 1500)), min_size=2, max_size=len(OPEN.passes)))
def test_what_is_kept_keeps_apart_second_by_second(asked: list[tuple[int, float]]) -> None:
    """On layers or not: at no two seconds up to 90 s apart are two flights both within 50 m and within 15 m in height."""
    trips = [
        Trip(vehicle, start_s, (job,))
        for job, (vehicle, start_s) in enumerate(asked)
        if OPEN.problem.able[OPEN.problem.vehicles[vehicle].kind, job]
    ]
    seen = [(kept.flown.trip.vehicle, _second_by_second(kept)) for kept in place_all(trips, OPEN).kept]
    for (vehicle, one), (other_vehicle, other) in combinations(seen, 2):
        if vehicle != other_vehicle:
            gap = np.abs(one[:, None] - other[None])
            across_m = np.hypot(one[:, None, 0] - other[None, :, 0], one[:, None, 1] - other[None, :, 1])
            assert not ((across_m < 50) & (gap[..., 2] < 15) & (gap[..., 3] <= 2 * ERROR_S)).any()


def _second_by_second(kept: Kept) -> Array:
    """(n, 4): east, north, altitude and moment, once a second."""
    points, moments = kept.track.points, np.arange(kept.begins_s, kept.ends_s)
    return np.column_stack([*(np.interp(moments, points[:, 3], points[:, axis]) for axis in range(3)), moments])
