"""The fleet as it is heard now: kept in memory, written to the database every few seconds."""

import logging
from datetime import datetime, timedelta
from threading import RLock

from sqlalchemy.orm import Session

from ground_station.config import FleetSettings
from ground_station.fleet.repository import FleetRepository
from ground_station.fleet.schemas import FleetEntry, Link, LiveTelemetry
from ground_station.fleet.status import DroneStatus
from ground_station.fleet.tables import DroneStatusRow
from ground_station.foreign_time import is_ahead, refuse_ahead
from ground_station.ports import Clock, CommandSender, LiveEvent, Publish
from missions.aircraft import Drone
from missions.contracts.envelope import Envelope
from missions.contracts.messages import Born, CommandMessage, Died, Rebirth
from missions.district import District
from missions.noun import new_id
from missions.telemetry import Telemetry

logger = logging.getLogger(__name__)


class FleetService:
    """All drones of the catalogue. Thread-safe: the ingest writes, requests read."""

    def __init__(
        self, district: District, settings: FleetSettings, clock: Clock, sender: CommandSender, publish: Publish
    ) -> None:
        self._district = district
        self._settings = settings
        self._clock = clock
        self._sender = sender
        self._publish = publish
        self._lock = RLock()
        self._statuses = {drone.id: DroneStatus(drone.id) for drone in district.drones}
        self._shown: dict[str, tuple[Link, str | None]] = {}
        self._changed: set[str] = set()

    def restore(self, session: Session) -> None:
        """Takes up what was known before a restart, without telemetry of a time that has not come yet."""
        now = self._clock()
        with self._lock:
            for row in FleetRepository(session, self._district.id).all():
                status = self._statuses.get(row.drone_id)
                if status is not None:
                    status.heard_at, status.present = row.heard_at, row.present
                    status.born = row.born
                    status.telemetry = None if row.telemetry and is_ahead(row.telemetry.at, now) else row.telemetry
                    status.session, status.last_sequence = row.session, row.last_sequence
                    status.sequence_gaps = row.sequence_gaps

    def heard(self, drone_id: str, envelope: Envelope) -> None:
        """Notes that a drone has spoken; asks it for a rebirth where its numbers show that something was missed."""
        now = self._clock()
        with self._lock:
            status = self._statuses[drone_id]
            status.heard_at, status.present = now, True
            missed = status.count_sequence(envelope.session, envelope.sequence, now)
            ask = missed and status.may_ask_rebirth(now, self._settings)
            self._changed.add(drone_id)
        if ask:
            logger.info("messages of %s are missing (session %s): asking for a rebirth", drone_id, envelope.session)
            expires_at = now + timedelta(seconds=self._settings.command_expires_s)
            self._sender.send_command(drone_id, CommandMessage(id=new_id(), expires_at=expires_at, body=Rebirth()))

    def born(self, drone_id: str, born: Born) -> None:
        """Takes a birth message."""
        with self._lock:
            status = self._statuses[drone_id]
            status.born, status.present = born, True
            self._changed.add(drone_id)
        logger.info(
            "%s is there: software %s, model %s %s", drone_id, born.software_version, born.model.name, born.model.version
        )

    def died(self, drone_id: str, died: Died) -> None:
        """Takes a death message; one of an earlier session says nothing about the present one."""
        with self._lock:
            status = self._statuses[drone_id]
            if status.session is not None and died.session != status.session:
                return
            status.present = False
            self._changed.add(drone_id)
        logger.warning("%s is gone: %s", drone_id, died.reason)

    def reported(self, drone_id: str, telemetry: Telemetry) -> None:
        """Takes telemetry, unless newer telemetry came before it; raises InvalidInput for a time that has not come yet, after
        which nothing would be newer.
        """
        refuse_ahead("telemetry", "at", telemetry.at, self._clock())
        with self._lock:
            status = self._statuses[drone_id]
            if status.telemetry is not None and telemetry.at < status.telemetry.at:
                return
            status.telemetry = telemetry
            heard_at = status.heard_at or self._clock()
            link = status.link(self._clock(), self._settings)
        live = LiveTelemetry(drone_id=drone_id, link=link, heard_at=heard_at, telemetry=telemetry)
        self._publish(LiveEvent("telemetry", live.model_dump_json()))

    def entries(self, flights: dict[str, str]) -> list[FleetEntry]:
        """Every drone of the catalogue; `flights` maps a drone to the flight that holds it."""
        now = self._clock()
        with self._lock:
            return [self._entry(drone, flights.get(drone.id), now) for drone in self._district.drones]

    def announce_changes(self, flights: dict[str, str]) -> None:
        """Tells the consoles of every drone whose link or flight has changed since the last time."""
        now = self._clock()
        with self._lock:
            entries = [self._entry(drone, flights.get(drone.id), now) for drone in self._district.drones]
            fresh = [entry for entry in entries if self._shown.get(entry.drone.id) != (entry.link, entry.flight_id)]
            self._shown.update({entry.drone.id: (entry.link, entry.flight_id) for entry in fresh})
        for entry in fresh:
            self._publish(LiveEvent("fleet", entry.model_dump_json()))

    def show_again(self, drone_id: str) -> None:
        """Has the drone announced at the next turn even if nothing of that has changed (after a birth)."""
        with self._lock:
            self._shown.pop(drone_id, None)

    def save(self, session: Session) -> None:
        """Writes what has changed since the last time."""
        rows = FleetRepository(session, self._district.id)
        with self._lock:
            changed = [self._statuses[drone_id] for drone_id in self._changed]
            self._changed.clear()
            kept = [self._row(status, status.heard_at) for status in changed if status.heard_at is not None]
        for row in kept:
            rows.put(row)

    def _entry(self, drone: Drone, flight_id: str | None, now: datetime) -> FleetEntry:
        status = self._statuses[drone.id]
        return FleetEntry(
            drone=drone,
            link=status.link(now, self._settings),
            telemetry=status.telemetry,
            heard_at=status.heard_at,
            born=status.born,
            flight_id=flight_id,
            sequence_gaps=status.sequence_gaps,
        )

    def _row(self, status: DroneStatus, heard_at: datetime) -> DroneStatusRow:
        return DroneStatusRow(
            drone_id=status.drone_id,
            district_id=self._district.id,
            heard_at=heard_at,
            present=status.present,
            born=status.born,
            telemetry=status.telemetry,
            session=status.session,
            last_sequence=status.last_sequence,
            sequence_gaps=status.sequence_gaps,
        )
