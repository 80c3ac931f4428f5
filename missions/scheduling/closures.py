"""Airspace closed for a time, as it is given: whether it can concern the day, and how it joins what was closed before."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from shapely import Polygon

from missions.district import District
from missions.errors import InvalidInput
from missions.geometry import LocalFrame
from missions.schedule import Closure, DayConditions
from missions.working_time import DISTRICT_TIME

MOST = 20
"""Closures of one day."""


def with_closures(before: DayConditions, closures: Sequence[Closure], district: District, day: date) -> DayConditions:
    """The conditions with more closed; one with the id of an earlier one takes its place. Raises InvalidInput."""
    check_closures(closures, district, day)
    known = {one.id: one for one in (*before.closures, *closures)}
    if len(known) > MOST:
        raise InvalidInput("closures", str(day), f"a day has at most {MOST}; with these it would have {len(known)}")
    return before.model_copy(update={"closures": tuple(known.values())})


def check_closures(closures: Sequence[Closure], district: District, day: date) -> None:
    """Whether each concerns the district and the day, under an id of its own. Raises InvalidInput with the first fault."""
    permitted = district.airspace.permitted
    frame = LocalFrame(permitted[0])
    area = Polygon(frame.to_xy_many(permitted)).buffer(0)
    begins_at = datetime.combine(day, time(), DISTRICT_TIME)
    ids: set[str] = set()
    for one in closures:
        if one.id in ids:
            raise InvalidInput("closures", one.id, "is the id of two of them")
        ids.add(one.id)
        if not area.intersects(Polygon(frame.to_xy_many(one.outline))):
            raise InvalidInput("closures", one.id, "lies outside the permitted area: nothing would be closed by it")
        if one.span.ends_at <= begins_at or one.span.begins_at >= begins_at + timedelta(days=1):
            span = f"{one.span.begins_at.astimezone(DISTRICT_TIME):%Y-%m-%d %H:%M} to "
            span += f"{one.span.ends_at.astimezone(DISTRICT_TIME):%Y-%m-%d %H:%M}"
            raise InvalidInput("closures", one.id, f"is closed from {span}, which is no part of {day}")
