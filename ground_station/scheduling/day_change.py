"""What a change of the day means for flights that were dispatched: which of them stand, which are called off or recalled."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import count

from sqlalchemy.orm import Session

from ground_station.flights.service import FlightService
from ground_station.flights.tables import FlightRow
from ground_station.scheduling.actual_day import UNSTARTED, dispatched
from ground_station.scheduling.schemas import Replan
from missions.district import District
from missions.errors import Conflict
from missions.flight import AIRBORNE_STATES, FINAL_STATES, FlightState
from missions.schedule import DayConditions, Schedule
from missions.scheduling.closures import with_closures
from missions.scheduling.conditions import grounded_drones
from missions.scheduling.repair import Repaired
from missions.wind import Wind


def changed_conditions(before: DayConditions, change: Replan, district: District, day: date) -> DayConditions:
    """What holds from now on. Raises NotFound for an unknown drone, InvalidInput for a closure that is none."""
    for id in (*change.lost_drones, *change.restored_drones):
        district.drone(id)
    wind = before.wind if change.wind_mps is None else Wind(change.wind_mps, change.wind_from_deg)
    grounded = dict.fromkeys((*before.grounded_drones, *change.lost_drones))
    return with_closures(before, change.closures, district, day).model_copy(
        update={
            "wind_mps": wind.speed_mps,
            "wind_from_deg": wind.from_deg,
            "grounded_drones": tuple(id for id in grounded if id not in change.restored_drones),
        }
    )


def standing(flown: Mapping[str, FlightRow], change: Replan, conditions: DayConditions, district: District) -> frozenset[str]:
    """The dispatched flights (by their schedule's id) that go on as they are. Of those that have not taken off, not the ones
    whose drone does not fly any more; where airspace is closed, none.
    """
    grounded = grounded_drones(district, conditions)
    return frozenset(
        id for id, row in flown.items() if row.state not in UNSTARTED or not (row.drone_id in grounded or change.closures)
    )


def check_recall(flown: Mapping[str, FlightRow], change: Replan) -> None:
    """Raises Conflict where a flight that is to return is not in the air."""
    for id in change.recall:
        row = flown.get(id)
        if row is None or row.state not in AIRBORNE_STATES:
            state = "not dispatched" if row is None else str(row.state)
            raise Conflict(f"flight {id} is not in the air, so that it cannot be recalled: it is {state}")


def called_off(flown: Mapping[str, FlightRow], begun: frozenset[str], repaired: Repaired) -> tuple[str, ...]:
    """Flights on their aircraft that the repaired day does not fly as they were sent."""
    changed = {*repaired.moved, *repaired.dropped}
    return tuple(id for id in flown if id not in begun and id in changed)


def carry_out(
    session: Session, flown: Mapping[str, FlightRow], change: Replan, off: tuple[str, ...], flights: FlightService, by: str
) -> None:
    """Has flights return that are recalled, and takes back the dispatch of those that are called off."""
    for id in change.recall:
        if flown[id].state != FlightState.RETURNING:
            flights.command(session, flown[id].id, "return", by)
    for id in off:
        flights.command(session, flown[id].id, "cancel", by)


def check_none_under_way(rows: Iterable[FlightRow], day: date) -> None:
    """Raises Conflict while flights of a day's plan are dispatched or in the air: a plan made anew would not know of them."""
    busy = [id for id, row in dispatched(rows).items() if row.state not in FINAL_STATES]
    if busy:
        raise Conflict(f"of the plan of {day} these flights are under way: {', '.join(sorted(busy))}; repair the day instead")


def renumbered(schedule: Schedule, taken: Collection[str]) -> Schedule:
    """The schedule with other ids where its flights have those of flights that were dispatched before."""
    if not any(flight.id in taken for flight in schedule.flights):
        return schedule
    used = {*taken, *(flight.id for flight in schedule.flights)}
    fresh = (name for number in count(1) if (name := f"{schedule.day:%m%d}-{number:03d}") not in used)
    flights = (one.model_copy(update={"id": next(fresh)}) if one.id in taken else one for one in schedule.flights)
    return schedule.model_copy(update={"flights": tuple(flights)})
