"""Planned flights on simulated aircraft, each a process of its own: what they took, against what was planned."""

import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from missions.errors import OneFlightError
from missions.plan import Plan
from missions.planning.energy_fit import FlightSample
from missions.planning.mission_items import MissionItem, autopilot_parameters, mission_items
from missions.wind import Wind
from simulator.aircraft.dialect import AUTOPILOT, Message, mavlink
from simulator.aircraft.link import LOOPBACK, LinkName, ports_of
from simulator.aircraft.modes import Mode

GROUND_SYSTEM = 255
HEARTBEAT_EVERY_S = 0.3
SAMPLE_S = 8.0
"""Energy is told in steps of 100 J: over this long, that is about a twentieth of what is used."""

HECTOJOULES_A_WH = 36.0
MOST_WALL_S = 900.0


@dataclass(frozen=True, slots=True)
class FlownPlan:
    """A plan with what its flight took, from arming to disarming."""

    plan: Plan
    wind: Wind
    duration_s: float
    used_wh: float
    samples: tuple[FlightSample, ...]

    @property
    def time_error(self) -> float:
        """By what share the plan's time is longer than the flight's."""
        return self.plan.estimate.duration_s / self.duration_s - 1

    @property
    def energy_error(self) -> float:
        """By what share the plan's energy is more than the flight's."""
        return self.plan.estimate.energy_wh / self.used_wh - 1


def fly_plan(plan: Plan, wind: Wind, *, instance: int, speed_factor: float, log: Path) -> FlownPlan:
    """Starts an aircraft in the wind, gives it the plan, and watches it until it has landed. Raises OneFlightError."""
    home = f"{plan.home.lat_deg:.7f},{plan.home.lon_deg:.7f},{plan.home_altitude_m:.1f}"
    blowing = f"{wind.speed_mps:g},{wind.from_deg or 0.0:g}"
    words = ["--home", home, "--instance", str(instance), "--speed-factor", f"{speed_factor:g}", "--wind", blowing]
    front_door = [sys.executable, str(Path(__file__).parents[1] / "oneflight.py"), "simulate", "aircraft"]
    with log.open("w") as out:
        process = subprocess.Popen([*front_door, *words, "--aircraft-type", plan.aircraft_type_id], stdout=out, stderr=out)
        try:
            return _Watch(plan, wind, instance).fly()
        finally:
            process.terminate()
            process.wait(10)


class _Watch:
    """The ground's end of the aircraft's link for ground control."""

    def __init__(self, plan: Plan, wind: Wind, instance: int) -> None:
        self._plan, self._wind, self._system = plan, wind, instance + 1
        self._items = mission_items(plan)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((LOOPBACK, 0))
        self._socket.settimeout(0.1)
        self._to = (LOOPBACK, ports_of(instance)[LinkName.GROUND].local)
        self._mav = mavlink.MAVLink(None, srcSystem=GROUND_SYSTEM, srcComponent=190)
        self._parser = mavlink.MAVLink(None)
        self._parser.robust_parsing = True
        self._beat_at = 0.0
        self._loaded = self._armed = self._over = False
        self._readings: list[tuple[float, float, float, float, float]] = []
        self._used_hj, self._begin_hj = 0.0, 0.0
        self._begin_s = self._now_s = 0.0

    def fly(self) -> FlownPlan:
        """From the upload to the landing."""
        ends_at = time.monotonic() + MOST_WALL_S
        asked_at = 0.0
        while not self._over:
            now = time.monotonic()
            if now > ends_at:
                raise OneFlightError(f"plan {self._plan.id} was not flown within {MOST_WALL_S:g} s")
            if now - asked_at > 1.0 and not self._armed:
                self._ask()
                asked_at = now
            self._beat(now)
            for message in self._read():
                self._take(message)
        used_wh = (self._used_hj - self._begin_hj) / HECTOJOULES_A_WH
        return FlownPlan(self._plan, self._wind, self._now_s - self._begin_s, used_wh, samples_of(self._readings))

    def _ask(self) -> None:
        """The next thing that has not been answered yet: the upload, then mode and arming."""
        if not self._loaded:
            for parameter in autopilot_parameters(self._plan):
                kind = mavlink.MAV_PARAM_TYPE_REAL32
                if parameter.name == "RTL_RETURN_ALT":
                    self._send(
                        mavlink.MAVLink_param_set_message(
                            self._system, AUTOPILOT, parameter.name.encode(), float(parameter.value), kind
                        )
                    )
            self._send(mavlink.MAVLink_mission_count_message(self._system, AUTOPILOT, len(self._items), 0))
            return
        self._send(mavlink.MAVLink_set_mode_message(self._system, 1, Mode.MISSION.custom_mode))
        arm = mavlink.MAV_CMD_COMPONENT_ARM_DISARM
        self._send(mavlink.MAVLink_command_long_message(self._system, AUTOPILOT, arm, 0, 1, 0, 0, 0, 0, 0, 0))

    def _take(self, message: Message) -> None:
        match message.get_type():
            case "MISSION_REQUEST_INT" | "MISSION_REQUEST":
                self._send(_item_message(self._items[message.seq], self._system))
            case "MISSION_ACK":
                self._loaded = self._loaded or message.type == mavlink.MAV_MISSION_ACCEPTED
            case "HEARTBEAT":
                self._see_armed(bool(message.base_mode & mavlink.MAV_MODE_FLAG_SAFETY_ARMED))
            case "BATTERY_STATUS":
                self._used_hj = float(message.energy_consumed)
            case "GLOBAL_POSITION_INT":
                self._now_s = message.time_boot_ms / 1000
                if self._armed:
                    up = -message.vz / 100 if message.relative_alt > 500 else float("nan")
                    self._readings.append((self._now_s, message.vy / 100, message.vx / 100, up, self._used_hj))

    def _see_armed(self, is_armed: bool) -> None:
        if is_armed and not self._armed:
            self._armed, self._begin_s, self._begin_hj = True, self._now_s, self._used_hj
        elif self._armed and not is_armed:
            self._over = True

    def _beat(self, now: float) -> None:
        if now - self._beat_at > HEARTBEAT_EVERY_S:
            self._beat_at = now
            self._send(mavlink.MAVLink_heartbeat_message(mavlink.MAV_TYPE_GCS, mavlink.MAV_AUTOPILOT_INVALID, 0, 0, 4, 3))

    def _send(self, message: Message) -> None:
        self._socket.sendto(message.pack(self._mav), self._to)

    def _read(self) -> list[Message]:
        try:
            data = self._socket.recv(65536)
        except (TimeoutError, ConnectionRefusedError):
            return []
        return self._parser.parse_buffer(data) or []


def _item_message(item: MissionItem, system: int) -> Message:
    return mavlink.MAVLink_mission_item_int_message(
        system, AUTOPILOT, item.seq, item.frame, item.command, item.current, item.autocontinue,
        item.p1, item.p2, item.p3, item.p4, item.x, item.y, item.z, item.mission_type,
    )  # fmt: skip


def samples_of(readings: Sequence[tuple[float, float, float, float, float]]) -> tuple[FlightSample, ...]:
    """From (second, east, north, up, hectojoules used) about four times a second to stretches of about SAMPLE_S in the air.

    A stretch begins and ends where the battery is heard; root mean square speeds keep what their squares take.
    """
    heard = [0, *(i for i in range(1, len(readings)) if readings[i][4] != readings[i - 1][4])]
    samples: list[FlightSample] = []
    begin = heard[0] if heard else 0
    for end in heard[1:]:
        duration_s = readings[end][0] - readings[begin][0]
        if duration_s < SAMPLE_S:
            continue
        some = readings[begin + 1 : end + 1]
        if all(one[3] == one[3] for one in some):
            used_wh = (readings[end][4] - readings[begin][4]) / HECTOJOULES_A_WH
            east, north = (sum(one[axis] for one in some) / len(some) for axis in (1, 2))
            climb = sum(max(one[3], 0.0) for one in some) / len(some)
            samples.append(FlightSample(duration_s, east, north, climb, used_wh))
        begin = end
    return tuple(samples)
