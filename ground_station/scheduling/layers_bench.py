"""What layers of height bring: flights shifted and taken out with them and without, on the shipped day and on a crowded one."""

from datetime import date, datetime, time

from ground_station.scheduling.rehearsal import request_for
from missions.district import District
from missions.schedule import DayConditions
from missions.scheduling.day import DayRequest, first_plan, prepare_day
from missions.scheduling.placing import clock_of, place_all
from missions.scheduling.separating import Clock
from missions.working_time import DISTRICT_TIME

LATE = time(14)
"""When the crowded day begins: two thirds of it are over."""


def layer_figures(district: District, day: date) -> dict[str, float]:
    """Figures of greedy plans; the crowded day is flown by twice the drones and crew in what is left of it after 14 o'clock."""
    shipped = request_for(district, day, 1, DayConditions())
    late = datetime.combine(day, LATE, DISTRICT_TIME)
    doubled = _doubled(district)
    crowded = DayRequest(doubled, day, shipped.demands, shipped.history, 1, not_before=late)
    return {**_compared("", shipped), **_compared("crowded_", crowded)}


def _compared(name: str, request: DayRequest) -> dict[str, float]:
    """The same trips put on the clock with layers and without."""
    work = prepare_day(request)
    trips, legwork = first_plan(work).trips, work.legwork
    level = Clock(legwork.problem, request.district.operations.timing_error_s)
    clocks = {"layered": clock_of(legwork), "level": level}
    figures: dict[str, float] = {f"{name}trips": len(trips)}
    for how, clock in clocks.items():
        place_all(trips, legwork, clock)
        figures[f"{name}{how}_shifted"] = sum(kept.shifted_s > 0 for kept in clock.kept)
        figures[f"{name}{how}_shifted_s"] = round(sum(kept.shifted_s for kept in clock.kept))
        figures[f"{name}{how}_taken_out"] = len(clock.taken_out)
    figures[f"{name}on_layers"] = sum(kept.flown.trip.layer_m != 0 for kept in clocks["layered"].kept)
    return figures


def _doubled(district: District) -> District:
    """A second drone beside each, room for it, and twice the crew."""
    second = (one.model_copy(update={"id": f"{one.id}-2", "system_id": 100 + one.system_id}) for one in district.drones)
    docks = tuple(one.model_copy(update={"capacity": 2 * one.capacity}) for one in district.docks)
    crew = district.operations.model_copy(update={"remote_pilots": 2 * district.operations.remote_pilots})
    return district.model_copy(update={"drones": (*district.drones, *second), "docks": docks, "operations": crew})
