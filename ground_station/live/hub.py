"""Fans events out to the consoles' streams. Any thread may publish; a console that cannot keep up is let go."""

import asyncio
import logging
from collections.abc import Callable
from threading import Lock

from ground_station.ports import LiveEvent

logger = logging.getLogger(__name__)

MAX_WAITING = 2000
"""Events that wait for one console before it is let go; it connects anew and reads the lists again."""


class Subscription:
    """One console's queue, in its own event loop. None in the queue: the stream ends."""

    def __init__(self, sees: Callable[[LiveEvent], bool]) -> None:
        self.sees = sees
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[LiveEvent | None] = asyncio.Queue()
        self._ended = False

    async def next(self, timeout_s: float) -> LiveEvent | None:
        """The next event, or None at the end; raises TimeoutError."""
        return await asyncio.wait_for(self._queue.get(), timeout_s)

    def offer(self, event: LiveEvent | None) -> None:
        """Puts an event into the queue, from any thread."""
        try:
            self._loop.call_soon_threadsafe(self._put, event)
        except RuntimeError:
            logger.debug("a console's event loop has ended before its subscription")

    def _put(self, event: LiveEvent | None) -> None:
        if self._ended:
            return
        if self._queue.qsize() >= MAX_WAITING:
            logger.warning("a console reads too slowly: its stream is ended")
            self._drop_waiting()
            event = None
        self._ended = event is None
        self._queue.put_nowait(event)

    def _drop_waiting(self) -> None:
        while not self._queue.empty():
            self._queue.get_nowait()


class Hub:
    """All streams of this process."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self._lock = Lock()

    def publish(self, event: LiveEvent) -> None:
        """Gives the event to every console that may see it; never blocks."""
        with self._lock:
            subscriptions = [one for one in self._subscriptions if one.sees(event)]
        for subscription in subscriptions:
            subscription.offer(event)

    def subscribe(self, sees: Callable[[LiveEvent], bool]) -> Subscription:
        """A new stream's queue; call it in the event loop that reads it."""
        subscription = Subscription(sees)
        with self._lock:
            self._subscriptions.add(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """Forgets a stream."""
        with self._lock:
            self._subscriptions.discard(subscription)

    def listeners(self) -> int:
        """How many streams there are."""
        with self._lock:
            return len(self._subscriptions)

    def close(self) -> None:
        """Ends every stream, so that the server can end."""
        with self._lock:
            subscriptions = list(self._subscriptions)
        for subscription in subscriptions:
            subscription.offer(None)
