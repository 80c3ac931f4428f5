"""The ingest's thread: messages one after the other, and every second what time itself brings."""

import logging
from collections import deque
from threading import Condition, Event, Thread
from time import monotonic

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ground_station.ingest.intake import Intake
from ground_station.ingest.parts import IngestParts
from ground_station.ingest.rejected import MAX_REASON_CHARACTERS

logger = logging.getLogger(__name__)

MAX_WAITING = 20_000
MAX_WAITING_BYTES = 128 * 1024 * 1024
TICK_S = 1.0
SAVE_EVERY_TICKS = 5
PUT_TIMEOUT_S = 5.0

OUTAGES = (OperationalError, InterfaceError, InternalError, ProgrammingError, PoolTimeout, OSError)
"""What passes without the message having to change: the database or the disk is away, full or not as it should be."""

InboxMessage = tuple[str, bytes, bool]
"""Topic, payload, and whether the broker had kept it from before."""


class Inbox:
    """Messages that wait for the worker. When it is full, by their number or their size, the broker's thread waits, and then
    lets the message go: what must not be lost is sent again by the aircraft until it is acknowledged.
    """

    def __init__(self, max_bytes: int = MAX_WAITING_BYTES) -> None:
        self._max_bytes = max_bytes
        self._waiting: deque[InboxMessage] = deque()
        self._bytes = 0
        self._changed = Condition()

    def put(self, topic: str, payload: bytes, retained: bool) -> None:
        """Hands in a message; called by the broker's thread."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._has_room(len(payload)), PUT_TIMEOUT_S):
                logger.error("the ingest is too slow: a message on %s is let go", topic)
                return
            self._waiting.append((topic, payload, retained))
            self._bytes += len(payload)
            self._changed.notify_all()

    def get(self, timeout_s: float) -> InboxMessage | None:
        """The next message, or None after `timeout_s`."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._waiting), max(timeout_s, 0.001)):
                return None
            message = self._waiting.popleft()
            self._bytes -= len(message[1])
            self._changed.notify_all()
            return message

    def _has_room(self, size: int) -> bool:
        return not self._waiting or (len(self._waiting) < MAX_WAITING and self._bytes + size <= self._max_bytes)


class IngestWorker:
    """Runs the intake in a thread of its own."""

    def __init__(self, station: IngestParts, inbox: Inbox, intake: Intake) -> None:
        self._station = station
        self._inbox = inbox
        self._intake = intake
        self._ending = Event()
        self._thread = Thread(target=self._run, name="ingest", daemon=True)
        self._ticks = 0
        self.faults = 0

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the message in hand; what is known of the fleet is written."""
        self._ending.set()
        self._thread.join(timeout=20)
        self._tick(save=True)

    def _run(self) -> None:
        next_tick = monotonic() + TICK_S
        while not self._ending.is_set():
            message = self._inbox.get(min(next_tick - monotonic(), 0.2))
            if message is not None:
                self._take(*message)
            if monotonic() >= next_tick:
                next_tick = monotonic() + TICK_S
                self._ticks += 1
                self._tick(save=self._ticks % SAVE_EVERY_TICKS == 0)

    def _take(self, topic: str, payload: bytes, retained: bool) -> None:
        """The outermost loop: neither an outage nor a fault of ours stops the ingest.

        After an outage the message is not answered, so that it comes again. A fault would come again with it, for ever: the
        message is kept for inspection and refused.
        """
        try:
            self._intake.take(topic, payload, retained=retained)
        except OUTAGES:
            self.faults += 1
            logger.exception("a message on %s cannot be stored now", topic)
        except Exception as error:  # outermost loop: logs, counts, goes on
            self.faults += 1
            logger.exception("a message on %s met a fault", topic)
            self._give_up(topic, payload, f"a fault of the ground station: {error!r}"[:MAX_REASON_CHARACTERS])

    def _give_up(self, topic: str, payload: bytes, reason: str) -> None:
        try:
            self._intake.refuse(topic, payload, reason)
        except Exception:  # outermost loop: logs, counts, goes on
            self.faults += 1
            logger.exception("a message on %s cannot be refused now", topic)

    def _tick(self, *, save: bool) -> None:
        """What is due by time: tracks, commands never answered, drones gone silent."""
        station = self._station
        try:
            self._intake.write_tracks()
            with station.database.transaction() as session:
                station.desk.time_out(session, station.district.id)
                if save:
                    station.fleet.save(session)
                flights = station.flights.active_by_drone(session)
            station.fleet.announce_changes(flights)
        except Exception:  # outermost loop: logs, counts, goes on
            self.faults += 1
            logger.exception("the ingest's turn met a fault")
