"""The ingest's thread: messages one after the other, and every second what time itself brings."""

import logging
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic

from sqlalchemy.exc import OperationalError

from ground_station.ingest.intake import Intake
from ground_station.ingest.parts import IngestParts

logger = logging.getLogger(__name__)

MAX_WAITING = 20_000
TICK_S = 1.0
SAVE_EVERY_TICKS = 5
PUT_TIMEOUT_S = 5.0


InboxMessage = tuple[str, bytes, bool]
"""Topic, payload, and whether the broker had kept it from before."""


class Inbox:
    """Messages that wait for the worker. When it is full, the broker's thread waits, and then lets the message go:
    what must not be lost is sent again by the aircraft until it is acknowledged.
    """

    def __init__(self) -> None:
        self._queue: Queue[InboxMessage] = Queue(MAX_WAITING)

    def put(self, topic: str, payload: bytes, retained: bool) -> None:
        """Hands in a message; called by the broker's thread."""
        try:
            self._queue.put((topic, payload, retained), timeout=PUT_TIMEOUT_S)
        except Full:
            logger.error("the ingest is too slow: a message on %s is let go", topic)

    def get(self, timeout_s: float) -> InboxMessage | None:
        """The next message, or None after `timeout_s`."""
        try:
            return self._queue.get(timeout=max(timeout_s, 0.001))
        except Empty:
            return None


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
        """The outermost loop: a fault of ours must not stop the ingest. The message is not acknowledged, so it comes again."""
        try:
            self._intake.take(topic, payload, retained=retained)
        except OperationalError:
            self.faults += 1
            logger.exception("the database cannot take a message on %s now", topic)
        except Exception as error:  # outermost loop: logs, counts, keeps the message, goes on
            self.faults += 1
            logger.exception("a message on %s met a fault", topic)
            self._keep(topic, payload, f"fault: {error!r}")

    def _keep(self, topic: str, payload: bytes, reason: str) -> None:
        try:
            self._intake.refuse(topic, payload, reason)
        except OperationalError:
            logger.exception("the database cannot keep a message on %s now", topic)

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
