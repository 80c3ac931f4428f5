"""What a solution means, against sums done by hand and a simulation that counts single seconds; and what is wrong with it."""

import pytest
from hypothesis import given, settings

from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Problem, Solution, Trip, Vehicle, Window
from missions.scheduling.timeline import evaluate, faults
from tests.missions.scheduling.made_problem import ALL_DAY, Row, days, two_vehicles


def test_one_trip_by_hand() -> None:
    """Climb 10 s, 100 s to job 0, 50 s there, 100 s to job 1, 50 s, 200 s home and 20 s down: 530 s.

    Energy: 1 for the trip, 2 + 2 + 4 for the ways, 1 + 1 for the jobs: 11 Wh of 20.
    """
    flown = evaluate(Row().problem(), Solution((Trip(0, 1000.0, (0, 1)),))).trips[0]
    assert flown.begins_s == (1110, 1260)
    assert flown.ends_s == (1160, 1310)
    assert flown.lands_s == 1530
    assert flown.flight_s == 530
    assert flown.energy_wh == 11
    assert (flown.charge_before_wh, flown.charge_after_wh) == (20, 9)


def test_charging_begins_after_the_turnaround() -> None:
    """From the landing at 530 s with 9 Wh, 30 s of turnaround and 300 s on the charger bring 6 Wh until 860 s."""
    solution = Solution((Trip(0, 860.0, (3,)), Trip(0, 0.0, (0, 1))))
    second, first = evaluate(Row().problem(), solution).trips
    assert first.charge_after_wh == 9
    assert second.charge_before_wh == pytest.approx(15)
    assert second.charge_after_wh == pytest.approx(15 - 6)
    assert faults(Row().problem(), solution) == []


def test_a_battery_gets_no_more_than_full() -> None:
    """However long it stands."""
    solution = Solution((Trip(0, 0.0, (0,)), Trip(0, 9000.0, (1,))))
    assert evaluate(Row().problem(), solution).trips[1].charge_before_wh == 20


def test_waiting_where_it_is_allowed() -> None:
    """Arriving at 110 s at a job that opens at 400 s, service begins then; a window that is too short is passed over."""
    windows = ((Window(120, 160), Window(400, 500)), ALL_DAY, ALL_DAY, ALL_DAY)
    problem = Row(windows=windows, waiting_allowed=True).problem()
    assert evaluate(problem, Solution((Trip(0, 0.0, (0,)),))).trips[0].begins_s == (400,)
    assert faults(problem, Solution((Trip(0, 0.0, (0,)),))) == []


def test_no_hovering_where_it_is_not() -> None:
    """The same without waiting begins at 110 s, which is a fault; 290 s later it fits."""
    problem = Row(windows=((Window(400, 500),), ALL_DAY, ALL_DAY, ALL_DAY)).problem()
    assert "outside its windows" in faults(problem, Solution((Trip(0, 0.0, (0,)),)))[0]
    assert faults(problem, Solution((Trip(0, 290.0, (0,)),))) == []


@pytest.mark.parametrize(
    ("trips", "row", "told"),
    [
        ((Trip(0, 0.0, (0,)), Trip(0, 1000.0, (0,))), Row(), "served 2 times"),
        ((Trip(0, 0.0, ()),), Row(), "serves nothing"),
        ((Trip(0, 0.0, (0,)),), Row(vehicles=(Vehicle(0, 0, 5.0, 20.0),)), "before its vehicle is ready"),
        ((Trip(0, 9800.0, (0,)),), Row(), "after the day's end"),
        ((Trip(0, 0.0, (2, 3)),), Row(), "below the reserve"),
        ((Trip(0, 0.0, (0,)),), Row(able=((False, True, True, True),)), "which it cannot"),
        ((Trip(0, 0.0, (0,)), Trip(0, 305.0, (1,))), Row(), "before its turnaround is over"),
        ((Trip(0, 0.0, (0,)), Trip(0, 1000.0, (1,))), Row(max_trips=1), "more than 1"),
        ((Trip(0, 0.0, (0,)), Trip(1, 100.0, (1,))), Row(vehicles=two_vehicles(), crew=1), "2 trips are in the air"),
    ],
)
def test_every_fault_is_told(trips: tuple[Trip, ...], row: Row, told: str) -> None:
    """One fault, one line that says which."""
    found = faults(row.problem(), Solution(trips))
    assert len(found) == 1
    assert told in found[0]


def test_landing_and_take_off_at_one_moment_count_once() -> None:
    """A crew of one may watch a trip that takes off as the other lands, at 280 s."""
    problem = Row(vehicles=two_vehicles(), crew=1).problem()
    assert faults(problem, Solution((Trip(0, 0.0, (0,)), Trip(1, 280.0, (1,))))) == []


def _second_by_second(problem: Problem, solution: Solution) -> list[tuple[tuple[float, ...], float, float]]:
    """(begins, landing, charge at the landing) of every trip, by ticks of a second; times must be whole."""
    told = {}
    for vehicle, what in enumerate(problem.vehicles):
        kind, charge_wh, idle_from = problem.kinds[what.kind], what.charge_wh, int(what.ready_s)
        for trip in sorted((one for one in solution.trips if one.vehicle == vehicle), key=lambda one: one.start_s):
            swap_s = problem.offer(problem.ends_of(trip)[0]).swap_s
            for second in range(idle_from, int(trip.start_s)):
                charge_wh += kind.recharge_w / 3600 if swap_s is None else 0.0
                charge_wh = kind.full_wh if second - idle_from + 1 == swap_s else min(charge_wh, kind.full_wh)
            now, here, begins = int(trip.start_s) + int(kind.takeoff_s), problem.jobs + what.depot, []
            charge_wh -= kind.trip_wh
            for job in trip.jobs:
                now += int(problem.travel_s[what.kind, here, job])
                while problem.waiting_allowed and not any(
                    w.earliest_s <= now and now + problem.service_s[what.kind, job] <= w.latest_s for w in problem.windows[job]
                ):
                    now += 1
                begins.append(now)
                now += int(problem.service_s[what.kind, job])
                charge_wh -= problem.travel_wh[what.kind, here, job] + problem.energy_wh[what.kind, job]
                here = job
            now += int(problem.travel_s[what.kind, here, problem.jobs + what.depot]) + int(kind.landing_s)
            charge_wh -= problem.travel_wh[what.kind, here, problem.jobs + what.depot]
            idle_from = now + int(problem.turnaround_s)
            told[trip] = (tuple(begins), now, charge_wh)
    return [told[trip] for trip in solution.trips]


@given(days())
@settings(max_examples=60, deadline=None)
def test_agrees_with_counting_seconds(problem: Problem) -> None:
    """Greedy plans, their starts put off to whole seconds, are flown alike by both."""
    solution = Solution(tuple(Trip(t.vehicle, float(int(t.start_s)), t.jobs) for t in greedy(problem).trips))
    if problem.waiting_allowed and faults(problem, solution):
        return
    for flown, (begins, lands_s, charge_wh) in zip(
        evaluate(problem, solution).trips, _second_by_second(problem, solution), strict=True
    ):
        assert flown.begins_s == begins
        assert flown.lands_s == lands_s
        assert flown.charge_after_wh == pytest.approx(charge_wh, abs=1e-6)
