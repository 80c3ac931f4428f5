"""Closures by the hour: which of them a flight has to keep out of, and at what times it may then fly.

A flight that is in the air at any moment of a closure, by its plan and the timing error, keeps out of it from take-off to
landing. So the closures of a day give a few skies, each with some of them closed, and the stretches of the day in which nothing
else is. A flight is planned under one sky and lies within one of its stretches, whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from missions.schedule import Closure, Span
from missions.scheduling.problem import Window

ROUNDING_S = 1.0
"""Kept between a flight and a closure besides the timing error: moments are written to the millisecond."""

MOST_SKIES = 8
"""Skies of a day: each costs a table of all ways. Beyond, flights keep out of more than they have to."""


@dataclass(frozen=True, slots=True)
class Sky:
    """What is closed to a flight that lies within one of `windows`, whole. Seconds count from the flying day's begin."""

    closures: tuple[Closure, ...]
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the day in which the same closures hold, by their numbers."""

    begins_s: float
    ends_s: float
    closed: frozenset[int]


def closed_window(closure: Closure, flying: Span, error_s: float) -> Window:
    """The time in which no planned path may be in a closure: its span, with the timing error on both sides."""
    begins_s = (closure.span.begins_at - flying.begins_at).total_seconds()
    ends_s = (closure.span.ends_at - flying.begins_at).total_seconds()
    return Window(begins_s - error_s - ROUNDING_S, ends_s + error_s + ROUNDING_S)


def skies_of(closures: Sequence[Closure], flying: Span, error_s: float, longest_s: float) -> tuple[Sky, ...]:
    """The skies of a day, the least closed first; the first has nothing closed. No flight takes longer than `longest_s`."""
    stretches = _stretches(closures, flying, error_s)
    sets = {frozenset[int]()} | {
        frozenset[int]().union(*(one.closed for one in stretches[first : last + 1]))
        for first in range(len(stretches))
        for last in range(first, len(stretches))
        if last - first < 2 or stretches[last].begins_s - stretches[first].ends_s < longest_s
    }
    ordered = sorted(sets, key=lambda some: (len(some), sorted(some)))
    if len(ordered) > MOST_SKIES:
        ordered = [*ordered[: MOST_SKIES - 1], frozenset(range(len(closures)))]
    return tuple(Sky(tuple(closures[n] for n in sorted(some)), _windows(stretches, some)) for some in ordered)


def without(windows: Sequence[Window], closed: Sequence[Window]) -> tuple[Window, ...]:
    """The windows less the closed ones, in order."""
    left = list(windows)
    for shut in closed:
        parts = [
            part
            for one in left
            for part in (
                Window(one.earliest_s, min(one.latest_s, shut.earliest_s)),
                Window(max(one.earliest_s, shut.latest_s), one.latest_s),
            )
        ]
        left = [part for part in dict.fromkeys(parts) if part.earliest_s < part.latest_s]
    return tuple(left)


def _stretches(closures: Sequence[Closure], flying: Span, error_s: float) -> list[_Stretch]:
    day_s = (flying.ends_at - flying.begins_at).total_seconds()
    shut = [closed_window(one, flying, error_s) for one in closures]
    edges = {min(max(edge, 0.0), day_s) for window in shut for edge in window}
    return [
        _Stretch(begin, end, frozenset(n for n, one in enumerate(shut) if one.earliest_s < end and begin < one.latest_s))
        for begin, end in pairwise(sorted({0.0, day_s, *edges}))
    ]


def _windows(stretches: Sequence[_Stretch], closed: frozenset[int]) -> tuple[Window, ...]:
    """The longest stretches in which nothing but `closed` is."""
    windows: list[Window] = []
    for one in (one for one in stretches if one.closed <= closed):
        if windows and windows[-1].latest_s == one.begins_s:
            windows[-1] = Window(windows[-1].earliest_s, one.ends_s)
        else:
            windows.append(Window(one.begins_s, one.ends_s))
    return tuple(windows)
