"""Commands to aircraft: recorded, sent after the record is committed, answered or timed out."""

import logging
from datetime import timedelta

from sqlalchemy.orm import Session

from ground_station.config import FleetSettings
from ground_station.database import after_commit
from ground_station.flights.progress import flight_of
from ground_station.flights.repository import FlightRepository
from ground_station.flights.schemas import CommandOut
from ground_station.flights.tables import CommandRow, FlightRow
from ground_station.ports import Clock, CommandSender, LiveEvent, Publish
from missions.contracts.messages import CommandMessage, CommandResult, FlightCommand, LoadFlight
from missions.errors import NotFound
from missions.noun import new_id

logger = logging.getLogger(__name__)


class CommandDesk:
    """Gives commands for flights and follows them up."""

    def __init__(self, settings: FleetSettings, clock: Clock, sender: CommandSender, publish: Publish) -> None:
        self._settings = settings
        self._clock = clock
        self._sender = sender
        self._publish = publish

    def give(self, session: Session, flight: FlightRow, command: str, by: str) -> CommandRow:
        """Records a command for a flight and sends it once that is committed. No two have the same time: it orders them."""
        rows = FlightRepository(session, flight.district_id)
        now = max([self._clock(), *(one.sent_at + timedelta(microseconds=1) for one in rows.commands(flight.id)[-1:])])
        expires_s = self._settings.load_expires_s if command == "load" else self._settings.command_expires_s
        row = CommandRow(
            id=new_id(),
            district_id=flight.district_id,
            drone_id=flight.drone_id,
            flight_id=flight.id,
            command=command,
            by=by,
            sent_at=now,
            expires_at=now + timedelta(seconds=expires_s),
            outcome="sent",
        )
        rows.add(row)
        logger.info("%s gives '%s' to %s for flight %s", by, command, flight.drone_id, flight.id)
        message = message_of(row, flight)
        after_commit(session, lambda: self._sender.send_command(row.drone_id, message))
        self._announce(session, row)
        return row

    def answered(self, session: Session, district_id: str, drone_id: str, result: CommandResult) -> CommandRow:
        """Records the aircraft's answer, a late one too; raises NotFound for a command that this drone was not given."""
        row = FlightRepository(session, district_id).command(result.command_id)
        if row is None or row.drone_id != drone_id:
            raise NotFound(f"drone {drone_id} was given no command '{result.command_id}'")
        row.outcome = "accepted" if result.accepted else "refused"
        row.reason = result.reason
        row.answered_at = self._clock()
        self._announce(session, row)
        return row

    def time_out(self, session: Session, district_id: str) -> int:
        """Marks the commands that were never answered; tells how many."""
        late = FlightRepository(session, district_id).unanswered_before(self._clock())
        for row in late:
            row.outcome = "timed_out"
            row.reason = f"{row.drone_id} did not answer within {(row.expires_at - row.sent_at).total_seconds():.0f} s"
            logger.warning("command %s ('%s' for flight %s) timed out", row.id, row.command, row.flight_id)
            self._announce(session, row)
        return len(late)

    def send_again(self, session: Session, district_id: str) -> int:
        """Sends every command that still waits for an answer and has not expired (after a restart); tells how many."""
        rows = FlightRepository(session, district_id)
        waiting = [row for row in rows.unanswered() if row.expires_at > self._clock()]
        for row in waiting:
            flight = rows.get(row.flight_id)
            if flight is not None:
                self._sender.send_command(row.drone_id, message_of(row, flight))
        return len(waiting)

    def _announce(self, session: Session, row: CommandRow) -> None:
        event = LiveEvent("command", command_out(row).model_dump_json())
        after_commit(session, lambda: self._publish(event))


def message_of(row: CommandRow, flight: FlightRow) -> CommandMessage:
    """The message that carries a command."""
    body = (
        LoadFlight(flight=flight_of(flight))
        if row.command == "load"
        else FlightCommand.model_validate({"command": row.command, "flight_id": row.flight_id})
    )
    return CommandMessage(id=row.id, expires_at=row.expires_at, body=body)


def command_out(row: CommandRow) -> CommandOut:
    """A command as shown."""
    return CommandOut.model_validate(row, from_attributes=True)
