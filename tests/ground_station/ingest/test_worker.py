"""The ingest's thread goes on, whatever happens, and does in time what time brings."""

from threading import Event, Thread

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


def test_a_message_that_meets_a_fault_is_refused_and_one_that_meets_an_outage_is_not(
    station, intake, monkeypatch, make_finding, ears
) -> None:
    """The fault would come again with the message: it is kept on the shelf and then refused by its id. A database or disk that
    is away says nothing about the message: no answer, so that it comes again. A finding after them is stored.
    """
    faults = {"m1": ZeroDivisionError("a bug"), "m2": OperationalError("insert", {}, Exception("gone")), "m3": OSError("full")}
    take_finding = intake._takers[Channel.FINDING]

    def stumbling(topic, envelope) -> None:
        if envelope.id in faults:
            raise faults[envelope.id]
        take_finding(topic, envelope)

    monkeypatch.setitem(intake._takers, Channel.FINDING, stumbling)
    inbox = Inbox()
    worker = IngestWorker(station, inbox, intake)
    answered = Event()
    monkeypatch.setattr(
        ears, "send_ack", lambda drone_id, ack: (ears.acks.append((drone_id, ack)), ack.message_id == "m4" and answered.set())
    )
    worker.start()
    for id in ("m1", "m2", "m3", "m4"):
        payload = seal(make_finding(), type=messages.RAISED, source="t", at=make_finding().last_seen_at, id=id)
        inbox.put(str(Topic(station.district.id, "zl-01", Channel.FINDING)), payload, False)
    assert answered.wait(20)
    worker.stop()
    assert [(ack.message_id, ack.outcome) for _, ack in ears.acks] == [("m1", "refused"), ("m4", "stored")]
    assert "a bug" in ears.acks[0][1].reason
    assert (worker.faults, intake.refused) == (3, 1)


def test_the_inbox_is_bounded_by_size(monkeypatch) -> None:
    """Two messages of 6 bytes do not fit into 10: the second waits until the first is taken, or is let go. A message larger
    than the whole is still taken by itself.
    """
    inbox = Inbox(max_bytes=10)
    inbox.put("a", b"123456", False)
    waiting = Thread(target=inbox.put, args=("b", b"123456", False))
    waiting.start()
    assert inbox.get(5) == ("a", b"123456", False)
    waiting.join(5)
    monkeypatch.setattr("ground_station.ingest.worker.PUT_TIMEOUT_S", 0.01)
    inbox.put("c", b"123456", False)
    assert inbox.get(5) == ("b", b"123456", False)
    inbox.put("d", b"12345678901", False)
    assert inbox.get(0.01) == ("d", b"12345678901", False)
    assert inbox.get(0.01) is None


def test_the_inbox_gives_none_when_nothing_comes() -> None:
    """So that the thread can look at the time."""
    inbox = Inbox()
    assert inbox.get(0.01) is None
    inbox.put("t", b"x", True)
    assert inbox.get(0.01) == ("t", b"x", True)
