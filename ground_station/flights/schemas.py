"""What the flight endpoints take and give."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from missions.flight import Flight, FlightEvent
from missions.geometry import GeoPoint
from missions.noun import Instant, Noun, StrictNoun

FlightVerb = Literal["start", "hold", "resume", "return", "cancel"]
Outcome = Literal["sent", "accepted", "refused", "timed_out"]


class NewFlight(StrictNoun):
    """A flight to be planned."""

    drone_id: Annotated[str, Field(min_length=1, max_length=32)]
    route_ids: Annotated[list[Annotated[str, Field(max_length=64)]], Field(min_length=1, max_length=50)]
    wind_mps: Annotated[float, Field(ge=0, le=60)] = 0.0
    wind_from_deg: Annotated[
        float | None, Field(ge=0, le=360, description="clockwise from north; None: unknown, ahead on every way")
    ] = None


class NewCommand(StrictNoun):
    """What the aircraft shall do."""

    command: FlightVerb


class CommandOut(Noun):
    """A command and what became of it."""

    id: str
    flight_id: str
    drone_id: str
    command: FlightVerb | Literal["load"]
    by: str
    sent_at: Instant
    expires_at: Instant
    outcome: Outcome
    answered_at: Instant | None
    reason: str


class RecordedEvent(FlightEvent):
    """An event as recorded: who told it, when it arrived, and whether it fitted the flight's state."""

    received_at: Instant
    by: str
    applied: bool


class TrackPoint(Noun):
    """Where the aircraft was."""

    at: Instant
    point: GeoPoint
    height_m: float | None
    battery_share: float | None


class Scheduled(Noun):
    """Which flight of a day's schedule it is, and when that was to take off and to land as it was dispatched."""

    day: date
    flight_id: str
    takes_off_at: Instant
    lands_at: Instant


class FlightOut(Flight):
    """A flight as listed; `command` is the latest one sent for it. Planning, dispatch and take-off are acts of their own."""

    drone_id: str
    created_by: str
    command: CommandOut | None = None
    scheduled: Scheduled | None = None
    dispatched_at: Instant | None = None
    dispatched_by: str | None = None
    took_off_at: Instant | None = None
    ended_at: Instant | None = None


class FlightDetail(FlightOut):
    """A flight with all that happened."""

    events: list[RecordedEvent]
    track: list[TrackPoint]
    commands: list[CommandOut]
