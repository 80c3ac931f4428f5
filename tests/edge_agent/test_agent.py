"""The agent as a process, with the built-in aircraft as another and a real broker between agent and ground."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from tempfile import gettempdir
from typing import TextIO

import pytest

from missions.contracts.envelope import seal, unpack
from missions.contracts.messages import BORN, DIED, GIVEN, CommandMessage, CommandResult, FlightCommand, LoadFlight
from missions.contracts.topics import Channel
from missions.flight import Flight, FlightEvent
from missions.geometry import GeoPoint, LocalFrame
from missions.noun import new_id
from missions.plan import Landing

ONEFLIGHT = str(Path(sys.executable).parent / "oneflight")
SPEED_FACTOR = "8"


def free_instance() -> tuple[int, TextIO]:
    """A place in the port table (docs/architecture.md) that nobody uses; from the upper end, others begin at the lower. The
    file keeps tests beside this one from taking the place before its aircraft is there: it is closed when the flight is over.
    """
    for instance in range(9, -1, -1):
        held = (Path(gettempdir()) / f"oneflight-tests-place-{instance}.lock").open("w")
        try:
            flock(held, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            held.close()
            continue
        if _is_free(instance):
            return instance, held
        held.close()
    pytest.skip("no place in the port table is free")


def _is_free(instance: int) -> bool:
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(4)]
    try:
        for one, port in zip(sockets, (14580, 14540, 14280, 18570), strict=True):
            one.bind(("127.0.0.1", port + instance))
    except OSError:
        return False
    else:
        return True
    finally:
        for one in sockets:
            one.close()


class Processes:
    """Aircraft and agent; the agent can be killed and started again."""

    def __init__(self, folder: Path, flight: Flight, port: int) -> None:
        (instance, self._place), home = free_instance(), flight.plan.home
        self.folder = folder
        url = f"udpin://127.0.0.1:{14540 + instance}"
        (folder / "agent.toml").write_text(
            f'[identity]\ndistrict_id = "zhonglou"\ndrone_id = "d1"\n[broker]\nport = {port}\n[storage]\n'
            f'directory = "{folder}/data"\n[autopilot]\nsystem_id = {instance + 1}\nurl = "{url}"\n'
        )
        self.aircraft = self.start(
            "simulate",
            "aircraft",
            *("--home", f"{home.lat_deg},{home.lon_deg},5"),
            *("--instance", str(instance)),
            *("--speed-factor", SPEED_FACTOR),
        )
        self.agent = self.start_agent()

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen([ONEFLIGHT, *arguments], stdout=log, stderr=log)

    def start_agent(self) -> subprocess.Popen[bytes]:
        return self.start("agent", "run", "--config", str(self.folder / "agent.toml"))

    def end(self) -> None:
        for process in (self.agent, self.aircraft):
            process.kill()
            process.wait()
        self._place.close()


@pytest.fixture
def processes(tmp_path: Path, flight: Flight, mosquitto) -> Iterator[Processes]:
    started = Processes(tmp_path, flight, mosquitto.port)
    yield started
    started.end()


def command(ground, body: LoadFlight | FlightCommand) -> CommandResult:
    """Gives a command and waits for its answer."""
    given = CommandMessage(id=new_id(), expires_at=datetime.now(UTC) + timedelta(seconds=60), body=body)
    ground.send(Channel.COMMAND, seal(given, type=GIVEN, source="ground", at=datetime.now(UTC)))

    def answers() -> list[CommandResult]:
        results = [unpack("result", envelope, CommandResult) for envelope in ground.envelopes(Channel.RESULT)]
        return [result for result in results if result.command_id == given.id]

    ground.wait(lambda: bool(answers()), 60)
    return answers()[0]


def events(ground) -> list[FlightEvent]:
    """What happened to the flight, each event once, in its order."""
    heard = {event.number: event for event in (unpack("flight", e, FlightEvent) for e in ground.envelopes(Channel.FLIGHT))}
    return [heard[number] for number in sorted(heard)]


def telemetry(ground, key: str) -> object:
    heard = ground.envelopes(Channel.TELEMETRY)
    return heard[-1].data.get(key) if heard else None


@pytest.mark.scenario
def test_a_flight_survives_its_agent(processes: Processes, flight: Flight, ground) -> None:
    """An agent that is killed with SIGKILL over the first leg and started again takes the flight up: one take-off, both legs,
    the return and the landing, each told once; its death is told by the broker, and its end by itself.
    """
    ground.wait(lambda: None not in (telemetry(ground, "point"), telemetry(ground, "battery_share")), 60)
    assert command(ground, LoadFlight(flight=flight)).accepted
    assert command(ground, FlightCommand(command="start", flight_id=flight.id)).accepted
    ground.wait(lambda: int(telemetry(ground, "mission_item") or 0) > 2, 60)
    processes.agent.kill()
    processes.agent.wait()
    processes.agent = processes.start_agent()
    ground.wait(lambda: "completed" in [event.kind.value for event in events(ground)], 120)
    kinds = [event.kind.value for event in events(ground)]
    assert (kinds[:3], kinds[-1]) == (["readied", "took_off", "leg_completed"], "completed")
    assert sorted(kinds[3:5]) == ["leg_completed", "returning"]  # the mode may be heard of before the item
    assert [event.number for event in events(ground)] == [1, 2, 3, 4, 5, 6]
    processes.agent.send_signal(signal.SIGTERM)
    assert processes.agent.wait(30) == 0
    ground.wait(lambda: len(ground.of(Channel.PRESENCE)) >= 4)
    presence = [(envelope.type, envelope.data.get("reason")) for envelope in ground.envelopes(Channel.PRESENCE)]
    assert presence == [(BORN, None), (DIED, "connection_lost"), (BORN, None), (DIED, "shut_down")]


@pytest.mark.scenario
def test_a_flight_ends_in_another_dock(processes: Processes, flight: Flight, ground) -> None:
    """It lands and disarms at the place of its landing, which is its completion, without any return. There it takes no plan
    that begins at home (144 m away), and one that begins where it stands.
    """
    there = LocalFrame(flight.plan.home).to_geo(-80, 120)
    plan = flight.plan.model_copy(update={"landing": Landing(dock_id="k2", point=there)})
    out = flight.model_copy(update={"plan": plan})
    ground.wait(lambda: None not in (telemetry(ground, "point"), telemetry(ground, "battery_share")), 60)
    assert command(ground, LoadFlight(flight=out)).accepted
    assert command(ground, FlightCommand(command="start", flight_id=out.id)).accepted
    ground.wait(lambda: "completed" in [event.kind.value for event in events(ground)], 120)
    kinds = [event.kind.value for event in events(ground)]
    assert kinds == ["readied", "took_off", "leg_completed", "leg_completed", "completed"]
    ground.wait(lambda: telemetry(ground, "armed") is False)
    assert GeoPoint.model_validate(telemetry(ground, "point")).distance_m(there) < 3
    again, onward = (
        flight.model_copy(update={"id": id, "plan": flight.plan.model_copy(update={"home": home})})
        for id, home in (("f2", flight.plan.home), ("f3", there))
    )
    refused = command(ground, LoadFlight(flight=again))
    assert not refused.accepted
    assert "from the plan's take-off point" in refused.reason
    assert command(ground, LoadFlight(flight=onward)).accepted
