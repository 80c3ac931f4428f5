"""HEIGHT: no flight is too high or under the ground, and each visit is at its pass's height."""

from collections.abc import Iterator

import numpy as np

from missions.checking.day import CheckedFlight, CheckedVisit, Day
from missions.checking.over_ground import HELD_WITHIN_M
from missions.checking.track import HIGHEST_M
from missions.checking.violation import Rule, Violation, clock
from missions.plan import FLAT

NEGLIGIBLE_M = 0.01
AT_HEIGHT_M = 1.0
"""How far from its pass's height a visit may be, and how far below its take-off point a path. Over real ground the greatest
height is kept, so that what asks for it is seen from twice the tolerance below.
"""


def check_heights(day: Day) -> Iterator[Violation]:
    """Passes, paths and visits, over the ground where it is given. Else heights are over the take-off point: it is taken as
    flat, or as low as the landing.
    """
    if day.ground is None and day.schedule.terrain != FLAT:
        text = f"the day of '{day.district.id}' follows the ground of '{day.schedule.terrain}', which is not given here"
        yield Violation(rule=Rule.HEIGHT, subject=day.district.id, text=text)
    for one in day.schedule.passes:
        if not 0 < one.height_m <= HIGHEST_M:
            text = f"pass '{one.id}' asks for a height of {one.height_m:g} m, which is none"
            yield Violation(rule=Rule.HEIGHT, subject=one.id, text=text, limit=0, value=one.height_m)
    for flight in day.flights:
        ground_m = min(flight.rise_m, 0.0) if day.ground is None else 0.0
        yield from _path(flight, ground_m, day.district.airspace.max_height_m)
    for visit in day.visits:
        yield from _visit(visit, AT_HEIGHT_M if day.ground is None else AT_HEIGHT_M + 2 * HELD_WITHIN_M)


def _path(one: CheckedFlight, ground_m: float, max_height_m: float) -> Iterator[Violation]:
    if one.over is None:
        return
    heights_m, at_s = one.over.height_m, one.over.at_s
    high, low = int(np.argmax(heights_m)), int(np.argmin(heights_m))
    if heights_m[high] > max_height_m + NEGLIGIBLE_M:
        where = f"{heights_m[high]:.1f} m high at {clock(at_s[high])}"
        text = f"flight '{one.id}' is {where}; at most {max_height_m:g} m are allowed"
        yield _wrong(one.id, text, max_height_m, float(heights_m[high]))
    if heights_m[low] < ground_m - AT_HEIGHT_M:
        text = f"flight '{one.id}' is {heights_m[low]:.1f} m high at {clock(at_s[low])}: below the ground ({ground_m:g} m)"
        yield _wrong(one.id, text, ground_m, float(heights_m[low]))


def _visit(one: CheckedVisit, allowed_m: float) -> Iterator[Violation]:
    if one.over is None or one.wanted is None or not 0 < one.wanted.height_m <= HIGHEST_M:
        return
    away_m = np.abs(one.over.height_m - one.wanted.height_m)
    worst = int(np.argmax(away_m))
    if away_m[worst] > allowed_m + NEGLIGIBLE_M:
        flown_m, wanted_m = float(one.over.height_m[worst]), one.wanted.height_m
        seen = f"flight '{one.flight.id}' sees pass '{one.wanted.id}' from {flown_m:.1f} m at {clock(one.over.at_s[worst])}"
        text = f"{seen}; its height is {wanted_m:g} m, within {allowed_m:g} m"
        yield _wrong(one.flight.id, text, wanted_m, flown_m)


def _wrong(subject: str, text: str, limit: float, value: float) -> Violation:
    return Violation(rule=Rule.HEIGHT, subject=subject, text=text, limit=limit, value=value)
