"""Trips that belong together."""

from dataclasses import replace

from missions.scheduling.problem import Depot, Trip
from missions.scheduling.rounds import rounds
from tests.missions.scheduling.made_problem import Row, two_depots, two_vehicles


def test_trips_from_home_to_home_are_rounds_of_their_own() -> None:
    """In the order of their starts."""
    early, late = Trip(0, 0.0, (0,)), Trip(1, 50.0, (1,))
    assert rounds(Row(vehicles=two_vehicles()).problem(), [late, early]) == [(early,), (late,)]


def test_a_round_ends_at_home() -> None:
    """Out to the other depot, on from there and home: together, though another vehicle takes off in between."""
    problem = replace(two_depots(Depot(guest_places=1)), vehicles=two_vehicles())
    out, other, back, again = Trip(0, 0.0, (0,), None, 1), Trip(1, 5.0, (1,)), Trip(0, 900.0, (2,), 1), Trip(0, 2000.0, (3,))
    assert rounds(problem, [again, back, other, out]) == [(out, back), (other,), (again,)]


def test_a_round_may_stay_open() -> None:
    """Where a vehicle's last trip ends elsewhere."""
    out = Trip(0, 0.0, (0,), None, 1)
    assert rounds(two_depots(Depot(guest_places=1)), [out]) == [(out,)]
