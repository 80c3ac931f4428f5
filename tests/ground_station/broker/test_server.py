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

    def __init__(
        self, port: int, user: str, password: str, *, client_id: str = "", clean: bool = True, will: str | None = None
    ) -> None:
        self.heard: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self.answers: queue.Queue[object] = queue.Queue()
        version = mqtt.CallbackAPIVersion.VERSION2
        self.client = mqtt.Client(version, client_id=client_id or user, clean_session=clean, protocol=mqtt.MQTTv311)
        self.client.username_pw_set(user, password)
        if will is not None:
            self.client.will_set(will, b"last will", qos=1)
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

    def break_off(self) -> None:
        """Is gone without a goodbye, so that the broker speaks its will."""
        self.client.loop_stop()
        open_socket = self.client.socket()
        if open_socket is not None:
            open_socket.close()

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


def peer(broker: tuple[int, Path], user: str, **options: object) -> Peer:
    port, folder = broker
    return Peer(port, user, secret_file(folder, user).read_text().strip(), **options)  # type: ignore[arg-type]


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


@pytest.mark.parametrize("thief", ["dr-01", "stranger"])
def test_nobody_takes_over_another_accounts_session(broker: tuple[int, Path], thief: str) -> None:
    """A drone with the ground's client id, and a stranger with the ground's name and a wrong password, each with a clean
    session: the ground stays connected, and what came while it was away still reaches it.
    """
    port = broker[0]
    ground, drone = peer(broker, "ground", client_id="the-ground", clean=False), peer(broker, "dr-02")
    ground.subscribe("oneflight/1/testland/+/finding")
    ended: queue.Queue[object] = queue.Queue()
    ground.client.on_disconnect = lambda _c, _u, _f, reason, _p: ended.put(reason)

    def steal() -> None:
        if thief == "dr-01":
            peer(broker, "dr-01", client_id="the-ground").close()
        else:
            Peer(port, "ground", "wrong", client_id="the-ground").close()

    steal()
    drone.publish("oneflight/1/testland/dr-02/finding", b"1")
    assert ground.heard.get(timeout=WAIT_S)[1] == b"1"
    assert ended.empty()
    ground.close()
    steal()
    drone.publish("oneflight/1/testland/dr-02/finding", b"2")
    again = peer(broker, "ground", client_id="the-ground", clean=False)
    assert again.heard.get(timeout=WAIT_S)[1] == b"2"
    again.close()
    drone.close()


def test_a_last_will_is_held_to_the_same_rules(broker: tuple[int, Path]) -> None:
    """A drone's own will is spoken when it is lost; one in another's name never is."""
    ground = peer(broker, "ground")
    ground.subscribe("oneflight/1/testland/+/presence")
    forger = peer(broker, "dr-01", will="oneflight/1/testland/dr-02/presence")
    forger.break_off()
    honest = peer(broker, "dr-02", will="oneflight/1/testland/dr-02/presence")
    assert honest.connected == "Success"
    honest.publish("oneflight/1/testland/dr-02/presence", b"born")
    honest.break_off()
    heard = [ground.heard.get(timeout=WAIT_S) for _ in range(2)]
    assert heard == [("oneflight/1/testland/dr-02/presence", b"born"), ("oneflight/1/testland/dr-02/presence", b"last will")]
    assert ground.heard.empty()
    ground.close()


def test_a_message_that_is_too_large_reaches_nobody(broker: tuple[int, Path]) -> None:
    """A payload as large as a picture may be arrives; ten times that does not, and the next ordinary one does again."""
    ground, drone = peer(broker, "ground"), peer(broker, "dr-01")
    ground.subscribe("oneflight/1/testland/+/evidence/+")
    topic = f"oneflight/1/testland/dr-01/evidence/{'a' * 64}"
    drone.publish(topic, bytes(2_000_000))
    assert len(ground.heard.get(timeout=WAIT_S)[1]) == 2_000_000
    drone.client.publish(topic, bytes(20_000_000), qos=0)
    drone.close()
    again = peer(broker, "dr-01")
    again.publish(topic, b"ordinary")
    assert ground.heard.get(timeout=WAIT_S)[1] == b"ordinary"
    assert ground.heard.empty()
    ground.close()
    again.close()
