"""The mission protocol, as the vehicle: taking a list from a client and giving one to it, one transfer at a time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.aircraft.dialect import AUTOPILOT, Message, mavlink
from simulator.aircraft.mission_item import Item, Kind, read_item, refusal
from simulator.aircraft.mission_store import MAX_ITEMS, Store

logger = logging.getLogger(__name__)

RETRY_S = 0.25
"""A request that is not answered is sent again after this (PX4's), wall-clock seconds."""

GIVE_UP_S = 5.0
"""A transfer with nothing heard for this long is dropped (PX4's), wall-clock seconds."""

Partner = tuple[int, int]
"""System and component id of the client."""


@dataclass(slots=True)
class _Upload:
    partner: Partner
    kind: Kind
    count: int
    heard_at_s: float
    asked_at_s: float
    items: list[Item] = field(default_factory=list)


class Transfer:
    """Answers the mission protocol's messages out of a store; one object a link, `send` goes to that link."""

    def __init__(self, system_id: int, store: Store, send: Callable[[Message], None]) -> None:
        self._system_id = system_id
        self._store = store
        self._send = send
        self._upload: _Upload | None = None
        self._last: tuple[Partner, Kind, int] | None = None
        self._handlers: dict[str, Callable[[Message, Partner, float], None]] = {
            "MISSION_COUNT": self._begin_upload,
            "MISSION_ITEM_INT": self._take_item,
            "MISSION_REQUEST_LIST": self._give_count,
            "MISSION_REQUEST_INT": self._give_item,
            "MISSION_REQUEST": self._give_item,
            "MISSION_CLEAR_ALL": self._clear,
            "MISSION_ACK": self._end_by_client,
        }

    @property
    def is_uploading(self) -> bool:
        """Whether a list is being taken."""
        return self._upload is not None

    def receive(self, message: Message, time_s: float) -> bool:
        """Handles a message of the protocol that is meant for this autopilot; False for any other."""
        handler = self._handlers.get(message.get_type())
        if handler is None:
            return False
        if message.target_system == self._system_id and message.target_component in (0, AUTOPILOT):
            handler(message, (message.get_srcSystem(), message.get_srcComponent()), time_s)
        return True

    def tick(self, time_s: float) -> None:
        """Asks again for an item that does not come, and gives up after a while."""
        upload = self._upload
        if upload is None:
            return
        if time_s - upload.heard_at_s > GIVE_UP_S:
            logger.warning("upload of %s given up: nothing heard for %.0f s", upload.kind.name, GIVE_UP_S)
            self._upload = None
        elif time_s - upload.asked_at_s > RETRY_S:
            self._ask(upload, time_s)

    def _begin_upload(self, message: Message, partner: Partner, time_s: float) -> None:
        kind = _kind(message)
        if kind is None:
            self._ack(partner, message.mission_type, mavlink.MAV_MISSION_UNSUPPORTED)
        elif self._upload is not None and (self._upload.partner != partner or self._upload.items):
            self._ack(partner, kind, mavlink.MAV_MISSION_ERROR)
        elif message.count > MAX_ITEMS[kind]:
            self._ack(partner, kind, mavlink.MAV_MISSION_NO_SPACE)
        elif message.count == 0:
            self._store.put(kind, ())
            self._ack(partner, kind, mavlink.MAV_MISSION_ACCEPTED)
        else:
            self._upload = _Upload(partner, kind, message.count, time_s, time_s)
            self._ask(self._upload, time_s)

    def _take_item(self, message: Message, partner: Partner, time_s: float) -> None:
        upload = self._upload
        if upload is None:
            self._repeat_ack(message, partner)
            return
        if upload.partner != partner:
            return
        upload.heard_at_s = time_s
        if message.mission_type != upload.kind:
            self._ack(partner, upload.kind, mavlink.MAV_MISSION_ERROR)
        elif message.seq == len(upload.items):
            self._take_next(upload, read_item(message), time_s)

    def _take_next(self, upload: _Upload, item: Item, time_s: float) -> None:
        result = refusal(item, upload.kind)
        if result != mavlink.MAV_MISSION_ACCEPTED:
            logger.info("%s item %d (command %d) refused: %d", upload.kind.name, item.seq, item.command, result)
            self._upload = None
            self._ack(upload.partner, upload.kind, result)
            return
        upload.items.append(item)
        if len(upload.items) < upload.count:
            self._ask(upload, time_s)
            return
        self._upload = None
        self._store.put(upload.kind, upload.items)
        self._last = (upload.partner, upload.kind, item.seq)
        self._ack(upload.partner, upload.kind, mavlink.MAV_MISSION_ACCEPTED)

    def _repeat_ack(self, message: Message, partner: Partner) -> None:
        """The last item again: the client has missed the acknowledgement. Any other: no transfer is going on."""
        is_repeat = self._last == (partner, message.mission_type, message.seq)
        result = mavlink.MAV_MISSION_ACCEPTED if is_repeat else mavlink.MAV_MISSION_ERROR
        self._ack(partner, message.mission_type, result)

    def _give_count(self, message: Message, partner: Partner, time_s: float) -> None:
        kind = _kind(message)
        if kind is None:
            self._ack(partner, message.mission_type, mavlink.MAV_MISSION_UNSUPPORTED)
            return
        self._send(mavlink.MAVLink_mission_count_message(*partner, len(self._store[kind]), kind))

    def _give_item(self, message: Message, partner: Partner, time_s: float) -> None:
        kind = _kind(message)
        items = self._store[kind] if kind is not None else ()
        if kind is None or message.seq >= len(items):
            self._ack(partner, message.mission_type, mavlink.MAV_MISSION_INVALID_SEQUENCE)
            return
        it = items[message.seq]
        place = (*it.params, it.x, it.y, it.z_m)
        head = (it.seq, it.frame, it.command, int(it.current), int(it.autocontinue))
        self._send(mavlink.MAVLink_mission_item_int_message(*partner, *head, *place, kind))

    def _clear(self, message: Message, partner: Partner, time_s: float) -> None:
        if self._upload is not None:
            self._ack(partner, message.mission_type, mavlink.MAV_MISSION_ERROR)
            return
        kind = _kind(message)
        everything = message.mission_type == mavlink.MAV_MISSION_TYPE_ALL
        for one in tuple(Kind) if everything else (kind,) if kind is not None else ():
            self._store.put(one, ())
        known = everything or kind is not None
        self._ack(partner, message.mission_type, mavlink.MAV_MISSION_ACCEPTED if known else mavlink.MAV_MISSION_UNSUPPORTED)

    def _end_by_client(self, message: Message, partner: Partner, time_s: float) -> None:
        if self._upload is not None and self._upload.partner == partner:
            self._upload = None

    def _ask(self, upload: _Upload, time_s: float) -> None:
        upload.asked_at_s = time_s
        self._send(mavlink.MAVLink_mission_request_int_message(*upload.partner, len(upload.items), upload.kind))

    def _ack(self, partner: Partner, kind: int, result: int) -> None:
        self._send(mavlink.MAVLink_mission_ack_message(*partner, result, kind))


def _kind(message: Message) -> Kind | None:
    return Kind(message.mission_type) if message.mission_type in Kind._value2member_map_ else None
