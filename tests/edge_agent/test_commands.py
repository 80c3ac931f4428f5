import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from edge_agent.commands import Commands
from edge_agent.flight_control import FlightControl
from edge_agent.outbox import Outbox
from missions.contracts.messages import CommandMessage, CommandResult, FlightCommand, Rebirth
from missions.errors import Conflict


class Control(FlightControl):
    """Starts anything but flight "no"; counts the starts."""

    def __init__(self) -> None:
        self.starts = 0

    async def start(self, flight_id: str) -> None:
        self.starts += 1
        await asyncio.sleep(0)
        if flight_id == "no":
            raise Conflict("no such flight")


def command(id: str, body: FlightCommand | Rebirth, seconds: float = 60) -> CommandMessage:
    return CommandMessage(id=id, expires_at=datetime.now(UTC) + timedelta(seconds=seconds), body=body)


async def taken(folder: Path, *commands: CommandMessage) -> tuple[list[CommandResult], int, int]:
    """(answers, starts, births) after each command was taken."""
    control, answers, births = Control(), [], []
    outbox = Outbox(folder)
    takes = Commands(control, outbox, answers.append, lambda: births.append(1))
    for one in commands:
        takes.take(one)
        await asyncio.gather(*takes._running.values())
    outbox.close()
    return answers, control.starts, len(births)


START = FlightCommand(command="start", flight_id="f1")


async def test_a_repeated_command_is_carried_out_once(tmp_path: Path) -> None:
    """The same id three times, the last after a restart: one start, and the same answer each time."""
    answers, starts, _ = await taken(tmp_path, command("c1", START), command("c1", START))
    again, starts_again, _ = await taken(tmp_path, command("c1", START))
    assert answers + again == [CommandResult(command_id="c1", accepted=True)] * 3
    assert (starts, starts_again) == (1, 0)


async def test_a_command_that_comes_too_late_is_ignored(tmp_path: Path) -> None:
    """An expired command is neither carried out nor answered."""
    assert await taken(tmp_path, command("c1", START, seconds=-1)) == ([], 0, 0)


async def test_a_refusal_says_why(tmp_path: Path) -> None:
    """What cannot be done is answered with its reason."""
    no = FlightCommand(command="start", flight_id="no")
    answers, _, _ = await taken(tmp_path, command("c1", no))
    assert answers == [CommandResult(command_id="c1", accepted=False, reason="no such flight")]


async def test_a_rebirth_shows_presence(tmp_path: Path) -> None:
    """The ground's wish for a birth is fulfilled and answered."""
    answers, _, births = await taken(tmp_path, command("c1", Rebirth()))
    assert ([answer.accepted for answer in answers], births) == ([True], 1)
