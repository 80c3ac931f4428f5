"""Tours: trips as early as they may be, changes that are whole or not at all."""

import pytest
from hypothesis import given, settings

from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Problem, Solution, Trip, Vehicle, Window
from missions.scheduling.timeline import faults
from missions.scheduling.tours import Tours, tours_of
from tests.missions.scheduling.made_problem import ALL_DAY, Row, days, two_vehicles


def test_next_trip_waits_for_its_charge() -> None:
    """Landed at 530 s with 9 Wh; the trip to job 3 takes 6 and leaves 4, so 1 Wh is missing: 50 s from 560 s on."""
    tours = Tours(Row().problem())
    assert tours.open_trip(0, 0, (0, 1))
    assert tours.open_trip(0, 1, (3,))
    assert [trip.start_s for trip in tours.tours[0]] == pytest.approx([0.0, 560 + 50])
    assert tours.open_trip(0, 2, (2,))
    # Landed at 610 + 280 s with 4 Wh. Job 2 takes 14 and leaves 4, so 14 are missing: 700 s from 920 s on.
    assert tours.tours[0][2].start_s == pytest.approx(920 + 700)


def test_a_vehicle_that_begins_empty_charges_first() -> None:
    """With 5 Wh at its ready time of 100 s, the 6 Wh of job 3 and the reserve need 5 more: 250 s."""
    tours = Tours(Row(vehicles=(Vehicle(0, 0, 100.0, 5.0),)).problem())
    assert tours.open_trip(0, 0, (3,))
    assert tours.tours[0][0].start_s == pytest.approx(350)


def test_without_a_charger_only_what_is_in_the_battery() -> None:
    """A trip of 6 Wh leaves 14 of 20, another 8; a third would leave 2, below the reserve of 4."""
    kind = Row().kinds[0]
    still = type(kind)(20.0, 16.0, 0.0, 10.0, 20.0, 1.0)
    tours = Tours(Row(places=(-1, 1, -1, 1), kinds=(still,)).problem())
    assert tours.open_trip(0, 0, (0,))
    assert tours.open_trip(0, 1, (1,))
    assert not tours.open_trip(0, 2, (2,))


def test_crew_delays_the_second_vehicle() -> None:
    """A crew of one: the second takes off when the first lands, at 280 s."""
    tours = Tours(Row(vehicles=two_vehicles(), crew=1).problem())
    assert tours.open_trip(0, 0, (0,))
    assert tours.open_trip(1, 0, (3,))
    assert tours.tours[1][0].start_s == 280


def test_a_change_that_cannot_be_changes_nothing() -> None:
    """Job 2 beside job 3 is beyond the battery; the trip stays as it was."""
    tours = Tours(Row().problem())
    assert tours.open_trip(0, 0, (3,))
    before = tours.solution()
    assert not tours.change(0, 0, (3, 2))
    assert tours.solution() == before


def test_a_later_trip_that_would_miss_its_window_forbids_the_change() -> None:
    """Job 3 must begin by 450 s; a trip of 280 s with its turnaround before it leaves room, one of 530 s does not."""
    tours = Tours(Row(windows=(ALL_DAY, ALL_DAY, ALL_DAY, (Window(0, 500),))).problem())
    assert tours.open_trip(0, 0, (3,))
    assert not tours.open_trip(0, 0, (0, 1))
    assert tours.open_trip(0, 0, (0,))
    assert [trip.shape.jobs for trip in tours.tours[0]] == [(0,), (3,)]


def test_a_trip_falls_away_without_jobs() -> None:
    """And its jobs are open again."""
    tours = Tours(Row().problem())
    tours.open_trip(0, 0, (0, 1))
    assert tours.trip_of(1) == (0, 0, 1)
    assert tours.change(0, 0, ())
    assert tours.vehicle_of == {}


def test_no_more_trips_than_allowed() -> None:
    """A second trip is refused where one is the limit."""
    tours = Tours(Row(max_trips=1).problem())
    assert tours.open_trip(0, 0, (0,))
    assert not tours.open_trip(0, 1, (3,))


def test_a_solution_is_brought_forward() -> None:
    """The same jobs, as early as they may be flown."""
    solution = tours_of(Row().problem(), Solution((Trip(0, 5000.0, (3,)), Trip(0, 900.0, (0,))))).solution()
    assert solution == Solution((Trip(0, 0.0, (0,)), Trip(0, 310.0, (3,))))


@given(days())
@settings(max_examples=60, deadline=None)
def test_tours_have_no_faults_and_lose_nothing(problem: Problem) -> None:
    """What greedy plans is kept whole where no crew binds, and never has faults."""
    planned = greedy(problem)
    again = tours_of(problem, planned).solution()
    assert faults(problem, again) == []
    if not problem.crew_binds:
        assert again.served == planned.served
