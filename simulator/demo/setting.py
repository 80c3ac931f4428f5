"""What a demonstration is set up from: options, folders, ports, and the settings files of the parts."""

import json
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from missions.aircraft import Drone
from missions.district import District, Dock
from missions.errors import OneFlightError


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for. `px4` is a path, or 'docker'; `first_instance` keeps demonstrations side by side apart."""

    folder: Path
    scenario: Path
    headless: bool
    report: Path | None
    http_port: int
    speed_factor: float
    seed: int
    px4: str | None
    model: str | None
    first_instance: int
    time_limit_s: float
    frames_per_s: float


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the station, with the password that was made for this demonstration."""

    username: str
    role: str
    password: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One aircraft of the demonstration: its place in the port tables."""

    instance: int
    drone: Drone
    dock: Dock

    @property
    def system_id(self) -> int:
        """MAVLink system id: that of PX4's instance."""
        return self.instance + 1

    @property
    def autopilot_url(self) -> str:
        """Where the agent listens."""
        return f"udpin://127.0.0.1:{14540 + self.instance}"

    @property
    def camera_url(self) -> str:
        """Where the camera serves its stream."""
        return f"http://127.0.0.1:{8600 + self.instance}/video.mkv"

    @property
    def home(self) -> str:
        """`lat,lon,altitude` of the dock."""
        return f"{self.dock.point.lat_deg:.7f},{self.dock.point.lon_deg:.7f},{self.dock.ground_altitude_m:.1f}"


def seats_of(district: District, drone_ids: tuple[str, ...], first_instance: int) -> list[Seat]:
    """A seat for each drone, in order. Raises NotFound for a drone that the catalogue does not have."""
    drones = [district.drone(id) for id in drone_ids]
    return [Seat(first_instance + n, drone, district.dock(drone.dock_id)) for n, drone in enumerate(drones)]


def free_port() -> int:
    """A TCP port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def make_station(folder: Path, http_port: int, broker_port: int) -> list[Account]:
    """Makes the ground station's folder with `oneflight ground init`; its accounts, with random passwords."""
    ports = ["--port", str(http_port), "--broker-port", str(broker_port)]
    command = [sys.executable, "-m", "oneflight", "ground", "init", str(folder), *ports, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OneFlightError(f"the ground station could not be set up: {done.stderr.strip() or done.stdout.strip()}")
    accounts = json.loads(done.stdout)["accounts"]
    return [Account(one["username"], one["role"], one["password"]) for one in accounts]


def agent_settings(seat: Seat, district_id: str, station: Path, broker_port: int, options: Options) -> str:
    """The agent's TOML file."""
    model = f'[model]\nreference = "{options.model}"\n' if options.model else ""
    return f"""[identity]
district_id = "{district_id}"
drone_id = "{seat.drone.id}"

[broker]
port = {broker_port}
password_file = "{station / "broker" / f"{seat.drone.id}.secret"}"

[autopilot]
url = "{seat.autopilot_url}"
system_id = {seat.system_id}

[camera]
source = "{seat.camera_url}"

[storage]
directory = "{options.folder / f"agent-{seat.drone.id}"}"

{model}"""
