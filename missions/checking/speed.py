"""SPEED and WAITING: no flight is faster than its aircraft can, no visit faster than its pass asks, and none hangs about."""

from collections.abc import Iterator
from math import isfinite

import numpy as np

from missions.checking.day import CheckedFlight, CheckedVisit, Day
from missions.checking.plane import Array
from missions.checking.track import Track
from missions.checking.violation import Rule, Violation, clock

LEVEL_TOLERANCE = 1.01
VERTICAL_TOLERANCE = 1.05
MOMENT_S = 0.001
"""A stretch that lies in a visit for less than this is none of it: rounding."""

STILL_MPS = 0.2
LONGEST_WAIT_S = 10.0


def check_speeds(day: Day) -> Iterator[Violation]:
    """The worst stretch of each flight and of each visit, over ground, through the wind, upwards and downwards."""
    for one in day.schedule.passes:
        if not (isfinite(one.speed_mps) and one.speed_mps > 0):
            text = f"pass '{one.id}' asks for a speed of {one.speed_mps:g} m/s, which is none"
            yield Violation(rule=Rule.SPEED, subject=one.id, text=text, limit=0, value=one.speed_mps)
    for flight in day.flights:
        yield from _flight(flight)
    for visit in day.visits:
        yield from _visit(visit)


def check_waiting(day: Day) -> Iterator[Violation]:
    """Nowhere does an aircraft stand still in the air: a plan waits on the ground."""
    for one in day.flights:
        for begins_s, ends_s in _still(one.track) if one.track else ():
            waited_s = ends_s - begins_s
            if waited_s > LONGEST_WAIT_S:
                where = f"flight '{one.id}' stands still in the air for {waited_s:.0f} s from {clock(begins_s)}"
                text = f"{where}; at most {LONGEST_WAIT_S:g} s are let pass"
                yield Violation(rule=Rule.WAITING, subject=one.id, text=text, limit=LONGEST_WAIT_S, value=waited_s)


def _flight(one: CheckedFlight) -> Iterator[Violation]:
    if one.track is None or one.aircraft is None:
        return
    who, track, can = f"flight '{one.id}'", one.track, one.aircraft
    yield from _too_fast(one.id, f"{who} flies", track.speeds_mps, track, can.max_speed_mps, LEVEL_TOLERANCE)
    if one.wind.speed_mps > 0:
        what = f"{who} has to fly through the wind"
        yield from _too_fast(one.id, what, _air_mps(one, track), track, can.max_speed_mps, LEVEL_TOLERANCE)
    yield from _too_fast(one.id, f"{who} climbs", track.rates_mps, track, can.climb_mps, VERTICAL_TOLERANCE)
    yield from _too_fast(one.id, f"{who} descends", -track.rates_mps, track, can.descent_mps, VERTICAL_TOLERANCE)


def _air_mps(one: CheckedFlight, track: Track) -> Array:
    """The greatest speed through the air of each stretch; standing still in a wind is the weather's rule."""
    moving_mps: Array = np.max(one.wind.air_mps(track), axis=0)
    return np.where(track.lengths_m > 0, moving_mps, 0.0)


def _visit(one: CheckedVisit) -> Iterator[Violation]:
    whole = one.flight.track
    if one.track is None or whole is None or one.wanted is None:
        return
    within = whole.overlaps_s(one.begins_s, one.ends_s) > MOMENT_S
    speeds_mps = np.where(within, whole.speeds_mps, 0.0)
    what = f"flight '{one.flight.id}' sees pass '{one.wanted.id}'"
    yield from _too_fast(one.flight.id, what, speeds_mps, whole, one.wanted.speed_mps, LEVEL_TOLERANCE)


def _too_fast(
    subject: str, what: str, speeds_mps: Array, track: Track, limit_mps: float, tolerance: float
) -> Iterator[Violation]:
    worst = int(np.argmax(speeds_mps))
    value_mps = float(speeds_mps[worst])
    if value_mps > limit_mps * tolerance:
        text = f"{what} at {value_mps:.2f} m/s from {clock(track.at_s[worst])}; at most {limit_mps:g} m/s are allowed"
        yield Violation(rule=Rule.SPEED, subject=subject, text=text, limit=limit_mps, value=value_mps)


def _still(track: Track) -> Iterator[tuple[float, float]]:
    """Runs of stretches without motion, each from when to when."""
    is_still = (track.speeds_mps < STILL_MPS) & (np.abs(track.rates_mps) < STILL_MPS)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_still, [False]]).astype(np.int8)))
    for first, last in edges.reshape(-1, 2):
        yield float(track.at_s[first]), float(track.at_s[last])
