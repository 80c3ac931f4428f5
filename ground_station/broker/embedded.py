"""The embedded broker (amqtt): for trying OneFlight where Mosquitto is not installed. See docs/deployment.md for its limits."""

import asyncio
import io
import logging
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amqtt.adapters import ReaderAdapter, StreamReaderAdapter, StreamWriterAdapter
from amqtt.broker import Broker
from amqtt.contexts import Action, BaseContext
from amqtt.errors import AMQTTError, CodecError, MQTTError, NoDataError
from amqtt.mqtt.connack import NOT_AUTHORIZED, ConnackPacket
from amqtt.mqtt.connect import ConnectPacket
from amqtt.plugins.base import BaseAuthPlugin, BaseTopicPlugin
from amqtt.session import Session
from paho.mqtt.client import topic_matches_sub

from ground_station.broker.accounts import Grant, read_grants
from ground_station.broker.config import BrokerServerSettings

logger = logging.getLogger(__name__)


class GrantsPlugin(BaseTopicPlugin, BaseAuthPlugin):
    """Holds every client to the grants of its account, its last will too."""

    @dataclass
    class Config:
        """Where the accounts lie."""

        folder: str

    def __init__(self, context: BaseContext) -> None:
        super().__init__(context)
        folder = Path(self._get_config_option("folder", None))
        self._grants = {grant.user: grant for grant in read_grants(folder)}

    async def authenticate(self, *, session: Session) -> bool:
        """Whether there is such an account, and it may say its last will (the password is looked at by the other plugin)."""
        grant = self._grants.get(session.username or "")
        return grant is not None and (not session.will_flag or is_granted(grant, session.will_topic or "", writes=True))

    async def topic_filtering(
        self, *, session: Session | None = None, topic: str | None = None, action: Action | None = None
    ) -> bool:
        """Whether the session may do this with the topic (for a subscription: the topic filter)."""
        grant = self._grants.get(session.username or "") if session else None
        return bool(grant and topic and is_granted(grant, topic, writes=action is Action.PUBLISH))


def is_granted(grant: Grant, topic: str, *, writes: bool) -> bool:
    """Whether a grant covers a topic, or a topic filter no wider than its own."""
    allowed = grant.write if writes else grant.read
    if any(sign in topic for sign in "+#"):
        return topic in allowed
    return any(topic_matches_sub(one, topic) for one in allowed)


class ResumedReader(ReaderAdapter):
    """What a client has sent, from its first packet on; no part of a packet may be longer than `max_bytes`."""

    def __init__(self, first_packet: bytes, rest: ReaderAdapter, max_bytes: int) -> None:
        self._first_packet = io.BytesIO(first_packet)
        self._rest = rest
        self._max_bytes = max_bytes

    async def read(self, n: int = -1) -> bytes:
        """The next `n` bytes (amqtt never reads across the end of a packet)."""
        if n > self._max_bytes:
            raise ValueError(f"a packet of more than {self._max_bytes} bytes")
        return self._first_packet.read(n) or await self._rest.read(n)

    def feed_eof(self) -> None:
        """Nothing follows."""
        self._rest.feed_eof()


class AccountBroker(Broker):
    """Amqtt in which a client is known by its account, whatever client id it brings (Mosquitto: use_username_as_clientid).

    By itself amqtt takes over the session that a client names before it looks at the password. So the first packet is read
    here, and only who may sign in is handed on, with the account's name for a client id.
    """

    def __init__(self, settings: BrokerServerSettings) -> None:
        super().__init__(configuration(settings))
        self._max_payload_bytes = settings.max_payload_bytes

    async def stream_connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, listener_name: str) -> None:
        """Takes a new connection."""
        incoming, outgoing = StreamReaderAdapter(reader), StreamWriterAdapter(writer)
        try:
            connect = await ConnectPacket.from_stream(incoming)
        except (AMQTTError, MQTTError, NoDataError, CodecError, OSError, ValueError) as error:
            logger.warning("a client's first packet cannot be read: %r", error)
            await outgoing.close()
            return
        if not await self._authenticate(_applicant(connect), self.listeners_config[listener_name]):
            await ConnackPacket.build(0, NOT_AUTHORIZED).to_stream(outgoing)
            await outgoing.close()
            return
        connect.client_id = connect.username
        resumed = ResumedReader(bytes(connect.to_bytes()), incoming, self._max_payload_bytes)
        await self._client_connected(listener_name, resumed, outgoing)


def _applicant(connect: ConnectPacket) -> Session:
    """Who asks to be let in, as far as the plugins look at it."""
    session = Session()
    session.username, session.password = connect.username, connect.password
    session.will_flag, session.will_topic = connect.will_flag, connect.will_topic
    return session


def configuration(settings: BrokerServerSettings) -> dict[str, Any]:
    """Amqtt's configuration: the same accounts and rules as Mosquitto's."""
    listener: dict[str, Any] = {"type": "tcp", "bind": f"{settings.host}:{settings.port}"}
    if settings.certificate_file and settings.key_file:
        listener |= {"ssl": True, "certfile": str(settings.certificate_file), "keyfile": str(settings.key_file)}
    return {
        "listeners": {"default": listener},
        "plugins": {
            "amqtt.plugins.authentication.FileAuthPlugin": {"password_file": str(settings.folder / "embedded.passwd")},
            f"{__name__}.GrantsPlugin": {"folder": str(settings.folder)},
        },
    }


async def serve(settings: BrokerServerSettings) -> None:
    """Runs the embedded broker until the process is asked to end."""
    broker = AccountBroker(settings)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    await broker.start()
    logger.info("embedded broker listens on %s:%s", settings.host, settings.port)
    await ended.wait()
    await broker.shutdown()
