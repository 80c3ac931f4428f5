"""Closures by the hour: the skies of a day, and what is left of a window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.schedule import Closure
from missions.scheduling.problem import Window
from missions.scheduling.skies import MOST_SKIES, Sky, closed_window, skies_of, without
from tests.missions.scheduling.made_district import DAY_S, FLYING, span, square

ERROR_S = 45.0
LONGEST_S = 1800.0


def closure(id: str, begins_s: float, ends_s: float) -> Closure:
    """Closed from and until, in seconds since the day's begin."""
    return Closure(id=id, outline=square(0, 600, 50), span=span(begins_s, ends_s))


def told(skies: tuple[Sky, ...]) -> dict[str, list[tuple[float, float]]]:
    """What is closed in each sky, and when it may be flown in."""
    return {" ".join(one.id for one in sky.closures): [tuple(window) for window in sky.windows] for sky in skies}


def test_a_day_without_closures_has_one_sky() -> None:
    """Open all day."""
    assert told(skies_of((), FLYING, ERROR_S, LONGEST_S)) == {"": [(0, DAY_S)]}


def test_a_closure_makes_two_skies() -> None:
    """With 45 s of timing error and 1 s of rounding, what is closed from 1000 to 2000 s is closed to plans from 954 to 2046."""
    assert told(skies_of([closure("a", 1000, 2000)], FLYING, ERROR_S, LONGEST_S)) == {
        "": [(0, 954), (2046, DAY_S)],
        "a": [(0, DAY_S)],
    }


def test_far_apart_in_time_they_do_not_concern_the_same_flight() -> None:
    """Nobody is in the air from the one to the other an hour later, so no sky has both closed; 20 min are another matter."""
    far = told(skies_of([closure("a", 1000, 2000), closure("b", 5600, 7000)], FLYING, ERROR_S, LONGEST_S))
    assert far == {"": [(0, 954), (2046, 5554), (7046, DAY_S)], "a": [(0, 5554), (7046, DAY_S)], "b": [(0, 954), (2046, DAY_S)]}
    near = told(skies_of([closure("a", 1000, 2000), closure("b", 3200, 7000)], FLYING, ERROR_S, LONGEST_S))
    assert set(near) == {"", "a", "b", "a b"}
    assert near["a b"] == [(0, DAY_S)]


def test_one_within_another() -> None:
    """While both are closed there is no sky with less."""
    skies = told(skies_of([closure("a", 1000, 9000), closure("b", 3000, 4000)], FLYING, ERROR_S, LONGEST_S))
    assert skies[""] == [(0, 954), (9046, DAY_S)]
    assert skies["a"] == [(0, 2954), (4046, DAY_S)]


spans = st.tuples(st.floats(-3000, DAY_S), st.floats(60, 9000)).map(lambda one: (one[0], one[0] + one[1]))


@given(given=st.lists(spans, max_size=6), begins_s=st.floats(0, DAY_S - LONGEST_S), lasting_s=st.floats(0, LONGEST_S))
def test_every_flight_has_a_sky_and_keeps_out(given: list[tuple[float, float]], begins_s: float, lasting_s: float) -> None:
    """A flight at any time fits the windows of some sky; and whatever sky it fits has closed all that is closed meanwhile."""
    closures = [closure(f"c{number}", *one) for number, one in enumerate(given)]
    skies = skies_of(closures, FLYING, ERROR_S, LONGEST_S)
    assert len(skies) <= MOST_SKIES
    assert [len(sky.closures) for sky in skies] == sorted(len(sky.closures) for sky in skies)
    ends_s = begins_s + lasting_s
    fitting = [sky for sky in skies if any(w.earliest_s <= begins_s and ends_s <= w.latest_s for w in sky.windows)]
    assert fitting
    for one in closures:
        shut = closed_window(one, FLYING, ERROR_S)
        if shut.earliest_s < ends_s and begins_s < shut.latest_s:
            assert all(one in sky.closures for sky in fitting)


@pytest.mark.parametrize(
    ("closed", "left"),
    [
        ((), [(0, 100), (200, 300)]),
        ((Window(50, 60),), [(0, 50), (60, 100), (200, 300)]),
        ((Window(-10, 10), Window(90, 250)), [(10, 90), (250, 300)]),
        ((Window(-10, 400),), []),
        ((Window(100, 200),), [(0, 100), (200, 300)]),
    ],
)
def test_what_closures_leave_of_windows(closed: tuple[Window, ...], left: list[tuple[float, float]]) -> None:
    """Parts before, between and after; a window that is closed whole is gone."""
    assert [tuple(one) for one in without((Window(0, 100), Window(200, 300)), closed)] == left
