"""COMMAND_LONG and COMMAND_INT: what each does, and the answer PX4 gives."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

from simulator.aircraft.action import GIMBAL, SPEED, TRIGGER, Action
from simulator.aircraft.autopilot import Autopilot
from simulator.aircraft.dialect import Message, mavlink
from simulator.aircraft.mission_item import Cmd
from simulator.aircraft.modes import AUTO, Denied, Event, Happening, Mode
from simulator.aircraft.streams import OFF, Streams
from simulator.aircraft.telemetry import MAKERS
from simulator.aircraft.vector import Vector

ACCEPTED = int(mavlink.MAV_RESULT_ACCEPTED)
REJECTED = int(mavlink.MAV_RESULT_TEMPORARILY_REJECTED)
DENIED = int(mavlink.MAV_RESULT_DENIED)
UNSUPPORTED = int(mavlink.MAV_RESULT_UNSUPPORTED)

FORCE = 21196
"""The number in DO_ARM_DISARM's second parameter that skips the checks."""

CUSTOM_MODE_ENABLED = 1


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its number and parameters. `place` where it has one (None where the coordinates are NaN)."""

    number: int
    params: tuple[float, float, float, float, float, float, float]
    lat_deg: float
    lon_deg: float

    @property
    def has_place(self) -> bool:
        """Whether latitude and longitude are given."""
        valid = abs(self.lat_deg) <= 90 and abs(self.lon_deg) <= 180
        return valid and not (self.lat_deg == 0 and self.lon_deg == 0)


def read_command(message: Message) -> Command:
    """From a COMMAND_LONG or COMMAND_INT."""
    m = message
    first = (m.param1, m.param2, m.param3, m.param4)
    if m.get_type() == "COMMAND_LONG":
        return Command(m.command, (*first, m.param5, m.param6, m.param7), m.param5, m.param6)
    unknown = m.x == 0x7FFFFFFF or m.y == 0x7FFFFFFF
    nan = float("nan")
    lat, lon = (nan, nan) if unknown else (m.x * 1e-7, m.y * 1e-7)
    return Command(m.command, (*first, float(m.x), float(m.y), m.z), lat, lon)


class Commander:
    """Carries out commands of one link. `send` sends a message on that link."""

    def __init__(self, autopilot: Autopilot, streams: Streams, send: Callable[[Message], None]) -> None:
        self._autopilot = autopilot
        self._streams = streams
        self._send = send
        self._handlers: dict[int, Callable[[Command], int]] = {
            21: lambda _: self._request(Mode.LAND),
            20: lambda _: self._request(Mode.RTL),
            22: self._take_off,
            176: self._set_mode,
            192: self._reposition,
            252: self._hold_or_continue,
            300: self._start_mission,
            400: self._arm_or_disarm,
            410: lambda _: self._request_message(242),
            510: lambda c: self._request_interval(_whole(c.params[0])),
            511: self._set_interval,
            512: lambda c: self._request_message(_whole(c.params[0])),
            520: lambda _: self._request_message(148),
            1001: lambda _: ACCEPTED,
            224: self._set_current_item,
        }
        acting = GIMBAL | TRIGGER | {SPEED, int(Cmd.DO_SET_CAM_TRIGG_INTERVAL)}
        self._handlers.update(dict.fromkeys(acting, self._act))

    def carry_out(self, command: Command) -> int:
        """Does it; the MAV_RESULT to answer with."""
        handler = self._handlers.get(command.number)
        return UNSUPPORTED if handler is None else handler(command)

    def _request(self, event: Event) -> int:
        return _result(self._autopilot.request(event))

    def _arm_or_disarm(self, command: Command) -> int:
        wanted, forced = _whole(command.params[0]), _whole(command.params[1]) == FORCE
        if wanted not in (0, 1):
            return UNSUPPORTED
        if wanted == 1:
            return self._request(Happening.ARM)
        return self._request(Happening.DISARM_FORCED if forced else Happening.DISARM)

    def _set_mode(self, command: Command) -> int:
        base, main, sub = (_whole(p) for p in command.params[:3])
        if not base & CUSTOM_MODE_ENABLED or main != AUTO:
            return REJECTED
        modes = {mode.value: mode for mode in Mode} | {0: Mode.MISSION}
        return self._request(modes[sub]) if sub in modes else REJECTED

    def _take_off(self, command: Command) -> int:
        altitude_m = command.params[6]
        site = self._autopilot.site
        height = altitude_m - site.ground_altitude_m - site.home.up if isfinite(altitude_m) else None
        return _result(self._autopilot.take_off(height))

    def _reposition(self, command: Command) -> int:
        """DO_REPOSITION: with the mode switch asked for (bit 0 of parameter 2), as PX4 wants it; altitude above sea level."""
        if _whole(command.params[1]) != 1:
            return UNSUPPORTED
        own, site = self._autopilot.own, self._autopilot.site
        altitude_m, yaw = command.params[6], command.params[3]
        up = altitude_m - site.ground_altitude_m if isfinite(altitude_m) else own.position.up
        place = site.place(command.lat_deg, command.lon_deg, up) if command.has_place else None
        if place is None and isfinite(altitude_m):
            place = Vector(own.position.east, own.position.north, up)
        return _result(self._autopilot.reposition(place, yaw % 360.0 if isfinite(yaw) else None))

    def _hold_or_continue(self, command: Command) -> int:
        """OVERRIDE_GOTO: hold (0) or continue (1)."""
        return self._request(Mode.HOLD if _whole(command.params[0]) == 0 else Mode.MISSION)

    def _start_mission(self, command: Command) -> int:
        if self._autopilot.checks().mission:
            return DENIED
        first = command.params[0]
        if first == first and first >= 0 and not self._autopilot.mission.jump_to(_whole(first)):
            return DENIED
        result = self._request(Mode.MISSION)
        return result if result != ACCEPTED else self._request(Happening.ARM)

    def _set_current_item(self, command: Command) -> int:
        return ACCEPTED if self._autopilot.mission.jump_to(_whole(command.params[0])) else DENIED

    def _act(self, command: Command) -> int:
        return ACCEPTED if self._autopilot.act(Action(command.number, command.params)) else REJECTED

    def _set_interval(self, command: Command) -> int:
        message_id, interval_us = _whole(command.params[0]), command.params[1]
        if message_id not in MAKERS or not interval_us >= -1:
            return DENIED
        self._streams.set_interval(message_id, OFF if interval_us < 0 else interval_us / 1e6)
        return ACCEPTED

    def _request_interval(self, message_id: int) -> int:
        interval_s = self._streams.interval_s(message_id)
        interval_us = -1 if interval_s < 0 else round(interval_s * 1e6)
        self._send(mavlink.MAVLink_message_interval_message(message_id, interval_us))
        return ACCEPTED

    def _request_message(self, message_id: int) -> int:
        maker = MAKERS.get(message_id)
        if maker is None:
            return DENIED
        self._send(maker(self._autopilot))
        return ACCEPTED


def _whole(value: float) -> int:
    """A parameter that stands for a whole number; left out (NaN) or endless it is 0."""
    return round(value) if isfinite(value) else 0


def _result(denied: Denied | None) -> int:
    return ACCEPTED if denied is None else REJECTED
