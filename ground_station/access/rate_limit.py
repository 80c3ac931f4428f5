"""Slows down guessing: counts failed sign-ins in a sliding minute, by account and by address."""

from collections import deque
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from ground_station.config import AccessSettings
from ground_station.errors import TooManyAttempts

WINDOW = timedelta(minutes=1)
MAX_TRACKED = 10_000
"""Names and addresses remembered at a time; above that the oldest are forgotten."""


class SignInLimit:
    """Failed sign-ins of the last minute."""

    def __init__(self, settings: AccessSettings) -> None:
        self._settings = settings
        self._failures: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def check(self, username: str, address: str, at: datetime) -> None:
        """Raises TooManyAttempts where a limit is reached."""
        with self._lock:
            for key, limit in self._keys(username, address):
                recent = self._recent(key, at)
                if len(recent) >= limit:
                    raise TooManyAttempts(max(1, ceil((recent[0] + WINDOW - at).total_seconds())))

    def failed(self, username: str, address: str, at: datetime) -> None:
        """Counts a failure."""
        with self._lock:
            for key, _ in self._keys(username, address):
                self._failures.setdefault(key, deque()).append(at)
            while len(self._failures) > MAX_TRACKED:
                self._failures.pop(next(iter(self._failures)))

    def _keys(self, username: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
        return (
            (f"account {username}", self._settings.attempts_per_account),
            (f"address {address}", self._settings.attempts_per_address),
        )

    def _recent(self, key: str, at: datetime) -> deque[datetime]:
        recent = self._failures.get(key, deque())
        while recent and recent[0] <= at - WINDOW:
            recent.popleft()
        if not recent:
            self._failures.pop(key, None)
        return recent
