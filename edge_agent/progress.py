"""How far a flight has got: mission items to legs, forwards only, and which leg was flown when."""

from bisect import bisect_right

from edge_agent.aircraft import AircraftState
from missions.plan import Plan
from missions.planning.mission_items import TRANSIT, last_item_of_legs, leg_by_item


class Progress:
    """Follows one plan. After a hold PX4 flies some items again: what was completed stays completed."""

    def __init__(self, plan: Plan) -> None:
        self._leg_by_item = leg_by_item(plan)
        self._last_item = {leg: item for item, leg in last_item_of_legs(plan).items()}
        self._legs = len(plan.legs)
        self._changes: list[tuple[float, int | None]] = []

    @property
    def items(self) -> int:
        """Items of the mission."""
        return len(self._leg_by_item)

    def completed(self, state: AircraftState) -> list[int]:
        """The legs that are flown by now, in order."""
        if state.mission_complete:
            return list(range(self._legs))
        reached = state.item_reached if state.item_reached is not None else -1
        current = state.mission_item if state.mission_item is not None else -1
        return [leg for leg, last in sorted(self._last_item.items()) if reached >= last or current > last]

    def leg_of(self, item: int | None) -> int | None:
        """The leg that an item belongs to; None on the way."""
        if item is None or not 0 <= item < len(self._leg_by_item):
            return None
        leg = self._leg_by_item[item]
        return None if leg == TRANSIT else leg

    def note(self, time_boot_ms: float, item: int | None) -> None:
        """Remembers what was flown from `time_boot_ms` on."""
        leg = self.leg_of(item)
        if not self._changes or (self._changes[-1][1] != leg and time_boot_ms >= self._changes[-1][0]):
            self._changes.append((time_boot_ms, leg))

    def leg_at(self, time_boot_ms: float | None) -> int | None:
        """The leg flown at a time (None: now), or None on the way; before the first note, what was noted first."""
        if not self._changes:
            return None
        if time_boot_ms is None:
            return self._changes[-1][1]
        index = bisect_right(self._changes, time_boot_ms, key=lambda change: change[0]) - 1
        return self._changes[max(index, 0)][1]
