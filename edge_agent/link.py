"""The link to the ground over MQTT 3.1.1: presence, telemetry, what the outbox holds, and commands in.

Everything is published from the event loop; paho's own thread hands in what arrives. Without a link the agent goes on:
acknowledged channels wait in the outbox, telemetry is let go.
"""

import asyncio
import contextlib
import logging
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from edge_agent.config import Broker, Identity
from edge_agent.outbox import Outbox, StorageError, Waiting
from edge_agent.resend_schedule import ResendSchedule
from missions.contracts.envelope import MAX_COMMAND_BYTES, Envelope, seal, unpack, unseal
from missions.contracts.messages import ANSWERED, BORN, DIED, REPORTED, Ack, Born, CommandMessage, CommandResult, Died
from missions.contracts.topics import CHANNELS, Channel, Topic, drone_subscriptions, parse_topic
from missions.errors import InvalidInput, MessageError
from missions.noun import Noun
from missions.telemetry import Telemetry

logger = logging.getLogger(__name__)

PUMP_INTERVAL_S = 0.25
PRESENCE_INTERVAL_S = 30.0
CONNECT_DELAY_S = (1, 15)


class Receiver(Protocol):
    """Who deals with what comes over the link, in the event loop."""

    def born(self) -> Born:
        """What to say of ourselves."""

    def command(self, command: CommandMessage) -> None:
        """A command came, perhaps not for the first time."""


class Link:
    """One connection, for one session of the agent."""

    def __init__(self, identity: Identity, broker: Broker, session: str, outbox: Outbox) -> None:
        self._identity = identity
        self._broker = broker
        self._session = session
        self._outbox = outbox
        self._sequence = 0
        self._schedule = ResendSchedule(broker.resend_after_s, broker.resend_at_most_s)
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._receiver: Receiver | None = None
        self._client = self._new_client()
        self.rejected = 0

    @property
    def is_connected(self) -> bool:
        """Whether the broker is there."""
        return self._client.is_connected()

    def start(self, receiver: Receiver) -> None:
        """Begins to connect, for as long as it takes; to be called in the event loop."""
        self._loop = asyncio.get_running_loop()
        self._receiver = receiver
        self._client.connect_async(self._broker.host, self._broker.port, keepalive=self._broker.keepalive_s)
        self._client.loop_start()

    def stop(self) -> None:
        """Says goodbye and ends the connection."""
        if self.is_connected:
            info = self._publish(Channel.PRESENCE, DIED, Died(session=self._session, reason="shut_down"))
            info.wait_for_publish(timeout=2.0)
        self._client.disconnect()
        self._client.loop_stop()

    def telemetry(self, telemetry: Telemetry) -> None:
        """Sends telemetry, if there is a link."""
        if self.is_connected:
            self._publish(Channel.TELEMETRY, REPORTED, telemetry)

    def answer(self, result: CommandResult) -> None:
        """Sends the answer to a command, if there is a link; the ground asks again where it gets none."""
        if self.is_connected:
            self._publish(Channel.RESULT, ANSWERED, result)

    def announce(self) -> None:
        """Sends the presence message, if there is a link."""
        if self.is_connected and self._receiver is not None:
            self._publish(Channel.PRESENCE, BORN, self._receiver.born())

    def send_everything_again(self) -> None:
        """Makes all that is unacknowledged due at once."""
        self._schedule.forget()
        self._wake.set()

    async def run(self) -> None:
        """Sends what the outbox holds and shows presence, for as long as it runs."""
        announced_s = time.monotonic()
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PUMP_INTERVAL_S):
                    await self._wake.wait()
            self._wake.clear()
            self._pump()
            if time.monotonic() - announced_s > PRESENCE_INTERVAL_S:
                announced_s = time.monotonic()
                self.announce()

    def _pump(self) -> None:
        if not self.is_connected:
            return
        try:
            due = self._due()
        except StorageError:
            logger.exception("link: the outbox cannot be read; tried again")
            return
        for message in due:
            self._send(message)

    def _due(self) -> list[Waiting]:
        now_s, size = time.monotonic(), self._broker.window
        window = self._outbox.waiting(size, besides=self._schedule.passed_over)
        due = self._schedule.due(window, now_s)
        return due + self._outbox.waiting(size, among=self._schedule.next_round(size, now_s))

    def _send(self, message: Waiting) -> None:
        if message.channel is Channel.EVIDENCE:
            self._client.publish(str(self._topic(Channel.EVIDENCE, message.id)), message.payload, qos=1)
            return
        rule = CHANNELS[message.channel]
        payload = self._seal_stored(message)
        self._client.publish(str(self._topic(message.channel)), payload, qos=rule.qos)

    def _seal_stored(self, message: Waiting) -> bytes:
        """The stored data in a new envelope: the id and time it had at first, the sequence number of this sending."""
        self._sequence += 1
        envelope = Envelope(
            id=message.id,
            source=self._source,
            type=message.type,
            time=message.created,
            session=self._session,
            sequence=self._sequence,
            data=message.data(),
        )
        return envelope.model_dump_json(exclude_none=True).encode()

    def _publish(self, channel: Channel, type: str, data: Noun) -> mqtt.MQTTMessageInfo:
        self._sequence += 1
        rule = CHANNELS[channel]
        now = datetime.now(UTC)
        payload = seal(data, type=type, source=self._source, at=now, session=self._session, sequence=self._sequence)
        return self._client.publish(str(self._topic(channel)), payload, qos=rule.qos, retain=rule.retained)

    @property
    def _source(self) -> str:
        return f"{self._identity.district_id}/{self._identity.drone_id}"

    def _topic(self, channel: Channel, sha256: str | None = None) -> Topic:
        return Topic(self._identity.district_id, self._identity.drone_id, channel, sha256)

    def _new_client(self) -> mqtt.Client:
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            client_id=f"oneflight-agent-{self._identity.district_id}-{self._identity.drone_id}",
            clean_session=False,
            protocol=mqtt.MQTTv311,
        )
        client.reconnect_delay_set(*CONNECT_DELAY_S)
        password = read_password(self._broker)
        if password is not None or self._broker.username is not None:
            client.username_pw_set(self._broker.username or self._identity.drone_id, password)
        if self._broker.tls:
            client.tls_set_context(ssl.create_default_context(cafile=self._broker.ca_file))
        will = seal(
            Died(session=self._session, reason="connection_lost"),
            type=DIED,
            source=self._source,
            at=datetime.now(UTC),
            session=self._session,
        )
        client.will_set(str(self._topic(Channel.PRESENCE)), will, qos=1, retain=True)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        return client

    def _on_connect(self, client: mqtt.Client, _data: object, _flags: object, reason: ReasonCode, _properties: object) -> None:
        """In paho's thread."""
        if reason.is_failure:
            logger.warning("link: the broker at %s:%d refused: %s", self._broker.host, self._broker.port, reason)
            return
        logger.info("link: connected to %s:%d", self._broker.host, self._broker.port)
        client.subscribe(drone_subscriptions(self._identity.district_id, self._identity.drone_id))
        self._in_loop(self._connected)

    def _connected(self) -> None:
        self.announce()
        self.send_everything_again()

    def _on_disconnect(
        self, _client: mqtt.Client, _data: object, _flags: object, reason: ReasonCode, _properties: object
    ) -> None:
        logger.warning("link: lost (%s); going on without it", reason)

    def _on_message(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        """In paho's thread: takes the message apart; what does not parse is counted and logged."""
        try:
            topic = parse_topic(message.topic)
            envelope = unseal(message.topic, bytes(message.payload), max_bytes=MAX_COMMAND_BYTES)
            if topic.channel is Channel.ACK:
                self._take_ack(unpack(message.topic, envelope, Ack))
            elif topic.channel is Channel.COMMAND:
                self._in_loop(self._take_command, unpack(message.topic, envelope, CommandMessage))
        except MessageError as error:
            self.rejected += 1
            logger.warning("link: a message was rejected: %s", error)

    def _take_ack(self, ack: Ack) -> None:
        try:
            if ack.outcome == "stored":
                self._outbox.acknowledge(ack.message_id)
            else:
                logger.error("link: the ground refuses message %s: %s", ack.message_id, ack.reason)
                self._outbox.refuse(ack.message_id, ack.reason)
        except StorageError:
            logger.exception("link: the acknowledgement of %s is lost; the message is sent again", ack.message_id)
            return
        self._in_loop(self._ground_is_there, ack.message_id)

    def _ground_is_there(self, acknowledged_id: str) -> None:
        self._schedule.acknowledged(acknowledged_id)

    def _take_command(self, command: CommandMessage) -> None:
        if self._receiver is not None:
            self._receiver.command(command)

    def _in_loop(self, function: Callable[..., None], *arguments: object) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *arguments)


def read_password(broker: Broker) -> str | None:
    """The first line of the password file; raises InvalidInput where it cannot be read."""
    if broker.password_file is None:
        return None
    try:
        return broker.password_file.read_text(encoding="utf-8").split("\n", 1)[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(str(broker.password_file), "broker.password_file", str(error)) from error
