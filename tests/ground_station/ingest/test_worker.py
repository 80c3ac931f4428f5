"""The ingest's thread goes on, whatever happens, and does in time what time brings."""

from threading import Event

from sqlalchemy.exc import OperationalError

from ground_station.fleet.repository import FleetRepository
from ground_station.ingest.worker import Inbox, IngestWorker
from missions.contracts import messages
from missions.contracts.envelope import seal
from missions.contracts.topics import Channel, Topic
from missions.telemetry import Telemetry


def test_a_fault_stops_neither_the_thread_nor_the_next_message(station, intake, monkeypatch, clock, district) -> None:
    """A fault of ours: counted, the message kept on the shelf, the next one is taken. A database that is away: counted."""
    taken = Event()
    faults = [ZeroDivisionError("a bug"), OperationalError("insert", {}, Exception("disk full"))]
    take_telemetry = intake._takers[Channel.TELEMETRY]

    def stumbling(topic, envelope) -> None:
        if faults:
            raise faults.pop(0)
        take_telemetry(topic, envelope)
        taken.set()

    monkeypatch.setitem(intake._takers, Channel.TELEMETRY, stumbling)
    inbox = Inbox()
    worker = IngestWorker(station, inbox, intake)
    worker.start()
    payload = seal(Telemetry(at=clock(), battery_share=0.7), type=messages.REPORTED, source="t", at=clock())
    for _ in range(3):
        inbox.put(str(Topic(district.id, "zl-01", Channel.TELEMETRY)), payload, False)
    assert taken.wait(20)
    worker.stop()
    assert worker.faults == 2
    assert intake.refused == 1
    with station.database.reading() as session:
        assert [row.drone_id for row in FleetRepository(session, district.id).all()] == ["zl-01"]


def test_the_inbox_gives_none_when_nothing_comes() -> None:
    """So that the thread can look at the time."""
    inbox = Inbox()
    assert inbox.get(0.01) is None
    inbox.put("t", b"x", True)
    assert inbox.get(0.01) == ("t", b"x", True)
