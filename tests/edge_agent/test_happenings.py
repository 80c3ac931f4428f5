from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.aircraft import IN_AIR, MODES, ON_GROUND, AircraftState
from edge_agent.happenings import Happening, next_happening
from missions.flight import AIRBORNE_STATES, Flight, FlightEvent, FlightEventKind, FlightState, advance
from missions.geometry import GeoPoint
from missions.plan import Landing

GROUND = AircraftState(armed=False, mode="HOLD", landed_state=ON_GROUND, point=GeoPoint(lat_deg=31, lon_deg=119))
AIR = replace(GROUND, armed=True, mode="MISSION", landed_state=IN_AIR)
STATES = st.sampled_from(FlightState)
AIRCRAFT = st.builds(
    AircraftState,
    armed=st.sampled_from([True, False, None]),
    mode=st.sampled_from(sorted(set(MODES.values()))),
    landed_state=st.sampled_from([None, 1, 2, 3, 4]),
    point=st.sampled_from([None, GeoPoint(lat_deg=31, lon_deg=119)]),
    texts=st.sampled_from([(), ("Failsafe activated",)]),
)


def happened(flight: Flight, state: FlightState, aircraft: AircraftState, completed: set[int]) -> str | None:
    happening = next_happening(flight.model_copy(update={"state": state}), aircraft, completed)
    return None if happening is None else happening.kind.value


@settings(deadline=None)
@given(state=STATES, aircraft=AIRCRAFT, completed=st.sets(st.integers(0, 1)), recorded=st.sets(st.integers(0, 1)))
def test_every_happening_fits_the_flight_and_comes_to_an_end(
    state: FlightState, aircraft: AircraftState, completed: set[int], recorded: set[int]
) -> None:
    """In every state, with whatever an autopilot says, what is recorded fits the state machine, and after at most six
    records nothing is left to record.
    """
    flight = make_flight().model_copy(update={"state": state, "legs_completed": tuple(recorded)})
    for _ in range(7):
        happening = next_happening(flight, aircraft, completed)
        if happening is None:
            return
        event = FlightEvent(
            flight_id="f1", kind=happening.kind, at=flight.created_at, leg_index=happening.leg_index, reason=happening.reason
        )
        flight = advance(flight, event)
    pytest.fail("the record does not come to an end")


def make_flight() -> Flight:
    """The fixture's flight, for hypothesis, which takes no fixtures."""
    from datetime import UTC, datetime

    from missions.aircraft import Camera
    from missions.plan import Estimate, Leg, Plan, Waypoint

    home = GeoPoint(lat_deg=31.78, lon_deg=119.9)
    at = datetime(2026, 5, 1, tzinfo=UTC)
    waypoint = Waypoint(point=home, height_m=70, speed_mps=8)
    leg = Leg(route_id="r1", route_name="r1", categories=("sanitation",), waypoints=(waypoint,))
    plan = Plan(
        id="p1",
        district_id="zhonglou",
        drone_id="d1",
        aircraft_type_id="quad",
        dock_id="k1",
        home=home,
        legs=(leg, leg),
        cruise_mps=8,
        transit_height_m=70,
        return_height_m=80,
        geofence=(home, home, home),
        camera=Camera(width_px=1280, height_px=720, hfov_deg=70),
        classes={},
        estimate=Estimate(distance_m=1, duration_s=1, energy_wh=1, battery_share=0.1),
        created_at=at,
    )
    return Flight(id="f1", plan=plan, created_at=at)


def test_defaults_are_not_believed(flight: Flight) -> None:
    """As long as the autopilot has not said whether it is armed, where it is and whether it stands, nothing has happened:
    an agent restarted in flight does not think that it stands on the ground.
    """
    for unknown in ("armed", "mode", "landed_state", "point"):
        for state in AIRBORNE_STATES:
            assert happened(flight, state, replace(GROUND, **{unknown: None}), set()) is None


@pytest.mark.parametrize(
    ("state", "aircraft", "completed", "expected"),
    [
        (FlightState.READY, GROUND, set(), None),
        (FlightState.READY, AIR, set(), "took_off"),
        (FlightState.FLYING, AIR, set(), None),
        (FlightState.FLYING, AIR, {0}, "leg_completed"),
        (FlightState.FLYING, replace(AIR, mode="HOLD"), set(), "held"),
        (FlightState.FLYING, replace(AIR, mode="POSITION"), set(), "held"),
        (FlightState.FLYING, replace(AIR, mode="RETURN"), set(), "returning"),
        (FlightState.FLYING, replace(AIR, mode="LAND"), set(), "returning"),
        (FlightState.HOLDING, AIR, set(), "resumed"),
        (FlightState.HOLDING, replace(AIR, mode="HOLD"), set(), None),
        (FlightState.HOLDING, replace(AIR, mode="RETURN"), set(), "returning"),
        (FlightState.RETURNING, replace(AIR, mode="RETURN"), set(), None),
        (FlightState.RETURNING, replace(AIR, mode="RETURN"), {1}, "leg_completed"),
        (FlightState.RETURNING, GROUND, {0}, "leg_completed"),
        (FlightState.RETURNING, GROUND, set(), "aborted"),
        (FlightState.HOLDING, GROUND, set(), "aborted"),
        (FlightState.COMPLETED, AIR, {0}, None),
    ],
)
def test_what_happened(flight: Flight, state: FlightState, aircraft: AircraftState, completed: set[int], expected: str) -> None:
    """Take-off, legs, modes and landing, each told from the autopilot's words."""
    assert happened(flight, state, aircraft, completed) == expected


def test_a_flight_with_every_leg_flown_is_completed(flight: Flight) -> None:
    """Landed with both legs on record: completed, from whatever state in the air."""
    for state in AIRBORNE_STATES:
        assert happened(flight.model_copy(update={"legs_completed": (0, 1)}), state, GROUND, {0, 1}) == "completed"


def test_a_flight_to_another_dock_is_completed_only_there(flight: Flight) -> None:
    """Landed by its mission it is completed; one that returned with every leg flown is aborted and says where it is not."""
    elsewhere = flight.plan.model_copy(update={"landing": Landing(dock_id="k2", point=flight.plan.home.moved(0, 500))})
    told = {"plan": elsewhere, "legs_completed": (0, 1)}
    flown = flight.model_copy(update=told)
    assert happened(flown, FlightState.FLYING, GROUND, {0, 1}) == "completed"
    assert happened(flown, FlightState.HOLDING, GROUND, {0, 1}) == "completed"
    returning = next_happening(flown.model_copy(update={"state": FlightState.FLYING}), replace(AIR, mode="RETURN"), {0, 1})
    assert returning == Happening(FlightEventKind.RETURNING, "mode RETURN")
    told = {"state": FlightState.RETURNING, "reason": "mode RETURN"}
    happening = next_happening(flown.model_copy(update=told), GROUND, {0, 1})
    assert happening == Happening(FlightEventKind.ABORTED, "landed after 2 of 2 legs, not in dock 'k2' (mode RETURN)")


def test_an_aborted_flight_says_how_far_it_got_and_why(flight: Flight) -> None:
    """The reason of an abort counts the legs and repeats what made the aircraft return."""
    told = {"state": FlightState.RETURNING, "reason": "mode RETURN: low battery", "legs_completed": (0,)}
    returning = flight.model_copy(update=told)
    happening = next_happening(returning, GROUND, {0})
    assert happening is not None
    assert happening.kind is FlightEventKind.ABORTED
    assert happening.reason == "landed after 1 of 2 legs (mode RETURN: low battery)"
