"""One drone as the ground hears it: age of its words, its session, and gaps in its sequence."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ground_station.config import FleetSettings
from ground_station.fleet.schemas import Link
from missions.contracts.messages import Born
from missions.telemetry import Telemetry

PATIENCE = timedelta(seconds=3)
"""How long a missing number is waited for."""

MAX_MISSING = 1000
"""Missing numbers that are waited for at a time."""


@dataclass(slots=True)
class DroneStatus:
    """Mutable state of one drone; `present` is False after its death message."""

    drone_id: str
    heard_at: datetime | None = None
    present: bool = False
    born: Born | None = None
    telemetry: Telemetry | None = None
    session: str | None = None
    last_sequence: int = 0
    sequence_gaps: int = 0
    rebirth_asked_at: datetime | None = None
    _missing: dict[int, datetime] = field(default_factory=dict)

    def link(self, now: datetime, settings: FleetSettings) -> Link:
        """How much what we know is worth: by age, and at once offline after a death message."""
        if self.heard_at is None:
            return "never"
        age_s = (now - self.heard_at).total_seconds()
        if not self.present or age_s > settings.offline_after_s:
            return "offline"
        return "stale" if age_s > settings.stale_after_s else "online"

    def count_sequence(self, session: str | None, sequence: int | None, now: datetime) -> bool:
        """Takes a message's number; tells whether the ground has missed something and should ask for a rebirth.

        Messages of different quality of service overtake each other, so a number counts as missed only after a while.
        """
        if session is None or sequence is None:
            return False
        if session != self.session:
            self.session, self.last_sequence = session, sequence
            self._missing.clear()
            return self.born is None or self.born.session != session
        self._missing.pop(sequence, None)
        for number in range(max(self.last_sequence + 1, sequence - MAX_MISSING), sequence):
            self._missing[number] = now
        self.last_sequence = max(self.last_sequence, sequence)
        return self._gave_up(now)

    def _gave_up(self, now: datetime) -> bool:
        lost = [number for number, since in self._missing.items() if now - since >= PATIENCE]
        for number in lost:
            del self._missing[number]
        self.sequence_gaps += bool(lost)
        return bool(lost)

    def may_ask_rebirth(self, now: datetime, settings: FleetSettings) -> bool:
        """Whether enough time has passed since the last time a rebirth was asked for; notes that it is now."""
        if self.rebirth_asked_at and (now - self.rebirth_asked_at).total_seconds() < settings.rebirth_interval_s:
            return False
        self.rebirth_asked_at = now
        return True
