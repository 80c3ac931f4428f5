"""The camera's end of the payload link: MAVLink 2 over UDP, with two components of the aircraft's system, gimbal and camera."""

import logging
import socket
from collections.abc import Iterator

from simulator.aircraft.dialect import AUTOPILOT, Message, mavlink

logger = logging.getLogger(__name__)

CAMERA, GIMBAL = 100, 154
"""MAV_COMP_ID_CAMERA, MAV_COMP_ID_GIMBAL."""

VEHICLE_PORT_OFFSET = 250
"""The vehicle's payload port over ours: 14280+i over 14030+i."""

_BUFFER_BYTES = 1 << 20
"""Holds what arrives while a frame is rendered, also of a fast simulation."""


class PayloadLink:
    """Listens on a loopback port; answers whoever spoke last, and before that the vehicle's usual port."""

    def __init__(self, port: int) -> None:
        self.malformed = 0
        self.vehicle_system: int | None = None
        self._parser = _new_parser()
        self._packers: dict[int, mavlink.MAVLink] = {}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER_BYTES)
        self._socket.bind(("127.0.0.1", port))
        self._partner = ("127.0.0.1", self.port + VEHICLE_PORT_OFFSET)

    @property
    def port(self) -> int:
        """The port it is bound to."""
        return int(self._socket.getsockname()[1])

    def close(self) -> None:
        """Frees the port."""
        self._socket.close()

    def receive(self, timeout_s: float) -> Iterator[Message]:
        """The messages of the next datagram, or none if nothing comes in time."""
        self._socket.settimeout(timeout_s)
        try:
            data, sender = self._socket.recvfrom(65536)
        except (TimeoutError, ConnectionError):
            return
        messages = self._parser.parse_buffer(data) or ()
        if self._parser.buf_len():
            self._count_malformed()
            self._parser = _new_parser()
        for message in messages:
            if message.get_type() == "BAD_DATA":
                self._count_malformed()
                continue
            self._partner = sender
            if message.get_type() == "HEARTBEAT" and message.get_srcComponent() == AUTOPILOT:
                self._meet(message.get_srcSystem())
            yield message

    def send(self, message: Message, component: int) -> None:
        """Sends as one of our components. A full or closed other end loses it, as a radio would."""
        packer = self._packers.get(component)
        if packer is None:
            packer = self._packers[component] = mavlink.MAVLink(
                None, srcSystem=self.vehicle_system or 1, srcComponent=component
            )
        data = message.pack(packer)
        packer.seq = (packer.seq + 1) % 256
        try:
            self._socket.sendto(data, self._partner)
        except (TimeoutError, ConnectionError) as error:
            logger.debug("a %s was lost: %s", message.get_type(), error)

    def is_for(self, message: Message, component: int) -> bool:
        """Whether a message with a target is meant for one of our components (0 is everybody)."""
        return message.target_system in (0, self.vehicle_system or 1) and message.target_component in (0, component)

    def _meet(self, system: int) -> None:
        if system != self.vehicle_system:
            logger.info("aircraft %d is on the payload link", system)
            self.vehicle_system = system
            self._packers.clear()

    def _count_malformed(self) -> None:
        self.malformed += 1
        logger.info("%d malformed messages so far", self.malformed)


def _new_parser() -> mavlink.MAVLink:
    parser = mavlink.MAVLink(None)
    parser.robust_parsing = True
    return parser
