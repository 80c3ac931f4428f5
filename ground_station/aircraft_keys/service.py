"""Which key is whose: the first that an aircraft says is trusted, each later one waits for a person (trust on first use)."""

import logging

from sqlalchemy.orm import Session

from ground_station.aircraft_keys.repository import AircraftKeyRepository
from ground_station.aircraft_keys.schemas import AircraftKeyOut
from ground_station.aircraft_keys.tables import AircraftKeyRow
from ground_station.database import after_commit
from ground_station.ports import Clock, LiveEvent, Publish
from missions.district import District
from missions.errors import NotFound
from missions.evidence.keys import PublicKey

logger = logging.getLogger(__name__)

MAX_KEYS = 50
"""Of one aircraft: whoever has its account could say new ones without end."""


class AircraftKeys:
    """The keys of one district's aircraft."""

    def __init__(self, district: District, clock: Clock, publish: Publish) -> None:
        self._district = district
        self._clock = clock
        self._publish = publish

    def told(self, session: Session, drone_id: str, public_key: str) -> None:
        """Takes up the key that an aircraft says is its own; `public_key` in hexadecimal digits."""
        rows, key = AircraftKeyRepository(session, self._district.id), PublicKey.from_text(public_key)
        if rows.one(drone_id, key.id) is not None:
            return
        known, now = rows.of(drone_id), self._clock()
        if len(known) >= MAX_KEYS:
            logger.error("%s says yet another key, %s: it has %d, and this one is not kept", drone_id, key.id, len(known))
            return
        row = AircraftKeyRow(
            district_id=self._district.id,
            drone_id=drone_id,
            key_id=key.id,
            public_key=key.text,
            first_seen_at=now,
            accepted_at=None if known else now,
            accepted_by=None,
        )
        rows.add(row)
        self._announce(session, row)
        if known:
            logger.warning("%s says a new key, %s: what it signs counts once a person has accepted it", drone_id, key.id)

    def accept(self, session: Session, drone_id: str, key_id: str, by: str) -> AircraftKeyOut:
        """A person vouches for a key; one that is accepted already stays as it is. Raises NotFound."""
        row = AircraftKeyRepository(session, self._district.id).one(drone_id, key_id)
        if row is None:
            raise NotFound(f"{drone_id} has never said a key '{key_id}'")
        if row.accepted_at is None:
            row.accepted_at, row.accepted_by = self._clock(), by
            self._announce(session, row)
        return key_out(row)

    def all(self, session: Session) -> list[AircraftKeyOut]:
        """Every key of every aircraft, the oldest first."""
        return [key_out(row) for row in AircraftKeyRepository(session, self._district.id).all()]

    def find(self, session: Session, drone_id: str, key_id: str) -> AircraftKeyOut | None:
        """The key of an aircraft, accepted or not; None where it has never said it."""
        row = AircraftKeyRepository(session, self._district.id).one(drone_id, key_id)
        return key_out(row) if row else None

    def _announce(self, session: Session, row: AircraftKeyRow) -> None:
        event = LiveEvent("aircraft_key", key_out(row).model_dump_json())
        after_commit(session, lambda: self._publish(event))


def key_out(row: AircraftKeyRow) -> AircraftKeyOut:
    """The key of a row."""
    return AircraftKeyOut(
        drone_id=row.drone_id,
        key_id=row.key_id,
        public_key_pem=PublicKey.from_text(row.public_key).pem(),
        first_seen_at=row.first_seen_at,
        accepted_at=row.accepted_at,
        accepted_by=row.accepted_by,
    )
