"""A real ground station with its broker, as processes on this machine, for the console's tests."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

STARTS_WITHIN_S = 60.0
ENDS_WITHIN_S = 15.0
STALE_AFTER_S = 2.0


def free_port() -> int:
    """A TCP port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class RunningStation:
    """Broker and ground station of the shipped district, or of a catalogue, in a folder of their own."""

    def __init__(self, folder: Path, catalog: Path | None = None) -> None:
        self.folder = folder / "station"
        self.http_port, self.broker_port = free_port(), free_port()
        ports = ["--port", str(self.http_port), "--broker-port", str(self.broker_port)]
        ports += ["--catalog", str(catalog)] if catalog else []
        made = json.loads(subprocess.check_output([*_oneflight("init"), str(self.folder), *ports, "--json"]))
        self.passwords: dict[str, str] = {one["username"]: one["password"] for one in made["accounts"]}
        self._broker: subprocess.Popen[bytes] | None = None
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the console is."""
        return f"http://127.0.0.1:{self.http_port}"

    def drone_password(self, drone_id: str) -> str:
        """The broker password of a drone."""
        return (self.folder / "broker" / f"{drone_id}.secret").read_text().strip()

    def dispatch(self, drone_id: str, route_id: str) -> None:
        """Plans a flight over one route and sends it to the drone, as a pilot would."""
        with httpx.Client(base_url=self.url, timeout=STARTS_WITHIN_S) as pilot:
            credentials = {"username": "pilot", "password": self.passwords["pilot"]}
            pilot.post("/api/session", json=credentials).raise_for_status()
            planned = pilot.post("/api/flights", json={"drone_id": drone_id, "route_ids": [route_id]})
            planned.raise_for_status()
            pilot.post(f"/api/flights/{planned.json()['id']}/dispatch").raise_for_status()

    def start(self) -> None:
        """Starts both and waits until they answer."""
        self._broker = self._spawn("broker")
        _wait_for(self._broker, lambda: _listens(self.broker_port))
        self.start_server()

    def start_server(self) -> None:
        """Starts the ground station alone."""
        self._server = self._spawn("serve")
        _wait_for(self._server, lambda: _listens(self.http_port) and httpx.get(f"{self.url}/api/session").status_code == 401)

    def stop_server(self) -> None:
        """Ends the ground station; the broker goes on."""
        _end(self._server)

    def stop(self) -> None:
        """Ends both."""
        _end(self._server)
        _end(self._broker)

    def _spawn(self, what: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"ONEFLIGHT_GROUND__FLEET__STALE_AFTER_S": str(STALE_AFTER_S)}
        log = (self.folder / f"{what}.log").open("ab")
        with log:
            command = [*_oneflight(what), "--config", str(self.folder / "ground.toml")]
            return subprocess.Popen(command, stdout=log, stderr=log, env=environment)


def _oneflight(command: str) -> list[str]:
    return [sys.executable, "-m", "oneflight", "ground", command]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_for(process: subprocess.Popen[bytes], ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while not ready():
        assert process.poll() is None, f"{process.args!r} ended by itself with {process.returncode}"
        assert time.monotonic() < deadline, f"{process.args!r} does not answer"
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None and process.poll() is None:
        process.terminate()
        process.wait(ENDS_WITHIN_S)
