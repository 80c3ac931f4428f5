"""Failsafes: what each parameter makes of each condition."""

import pytest

from simulator.aircraft.battery import Warning
from simulator.aircraft.failsafe import Condition, Failsafe
from simulator.aircraft.modes import Mode
from simulator.aircraft.parameters import Parameters

WELL = Condition(Warning.NONE, "", False)


def reactions(condition, mode=Mode.MISSION, **parameters):
    failsafe = Failsafe(Parameters(parameters))
    failsafe.arm(WELL)
    return [reaction.mode for reaction in failsafe.check(condition, mode)]


@pytest.mark.parametrize(("action", "mode"), [(1, None), (2, Mode.HOLD), (3, Mode.RTL), (5, Mode.LAND)])
def test_the_fence_action(action, mode):
    """GF_ACTION; 0 does nothing at all."""
    breach = Condition(Warning.NONE, "Geofence violation", False)
    assert reactions(breach, GF_ACTION=action) == [mode]
    assert reactions(breach, GF_ACTION=0) == []


@pytest.mark.parametrize(("action", "mode"), [(1, Mode.HOLD), (2, Mode.RTL), (3, Mode.LAND)])
def test_the_data_link_action(action, mode):
    """NAV_DLL_ACT; 0 does nothing at all."""
    lost = Condition(Warning.NONE, "", True)
    assert reactions(lost, NAV_DLL_ACT=action) == [mode]
    assert reactions(lost, NAV_DLL_ACT=0) == []


@pytest.mark.parametrize(
    ("warning", "mode"), [(Warning.LOW, None), (Warning.CRITICAL, Mode.RTL), (Warning.EMERGENCY, Mode.LAND)]
)
def test_the_battery_action(warning, mode):
    """COM_LOW_BAT_ACT 3: warn, return, land."""
    assert reactions(Condition(warning, "", False), COM_LOW_BAT_ACT=3) == [mode]


def test_each_thing_is_reacted_to_once_until_it_is_well_again():
    """A pilot who takes over after a reaction is not overruled by the same condition."""
    failsafe = Failsafe(Parameters({"GF_ACTION": 3}))
    breach = Condition(Warning.NONE, "Geofence violation", False)
    assert len(failsafe.check(breach, Mode.MISSION)) == 1
    assert failsafe.check(breach, Mode.MISSION) == []
    assert failsafe.check(WELL, Mode.MISSION) == []
    assert len(failsafe.check(breach, Mode.MISSION)) == 1


def test_a_landing_is_never_taken_back():
    """Whatever happens while landing, the mode is left alone."""
    for condition in (Condition(Warning.CRITICAL, "", False), Condition(Warning.NONE, "Geofence violation", True)):
        modes = reactions(condition, Mode.LAND, GF_ACTION=3, NAV_DLL_ACT=2)
        assert set(modes) == {None}
