"""The few things the rooms need from outside: the time, a voice to the aircraft, and ears at the consoles."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from missions.contracts.messages import CommandMessage

Clock = Callable[[], datetime]
"""The present moment, in UTC."""


def utc_now() -> datetime:
    """The present moment, by this computer's clock."""
    return datetime.now(UTC)


class CommandSender(Protocol):
    """The way to the aircraft."""

    def send_command(self, drone_id: str, message: CommandMessage) -> None:
        """Hands a command to the broker, without waiting for anything."""


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """Something that the consoles should show at once. `department_id`: the only department that may see it; None: all may."""

    name: str
    data: str | Mapping[str, str]
    """JSON; where roles see different things (what they may do next), role -> JSON."""
    department_id: str | None = None

    def data_for(self, role: str) -> str:
        """What that role is told."""
        return self.data if isinstance(self.data, str) else self.data[role]


class Publish(Protocol):
    """Tells the consoles."""

    def __call__(self, event: LiveEvent) -> None:
        """Never blocks, and may be called from any thread."""
