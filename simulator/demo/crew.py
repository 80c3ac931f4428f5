"""The crew of a demonstration: dispatcher and pilot, who bring every flight of the scenario into the air through the station.

It looks at what is and does what is next, again and again; so that a restart of any part, the station too, changes nothing.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from missions.flight import FINAL_STATES, Flight, FlightState
from missions.route import Route
from simulator.demo.scenario import PlannedFlight
from simulator.demo.station import Station, StationRefusal

logger = logging.getLogger(__name__)

UNPROCESSABLE = 422

START_AGAIN_AFTER = 20
"""Looks after which a start that had no effect is given again."""


@dataclass(slots=True)
class Wish:
    """A flight of the scenario and what became of it."""

    drone_id: str
    route_ids: tuple[str, ...]
    flight: Flight | None = None
    refused: str | None = None
    looks_since_start: int = START_AGAIN_AFTER

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.refused is not None or (self.flight is not None and self.flight.state in FINAL_STATES)


@dataclass(slots=True)
class Crew:
    """Dispatcher and pilot, each signed in."""

    dispatcher: Station
    pilot: Station
    wishes: list[Wish]
    fleet: dict[str, dict[str, object]] = field(default_factory=dict)

    def plan_all(self) -> None:
        """Plans every flight. Those that the station refuses are marked so, with its reasons."""
        for wish in self.wishes:
            self._plan(wish)

    def look_and_act(self) -> None:
        """One look at fleet and flights, and one step for each drone. A station that does not answer is asked again later."""
        try:
            self.fleet = {item["drone"]["id"]: item for item in self.dispatcher.fleet()}
            self._match(self.dispatcher.flights())
            for drone_id in dict.fromkeys(wish.drone_id for wish in self.wishes):
                self._serve(drone_id)
        except (httpx.TransportError, StationRefusal) as error:
            logger.info("the station refused or did not answer: %s", error)

    def work_order_count(self) -> int:
        """Work orders at the station now; 0 while it does not answer."""
        try:
            return self.dispatcher.work_order_count()
        except (httpx.TransportError, StationRefusal):
            return 0

    @property
    def is_done(self) -> bool:
        """Whether every flight is over and every aircraft has delivered all it stored."""
        return all(wish.is_over for wish in self.wishes) and all(
            item["link"] == "online" and _waiting(item) == 0 for id, item in self.fleet.items() if self._flies(id)
        )

    def _flies(self, drone_id: str) -> bool:
        return any(wish.drone_id == drone_id for wish in self.wishes)

    def _match(self, flights: Sequence[Flight]) -> None:
        by_routes = {(flight.plan.drone_id, frozenset(flight.plan.route_ids)): flight for flight in flights}
        for wish in self.wishes:
            wish.flight = by_routes.get((wish.drone_id, frozenset(wish.route_ids)), wish.flight)

    def _serve(self, drone_id: str) -> None:
        wish = next((wish for wish in self.wishes if wish.drone_id == drone_id and not wish.is_over), None)
        if wish is None or wish.flight is None:
            return
        if wish.flight.state is FlightState.PLANNED and self.fleet[drone_id]["link"] == "online":
            self.dispatcher.dispatch(wish.flight.id)
        elif wish.flight.state is FlightState.READY:
            self._start(wish, wish.flight)

    def _plan(self, wish: Wish) -> None:
        try:
            wish.flight = self.dispatcher.plan_flight(wish.drone_id, wish.route_ids)
        except StationRefusal as error:
            if error.status != UNPROCESSABLE:
                raise
            wish.refused = str(error)
            logger.warning("flight of %s refused: %s", wish.drone_id, error)

    def _start(self, wish: Wish, flight: Flight) -> None:
        wish.looks_since_start += 1
        if wish.looks_since_start > START_AGAIN_AFTER:
            wish.looks_since_start = 0
            self.pilot.command(flight.id, "start")


def wishes_of(flights: Sequence[PlannedFlight], imported: dict[str, list[Route]]) -> list[Wish]:
    """The wishes of a scenario; `imported` has the routes that each plan file became."""

    def extra(flight: PlannedFlight) -> tuple[str, ...]:
        return tuple(route.id for route in imported[flight.plan_file]) if flight.plan_file else ()

    return [Wish(flight.drone, (*flight.routes, *extra(flight))) for flight in flights]


def _waiting(item: dict[str, object]) -> int:
    telemetry = item.get("telemetry")
    return int(telemetry.get("outbox_waiting", 0)) if isinstance(telemetry, dict) else 1
