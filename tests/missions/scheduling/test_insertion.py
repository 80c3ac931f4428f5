"""One more job at its cheapest place."""

from missions.scheduling.insertion import Insertion
from missions.scheduling.tours import Tours
from tests.missions.scheduling.made_problem import Row, two_vehicles


def test_on_the_way_is_cheapest() -> None:
    """Job 0 lies on the way to job 1: only its service is added, before or after it."""
    tours = Tours(Row(vehicles=two_vehicles()).problem())
    tours.open_trip(0, 0, (1,))
    tours.open_trip(1, 0, (3,))
    assert Insertion(tours).insert(0)
    assert sorted(tours.jobs_of(0, 0)) == [0, 1]


def test_a_new_trip_where_no_other_has_room() -> None:
    """Job 2 beside job 3 is beyond the battery, so it gets a trip of its own."""
    tours = Tours(Row().problem())
    tours.open_trip(0, 0, (3,))
    assert Insertion(tours).insert(2)
    assert sorted(tours.jobs_of(vehicle, number) for vehicle, number in tours.trips()) == [(2,), (3,)]


def test_not_where_it_costs_too_much() -> None:
    """A new trip to job 2 takes 600 s of flight and 50 s of service at least."""
    tours = Tours(Row().problem())
    assert not Insertion(tours).insert(2, below_s=600.0)
    assert Insertion(tours).insert(2)


def test_the_lesser_makes_way() -> None:
    """In 300 s only one of jobs 0 and 3 fits: 3 is worth more, and not the other way round."""
    tours = Tours(Row(end_s=300.0, max_trips=1).problem())
    tours.open_trip(0, 0, (0,))
    insertion = Insertion(tours)
    assert insertion.exchange(3) == (0,)
    assert insertion.exchange(0) == ()
    assert tours.jobs_of(0, 0) == (3,)
