"""Slows down guessing: counts sign-ins that failed or are still under way in a sliding minute, by account and by address."""

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
    """Sign-ins of the last minute that have not succeeded. An attempt counts from its beginning, so that many at once are no
    way past the limit.
    """

    def __init__(self, settings: AccessSettings) -> None:
        self._settings = settings
        self._attempts: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def begin(self, username: str, address: str, at: datetime) -> None:
        """Counts an attempt before its password is looked at; raises TooManyAttempts where a limit is reached."""
        with self._lock:
            for key, limit in self._keys(username, address):
                recent = self._recent(key, at)
                if len(recent) >= limit:
                    raise TooManyAttempts(max(1, ceil((recent[0] + WINDOW - at).total_seconds())))
            for key, _ in self._keys(username, address):
                self._attempts.setdefault(key, deque()).append(at)
            while len(self._attempts) > MAX_TRACKED:
                self._attempts.pop(next(iter(self._attempts)))

    def succeeded(self, username: str, address: str, at: datetime) -> None:
        """Takes the attempt that began at `at` out of the count."""
        with self._lock:
            for key, _ in self._keys(username, address):
                if at in self._attempts.get(key, ()):
                    self._attempts[key].remove(at)

    def _keys(self, username: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
        return (
            (f"account {username}", self._settings.attempts_per_account),
            (f"address {address}", self._settings.attempts_per_address),
        )

    def _recent(self, key: str, at: datetime) -> deque[datetime]:
        recent = self._attempts.get(key, deque())
        while recent and recent[0] <= at - WINDOW:
            recent.popleft()
        if not recent:
            self._attempts.pop(key, None)
        return recent
