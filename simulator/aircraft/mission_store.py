"""The autopilot's three lists: mission, fence and rally points, each with an identifier of its content."""

import zlib
from collections.abc import Sequence

from simulator.aircraft.mission_item import Item, Kind

MAX_ITEMS = {Kind.MISSION: 10_000, Kind.FENCE: 256, Kind.RALLY: 128}
"""How many a list takes (PX4 v1.17 SITL)."""


class Store:
    """The lists. Each is replaced as a whole."""

    def __init__(self) -> None:
        self._lists: dict[Kind, tuple[Item, ...]] = dict.fromkeys(Kind, ())
        self._ids: dict[Kind, int] = dict.fromkeys(Kind, 0)
        self._changes: dict[Kind, int] = dict.fromkeys(Kind, 0)

    def __getitem__(self, kind: Kind) -> tuple[Item, ...]:
        return self._lists[kind]

    def put(self, kind: Kind, items: Sequence[Item]) -> None:
        """Replaces a list as a whole. The same content again changes nothing, as in PX4."""
        new_id = zlib.crc32(b"".join(item.packed() for item in items)) if items else 0
        if items and new_id == self._ids[kind]:
            return
        self._lists[kind] = tuple(items)
        self._ids[kind] = new_id
        self._changes[kind] += 1

    def id_of(self, kind: Kind) -> int:
        """The opaque identifier of a list's content, 0 for an empty one."""
        return self._ids[kind]

    def changes(self, kind: Kind) -> int:
        """How often a list was changed: whoever works on it sees that it is another one now."""
        return self._changes[kind]
