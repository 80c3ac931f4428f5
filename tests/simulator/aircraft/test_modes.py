"""The state machine: every state, every event."""

from itertools import product

import pytest

from simulator.aircraft.modes import PREVENT_ARMING, Checks, Denied, Happening, Mode, State, advance

STATES = [State(mode, after, armed, landed) for mode, after, armed, landed in product(Mode, Mode, (False, True), (False, True))]
EVENTS = [*Mode, *Happening]
CHECKS = [Checks(), Checks(mission="no mission"), Checks(arming="not ready"), Checks("no mission", "not ready")]


@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_every_state_and_event_keeps_the_promises(event):
    """Armed only by arming, disarmed only by disarming, never disarmed in the air unless forced; a refusal has a reason."""
    for state, checks in product(STATES, CHECKS):
        after = advance(state, event, checks)
        if isinstance(after, Denied):
            assert after.reason
            continue
        if after.armed and not state.armed:
            assert event is Happening.ARM
            assert not checks.arming
            assert state.mode not in PREVENT_ARMING
            assert not (state.mode is Mode.MISSION and checks.mission)
        if state.armed and not after.armed:
            assert event is Happening.DISARM_FORCED or (event is Happening.DISARM and state.landed)
        if state.landed != after.landed:
            assert event in (Happening.LIFTED_OFF, Happening.TOUCHED_DOWN)
        if isinstance(event, Mode):
            assert after.mode is event


def test_landing_is_always_possible():
    """LAND is taken in every state, whatever the checks say."""
    assert all(not isinstance(advance(s, Mode.LAND, c), Denied) for s, c in product(STATES, CHECKS))


def test_an_unchecked_mission_is_taken_only_while_disarmed():
    """PX4 takes any mode on the ground and checks it at arming; in the air it refuses one that cannot run."""
    bad = Checks(mission="being checked")
    assert isinstance(advance(State(armed=True), Mode.MISSION, bad), Denied)
    on_ground = advance(State(), Mode.MISSION, bad)
    assert on_ground == State(mode=Mode.MISSION, mode_after_disarming=Mode.MISSION)
    assert isinstance(advance(on_ground, Happening.ARM, bad), Denied)


def test_the_custom_mode_is_px4s():
    """AUTO.MISSION is main mode 4, sub mode 4: bytes 2 and 3 of the field."""
    assert Mode.MISSION.custom_mode == 0x04040000
    assert Mode.HOLD.custom_mode == 0x03040000
