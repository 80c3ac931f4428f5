"""The flight modes and the state machine over them: PX4's rules for what may be asked for when."""

from dataclasses import dataclass, replace
from enum import Enum, auto

AUTO = 4
"""PX4's main mode AUTO; the modes here differ in the sub mode."""


class Mode(Enum):
    """A flight mode; the value is PX4's sub mode of AUTO."""

    READY = 1
    TAKEOFF = 2
    HOLD = 3
    MISSION = 4
    RTL = 5
    LAND = 6

    @property
    def custom_mode(self) -> int:
        """The mode as in HEARTBEAT: sub mode in the highest byte, main mode in the one below."""
        return self.value << 24 | AUTO << 16


class Happening(Enum):
    """What happens besides a mode being asked for."""

    ARM = auto()
    DISARM = auto()
    DISARM_FORCED = auto()
    LIFTED_OFF = auto()
    TOUCHED_DOWN = auto()
    TAKEN_OFF = auto()


Event = Mode | Happening

PREVENT_ARMING = frozenset({Mode.RTL, Mode.LAND})
"""Modes that nobody arms in (PX4's mode_req_prevent_arming)."""


@dataclass(frozen=True, slots=True)
class State:
    """Mode, the mode to go back to after disarming, and whether the motors run and the ground is touched."""

    mode: Mode = Mode.HOLD
    mode_after_disarming: Mode = Mode.HOLD
    armed: bool = False
    landed: bool = True


@dataclass(frozen=True, slots=True)
class Checks:
    """What the preflight checks say: each is a reason, empty where all is well."""

    mission: str = ""
    arming: str = ""


@dataclass(frozen=True, slots=True)
class Denied:
    """The event does not fit the state, or a check stands against it."""

    reason: str


def advance(state: State, event: Event, checks: Checks) -> State | Denied:
    """The state after `event`: the whole machine."""
    if isinstance(event, Mode):
        return _change(state, event, checks)
    if event is Happening.ARM:
        return _arm(state, checks)
    if event in (Happening.DISARM, Happening.DISARM_FORCED):
        return _disarm(state, forced=event is Happening.DISARM_FORCED)
    if event is Happening.TAKEN_OFF:
        return replace(state, mode=Mode.HOLD) if state.mode is Mode.TAKEOFF else state
    if event is Happening.LIFTED_OFF and not state.armed:
        return Denied("motors are off")
    return replace(state, landed=event is Happening.TOUCHED_DOWN)


def _change(state: State, mode: Mode, checks: Checks) -> State | Denied:
    """PX4 takes any mode while disarmed, and checks it at arming; armed, only a mode that can run. LAND always can."""
    if mode is Mode.READY:
        return Denied("Unsupported auto mode")
    if state.armed and mode is Mode.MISSION and checks.mission:
        return Denied("Switching to Mission is currently not available")
    transient = mode in PREVENT_ARMING or mode is Mode.TAKEOFF
    return replace(state, mode=mode, mode_after_disarming=state.mode_after_disarming if transient else mode)


def _arm(state: State, checks: Checks) -> State | Denied:
    if state.armed:
        return state
    if state.mode in PREVENT_ARMING:
        return Denied(f"mode {state.mode.name} cannot be armed in")
    problem = checks.arming or (checks.mission if state.mode is Mode.MISSION else "")
    return Denied(problem) if problem else replace(state, armed=True)


def _disarm(state: State, forced: bool) -> State | Denied:
    if not state.armed:
        return state
    if not state.landed and not forced:
        return Denied("not landed")
    return replace(state, armed=False, mode=state.mode_after_disarming)
