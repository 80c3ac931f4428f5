"""A plan of two legs above a flat place, and a real broker."""

import asyncio
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from missions.aircraft import Camera
from missions.contracts.envelope import Envelope, seal, unseal
from missions.contracts.messages import STORED, Ack
from missions.contracts.topics import Channel, Topic, ground_subscriptions, parse_topic
from missions.flight import Flight, FlightState
from missions.geometry import GeoPoint, LocalFrame
from missions.plan import Estimate, Leg, Plan, Waypoint

HOME = GeoPoint(lat_deg=31.78, lon_deg=119.90)
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
CAMERA = Camera(width_px=1280, height_px=720, hfov_deg=70.0)


def waypoint(east_m: float, north_m: float) -> Waypoint:
    return Waypoint(point=LocalFrame(HOME).to_geo(east_m, north_m), height_m=70.0, speed_mps=8.0)


def leg(route_id: str, *places: tuple[float, float]) -> Leg:
    return Leg(
        route_id=route_id,
        route_name=route_id,
        categories=("sanitation",),
        waypoints=tuple(waypoint(*place) for place in places),
    )


@pytest.fixture
def plan() -> Plan:
    """Leg r1 runs 100 m east, leg r2 100 m north; the fence is a square of 600 m round home."""
    frame = LocalFrame(HOME)
    return Plan(
        id="p1",
        district_id="zhonglou",
        drone_id="d1",
        aircraft_type_id="quad",
        dock_id="k1",
        home=HOME,
        legs=(leg("r1", (20, 0), (120, 0)), leg("r2", (120, 20), (120, 120))),
        cruise_mps=8.0,
        transit_height_m=70.0,
        return_height_m=80.0,
        geofence=tuple(frame.to_geo(x, y) for x, y in ((-300, -300), (300, -300), (300, 300), (-300, 300))),
        camera=CAMERA,
        classes={"garbage_pile": "sanitation", "overflowing_bin": "sanitation"},
        estimate=Estimate(distance_m=400, duration_s=120, energy_wh=20, battery_share=0.3),
        created_at=NOON,
    )


@pytest.fixture
def flight(plan: Plan) -> Flight:
    """A dispatched flight of the plan."""
    return Flight(id="f1", plan=plan, state=FlightState.DISPATCHED, created_at=NOON)


@dataclass
class Mosquitto:
    """A real broker on a port of its own, which can be killed and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        configuration = self.folder / "mosquitto.conf"
        configuration.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence true\n"
            f"persistence_location {self.folder}/\nautosave_on_changes true\nautosave_interval 1\n"
        )
        self.process = subprocess.Popen(
            ["/usr/sbin/mosquitto", "-c", str(configuration)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end_s = time.monotonic() + 10
        while time.monotonic() < end_s:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise TimeoutError("mosquitto does not listen")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def mosquitto(tmp_path: Path) -> Iterator[Mosquitto]:
    """Mosquitto, started; killed at the end."""
    if shutil.which("mosquitto", path="/usr/sbin:/usr/bin") is None:
        pytest.skip("Mosquitto is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path / "mosquitto"
    folder.mkdir()
    broker = Mosquitto(folder, port)
    broker.start()
    yield broker
    broker.kill()


class Ground:
    """A ground station of a few lines: hears everything, and acknowledges what it is told to, except the ids of `ignored`."""

    def __init__(self, port: int) -> None:
        self.acknowledges = True
        self.ignored: set[str] = set()
        self.heard: list[tuple[Topic, bytes, bool]] = []
        self.changed = threading.Condition()
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="ground", clean_session=False, protocol=mqtt.MQTTv311)
        self.client.reconnect_delay_set(1, 1)
        self.client.on_connect = lambda client, *_: client.subscribe(ground_subscriptions("zhonglou"))
        self.client.on_message = self.take
        self.client.connect("127.0.0.1", port, keepalive=5)
        self.client.loop_start()

    def take(self, client: mqtt.Client, _: object, message: mqtt.MQTTMessage) -> None:
        topic = parse_topic(message.topic)
        with self.changed:
            self.heard.append((topic, bytes(message.payload), message.retain))
            self.changed.notify_all()
        if self.acknowledges and topic.channel in (Channel.FLIGHT, Channel.FINDING, Channel.EVIDENCE):
            id = topic.sha256 or unseal(message.topic, bytes(message.payload)).id
            if id in self.ignored:
                return
            self.send(Channel.ACK, seal(Ack(message_id=id, outcome="stored"), type=STORED, source="ground", at=NOON))

    def send(self, channel: Channel, payload: bytes) -> None:
        self.client.publish(str(Topic("zhonglou", "d1", channel)), payload, qos=1)

    def of(self, channel: Channel) -> list[bytes]:
        return [payload for topic, payload, _ in self.heard if topic.channel is channel]

    def envelopes(self, channel: Channel) -> list[Envelope]:
        return [unseal(channel, payload) for payload in self.of(channel)]

    def wait(self, holds: Callable[[], bool], timeout_s: float = 20) -> None:
        with self.changed:
            assert self.changed.wait_for(holds, timeout_s), [str(topic) for topic, *_ in self.heard]

    async def until(self, holds: Callable[[], bool]) -> None:
        await asyncio.to_thread(self.wait, holds)


@pytest.fixture
def ground(mosquitto: Mosquitto) -> Iterator[Ground]:
    """A ground station on the broker."""
    station = Ground(mosquitto.port)
    yield station
    station.client.disconnect()
    station.client.loop_stop()
