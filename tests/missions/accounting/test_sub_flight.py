"""How long flights take without some of their passes."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.accounting.sub_flight import skipping_minutes
from missions.schedule import ScheduledFlight

NAMES = "abcd"
places = st.tuples(st.floats(-3000, 3000), st.floats(-3000, 3000))
lasting = st.floats(0.1, 300)


@st.composite
def flown(draw: st.DrawFn) -> tuple[list[tuple[float, float, float]], dict[str, tuple[float, float]]]:
    """The way and the visits of some flight with four passes, however odd its speeds."""
    way, now_s = [(0.0, 0.0, 0.0)], 0.0
    for x, y in [(0.0, 0.0), *draw(st.lists(places, min_size=8, max_size=8)), (0.0, 0.0), (0.0, 0.0)]:
        now_s += draw(lasting)
        way.append((now_s, x, y))
    visits = {name: (way[2 * number + 2][0], way[2 * number + 3][0]) for number, name in enumerate(NAMES)}
    return way, visits


def test_all_passes_take_the_flight(make_flight: Callable[..., ScheduledFlight]) -> None:
    """With all its passes it takes exactly what it took, with none nothing, and foreign passes do not count."""
    flight = make_flight()
    assert skipping_minutes(flight, frozenset("ab")) == 10
    assert skipping_minutes(flight, frozenset("abz")) == 10
    assert skipping_minutes(flight, frozenset("z")) == 0
    assert skipping_minutes(flight, frozenset()) == 0


@pytest.mark.parametrize("kept", ["a", "b"])
def test_skipping_one_of_two(make_flight: Callable[..., ScheduledFlight], kept: str) -> None:
    """20 s up, 100 s and 125 s of way, 150 s at work and 30 s down are 425 s."""
    assert skipping_minutes(make_flight(), frozenset(kept)) == pytest.approx(425 / 60)


def test_between_neighbours_it_flies_as_it_was_flown(make_flight: Callable[..., ScheduledFlight]) -> None:
    """A third pass from (0, 1000) down to (0, 500) in 60 s, home in 40: without it straight from B's end in 100 s.

    The detour between A and B (50 s) stays, since it may go round a zone. Transit is 2000 m in 190 s.
    """
    way = [(0, 0, 0), (20, 0, 0), (120, 1000, 0), (270, 1000, 750), (295, 1000, 1000), (320, 750, 1000), (470, 0, 1000)]
    way += [(530, 0, 500), (570, 0, 0), (600, 0, 0)]
    flight = make_flight(way, {"a": (120, 270), "b": (320, 470), "c": (470, 530)})
    speed_mps = 2000 / 190
    straight_s = 20 + 100 + 150 + 50 + 150 + 1000 / speed_mps + 30
    assert skipping_minutes(flight, frozenset("ab")) == pytest.approx(straight_s / 60)


def test_the_way_as_flown_is_taken_where_it_is_quicker(make_flight: Callable[..., ScheduledFlight]) -> None:
    """Slow between passes, fast on them: without B it still flies B's way rather than crawl.

    1000 m out in 100 s, A and B in turn of 1000 m in 10 s each, back 100 m in 900 s: transit is 1100 m in 1000 s.
    """
    way = [(0, 0, 0), (100, 1000, 0), (110, 1000, 1000), (120, 0, 1000), (120, 0, 100), (1020, 0, 0)]
    flight = make_flight(way, {"a": (100, 110), "b": (110, 120)})
    assert skipping_minutes(flight, frozenset("a")) == pytest.approx(1020 / 60)


def test_hover_over_the_dock(make_flight: Callable[..., ScheduledFlight]) -> None:
    """Two looks from over the dock, 40 s and 60 s, with 20 s up and 30 s down: one alone takes no way."""
    flight = make_flight([(0, 0, 0), (150, 0, 0)], {"a": (20, 60), "b": (60, 120)})
    assert skipping_minutes(flight, frozenset("a")) == pytest.approx((20 + 40 + 30) / 60)
    assert skipping_minutes(flight, frozenset("b")) == pytest.approx((20 + 60 + 30) / 60)


def test_passes_without_way_between(make_flight: Callable[..., ScheduledFlight]) -> None:
    """Where the passes begin and end over the dock, the flight's mean speed over all counts: 2000 m in 400 s are 5 m/s.

    A goes 1000 m out in 200 s and B back. B alone: up 10, 1000 m in 200, 200 at work, down 20.
    """
    flight = make_flight([(0, 0, 0), (10, 0, 0), (210, 1000, 0), (410, 0, 0), (430, 0, 0)], {"a": (10, 210), "b": (210, 410)})
    assert skipping_minutes(flight, frozenset("b")) == pytest.approx((10 + 200 + 200 + 20) / 60)


@given(flight=flown(), kept=st.sets(st.sampled_from(NAMES)), one_more=st.sampled_from(NAMES))
def test_a_pass_more_never_takes_less(
    make_flight: Callable[..., ScheduledFlight],
    flight: tuple[list[tuple[float, float, float]], dict[str, tuple[float, float]]],
    kept: set[str],
    one_more: str,
) -> None:
    """However odd the flight, more passes take no less time, never less than their own work, never more than the flight."""
    made = make_flight(*flight)
    few, more = frozenset(kept), frozenset({*kept, one_more})
    assert skipping_minutes(made, few) <= skipping_minutes(made, more) + 1e-9
    assert skipping_minutes(made, more) <= made.duration_s / 60
    work_s = sum((visit.ends_at - visit.begins_at).total_seconds() for visit in made.visits if visit.pass_id in more)
    assert skipping_minutes(made, more) >= work_s / 60 - 1e-9
