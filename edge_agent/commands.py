"""Commands from the ground: each id is carried out once and answered; a repeated one gets the same answer again."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from edge_agent.flight_control import FlightControl
from edge_agent.outbox import Outbox, StorageError
from missions.contracts.messages import CommandMessage, CommandResult, FlightCommand, LoadFlight, Rebirth
from missions.errors import OneFlightError

logger = logging.getLogger(__name__)


class Commands:
    """`answer` sends a result; `rebirth` shows presence again."""

    def __init__(
        self, control: FlightControl, outbox: Outbox, answer: Callable[[CommandResult], None], rebirth: Callable[[], None]
    ) -> None:
        self._control = control
        self._outbox = outbox
        self._answer = answer
        self._rebirth = rebirth
        self._running: dict[str, asyncio.Task[None]] = {}

    def take(self, command: CommandMessage) -> None:
        """Carries out a command that is new and in time."""
        given = self._outbox.answer_to(command.id)
        if given is not None:
            self._answer(given)
        elif command.id not in self._running:
            if command.expires_at < datetime.now(UTC):
                logger.warning("command %s (%s) came too late: ignored", command.id, command.body.command)
                return
            task = asyncio.create_task(self._carry_out(command), name=f"command {command.id}")
            self._running[command.id] = task
            task.add_done_callback(lambda _: self._running.pop(command.id, None))

    async def _carry_out(self, command: CommandMessage) -> None:
        logger.info("command %s: %s", command.id, command.body.command)
        try:
            await self._do(command)
            result = CommandResult(command_id=command.id, accepted=True)
        except OneFlightError as error:
            logger.warning("command %s (%s) is refused: %s", command.id, command.body.command, error)
            result = CommandResult(command_id=command.id, accepted=False, reason=str(error))
        try:
            self._outbox.save_answer(result, datetime.now(UTC))
        except StorageError:
            logger.exception("command %s: its answer is not on disk", command.id)
        self._answer(result)

    async def _do(self, command: CommandMessage) -> None:
        control = self._control
        match command.body:
            case Rebirth():
                self._rebirth()
            case LoadFlight(flight=flight):
                await control.load(flight)
            case FlightCommand(command=what, flight_id=flight_id):
                act = {
                    "start": control.start,
                    "hold": control.hold,
                    "resume": control.resume,
                    "return": control.return_home,
                    "cancel": control.cancel,
                }[what]
                await act(flight_id)
