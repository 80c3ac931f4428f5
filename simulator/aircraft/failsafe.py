"""PX4's failsafes: what battery, fence and data link make the aircraft do by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.aircraft.battery import Warning
from simulator.aircraft.modes import Mode
from simulator.aircraft.parameters import Parameters

_LINK_ACTIONS = {1: Mode.HOLD, 2: Mode.RTL, 3: Mode.LAND}
"""NAV_DLL_ACT; 0 none. Termination (5) and disarming (6) are not simulated: they act as a landing."""

_FENCE_ACTIONS = {2: Mode.HOLD, 3: Mode.RTL, 5: Mode.LAND}
"""GF_ACTION; 0 none, 1 a warning. Termination (4) acts as a landing."""

_BATTERY_ACTIONS = {2: (Mode.LAND, Mode.LAND), 3: (Mode.RTL, Mode.LAND), 1: (Mode.RTL, Mode.RTL)}
"""COM_LOW_BAT_ACT -> at critical, at emergency level; 0 a warning."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What there is to look at."""

    battery: Warning
    fence_breach: str
    link_lost: bool


@dataclass(frozen=True, slots=True)
class Reaction:
    """What to tell and, unless None, the mode to go to."""

    text: str
    mode: Mode | None


class Failsafe:
    """Reacts once to each thing that goes wrong; when it is well again, it may go wrong again."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._battery = Warning.NONE
        self._breached = False
        self._link_lost = False

    def arm(self, condition: Condition) -> None:
        """A battery that was low at arming does not act at once (PX4 reacts only to what has become worse)."""
        self._battery, self._breached, self._link_lost = condition.battery, False, condition.link_lost

    def check(self, condition: Condition, mode: Mode) -> list[Reaction]:
        """What follows from the present condition; the last is the most urgent."""
        reactions = [*self._for_link(condition), *self._for_fence(condition), *self._for_battery(condition)]
        return [Reaction(r.text, None if _is_weaker(r.mode, mode) else r.mode) for r in reactions]

    def _for_link(self, condition: Condition) -> Sequence[Reaction]:
        lost_now = condition.link_lost and not self._link_lost
        self._link_lost = condition.link_lost
        action = round(self._parameters["NAV_DLL_ACT"])
        return (
            [Reaction("Connection to ground station lost", _LINK_ACTIONS.get(action, Mode.LAND))] if lost_now and action else []
        )

    def _for_fence(self, condition: Condition) -> Sequence[Reaction]:
        breached_now = bool(condition.fence_breach) and not self._breached
        self._breached = bool(condition.fence_breach)
        action = round(self._parameters["GF_ACTION"])
        if not breached_now or not action:
            return []
        return [Reaction(condition.fence_breach, None if action == 1 else _FENCE_ACTIONS.get(action, Mode.LAND))]

    def _for_battery(self, condition: Condition) -> Sequence[Reaction]:
        if condition.battery <= self._battery:
            return []
        self._battery = condition.battery
        text = f"{condition.battery.name.capitalize()} battery level"
        actions = _BATTERY_ACTIONS.get(round(self._parameters["COM_LOW_BAT_ACT"]))
        if actions is None or condition.battery is Warning.LOW:
            return [Reaction(text, None)]
        return [Reaction(text, actions[1] if condition.battery is Warning.EMERGENCY else actions[0])]


_URGENCY = (Mode.HOLD, Mode.RTL, Mode.LAND)


def _is_weaker(wanted: Mode | None, present: Mode) -> bool:
    """A failsafe never takes a return or a landing back."""
    if wanted is None or present not in _URGENCY:
        return wanted is None
    return present is not Mode.HOLD and _URGENCY.index(wanted) <= _URGENCY.index(present)
