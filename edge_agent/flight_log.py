"""The flight as the agent holds it: each event advances it, is numbered, and is on disk before anybody hears of it."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from edge_agent.outbox import Outbox
from missions.errors import Conflict
from missions.flight import FINAL_STATES, Flight, FlightEvent, FlightEventKind, FlightState, GroundSeen, advance

logger = logging.getLogger(__name__)

LANDED = frozenset({FlightEventKind.COMPLETED, FlightEventKind.ABORTED})


AskGroundSeen = Callable[[str], GroundSeen | None]
"""What the frames of a flight showed by now; None where that is not known."""


class FlightLog:
    """The flight that is loaded, or was last. `ground_seen` tells what the frames of a flight showed."""

    def __init__(self, outbox: Outbox, ground_seen: AskGroundSeen | None = None) -> None:
        self._outbox = outbox
        self._ground_seen = ground_seen
        self._begun_here: str | None = None
        stored = outbox.flight()
        self._flight = stored.flight if stored else None
        self._events = stored.events if stored else 0

    @property
    def flight(self) -> Flight | None:
        """The last flight; None before the first."""
        return self._flight

    @property
    def active(self) -> Flight | None:
        """The flight that is not over."""
        return self._flight if self._flight is not None and self._flight.state not in FINAL_STATES else None

    def begin(self, flight: Flight) -> None:
        """Takes a dispatched flight; raises Conflict while another one is active."""
        if self.active is not None and self.active.id != flight.id:
            raise Conflict(f"flight {self.active.id} is {self.active.state}: cancel it or let it end first")
        if flight.state not in (FlightState.PLANNED, FlightState.DISPATCHED):
            raise Conflict(f"flight {flight.id} comes as '{flight.state}': only a dispatched flight can be loaded")
        self._flight, self._events = flight.model_copy(update={"state": FlightState.DISPATCHED}), 0
        self._begun_here = flight.id
        self._outbox.save_flight(self._flight, 0)

    def record(self, kind: FlightEventKind, reason: str = "", leg_index: int | None = None) -> Flight:
        """Advances the flight by an event and puts the event into the outbox; raises Conflict where it does not fit."""
        if self._flight is None:
            raise Conflict(f"there is no flight for '{kind}' to happen to")
        number = self._events + 1
        event = FlightEvent(
            flight_id=self._flight.id,
            kind=kind,
            at=datetime.now(UTC),
            number=number,
            leg_index=leg_index,
            reason=reason,
            ground_seen=self._seen_by_now(self._flight.id) if kind in LANDED else None,
        )
        after = advance(self._flight, event)
        self._outbox.save_flight(after, number, event)
        self._flight, self._events = after, number
        what = f" (leg {leg_index})" if leg_index is not None else ""
        logger.info("flight %s: %s%s%s", after.id, kind, what, f": {reason}" if reason else "")
        return after

    def _seen_by_now(self, flight_id: str) -> GroundSeen | None:
        """None for a flight that an earlier process began: its frames are not known here, and a part would mislead."""
        return self._ground_seen(flight_id) if self._ground_seen and flight_id == self._begun_here else None
