"""What the fleet endpoints and the stream give."""

from typing import Literal

from missions.aircraft import Drone
from missions.contracts.messages import Born
from missions.noun import Instant, Noun
from missions.telemetry import Telemetry

Link = Literal["online", "stale", "offline", "never"]


class FleetEntry(Noun):
    """One drone: `link` says how old what is shown is; what is unknown is null."""

    drone: Drone
    link: Link
    telemetry: Telemetry | None
    heard_at: Instant | None
    born: Born | None
    flight_id: str | None
    sequence_gaps: int


class LiveTelemetry(Noun):
    """Telemetry on the stream."""

    drone_id: str
    link: Link
    heard_at: Instant
    telemetry: Telemetry
