"""Both brokers, as processes: who gets in, and who may say and hear what."""

import queue
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import paho.mqtt.client as mqtt
import pytest

from ground_station.broker.accounts import secret_file, write_accounts
from ground_station.broker.mosquitto import find_mosquitto

WAIT_S = 10.0


class Peer:
    """An MQTT client that signs in as a user and hands out what it hears."""

    def __init__(self, port: int, user: str, password: str) -> None:
        self.heard: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self.answers: queue.Queue[object] = queue.Queue()
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=user, protocol=mqtt.MQTTv311)
        self.client.username_pw_set(user, password)
        self.client.on_connect = lambda _c, _u, _f, reason, _p: self.answers.put(reason)
        self.client.on_subscribe = lambda _c, _u, _m, reasons, _p: self.answers.put(reasons[0])
        self.client.on_message = lambda _c, _u, message: self.heard.put((message.topic, message.payload))
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()
        self.connected = self.answers.get(timeout=WAIT_S)

    def subscribe(self, topic: str) -> object:
        self.client.subscribe(topic, qos=1)
        return self.answers.get(timeout=WAIT_S)

    def publish(self, topic: str, payload: bytes) -> None:
        self.client.publish(topic, payload, qos=1).wait_for_publish(WAIT_S)

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_listening(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "the broker ended by itself"
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("the broker does not listen")


@pytest.fixture(params=["mosquitto", "embedded"])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[int, Path]]:
    if request.param == "mosquitto" and not find_mosquitto():
        pytest.skip("Mosquitto is not installed")
    folder, port = tmp_path / "broker", free_port()
    write_accounts(folder, "testland", ["dr-01", "dr-02"])
    code = (
        "from pathlib import Path\n"
        "from ground_station.broker.config import BrokerServerSettings\n"
        "from ground_station.broker.server import run_broker\n"
        f"run_broker(BrokerServerSettings(engine={request.param!r}, port={port}, folder=Path({str(folder)!r})))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    try:
        wait_until_listening(port, process)
        yield port, folder
    finally:
        process.terminate()
        process.wait(WAIT_S)


def peer(broker: tuple[int, Path], user: str) -> Peer:
    port, folder = broker
    return Peer(port, user, secret_file(folder, user).read_text().strip())


def test_a_wrong_password_is_turned_away(broker: tuple[int, Path]) -> None:
    """Nobody gets in with another's password."""
    port, folder = broker
    stranger = Peer(port, "dr-01", secret_file(folder, "dr-02").read_text().strip())
    assert stranger.connected != "Success"
    stranger.close()


def test_a_drone_reaches_the_ground_only_under_its_own_name(broker: tuple[int, Path]) -> None:
    """What a drone says on its own topic arrives; what it says in another's name does not."""
    ground, drone = peer(broker, "ground"), peer(broker, "dr-01")
    assert ground.connected == "Success"
    ground.subscribe("oneflight/1/testland/+/finding")
    drone.publish("oneflight/1/testland/dr-02/finding", b"forged")
    drone.publish("oneflight/1/testland/dr-01/finding", b"own")
    assert ground.heard.get(timeout=WAIT_S) == ("oneflight/1/testland/dr-01/finding", b"own")
    assert ground.heard.empty()
    ground.close()
    drone.close()


def test_a_drone_hears_only_its_own_commands(broker: tuple[int, Path]) -> None:
    """A command to one drone is not heard by another, even where it subscribes to everything."""
    ground, one, other = peer(broker, "ground"), peer(broker, "dr-01"), peer(broker, "dr-02")
    one.subscribe("oneflight/1/testland/dr-01/command")
    other.subscribe("oneflight/1/testland/+/command")
    other.subscribe("#")
    other.subscribe("oneflight/1/testland/dr-02/command")
    ground.publish("oneflight/1/testland/dr-01/command", b"for one")
    ground.publish("oneflight/1/testland/dr-02/command", b"for two")
    assert one.heard.get(timeout=WAIT_S)[1] == b"for one"
    assert other.heard.get(timeout=WAIT_S)[1] == b"for two"
    assert other.heard.empty()
    for each in (ground, one, other):
        each.close()
