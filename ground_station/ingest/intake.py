"""Takes one message from the broker: apart, into the database in one transaction, and only then acknowledged."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from ground_station.ingest.limits import check_values
from ground_station.ingest.parts import IngestParts
from ground_station.ingest.track import TrackBuffer
from missions.contracts import messages
from missions.contracts.envelope import Envelope, read_id, unpack, unseal
from missions.contracts.messages import Ack, Born, CommandResult, Died
from missions.contracts.topics import CHANNELS, Channel, Topic, parse_topic
from missions.errors import MessageError, OneFlightError
from missions.finding import Finding
from missions.flight import FlightEvent
from missions.telemetry import Telemetry

TYPES: dict[Channel, frozenset[str]] = {
    Channel.PRESENCE: frozenset({messages.BORN, messages.DIED}),
    Channel.TELEMETRY: frozenset({messages.REPORTED}),
    Channel.FLIGHT: frozenset({messages.ADVANCED}),
    Channel.FINDING: frozenset({messages.RAISED}),
    Channel.RESULT: frozenset({messages.ANSWERED}),
}
"""What may come on each channel."""


class AckSender(Protocol):
    """The way back to the aircraft's outbox."""

    def send_ack(self, drone_id: str, ack: Ack) -> None:
        """Hands an acknowledgement to the broker, without waiting for anything."""


@dataclass(slots=True)
class Letter:
    """One message on its way in; `drone_id` and `message_id` as soon as it is known whom to answer about what."""

    topic: str
    payload: bytes
    retained: bool
    drone_id: str | None = None
    message_id: str | None = None


class Intake:
    """What the ground does with each message. Used by one thread alone."""

    def __init__(self, station: IngestParts, acks: AckSender) -> None:
        self._station = station
        self._acks = acks
        self._track = TrackBuffer(station.district.id, station.settings.fleet.track_interval_s)
        self._drones = {drone.id for drone in station.district.drones}
        self._said_keys: dict[str, str] = {}
        self._takers: dict[Channel, Callable[[Topic, Envelope], None]] = {
            Channel.PRESENCE: self._take_presence,
            Channel.TELEMETRY: self._take_telemetry,
            Channel.FLIGHT: self._take_flight_event,
            Channel.FINDING: self._take_finding,
            Channel.RESULT: self._take_result,
        }
        self.taken = 0
        self.refused = 0

    def take(self, topic_text: str, payload: bytes, *, retained: bool = False) -> bool:
        """Takes a message, or counts, keeps and answers one that is wrong for good; tells whether it was taken.

        `retained`: the broker had it from before, so it says nothing about the drone being there now.
        """
        letter = Letter(topic_text, payload, retained)
        try:
            self._open(letter)
        except OneFlightError as error:
            self._refuse(letter, str(error))
            return False
        self.taken += 1
        self._answer(letter, "stored")
        return True

    def refuse(self, topic_text: str, payload: bytes, reason: str) -> None:
        """Counts and keeps a message that is never taken, and says so to its sender as far as that can be read from it."""
        letter = Letter(topic_text, payload, retained=False)
        with contextlib.suppress(OneFlightError):
            self._address(letter)
        self._refuse(letter, reason)

    def _refuse(self, letter: Letter, reason: str) -> None:
        self.refused += 1
        with self._station.database.transaction() as session:
            self._station.rejected.put(session, letter.topic, letter.payload, reason)
        self._answer(letter, "refused", reason)

    def write_tracks(self) -> None:
        """Writes the track points that wait."""
        points = self._track.drain()
        if points:
            with self._station.database.transaction() as session:
                for point in points:
                    self._station.flights.add_track_point(session, point)

    def _answer(self, letter: Letter, outcome: Literal["stored", "refused"], reason: str = "") -> None:
        if letter.drone_id is not None and letter.message_id is not None:
            self._acks.send_ack(letter.drone_id, Ack(message_id=letter.message_id, outcome=outcome, reason=reason))

    def _open(self, letter: Letter) -> None:
        """Does all that may be refused."""
        topic, envelope = self._address(letter)
        if letter.retained and not CHANNELS[topic.channel].retained:
            cause = f"what the broker has kept says nothing about now; on '{topic.channel}' nothing is to be kept"
            raise MessageError(letter.topic, "retained", cause)
        if envelope is not None:
            self._take_message(topic, envelope, letter)
        elif topic.sha256 is not None:
            self._take_evidence(topic, topic.sha256, letter.payload)

    def _address(self, letter: Letter) -> tuple[Topic, Envelope | None]:
        """The topic and (except of evidence) the envelope; notes in the letter whom to answer about what once it is known."""
        topic = parse_topic(letter.topic)
        if topic.district_id != self._station.district.id:
            raise MessageError(letter.topic, "district", f"this is the ground station of {self._station.district.id}")
        if topic.drone_id not in self._drones:
            raise MessageError(letter.topic, "drone", f"'{topic.drone_id}' is not in the catalogue")
        letter.drone_id = topic.drone_id
        if topic.sha256 is not None:
            letter.message_id = topic.sha256
            return topic, None
        if CHANNELS[topic.channel].acknowledged:
            letter.message_id = read_id(letter.payload)
        return topic, unseal(letter.topic, letter.payload)

    def _take_message(self, topic: Topic, envelope: Envelope, letter: Letter) -> None:
        allowed = sorted(TYPES.get(topic.channel, ()))
        if envelope.type not in allowed:
            cause = f"'{envelope.type}' does not belong here; allowed: {', '.join(allowed)}"
            raise MessageError(letter.topic, "type", cause)
        check_values(letter.topic, envelope)
        if envelope.type not in (messages.BORN, messages.DIED):
            self._station.fleet.heard(topic.drone_id, envelope)
        self._takers[topic.channel](topic, envelope)
        if envelope.type == messages.BORN and not letter.retained:
            self._station.fleet.heard(topic.drone_id, envelope)

    def _take_presence(self, topic: Topic, envelope: Envelope) -> None:
        if envelope.type == messages.DIED:
            self._station.fleet.died(topic.drone_id, unpack(str(topic), envelope, Died))
        else:
            self._take_birth(topic, unpack(str(topic), envelope, Born))
        self._station.fleet.show_again(topic.drone_id)

    def _take_birth(self, topic: Topic, born: Born) -> None:
        """A birth comes every half minute: its key is looked up where it is another than the last."""
        self._station.fleet.born(topic.drone_id, born)
        if born.public_key is None or self._said_keys.get(topic.drone_id) == born.public_key:
            return
        with self._station.database.transaction() as session:
            self._station.keys.told(session, topic.drone_id, born.public_key)
        self._said_keys[topic.drone_id] = born.public_key

    def _take_telemetry(self, topic: Topic, envelope: Envelope) -> None:
        telemetry = unpack(str(topic), envelope, Telemetry)
        self._station.fleet.reported(topic.drone_id, telemetry)
        self._track.add(topic.drone_id, telemetry)

    def _take_flight_event(self, topic: Topic, envelope: Envelope) -> None:
        event = unpack(str(topic), envelope, FlightEvent)
        with self._station.database.transaction() as session:
            self._station.flights.take_event(session, topic.drone_id, event)

    def _take_finding(self, topic: Topic, envelope: Envelope) -> None:
        finding = unpack(str(topic), envelope, Finding)
        if finding.drone_id != topic.drone_id:
            raise MessageError(str(topic), "data.drone_id", f"'{finding.drone_id}' is not the drone of the topic")
        with self._station.database.transaction() as session:
            self._station.findings.take_finding(session, finding)

    def _take_result(self, topic: Topic, envelope: Envelope) -> None:
        result = unpack(str(topic), envelope, CommandResult)
        with self._station.database.transaction() as session:
            self._station.desk.answered(session, self._station.district.id, topic.drone_id, result)

    def _take_evidence(self, topic: Topic, digest: str, payload: bytes) -> None:
        limit = self._station.settings.storage.max_evidence_bytes
        if len(payload) > limit:
            raise MessageError(str(topic), "payload", f"{len(payload)} bytes; at most {limit} are allowed")
        with self._station.database.transaction() as session:
            self._station.findings.take_picture(session, topic.drone_id, digest, payload)
