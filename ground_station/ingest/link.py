"""The ground's client at the broker (paho-mqtt): hears everything of the district, speaks commands and acknowledgements."""

import logging
from collections.abc import Callable
from typing import Any

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from ground_station.config import BrokerSettings
from ground_station.ports import Clock
from missions.contracts import messages
from missions.contracts.envelope import seal
from missions.contracts.messages import Ack, CommandMessage
from missions.contracts.topics import CHANNELS, Channel, Topic, ground_subscriptions
from missions.errors import InvalidInput
from missions.noun import Noun

logger = logging.getLogger(__name__)

Receive = Callable[[str, bytes, bool], None]
"""Takes a message: topic, payload, and whether the broker had kept it (retained) from before."""

KEEPALIVE_S = 15
MAX_RECONNECT_DELAY_S = 5


class MqttLink:
    """One connection to the broker, taken up again whenever it breaks. MQTT 3.1.1, with a session that outlives restarts."""

    def __init__(self, settings: BrokerSettings, district_id: str, clock: Clock, receive: Receive) -> None:
        self._settings = settings
        self._district_id = district_id
        self._clock = clock
        self._receive = receive
        self._connected: list[Callable[[], None]] = []
        self._client = self._new_client()

    def when_connected(self, action: Callable[[], None]) -> None:
        """Has `action` done after each (re)connection, in the broker's thread."""
        self._connected.append(action)

    def start(self) -> None:
        """Connects in the background, and goes on trying."""
        self._client.connect_async(self._settings.host, self._settings.port, keepalive=KEEPALIVE_S)
        self._client.loop_start()

    def stop(self) -> None:
        """Disconnects in good order."""
        self._client.disconnect()
        self._client.loop_stop()

    def is_connected(self) -> bool:
        """Whether the broker is there."""
        return self._client.is_connected()

    def send_command(self, drone_id: str, message: CommandMessage) -> None:
        """Hands a command to the broker; without connection it waits in this process."""
        self._send(Topic(self._district_id, drone_id, Channel.COMMAND), message, messages.GIVEN)

    def send_ack(self, drone_id: str, ack: Ack) -> None:
        """Hands an acknowledgement to the broker. One that is lost is asked for again by the aircraft's next sending."""
        kind = messages.STORED if ack.outcome == "stored" else messages.REFUSED
        self._send(Topic(self._district_id, drone_id, Channel.ACK), ack, kind)

    def _send(self, topic: Topic, data: Noun, kind: str) -> None:
        payload = seal(data, type=kind, source=f"oneflight/{self._district_id}/ground", at=self._clock())
        self._client.publish(str(topic), payload, qos=CHANNELS[topic.channel].qos)

    def _new_client(self) -> Client:
        client = Client(CallbackAPIVersion.VERSION2, client_id=self._settings.client_id, clean_session=False)
        client.username_pw_set(self._settings.username, _read_password(self._settings))
        if self._settings.ca_file is not None:
            client.tls_set(ca_certs=str(self._settings.ca_file))
        client.reconnect_delay_set(min_delay=1, max_delay=MAX_RECONNECT_DELAY_S)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        return client

    def _on_connect(
        self, client: Client, _data: Any, _flags: ConnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if reason.is_failure:
            logger.error("the broker at %s:%s refuses us: %s", self._settings.host, self._settings.port, reason)
            return
        logger.info("connected to the broker at %s:%s", self._settings.host, self._settings.port)
        client.subscribe(ground_subscriptions(self._district_id))
        for action in self._connected:
            action()

    def _on_disconnect(
        self, _client: Client, _data: Any, _flags: DisconnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if reason.is_failure:
            logger.warning("lost the broker at %s:%s: %s", self._settings.host, self._settings.port, reason)

    def _on_message(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        try:
            topic = message.topic
        except UnicodeDecodeError:
            logger.warning("a topic that is not UTF-8 was let go")
            return
        self._receive(topic, bytes(message.payload), message.retain)


def _read_password(settings: BrokerSettings) -> str:
    try:
        return settings.password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InvalidInput(str(settings.password_file), "", f"cannot read the broker's password: {error.strerror}") from error
