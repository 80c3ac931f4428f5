"""How long a flight would have taken with some of its passes only, estimated from the flight's own timed path."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import dist, inf

import numpy as np

from missions.geometry import Array, LocalFrame
from missions.planning.sweep import XY
from missions.schedule import ScheduledFlight

SubFlightMinutes = Callable[[ScheduledFlight, frozenset[str]], float]
"""Minutes in the air if a flight had only these of its passes (by id); 0 for none, never more than the whole flight's."""

STILL_M = 1.0
"""Who has moved less than this has not moved: taking off and landing, with what positions lose in rounding."""


def skipping_minutes(flight: ScheduledFlight, kept: frozenset[str]) -> float:
    """Minutes of the quickest flight that makes the kept visits in the same order (a SubFlightMinutes).

    Between neighbours it flies as it was flown. Where visits fall out it goes straight, at the flight's mean speed between
    visits, unless the way as flown is quicker: so a pass more never takes less, and all of them take the flight's duration.
    """
    wanted = [visit.pass_id in kept for visit in flight.visits]
    if not any(wanted):
        return 0.0
    if all(wanted):
        return flight.duration_s / 60
    return min(_quickest_s(_Timetable.of(flight), wanted), flight.duration_s) / 60


@dataclass(frozen=True, slots=True)
class _Timetable:
    """Take-off, the visits and the landing in order: when (seconds from take-off) and where each begins and ends."""

    begins_s: list[float]
    ends_s: list[float]
    begins_xy: list[XY]
    ends_xy: list[XY]
    climb_s: float
    descent_s: float
    transit_mps: float

    @classmethod
    def of(cls, flight: ScheduledFlight) -> "_Timetable":
        """As it was flown, on the plane round the take-off point."""
        start, end_s = flight.takes_off_at, flight.duration_s
        begins_s = [0.0, *((visit.begins_at - start).total_seconds() for visit in flight.visits), end_s]
        ends_s = [0.0, *((visit.ends_at - start).total_seconds() for visit in flight.visits), end_s]
        at_s = np.array([(timed.at - start).total_seconds() for timed in flight.path])
        xy = LocalFrame(flight.path[0].point).to_xy_many(timed.point for timed in flight.path)
        flown_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
        climb_s = min(float(at_s[flown_m <= STILL_M][-1]), begins_s[1])
        descent_s = min(end_s - float(at_s[flown_m >= flown_m[-1] - STILL_M][0]), end_s - ends_s[-2])
        visited_m = float(np.sum(np.interp(ends_s, at_s, flown_m) - np.interp(begins_s, at_s, flown_m)))
        visited_s = sum(ends_s) - sum(begins_s)
        all_m, all_s = float(flown_m[-1]), end_s - climb_s - descent_s
        return cls(
            begins_s=begins_s,
            ends_s=ends_s,
            begins_xy=_places(begins_s, at_s, xy),
            ends_xy=_places(ends_s, at_s, xy),
            climb_s=climb_s,
            descent_s=descent_s,
            transit_mps=_mean_mps((all_m - visited_m, all_s - visited_s), (all_m, all_s)),
        )

    def transit_s(self, here: int, there: int) -> float:
        """From the end of one stop to the begin of a later one: as flown between neighbours, else straight."""
        if there == here + 1:
            return self.begins_s[there] - self.ends_s[here]
        standing_s = (self.climb_s if here == 0 else 0.0) + (self.descent_s if there == len(self.begins_s) - 1 else 0.0)
        return standing_s + dist(self.ends_xy[here], self.begins_xy[there]) / self.transit_mps


def _places(moments_s: Sequence[float], at_s: Array, xy: Array) -> list[XY]:
    """Where the path is at these moments."""
    x, y = (np.interp(moments_s, at_s, xy[:, axis]).tolist() for axis in (0, 1))
    return list(zip(x, y, strict=True))


def _mean_mps(*ways: tuple[float, float]) -> float:
    """Mean speed over the first of these (metres, seconds) in which it moved; a flight that never moves has no way to go."""
    return next((way_m / way_s for way_m, way_s in ways if way_m > STILL_M and way_s > 0), inf)


def _quickest_s(timetable: _Timetable, wanted: Sequence[bool]) -> float:
    """The shortest path from take-off to landing over the stops in order, of which only unwanted ones may be left out."""
    done_s = [0.0]
    last_wanted = 0
    for here, is_wanted in enumerate([*wanted, True], start=1):
        arrived_s = min(done_s[before] + timetable.transit_s(before, here) for before in range(last_wanted, here))
        done_s.append(arrived_s + timetable.ends_s[here] - timetable.begins_s[here])
        last_wanted = here if is_wanted else last_wanted
    return done_s[-1]
