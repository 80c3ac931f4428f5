"""Landings in other depots: where they help, by sums done by hand; and plans without faults wherever they are made."""

from dataclasses import replace
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from missions.scheduling.elsewhere import fill_in_elsewhere
from missions.scheduling.fill_in import fill_in
from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Depot, Problem, Solution, Trip
from missions.scheduling.timeline import evaluate, faults
from tests.missions.scheduling.made_problem import LOW, SWAPS, days, two_depots

GUEST = Depot(guest_places=1)
FAR = {"places": (5, 2), "value": (5, 1), "windows": None}
"""To the job at 5 and back take 22 Wh of 16; to it and on to the depot at 4 take 14, and from there over 2 home 10."""

TWO_FAR = {"places": (3, 3.5), "value": (1, 1), "windows": None}
"""Each a trip of its own, of 680 and 780 s: both together take 17 Wh. By the depot at 4 each takes 480 s."""


def planned(problem: Problem, start: Solution | None = None) -> Solution:
    """The plan from a start, else from the greedy one, filled in."""
    begin = start or fill_in(problem, greedy(problem), clock=lambda: 0.0, until_s=1.0)
    return fill_in_elsewhere(problem, begin, clock=lambda: 0.0, until_s=1.0)


def test_what_no_battery_reaches_there_and_back() -> None:
    """The job at 5 on the way out, landing in the other depot at 680 s with 6 Wh; 8 are missing after the turnaround, which
    take 400 s; then the job at 2 on the way home.
    """
    solution = planned(two_depots(GUEST, **FAR))
    assert solution.trips == (Trip(0, 0.0, (0,), None, 1), Trip(0, 1110.0, (1,), 1, None))
    assert faults(two_depots(GUEST, **FAR), solution) == []


def test_a_swap_shortens_the_stay() -> None:
    """A battery swapped in 60 s: on from the other depot at 770 s."""
    problem = two_depots(replace(GUEST, swap_s=60.0), **FAR)
    assert [trip.start_s for trip in planned(problem).trips] == [0.0, 770.0]


def test_two_jobs_left_out_may_be_served_together() -> None:
    """Where the vehicle flies nothing yet."""
    assert planned(two_depots(GUEST, **FAR), Solution()).served == {0, 1}


def test_less_time_in_the_air() -> None:
    """1460 s from home to home, 960 s by way of the other depot."""
    problem = two_depots(GUEST, **TWO_FAR)
    home = fill_in(problem, greedy(problem), clock=lambda: 0.0, until_s=1.0)
    assert evaluate(problem, home).flight_s == 1460
    assert evaluate(problem, planned(problem)).flight_s == 960


def test_nobody_lands_where_there_is_no_place() -> None:
    """No places for guests, none for this kind, or ground that is too high: all stays as it was."""
    for depot in (Depot(), replace(GUEST, guests=frozenset({1})), replace(GUEST, ground_m=31.0)):
        assert all(trip.lands is None for trip in planned(two_depots(depot, **FAR)).trips)


def test_lower_ground_takes_longer() -> None:
    """At 2 s and 0.1 Wh a metre, a landing 10 m lower takes 20 s and 1 Wh more."""
    low = replace(GUEST, ground_m=-10.0)
    flat = two_depots(low, **FAR)
    problem = replace(flat, kinds=(replace(flat.kinds[0], lower_s_per_m=2.0, lower_wh_per_m=0.1),))
    out, home = evaluate(problem, planned(problem)).trips
    assert (out.lands_s, out.energy_wh) == (700, 15)
    assert home.energy_wh == 10


def test_keeps_to_its_time() -> None:
    """With no time left nothing is tried; a clock that runs on ends the work."""
    problem = two_depots(GUEST, **FAR)
    start = greedy(problem)
    assert fill_in_elsewhere(problem, start, clock=lambda: 0.0, until_s=0.0) is start
    ticks = count()
    fill_in_elsewhere(problem, start, clock=lambda: float(next(ticks)), until_s=3.0)
    assert next(ticks) < 20


@given(days(), st.sampled_from([(SWAPS, LOW), (LOW, SWAPS), (LOW, LOW)]))
@settings(max_examples=80, deadline=None)
def test_never_less_and_never_faulty(problem: Problem, offers: tuple[Depot, Depot]) -> None:
    """From greedy plans and from nothing, with docks that take guests."""
    open_to_guests = replace(problem, offers=offers)
    for plan in (greedy(open_to_guests), Solution()):
        found = fill_in_elsewhere(open_to_guests, plan, clock=lambda: 0.0, until_s=1.0)
        assert faults(open_to_guests, found) == []
        assert found.value(open_to_guests) >= plan.value(open_to_guests)
