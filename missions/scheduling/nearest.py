"""What comes nearest to a demand that cannot be served: for each reason against it, the change that would take it away."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from math import ceil

from missions.calendar import TimeWindow
from missions.demand import Demand
from missions.district import District
from missions.noun import Noun
from missions.planning.limits import Infeasible, Reason, ReasonCode
from missions.route import Frequency, RouteGeometry
from missions.scheduling.nearest_ground import MARGINS_M, ground_inside, part_of_ground
from missions.scheduling.registration import register

SPARE_MIN = 1
"""A window is made so much longer than the flight takes."""

SHARES = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05)
"""Parts of a ground that is too much for one flight, the largest first."""

OUTSIDE = (ReasonCode.OUTSIDE_PERMITTED_AREA, ReasonCode.NO_FLY_ZONE, ReasonCode.BAD_GEOMETRY)
TOO_MUCH = (ReasonCode.BEYOND_ENDURANCE, ReasonCode.TOO_LARGE)


class Nearest(Noun):
    """What to change of a demand; None: nothing."""

    max_sample_m: float | None = None
    steepest_deg: float | None = None
    flattest_deg: float | None = None
    thermal: bool | None = None
    frequency: Frequency | None = None
    windows: tuple[TimeWindow, ...] | None = None
    geometry: RouteGeometry | None = None

    def of(self, demand: Demand) -> Demand:
        """The demand with these changes."""
        return demand.model_copy(update={key: value for key, value in dict(self).items() if value is not None})


def nearest_possible(demand: Demand, reason: Reason, district: District, at: datetime) -> Nearest | None:
    """The least change that takes the reason away; None where none is known. Other reasons may stay."""
    for change in _changes(demand, reason, district):
        answer = register(change.of(demand), district, at)
        if not isinstance(answer, Infeasible) or reason.code not in {one.code for one in answer.reasons}:
            return change
    return None


def _changes(demand: Demand, reason: Reason, district: District) -> Iterator[Nearest]:
    """What may take the reason away, the least change first."""
    match reason.code:
        case ReasonCode.TOO_FINE if reason.limit is not None:
            yield Nearest(max_sample_m=ceil(reason.limit * 1e4) / 1e4)
        case ReasonCode.TOO_FINE:
            pitch_deg = district.category(demand.category).camera.pitch_deg
            yield Nearest(steepest_deg=pitch_deg, flattest_deg=max(pitch_deg, demand.flattest_deg))
        case ReasonCode.NO_THERMAL_CAMERA:
            yield Nearest(thermal=False)
        case ReasonCode.WINDOW_TOO_SHORT:
            yield from _windows(demand, reason, district)
        case code if code in OUTSIDE:
            inside = (ground_inside(demand.geometry, district.airspace, margin_m) for margin_m in MARGINS_M)
            yield from (Nearest(geometry=part) for part in inside if part is not None)
        case code if code in TOO_MUCH:
            parts = (part_of_ground(demand.geometry, share) for share in SHARES)
            yield from (Nearest(geometry=part) for part in parts if part is not None)


def _windows(demand: Demand, reason: Reason, district: District) -> Iterator[Nearest]:
    """As many looks as there are windows, or the longest window made long enough within the flying hours."""
    if demand.frequency.per == "day" and len(demand.windows) < demand.frequency.times:
        yield Nearest(frequency=Frequency(times=len(demand.windows), per="day"))
        return
    needed_min = ceil(reason.value or 0.0) + SPARE_MIN
    longest = max(demand.windows, key=lambda one: one.length_min)
    wider = _widened(longest, needed_min, district.operations.day_begins, district.operations.day_ends)
    yield Nearest(windows=tuple(wider if one == longest else one for one in demand.windows))


def _widened(window: TimeWindow, needed_min: int, opens: time, closes: time) -> TimeWindow:
    """As long as needed round its middle, moved into the flying hours."""
    begins, ends = _minutes(window.begins), _minutes(window.ends)
    length = max(needed_min, ends - begins)
    begin = min(max((begins + ends - length) // 2, _minutes(opens)), _minutes(closes) - length)
    begin = max(begin, _minutes(opens))
    end = min(begin + length, _minutes(closes))
    return window.model_copy(update={"begins": _clock(begin), "ends": _clock(end)})


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minutes: int) -> time:
    return (datetime.combine(date.min, time(0)) + timedelta(minutes=minutes)).time()
