"""A flight: a plan being carried out. Both ends advance it with the same events; `advance` is the whole machine."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from missions.errors import Conflict
from missions.noun import Instant, Noun
from missions.plan import Plan


class FlightState(StrEnum):
    """Where a flight stands."""

    PLANNED = "planned"
    DISPATCHED = "dispatched"
    READY = "ready"
    FLYING = "flying"
    HOLDING = "holding"
    RETURNING = "returning"
    COMPLETED = "completed"
    ABORTED = "aborted"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FAILED = "failed"


class FlightEventKind(StrEnum):
    """What can happen to a flight."""

    DISPATCHED = "dispatched"
    READIED = "readied"
    REFUSED = "refused"
    TOOK_OFF = "took_off"
    LEG_COMPLETED = "leg_completed"
    HELD = "held"
    RESUMED = "resumed"
    RETURNING = "returning"
    COMPLETED = "completed"
    ABORTED = "aborted"
    CANCELLED = "cancelled"
    FAILED = "failed"


_S, _E = FlightState, FlightEventKind
_IN_AIR = (_S.FLYING, _S.HOLDING, _S.RETURNING)

FINAL_STATES = frozenset({_S.COMPLETED, _S.ABORTED, _S.REFUSED, _S.CANCELLED, _S.FAILED})
"""States that nothing leaves. COMPLETED: landed, every leg flown. ABORTED: landed before that, or
where it was not to land. FAILED: lost or crashed."""

AIRBORNE_STATES = frozenset(_IN_AIR)

TRANSITIONS: dict[tuple[FlightState, FlightEventKind], FlightState] = {
    (_S.PLANNED, _E.DISPATCHED): _S.DISPATCHED,
    (_S.PLANNED, _E.CANCELLED): _S.CANCELLED,
    (_S.DISPATCHED, _E.READIED): _S.READY,
    (_S.DISPATCHED, _E.REFUSED): _S.REFUSED,
    (_S.DISPATCHED, _E.CANCELLED): _S.CANCELLED,
    (_S.READY, _E.TOOK_OFF): _S.FLYING,
    (_S.READY, _E.CANCELLED): _S.CANCELLED,
    (_S.READY, _E.REFUSED): _S.REFUSED,
    **{(state, _E.LEG_COMPLETED): state for state in _IN_AIR},
    (_S.FLYING, _E.HELD): _S.HOLDING,
    (_S.HOLDING, _E.RESUMED): _S.FLYING,
    (_S.FLYING, _E.RETURNING): _S.RETURNING,
    (_S.HOLDING, _E.RETURNING): _S.RETURNING,
    **{(state, _E.COMPLETED): _S.COMPLETED for state in _IN_AIR},
    **{(state, _E.ABORTED): _S.ABORTED for state in _IN_AIR},
    **{(state, _E.FAILED): _S.FAILED for state in (_S.DISPATCHED, _S.READY, *_IN_AIR)},
}
"""The whole machine. What is not here is refused."""


class GroundSeen(Noun):
    """What the frames of a flight showed. Not seen: ground of which every frame was dark, overexposed, covered or blurred."""

    frames: Annotated[int, Field(ge=0, description="looked at over the legs, with a pose")]
    frames_not_seen: Annotated[int, Field(ge=0, description="of these, the ones that showed nothing")]
    seen_m2: Annotated[float, Field(ge=0)]
    not_seen_m2: Annotated[float, Field(ge=0)]
    frames_private: Annotated[int, Field(ge=0, description="passed over besides, unseen: they show a private zone")] = 0


class FlightEvent(Noun):
    """Something that happened to a flight, numbered from 1 in the order it happened on the aircraft (0: on the ground).

    `ground_seen` comes with the event that ends a flight, where the aircraft saw all of it.
    """

    flight_id: str
    kind: FlightEventKind
    at: Instant
    number: Annotated[int, Field(ge=0)] = 0
    leg_index: int | None = None
    reason: str = ""
    ground_seen: GroundSeen | None = None


class Flight(Noun):
    """A flight with its plan and where it stands."""

    id: str
    plan: Plan
    state: FlightState = FlightState.PLANNED
    created_at: Instant
    legs_completed: tuple[int, ...] = ()
    reason: str = ""
    ground_seen: GroundSeen | None = None


def advance(flight: Flight, event: FlightEvent) -> Flight:
    """The flight after `event`; once every leg is flown, what was said on the way is no reason any more.

    Raises Conflict where the event does not fit the state (both are named).
    """
    after = TRANSITIONS.get((flight.state, event.kind))
    if after is None:
        raise Conflict(f"flight {flight.id} is {flight.state}: '{event.kind}' cannot happen to it")
    legs = set(flight.legs_completed)
    if event.kind is FlightEventKind.LEG_COMPLETED and event.leg_index is not None:
        legs.add(event.leg_index)
    reason = event.reason if after is FlightState.COMPLETED else event.reason or flight.reason
    ground_seen = event.ground_seen or flight.ground_seen
    after_it = {"state": after, "legs_completed": tuple(sorted(legs)), "reason": reason, "ground_seen": ground_seen}
    return flight.model_copy(update=after_it)
