"""The camera's trigger: pictures by distance flown or by time."""

from dataclasses import dataclass
from math import isfinite

from simulator.aircraft.action import Action
from simulator.aircraft.mission_item import Cmd
from simulator.aircraft.vector import Vector


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture taken; `number` counts from 0."""

    number: int
    time_s: float


class Trigger:
    """Counts pictures. Off until it is ordered on."""

    def __init__(self) -> None:
        self._every_m = 0.0
        self._every_s = 0.0
        self._left = 0
        self._last_place: Vector | None = None
        self._last_time_s: float | None = None
        self._due = False
        self._taken = 0

    def order(self, action: Action) -> None:
        """Carries out one of the trigger commands (interfaces: 206, 214, 2000, 2001, 2003)."""
        first, second, third = (p if isfinite(p) else 0.0 for p in action.params[:3])
        if action.command == Cmd.DO_SET_CAM_TRIGG_DIST:
            self.stop()
            self._every_m, self._due = max(first, 0.0), first > 0 and third == 1
        elif action.command == Cmd.DO_SET_CAM_TRIGG_INTERVAL:
            self._every_s = max(first, 0.0) / 1000.0
        elif action.command == Cmd.IMAGE_START_CAPTURE:
            self.stop()
            self._every_s, self._left, self._due = max(second, 0.0), int(third), True
        elif action.command == Cmd.DO_TRIGGER_CONTROL and first > 0:
            self._due = True
        else:
            self.stop()

    def stop(self) -> None:
        """No more pictures."""
        self._every_m = self._every_s = 0.0
        self._left = 0
        self._due = False
        self._last_place = self._last_time_s = None

    def step(self, place: Vector, time_s: float) -> Shot | None:
        """The picture that is due here and now, if any."""
        if not (self._due or self._is_far(place) or self._is_late(time_s)):
            return None
        self._due, self._last_place, self._last_time_s = False, place, time_s
        shot = Shot(self._taken, time_s)
        self._taken += 1
        if self._left:
            self._left -= 1
            if self._left == 0:
                self.stop()
        return shot

    def _is_far(self, place: Vector) -> bool:
        if self._every_m <= 0:
            return False
        if self._last_place is None:
            self._last_place = place
        return place.minus(self._last_place).horizontal >= self._every_m

    def _is_late(self, time_s: float) -> bool:
        if self._every_s <= 0:
            return False
        return self._last_time_s is None or time_s - self._last_time_s >= self._every_s
