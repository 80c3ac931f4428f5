"""What a mission has last ordered for speed, gimbal and camera, so that a resumed mission can order it again."""

from collections.abc import Iterable

from simulator.aircraft.action import GIMBAL, SPEED, TRIGGER, Action, Actor, action_of, is_triggering
from simulator.aircraft.mission_item import Item


class Memory:
    """The last action of each sort. PX4 does the same: without it a resumed survey takes no pictures."""

    def __init__(self, passed: Iterable[Item] = ()) -> None:
        self._speed: Action | None = None
        self._gimbal: Action | None = None
        self._trigger: Action | None = None
        for item in passed:
            self._note(action_of(item))

    def _note(self, action: Action) -> None:
        if action.command == SPEED:
            self._speed = action
        elif action.command in GIMBAL:
            self._gimbal = action
        elif action.command in TRIGGER:
            self._trigger = action

    @property
    def was_triggering(self) -> bool:
        """Whether the camera was taking pictures."""
        return self._trigger is not None and is_triggering(self._trigger)

    def replay_speed(self, actor: Actor) -> None:
        """Orders the speed again, once."""
        _replay(self._speed, actor)
        self._speed = None

    def replay_gimbal(self, actor: Actor) -> None:
        """Orders the gimbal's attitude again, once."""
        _replay(self._gimbal, actor)
        self._gimbal = None

    def replay_trigger(self, actor: Actor) -> None:
        """Starts the camera again, once, if it was taking pictures."""
        if self.was_triggering:
            _replay(self._trigger, actor)
            self._trigger = None


def _replay(action: Action | None, actor: Actor) -> None:
    if action is not None:
        actor.act(action)
