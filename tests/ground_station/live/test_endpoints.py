"""The stream over HTTP."""

import json
from collections.abc import Iterator
from threading import Event, Thread
from time import monotonic

import httpx
import pytest

from ground_station.access.permissions import Role
from ground_station.live import endpoints
from missions.contracts import messages
from missions.contracts.topics import Channel
from missions.telemetry import Telemetry


def events(answer: httpx.Response) -> Iterator[tuple[str, dict]]:
    """(event, data) as they come."""
    name = ""
    for line in answer.iter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def test_what_the_drone_says_is_on_the_stream(client_of, say, clock, make_finding) -> None:
    """Hello first; then telemetry with its drone and age; then a finding, its work order and its incident."""
    with client_of(Role.REVIEWER).stream("GET", "/api/stream") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        stream = events(answer)
        name, hello = next(stream)
        assert (name, hello["time"][:19]) == ("hello", "2026-11-23T02:00:00")
        say(Channel.TELEMETRY, messages.REPORTED, Telemetry(at=clock(), battery_share=0.5))
        name, telemetry = next(stream)
        assert (name, telemetry["drone_id"], telemetry["link"]) == ("telemetry", "zl-01", "online")
        say(Channel.FINDING, messages.RAISED, make_finding())
        got = dict(next(stream) for _ in range(3))
    assert set(got) == {"finding", "work_order", "incident"}
    assert got["incident"]["work_order_id"] == got["work_order"]["id"]
    assert got["work_order"]["allowed_actions"] == ["dismiss"]


def test_a_department_hears_of_its_own_cases_only(client_of, say, clock, make_finding, district) -> None:
    """Of a garbage pile and a smoke plume the ecology bureau hears of the plume alone, and may accept it."""
    ecology = district.category("open_burning").department_id
    with client_of(Role.DEPARTMENT, ecology).stream("GET", "/api/stream") as answer:
        stream = events(answer)
        next(stream)
        say(Channel.FINDING, messages.RAISED, make_finding())
        say(Channel.FINDING, messages.RAISED, make_finding(class_key="smoke_plume"))
        got = dict(next(stream) for _ in range(3))
    assert got["finding"]["class_key"] == "smoke_plume"
    assert got["work_order"]["department_id"] == ecology
    assert "accept" in got["work_order"]["allowed_actions"]


def test_a_revoked_key_ends_the_stream(client_of, station, monkeypatch) -> None:
    """At the next heartbeat; until then comments keep the connection."""
    monkeypatch.setattr(endpoints, "HEARTBEAT_S", 0.1)
    client = client_of(Role.PILOT)
    with client.stream("GET", "/api/stream") as answer:
        lines = answer.iter_lines()
        assert any(line == ": heartbeat" for line in lines)
        with station.database.transaction() as session:
            for key in station.access.keys(session):
                station.access.revoke_key(session, key.id)
        for _ in lines:
            pass
    assert client.get("/api/session").status_code == 401


def test_a_busy_stream_ends_too(client_of, say, clock, station, monkeypatch) -> None:
    """However often the drones report, a key that is revoked hears no more after the next heartbeat."""
    monkeypatch.setattr(endpoints, "HEARTBEAT_S", 0.3)
    client, ended = client_of(Role.PILOT), Event()

    def report() -> None:
        while not ended.wait(0.02):
            say(Channel.TELEMETRY, messages.REPORTED, Telemetry(at=clock(), battery_share=0.5))

    reporter = Thread(target=report)
    with client.stream("GET", "/api/stream") as answer:
        stream = events(answer)
        next(stream)
        reporter.start()
        try:
            assert next(stream)[0] == "telemetry"
            with station.database.transaction() as session:
                for key in station.access.keys(session):
                    station.access.revoke_key(session, key.id)
            revoked = monotonic()
            for _ in stream:
                assert monotonic() < revoked + 10, "the stream goes on"
        finally:
            ended.set()
            reporter.join()


@pytest.mark.parametrize("count", [5])
def test_streams_that_are_left_are_forgotten(client_of, station, count: int) -> None:
    """Consoles come and go: soon the hub holds none that has gone."""
    client = client_of()
    for _ in range(count):
        with client.stream("GET", "/api/stream") as answer:
            next(answer.iter_lines())
    deadline = monotonic() + 10
    while station.hub.listeners() and monotonic() < deadline:
        assert client.get("/api/session").status_code == 200
    assert station.hub.listeners() == 0
