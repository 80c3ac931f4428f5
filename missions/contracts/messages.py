"""The payloads that are not nouns of the main path: presence, commands, results and acknowledgements.

| type | channel | payload |
|---|---|---|
| aircraft.born, aircraft.died | presence | Born, Died |
| aircraft.reported | telemetry | Telemetry |
| flight.advanced | flight | FlightEvent |
| finding.raised | finding | Finding |
| command.given | command | CommandMessage |
| command.answered | result | CommandResult |
| message.stored, message.refused | ack | Ack |
"""

from typing import Annotated, Literal

from pydantic import Field

from missions.finding import ModelRef
from missions.flight import Flight
from missions.noun import Instant, Noun

BORN, DIED, REPORTED = "aircraft.born", "aircraft.died", "aircraft.reported"
ADVANCED, RAISED = "flight.advanced", "finding.raised"
GIVEN, ANSWERED = "command.given", "command.answered"
STORED, REFUSED = "message.stored", "message.refused"


class Born(Noun):
    """An agent is there: what it is and can do. Retained, until Died takes its place."""

    session: str
    software_version: str
    model: ModelRef
    classes: tuple[str, ...]
    flight_id: str | None = None
    waiting: Annotated[int, Field(ge=0, description="messages in the outbox")] = 0
    public_key: Annotated[
        str | None, Field(pattern=r"^[0-9a-f]{64}$", description="Ed25519 key that its evidence is signed with; None: unsigned")
    ] = None


class Died(Noun):
    """The agent's last will, sent by the broker when the connection is lost, or by the agent when it ends."""

    session: str
    reason: Literal["connection_lost", "shut_down"]


class LoadFlight(Noun):
    """Check the plan, upload it to the autopilot, answer with flight.advanced readied or refused."""

    command: Literal["load"] = "load"
    flight: Flight


class FlightCommand(Noun):
    """Act on the flight that is loaded. `cancel` only before take-off."""

    command: Literal["start", "hold", "resume", "return", "cancel"]
    flight_id: str


class Rebirth(Noun):
    """Send the presence message again: the ground has seen a gap, or is new."""

    command: Literal["rebirth"] = "rebirth"


class CommandMessage(Noun):
    """One command. An agent ignores one that is older than `expires_at`, and answers each id once."""

    id: str
    expires_at: Instant
    body: Annotated[LoadFlight | FlightCommand | Rebirth, Field(discriminator="command")]


class CommandResult(Noun):
    """What became of a command."""

    command_id: str
    accepted: bool
    reason: str = ""


class Ack(Noun):
    """The ground's database has the message (`stored`), or will never take it (`refused`, with the reason).

    `message_id` is the envelope's id; for evidence it is the SHA-256.
    """

    message_id: str
    outcome: Literal["stored", "refused"]
    reason: str = ""
