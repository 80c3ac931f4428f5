"""The flight's state machine: every state with every event."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.aircraft import Camera
from missions.errors import Conflict
from missions.flight import (
    AIRBORNE_STATES,
    FINAL_STATES,
    TRANSITIONS,
    Flight,
    FlightEvent,
    FlightEventKind,
    FlightState,
    advance,
)
from missions.geometry import GeoPoint
from missions.plan import Estimate, Leg, Plan, Waypoint

AT = datetime(2025, 6, 2, tzinfo=UTC)
HOME = GeoPoint(lat_deg=31.78, lon_deg=119.9)
LEG = Leg(route_id="r", route_name="R", categories=("sanitation",), waypoints=(Waypoint(point=HOME, height_m=50, speed_mps=5),))
PLAN = Plan(
    id="p",
    district_id="d",
    drone_id="d-1",
    aircraft_type_id="quad",
    dock_id="dock",
    home=HOME,
    legs=(LEG, LEG),
    cruise_mps=10,
    transit_height_m=60,
    return_height_m=70,
    geofence=(HOME, HOME.moved(0, 100), HOME.moved(90, 100)),
    camera=Camera(width_px=1280, height_px=720, hfov_deg=70),
    classes={},
    estimate=Estimate(distance_m=1, duration_s=1, energy_wh=1, battery_share=0.1),
    created_at=AT,
)
S, E = FlightState, FlightEventKind


def flight(state: FlightState) -> Flight:
    """A flight in a state."""
    return Flight(id="f", plan=PLAN, state=state, created_at=AT)


def event(kind: FlightEventKind, leg_index: int | None = None, reason: str = "") -> FlightEvent:
    """Something that happened."""
    return FlightEvent(flight_id="f", kind=kind, at=AT, leg_index=leg_index, reason=reason)


@pytest.mark.parametrize("state", FlightState)
@pytest.mark.parametrize("kind", FlightEventKind)
def test_every_state_with_every_event(state: FlightState, kind: FlightEventKind) -> None:
    """What the table has leads where it says; everything else is refused, naming flight, state and event."""
    if (state, kind) in TRANSITIONS:
        assert advance(flight(state), event(kind)).state is TRANSITIONS[state, kind]
    else:
        with pytest.raises(Conflict, match=rf"flight f is {state}: '{kind}'"):
            advance(flight(state), event(kind))


def test_final_states_are_final() -> None:
    """Nothing leaves a final state, and every other state can be left."""
    assert {state for state, _ in TRANSITIONS} == set(FlightState) - FINAL_STATES


def test_every_state_is_reached_and_every_event_used() -> None:
    """The machine has no dead parts."""
    assert set(TRANSITIONS.values()) == set(FlightState) - {S.PLANNED}
    assert {kind for _, kind in TRANSITIONS} == set(FlightEventKind)


@pytest.mark.parametrize("state", sorted(AIRBORNE_STATES))
def test_in_the_air_a_flight_can_end_and_not_be_cancelled(state: FlightState) -> None:
    """Whatever is in the air can land, abort or be lost; cancelling is for the ground."""
    ends = {TRANSITIONS.get((state, kind)) for kind in (E.COMPLETED, E.ABORTED, E.FAILED)}
    assert ends == {S.COMPLETED, S.ABORTED, S.FAILED}
    assert (state, E.CANCELLED) not in TRANSITIONS


def test_a_whole_flight() -> None:
    """From plan to landing; legs are counted once, in order; a completed flight needs no reason."""
    one = flight(S.PLANNED)
    story = [E.DISPATCHED, E.READIED, E.TOOK_OFF]
    for kind in story:
        one = advance(one, event(kind))
    for leg_index in (1, 0, 1):
        one = advance(one, event(E.LEG_COMPLETED, leg_index))
    one = advance(one, event(E.RETURNING, reason="mode RETURN"))
    assert one.reason == "mode RETURN"
    one = advance(one, event(E.COMPLETED))
    assert one.state is S.COMPLETED
    assert one.legs_completed == (0, 1)
    assert one.reason == ""


@given(kinds=st.lists(st.sampled_from(FlightEventKind), max_size=30))
def test_no_story_leaves_the_machine(kinds: list[FlightEventKind]) -> None:
    """Any order of events keeps to the table: a refused event changes nothing, a final state stays."""
    one = flight(S.PLANNED)
    for kind in kinds:
        before = one
        if (one.state, kind) in TRANSITIONS:
            one = advance(one, event(kind))
        assert before.state not in FINAL_STATES or one is before
