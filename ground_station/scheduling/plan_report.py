"""The figures of planned days, for the reports of `oneflight plan`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from missions.schedule import MergeKind

if TYPE_CHECKING:
    from ground_station.scheduling.planner import Planned


def figures(planned: "Planned") -> dict[str, Any]:
    """Of one day."""
    schedule = planned.schedule
    return {
        "date": str(schedule.day),
        "method": schedule.method,
        "note": planned.note,
        "first_plan_s": round(planned.first_plan_s, 2),
        "final_plan_s": round(planned.final_plan_s, 2),
        "passes": len(schedule.passes),
        "flights": len(schedule.flights),
        "unserved": len(schedule.unserved),
        **{kind.value: sum(note.kind is kind for note in schedule.merging) for kind in MergeKind},
        "value": round(schedule.value, 2),
        "value_bound": round(planned.value_bound, 2),
        "flight_h": round(schedule.flight_h, 3),
        "greedy_flight_h": round(planned.first.flight_h, 3),
        "violations": len(planned.violations),
    }


def week_figures(days: Sequence["Planned"]) -> dict[str, Any]:
    """Of several days in a row. A day's `carried_over` are the passes that waited the day before and are due again."""
    each = [figures(day) for day in days]
    waiting: set[str] = set()
    for day, known in zip(days, each, strict=True):
        known["carried_over"] = len(waiting & {one.id for one in day.schedule.passes})
        waiting = {one.pass_id for one in day.schedule.unserved}
    added = ("passes", "flights", "unserved", "value", "flight_h", "violations")
    return {"days": each, "total": {key: round(sum(day[key] for day in each), 3) for key in added}}
