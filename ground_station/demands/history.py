"""When each demand was last seen to: from the flights that were flown, leg by leg."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from ground_station.flights.tables import FlightRow
from missions.demand import Demand

LegTimes = Mapping[tuple[str, int], datetime]
"""Flight id and leg -> when its aircraft had flown it."""


def history_of(flights: Iterable[FlightRow], completed_at: LegTimes, demands: Sequence[Demand]) -> dict[str, datetime]:
    """Demand id -> when an aircraft had last flown a leg for it. A leg that was not completed was not seen.

    A flight of a day's schedule carries the demands that each of its visits serves. Any other serves those that look for one
    of a leg's categories on its ground: that of the route that they name, or of the route that was made for them alone.
    """
    waiting = _by_ground(demands)
    seen: dict[str, datetime] = {}
    for flight in flights:
        for index in (int(text) for text in flight.legs_completed.split(",") if text):
            at = completed_at.get((flight.id, index), flight.created_at)
            for id in _served(flight, index, waiting):
                seen[id] = max(at, seen.get(id, at))
    return seen


def _by_ground(demands: Sequence[Demand]) -> dict[tuple[str, str], list[str]]:
    waiting: dict[tuple[str, str], list[str]] = {}
    for demand in demands:
        for ground in {demand.ground_id, demand.own_route_id, demand.id}:
            waiting.setdefault((ground, demand.category), []).append(demand.id)
    return waiting


def _served(flight: FlightRow, index: int, waiting: Mapping[tuple[str, str], list[str]]) -> Iterable[str]:
    if flight.order is not None:
        return flight.order.demand_ids[index]
    leg = flight.plan.legs[index]
    return [id for category in leg.categories for id in waiting.get((leg.route_id, category), ())]
