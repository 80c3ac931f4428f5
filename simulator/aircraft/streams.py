"""Which message goes to which link how often, in the autopilot's time; clients may change it (SET_MESSAGE_INTERVAL)."""

from dataclasses import dataclass, field

HEARTBEAT = 0
OFF = -1.0

API: dict[int, float] = {
    1: 0.5,
    24: 0.2,
    31: 0.05,
    33: 0.05,
    42: 1.0,
    74: 0.2,
    147: 2.0,
    230: 1.0,
    231: 1.0,
    242: 2.0,
    245: 0.2,
    281: 2.0,
}
"""Message id -> seconds between two, on the API link."""

PAYLOAD: dict[int, float] = {31: 0.05, 33: 0.05, 115: 0.05, 284: 0.2}
"""On the payload link: pose, the truth for a rendering camera, and the gimbal's order."""

GROUND: dict[int, float] = {
    1: 0.5,
    24: 0.5,
    30: 0.25,
    33: 0.25,
    42: 1.0,
    74: 0.5,
    147: 2.0,
    230: 2.0,
    242: 2.0,
    245: 0.5,
    281: 2.0,
}
"""On the ground control link: enough for a map."""


@dataclass(slots=True)
class Streams:
    """One link's streams. `heartbeat_s` is autopilot time too: a wall-clock second times the speed factor."""

    defaults: dict[int, float]
    heartbeat_s: float
    _intervals: dict[int, float] = field(default_factory=dict)
    _next: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._intervals = {HEARTBEAT: self.heartbeat_s, **self.defaults}

    def set_interval(self, message_id: int, interval_s: float) -> None:
        """0 for the default, OFF for never."""
        default = self.heartbeat_s if message_id == HEARTBEAT else self.defaults.get(message_id, OFF)
        chosen = default if interval_s == 0 else interval_s
        self._next.pop(message_id, None)
        if chosen < 0:
            self._intervals.pop(message_id, None)
        else:
            self._intervals[message_id] = chosen

    def interval_s(self, message_id: int) -> float:
        """Seconds between two, or OFF."""
        return self._intervals.get(message_id, OFF)

    def due(self, time_s: float) -> list[int]:
        """The messages to send now; call it at each step."""
        ready = [one for one in self._intervals if time_s + 1e-9 >= self._next.get(one, 0.0)]
        for one in ready:
            planned = self._next.get(one, time_s) + self._intervals[one]
            self._next[one] = planned if planned > time_s else time_s + self._intervals[one]
        return ready
