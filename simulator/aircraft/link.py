"""One UDP link of the aircraft: bytes in to messages, messages out to bytes; what does not parse is counted and left."""

import logging
import socket
from dataclasses import dataclass
from enum import Enum

from simulator.aircraft.dialect import AUTOPILOT, Message, mavlink

logger = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
MAX_DATAGRAM_BYTES = 65536


class LinkName(Enum):
    """The three links."""

    API = "api"
    PAYLOAD = "payload"
    GROUND = "ground"


@dataclass(frozen=True, slots=True)
class Ports:
    """Where a link binds and where it sends to."""

    local: int
    remote: int


def ports_of(instance: int) -> dict[LinkName, Ports]:
    """The same as of PX4's SITL instance (docs/architecture.md); from instance 10 on every API link goes to 14549."""
    return {
        LinkName.API: Ports(14580 + instance, 14540 + instance if instance < 10 else 14549),
        LinkName.PAYLOAD: Ports(14280 + instance, 14030 + instance),
        LinkName.GROUND: Ports(18570 + instance, 14550),
    }


class Link:
    """A bound socket with its parser. Whoever spoke last is answered; until then `ports.remote` is spoken to."""

    def __init__(self, name: LinkName, ports: Ports, system_id: int) -> None:
        self.name = name
        self.malformed = 0
        self.received = 0
        self._partner = (LOOPBACK, ports.remote)
        self._packer = mavlink.MAVLink(None, srcSystem=system_id, srcComponent=AUTOPILOT)
        self._parser = _new_parser()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind((LOOPBACK, ports.local))

    @property
    def local_port(self) -> int:
        """The port it is bound to."""
        port: int = self.socket.getsockname()[1]
        return port

    def close(self) -> None:
        """Frees the port."""
        self.socket.close()

    def read(self) -> list[Message]:
        """Every message that has arrived, and forgets what does not parse."""
        messages: list[Message] = []
        while True:
            try:
                data, sender = self.socket.recvfrom(MAX_DATAGRAM_BYTES)
            except BlockingIOError:
                return messages
            except ConnectionError:
                continue
            parsed = self.parse(data)
            if parsed:
                self._partner = sender
            messages.extend(parsed)

    def parse(self, data: bytes) -> list[Message]:
        """The messages in one datagram. A datagram never completes another's message: the rest is malformed."""
        found = self._parser.parse_buffer(data) or []
        good = [
            message for message in found if message.get_type() != "BAD_DATA" and not message.get_type().startswith("UNKNOWN")
        ]
        bad = len(found) - len(good) + (1 if self._parser.buf_len() else 0)
        if self._parser.buf_len():
            self._parser = _new_parser()
        if bad:
            self.malformed += bad
            logger.info("%s link: %d malformed or unknown messages so far", self.name.value, self.malformed)
        self.received += len(good)
        return good

    def send(self, message: Message) -> None:
        """Sends one of the autopilot's own messages."""
        self.forward(message.pack(self._packer))
        self._packer.seq = (self._packer.seq + 1) % 256

    def forward(self, data: bytes) -> None:
        """Sends a packet as it is. A full socket buffer loses it, as a radio would."""
        try:
            self.socket.sendto(data, self._partner)
        except (BlockingIOError, ConnectionError):
            logger.debug("%s link: a packet was lost", self.name.value)


def _new_parser() -> mavlink.MAVLink:
    parser = mavlink.MAVLink(None)
    parser.robust_parsing = True
    return parser
