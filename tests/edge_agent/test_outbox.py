import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge_agent.following import Proof
from edge_agent.outbox import ANSWERS_KEPT, Outbox, StorageError
from edge_agent.track import BestFrame, Track
from missions.contracts.messages import CommandResult
from missions.contracts.topics import Channel
from missions.finding import Finding, ModelRef
from missions.flight import Flight, FlightEvent, FlightEventKind
from missions.geometry import Attitude, ErrorEllipse, GeoPoint, PixelBox
from missions.telemetry import Pose

AT = datetime(2026, 5, 1, tzinfo=UTC)
HOME = GeoPoint(lat_deg=31.78, lon_deg=119.90)
POSE = Pose(time_boot_ms=0, point=HOME, height_m=70, camera=Attitude(w=1, x=0, y=0, z=0))
BOX = PixelBox(x_min=1, y_min=1, x_max=9, y_max=9)
BEST = BestFrame(pose=POSE, box=BOX, frame_sha256="a" * 64, evidence_sha256="b" * 64, route_id="r1", quality=0.5)
PROOF = Proof(BEST, b"jpeg")


def track(id: str, frames: int = 1) -> Track:
    return Track(
        id=id,
        flight_id="f1",
        drone_id="d1",
        home=HOME,
        frames=frames,
        votes={},
        first_seen_at=AT,
        last_seen_at=AT,
        last_seen_ms=0,
        best=BEST,
    )


def finding(id: str) -> Finding:
    return Finding(
        id=id,
        flight_id="f1",
        drone_id="d1",
        route_id="r1",
        class_key="garbage_pile",
        category="sanitation",
        confidence=0.5,
        position=HOME,
        ellipse=ErrorEllipse(semi_major_m=2, semi_minor_m=1, orientation_deg=0),
        observations=3,
        first_seen_at=AT,
        last_seen_at=AT,
        best_frame_pose=POSE,
        best_frame_box=BOX,
        best_frame_sha256="a" * 64,
        evidence_sha256="b" * 64,
        model=ModelRef(name="m", version="1", weights_sha256="c" * 64),
        software_version="1",
    )


def test_evidence_goes_before_its_finding(tmp_path: Path) -> None:
    """A closed track leaves its JPEG and then its finding in the outbox, and no open track."""
    outbox = Outbox(tmp_path)
    outbox.save_tracks([(track("t1"), PROOF)])
    outbox.save_tracks([(track("t1", frames=2), None)])
    outbox.close_track("t1", finding("t1"), AT)
    waiting = outbox.waiting(10)
    assert [(m.channel, m.id) for m in waiting] == [(Channel.EVIDENCE, "b" * 64), (Channel.FINDING, "t1")]
    assert waiting[0].payload == b"jpeg"
    assert Finding.model_validate(waiting[1].data()) == finding("t1")
    assert outbox.open_tracks() == []


def test_a_picture_with_people_goes_along(tmp_path: Path) -> None:
    """Where the best frame has a second picture it goes under its own name before the finding; a better frame without one
    leaves none behind.
    """
    outbox = Outbox(tmp_path)
    told = finding("t1").model_copy(update={"people_evidence_sha256": "d" * 64})
    outbox.save_tracks([(track("t1"), Proof(BEST, b"jpeg", b"with people")), (track("t2"), Proof(BEST, b"jpeg", b"people"))])
    outbox.save_tracks([(track("t1", frames=2), None), (track("t2", frames=2), PROOF)])
    outbox.close_track("t1", told, AT)
    assert [(m.id, m.payload) for m in outbox.waiting(10)[:2]] == [("b" * 64, b"jpeg"), ("d" * 64, b"with people")]
    outbox.close_track("t2", finding("t2"), AT)
    assert [m.id for m in outbox.waiting(10)] == ["b" * 64, "d" * 64, "t1", "t2"]


def test_an_acknowledged_message_is_gone_and_a_refused_one_kept(tmp_path: Path) -> None:
    """Acknowledged messages leave the disk; refused ones stay for inspection and are sent no more; the rest stays."""
    outbox = Outbox(tmp_path)
    for id in ("t1", "t2", "t3"):
        outbox.save_tracks([(track(id), PROOF)])
        outbox.close_track(id, finding(id), AT)
    outbox.acknowledge("t1")
    outbox.refuse("t2", "unknown flight")
    outbox.acknowledge("never heard of")
    assert [m.id for m in outbox.waiting(10)] == ["b" * 64, "t3"]
    assert (outbox.count_waiting(), outbox.count_refused()) == (2, 1)


def test_the_oldest_are_given_without_some_or_of_some(tmp_path: Path) -> None:
    """Two at most, without those that are passed over; or of those alone that are named and still wait."""
    outbox = Outbox(tmp_path)
    for number in range(1, 4):
        outbox.save_tracks([(track(f"t{number}"), PROOF)])
        outbox.close_track(f"t{number}", numbered(number), AT)
    evidence = f"{1:064d}"
    assert [m.id for m in outbox.waiting(2)] == [evidence, "t1"]
    assert [m.id for m in outbox.waiting(2, besides=[evidence, "t1", "gone"])] == [f"{2:064d}", "t2"]
    assert [m.id for m in outbox.waiting(9, among=["t3", "t1", "gone"])] == ["t1", "t3"]
    assert outbox.waiting(9, among=[]) == []


def test_a_track_seen_too_seldom_leaves_nothing(tmp_path: Path) -> None:
    """Without a finding, closing a track only forgets it."""
    outbox = Outbox(tmp_path)
    outbox.save_tracks([(track("t1"), PROOF)])
    outbox.close_track("t1", None, AT)
    assert outbox.waiting(10) == []


def test_the_flight_is_found_again(tmp_path: Path, flight: Flight) -> None:
    """Flight, number of events, event and answers are there after the file was opened anew."""
    outbox = Outbox(tmp_path)
    event = FlightEvent(flight_id=flight.id, kind=FlightEventKind.READIED, at=AT, number=1)
    outbox.save_flight(flight, 1, event)
    outbox.save_answer(CommandResult(command_id="c1", accepted=True), AT)
    outbox.close()
    again = Outbox(tmp_path)
    stored = again.flight()
    assert stored is not None
    assert (stored.flight, stored.events) == (flight, 1)
    assert [FlightEvent.model_validate(m.data()) for m in again.waiting(10)] == [event]
    assert again.answer_to("c1") == CommandResult(command_id="c1", accepted=True)
    assert again.answer_to("c2") is None


def test_old_answers_are_forgotten(tmp_path: Path) -> None:
    """The list of answered commands does not grow beyond its bound; the newest stay."""
    outbox = Outbox(tmp_path)
    for number in range(ANSWERS_KEPT + 20):
        outbox.save_answer(CommandResult(command_id=str(number), accepted=True), AT)
    assert outbox.answer_to("0") is None
    assert outbox.answer_to(str(ANSWERS_KEPT + 19)) is not None


def numbered(number: int) -> Finding:
    """The finding t<number>, with evidence of its own."""
    return finding(f"t{number}").model_copy(update={"evidence_sha256": f"{number:064d}"})


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from edge_agent.following import Proof
from edge_agent.outbox import Outbox
from tests_outbox import numbered, track
outbox = Outbox(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    outbox.save_tracks([(track(f"t{number}"), b"j" * 50_000)])
    outbox.close_track(f"t{number}", numbered(number), datetime.now(UTC))
    print(number, flush=True)
"""


def test_kill_9_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    """A process that is killed in the midst of writing leaves a sound file: every finding that it had stored is there, each
    with its evidence, and at most one more.
    """
    code = WRITER.replace(
        "from tests_outbox import", f"sys.path.insert(0, {str(Path(__file__).parent)!r}); from test_outbox import"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    with writer.stdout as lines:
        stored = 0
        for line in lines:
            stored = int(line)
            if stored == 25:
                writer.kill()
    writer.wait()
    outbox = Outbox(tmp_path)
    ids = [m.id for m in outbox.waiting(10_000)]
    findings = [id for id in ids if id.startswith("t")]
    assert findings[:stored] == [f"t{n}" for n in range(1, stored + 1)]
    assert len(findings) - stored in (0, 1)
    assert [id for id in ids if not id.startswith("t")] == [f"{n:064d}" for n in range(1, len(findings) + 1)]
    with sqlite3.connect(tmp_path / "agent.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    """What the disk refuses is a StorageError that says so; what was stored before stays whole."""
    outbox = Outbox(tmp_path)
    outbox.save_tracks([(track("t1"), PROOF)])
    pages = outbox._database.execute("PRAGMA page_count").fetchone()[0]
    outbox._database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="full"):
        outbox.save_tracks([(track("t2"), Proof(BEST, b"j" * 500_000))])
    assert [t.id for t in outbox.open_tracks()] == ["t1"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A storage directory that is a file is refused with its path."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="file"):
        Outbox(tmp_path / "file")
