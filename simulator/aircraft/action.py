"""What missions and commands make the aircraft do besides flying somewhere."""

from dataclasses import dataclass
from typing import Protocol

from simulator.aircraft.mission_item import Cmd, Item


@dataclass(frozen=True, slots=True)
class Action:
    """A MAV_CMD with its seven parameters."""

    command: int
    params: tuple[float, float, float, float, float, float, float]


class Actor(Protocol):
    """Whoever carries actions out."""

    def act(self, action: Action) -> bool:
        """Does it; False where it cannot."""


def action_of(item: Item) -> Action:
    """The action that a mission item without a place stands for."""
    return Action(item.command, (*item.params, float(item.x), float(item.y), item.z_m))


GIMBAL = frozenset({int(Cmd.DO_GIMBAL_MANAGER_PITCHYAW), int(Cmd.DO_MOUNT_CONTROL)})
TRIGGER = frozenset(
    {int(c) for c in (Cmd.DO_SET_CAM_TRIGG_DIST, Cmd.IMAGE_START_CAPTURE, Cmd.IMAGE_STOP_CAPTURE, Cmd.DO_TRIGGER_CONTROL)}
)
SPEED = int(Cmd.DO_CHANGE_SPEED)


def is_triggering(action: Action) -> bool:
    """Whether it makes the camera take pictures from now on."""
    starts = action.command in (Cmd.DO_TRIGGER_CONTROL, Cmd.DO_SET_CAM_TRIGG_DIST) and action.params[0] > 0
    return starts or action.command == Cmd.IMAGE_START_CAPTURE
