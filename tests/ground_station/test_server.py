"""The ground station as a process beside a real Mosquitto: killed at any moment, it loses nothing that it acknowledged."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from ground_station.broker.accounts import secret_file
from ground_station.broker.mosquitto import find_mosquitto
from ground_station.ports import utc_now
from missions.contracts import messages
from missions.contracts.envelope import seal, unpack, unseal
from missions.contracts.messages import Ack
from missions.contracts.topics import Channel, Topic

pytestmark = [
    pytest.mark.scenario,
    pytest.mark.skipif(find_mosquitto() is None, reason="Mosquitto is not installed"),
]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def ground(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "oneflight", "ground", *map(str, arguments)]


class Process:
    """A process whose output is read as it comes; `line_with` waits for a word in it."""

    def __init__(self, arguments: list[str]) -> None:
        self._process = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=ENVIRONMENT
        )

    def line_with(self, word: str) -> str:
        assert self._process.stdout is not None
        seen = []
        for line in self._process.stdout:
            seen.append(line)
            if word in line:
                self._drain = threading.Thread(target=self._process.stdout.read, daemon=True)
                self._drain.start()
                return line.strip()
        raise AssertionError(f"'{word}' never came: {''.join(seen)}")

    def end(self, number: signal.Signals) -> int:
        if self._process.poll() is None:
            self._process.send_signal(number)
        code = self._process.wait(30)
        self._drain.join(5)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code


@pytest.fixture
def folder(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A station's folder and its passwords by user."""
    made = subprocess.run(
        ground("init", tmp_path / "station", "--port", 0, "--broker-port", free_port(), "--json"),
        check=True,
        capture_output=True,
        env=ENVIRONMENT,
    )
    accounts = json.loads(made.stdout)["accounts"]
    return tmp_path / "station", {one["username"]: one["password"] for one in accounts}


@pytest.fixture
def start(folder) -> Iterator[Callable[[str, str], Process]]:
    """Starts `oneflight ground <what>` and waits for a word in its output."""
    running: list[Process] = []

    def begin(what: str) -> Process:
        running.append(Process(ground(what, "--config", folder[0] / "ground.toml")))
        return running[-1]

    yield begin
    for process in running:
        process.end(signal.SIGKILL)


class Aircraft:
    """A drone's client at the broker, with its own account; collects acknowledgements."""

    def __init__(self, folder: Path, port: int, drone_id: str) -> None:
        self.drone_id = drone_id
        self.acks: dict[str, Ack] = {}
        self._news = threading.Condition()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=drone_id, clean_session=False)
        self._client.username_pw_set(drone_id, secret_file(folder / "broker", drone_id).read_text().strip())
        self._client.on_message = self._on_message
        subscribed = threading.Event()
        self._client.on_subscribe = lambda *_: subscribed.set()
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        self._client.subscribe(str(Topic("zhonglou", drone_id, Channel.ACK)), qos=1)
        assert subscribed.wait(10)

    def say(self, topic: Topic, payload: bytes) -> None:
        self._client.publish(str(topic), payload, qos=1)

    def acknowledged(self, ids: set[str]) -> dict[str, Ack]:
        with self._news:
            assert self._news.wait_for(lambda: ids <= self.acks.keys(), 90), ids - self.acks.keys()
            return {id: self.acks[id] for id in ids}

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _on_message(self, _client, _data, message) -> None:
        ack = unpack(message.topic, unseal(message.topic, message.payload), Ack)
        with self._news:
            self.acks[ack.message_id] = ack
            self._news.notify_all()


def planned_flight(url: str, password: str) -> str:
    """Plans a flight of zl-01 over the first route that it can fly; gives its id."""
    with httpx.Client(base_url=url, timeout=60) as admin:
        admin.post("/api/session", json={"username": "admin", "password": password}).raise_for_status()
        for route in admin.get("/api/routes", params={"limit": 100}).json()["items"]:
            planned = admin.post("/api/flights", json={"drone_id": "zl-01", "route_ids": [route["id"]]})
            if planned.status_code == 201:
                return planned.json()["id"]
    raise AssertionError("no route can be flown")


def test_a_station_killed_in_the_middle_loses_nothing(folder, start, make_finding, jpeg) -> None:
    """Findings are stored over a real broker; the station is killed; what comes meanwhile is taken after its restart;
    everything acknowledged is there, nothing twice, and SIGTERM ends it with 0.
    """
    station_folder, passwords = folder
    broker = start("broker")
    broker.line_with("running")
    station = start("serve")
    url = station.line_with("ground station: ").rpartition(" ")[2]
    port = int((station_folder / "ground.toml").read_text().split("[broker]")[1].split("port = ")[1].split()[0])
    drone = Aircraft(station_folder, port, "zl-01")
    seen = {"flight_id": planned_flight(url, passwords["admin"]), "first_seen_at": utc_now(), "last_seen_at": utc_now()}
    findings = [make_finding(north_m=100.0 * number, id=f"f{number}", **seen) for number in range(8)]
    digest = sha256(jpeg).hexdigest()

    def say(finding) -> None:
        payload = seal(finding, type=messages.RAISED, source="t", at=finding.last_seen_at, id=finding.id)
        drone.say(Topic("zhonglou", "zl-01", Channel.FINDING), payload)

    drone.say(Topic("zhonglou", "zl-01", Channel.EVIDENCE, digest), jpeg)
    drone.say(Topic("zhonglou", "zl-01", Channel.FINDING), b"not json")
    for finding in findings[:4]:
        say(finding)
    drone.acknowledged({digest, "f0"})
    station.end(signal.SIGKILL)
    for finding in findings[4:]:
        say(finding)

    station = start("serve")
    url = station.line_with("ground station: ").rpartition(" ")[2]
    for finding in findings:
        say(finding)
    acks = drone.acknowledged({finding.id for finding in findings})
    assert {ack.outcome for ack in acks.values()} == {"stored"}
    with httpx.Client(base_url=url) as client:
        client.post("/api/session", json={"username": "admin", "password": passwords["admin"]}).raise_for_status()
        stored = client.get("/api/findings").json()["items"]
        assert sorted(one["id"] for one in stored) == [finding.id for finding in findings]
        orders = client.get("/api/work-orders").json()["items"]
        assert len({one["incident_id"] for one in orders}) == len(orders) == 8
        assert client.get(f"/api/evidence/{digest}").content == jpeg
        assert client.get("/api/rejected-messages").json()["total"] == 1
    drone.close()
    assert station.end(signal.SIGTERM) == 0
