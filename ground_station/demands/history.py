"""When each demand was last seen to: from the flights that were flown."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from ground_station.flights.tables import FlightRow
from missions.demand import Demand


def history_of(flights: Iterable[FlightRow], demands: Sequence[Demand]) -> dict[str, datetime]:
    """Demand id -> the last flight whose completed leg looked at its ground for its category. Flights come oldest first.

    Its ground is that of the route it names, or of the route that was made for it alone.
    """
    waiting: dict[tuple[str, str], list[str]] = {}
    for demand in demands:
        for ground in {demand.ground_id, demand.own_route_id, demand.id}:
            waiting.setdefault((ground, demand.category), []).append(demand.id)
    seen: dict[str, datetime] = {}
    for flight in flights:
        for index in (int(text) for text in flight.legs_completed.split(",") if text):
            leg = flight.plan.legs[index]
            for category in leg.categories:
                for id in waiting.get((leg.route_id, category), ()):
                    seen[id] = flight.created_at
    return seen
