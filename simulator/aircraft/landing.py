"""When the aircraft counts as landed, and when its motors stop by themselves."""

from simulator.aircraft.parameters import Parameters

SURE_AFTER_S = 1.0
"""On the ground this long without lifting: landed (PX4's land detector needs about a second)."""


class LandDetector:
    """Watches the ground contact."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._touching_since_s: float | None = None
        self._landed_at_s: float | None = None

    def arm(self) -> None:
        """A new flight: nothing has landed yet."""
        self._touching_since_s = self._landed_at_s = None

    def has_landed(self, touches: bool, was_landed: bool, time_s: float) -> bool:
        """Whether it has just now landed."""
        if not touches or was_landed:
            self._touching_since_s = None
            return False
        if self._touching_since_s is None:
            self._touching_since_s = time_s
        if time_s - self._touching_since_s < SURE_AFTER_S:
            return False
        self._landed_at_s = time_s
        return True

    def may_disarm(self, landed: bool, armed_at_s: float, time_s: float) -> bool:
        """After COM_DISARM_LAND on the ground; or COM_DISARM_PRFLT after arming without having taken off."""
        if not landed:
            return False
        if self._landed_at_s is not None:
            delay_s, since_s = self._parameters["COM_DISARM_LAND"], self._landed_at_s
        else:
            delay_s, since_s = self._parameters["COM_DISARM_PRFLT"], armed_at_s
        return delay_s > 0 and time_s - since_s >= delay_s
