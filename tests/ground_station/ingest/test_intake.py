"""Whatever comes over the broker is taken, or counted, kept and answered; nothing crashes, nothing is half-stored."""

import json
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ground_station.findings.tables import EvidenceRow, FindingRow
from ground_station.ingest.tables import RejectedMessageRow
from missions.contracts import messages
from missions.contracts.envelope import seal
from missions.contracts.messages import CommandResult, Died
from missions.contracts.topics import Channel, Topic
from missions.telemetry import Telemetry

PREFIX = "oneflight/1/zhonglou"
CHANNELS = ("presence", "telemetry", "flight", "finding", "result", "command", "ack", "evidence/" + "0" * 64)
TOPICS = st.one_of(
    st.sampled_from([f"{PREFIX}/zl-01/{channel}" for channel in CHANNELS]),
    st.sampled_from([f"{PREFIX}/zl-99/finding", "oneflight/1/moon/zl-01/finding", "x", f"{PREFIX}/zl-01/finding/more", ""]),
    st.text(max_size=60),
)
NASTY = ["nan", "inf", "1e300", "1", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z"]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(NASTY)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)),
    max_leaves=12,
)


def rejected(station) -> list[RejectedMessageRow]:
    with station.database.reading() as session:
        return list(session.query(RejectedMessageRow).order_by(RejectedMessageRow.id))


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(topic=TOPICS, payload=st.one_of(st.binary(max_size=200), JSON.map(lambda one: json.dumps(one).encode())))
def test_noise_is_counted_and_kept(intake, station, topic: str, payload: bytes) -> None:
    """Random topics and payloads: every one is refused, counted once, and stands on the shelf with its topic."""
    before = intake.refused
    assert intake.take(topic, payload) is False
    assert intake.refused == before + 1
    assert rejected(station)[-1].topic == topic[:300].replace("\x00", "\ufffd")


@FUZZ
@given(data=st.data())
def test_a_finding_with_one_value_replaced_never_crashes(intake, station, make_finding, ears, data) -> None:
    """A good message with any one value but its id replaced by any JSON is stored or refused, never half-stored, and is always
    answered: else the aircraft would send it for ever.
    """
    envelope = json.loads(seal(make_finding(), type=messages.RAISED, source="t", at=make_finding().last_seen_at))
    holder, key = data.draw(
        st.sampled_from([(holder, key) for holder, key in places(envelope) if holder is not envelope or key != "id"])
    )
    holder[key] = data.draw(JSON)
    answered = len(ears.acks)
    with station.database.reading() as session:
        before = session.query(FindingRow).count()
    taken = intake.take(f"{PREFIX}/zl-01/finding", json.dumps(envelope).encode())
    with station.database.reading() as session:
        assert session.query(FindingRow).count() == before + taken
    assert [(ack.message_id, ack.outcome == "stored") for _, ack in ears.acks[answered:]] == [(envelope["id"], taken)]


def places(value) -> list[tuple[object, object]]:
    """Every (holder, key) of a JSON value."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *places(value[key]))]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (b'{"id": "1"', "payload"),
        (b"[" * 5000, "payload"),
        (b"\xff\xfe", "payload"),
        (b'{"specversion": "2.0"}', "specversion"),
        (b" " * 70_000, "payload"),
    ],
)
def test_the_reason_names_topic_and_place(intake, station, text: bytes, where: str, caplog) -> None:
    """What is kept and logged says on which topic, where in the message, and what."""
    topic = f"{PREFIX}/zl-01/telemetry"
    assert not intake.take(topic, text)
    [kept] = rejected(station)
    assert kept.reason.startswith(f"{topic}: {where}: ")
    assert kept.payload == text[:4096]
    assert kept.payload_bytes == len(text)
    assert topic in caplog.text


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("time", "0001-01-01T00:00:00+14:00"),
        ("data.last_seen_at", "9999-12-31T23:59:59-14:00"),
        ("data.best_frame_pose.height_m", "70.0"),
        ("data.best_frame_pose.time_boot_ms", "nan"),
        ("data.ellipse.semi_major_m", "1e300"),
        ("data.observations", True),
    ],
)
def test_values_that_python_would_stumble_over_are_refused_by_name(
    intake, station, make_finding, ears, key: str, value: object
) -> None:
    """Times outside Python's years, and numbers given as texts or truth values: refused with the key, and answered."""
    document = json.loads(seal(make_finding(), type=messages.RAISED, source="t", at=make_finding().last_seen_at, id="m1"))
    holder = document
    *parents, last = key.split(".")
    for parent in parents:
        holder = holder[parent]
    holder[last] = value
    assert not intake.take(f"{PREFIX}/zl-01/finding", json.dumps(document).encode())
    assert f": {key}: " in rejected(station)[-1].reason
    assert [(ack.message_id, ack.outcome) for _, ack in ears.acks] == [("m1", "refused")]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", "9007199254740993", '"a\\u0000b"'])
def test_values_that_no_database_should_get_are_refused(intake, station, make_finding, value: str) -> None:
    """Numbers that are not finite or not exact, and NUL characters, wherever they stand."""
    payload = seal(make_finding(observations=424242), type=messages.RAISED, source="t", at=make_finding().last_seen_at)
    assert not intake.take(f"{PREFIX}/zl-01/finding", payload.replace(b"424242", value.encode()))
    assert "data.observations" in rejected(station)[-1].reason


def test_stored_is_said_only_after_the_commit(say, station, make_finding, ears, monkeypatch) -> None:
    """If the commit fails there is no acknowledgement, and nothing is stored; the aircraft sends again and is answered."""
    finding = make_finding()

    def broken(session, incident) -> str:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(station.findings, "_open_work_order", broken)
    with pytest.raises(RuntimeError):
        say(Channel.FINDING, messages.RAISED, finding, id="m1")
    monkeypatch.undo()
    assert ears.acks == []
    with station.database.reading() as session:
        assert session.query(FindingRow).count() == 0
    assert say(Channel.FINDING, messages.RAISED, finding, id="m1")
    assert [(drone_id, ack.message_id, ack.outcome) for drone_id, ack in ears.acks] == [("zl-01", "m1", "stored")]


def test_evidence_is_checked_against_its_topic(intake, station, jpeg, ears, settings) -> None:
    """The right bytes are stored once and acknowledged each time; wrong hash, no JPEG, too large: refused, no file."""
    digest = sha256(jpeg).hexdigest()
    for _ in range(2):
        assert intake.take(f"{PREFIX}/zl-01/evidence/{digest}", jpeg)
    text = b"not a picture"
    large = jpeg + bytes(settings.storage.max_evidence_bytes)
    for name, content in (("0" * 64, jpeg), (sha256(text).hexdigest(), text), (sha256(large).hexdigest(), large)):
        assert not intake.take(f"{PREFIX}/zl-01/evidence/{name}", content)
        assert ears.acks[-1][1].message_id == name
    assert [ack.outcome for _, ack in ears.acks] == ["stored", "stored", "refused", "refused", "refused"]
    files = [path for path in settings.storage.evidence_directory.rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [jpeg]
    with station.database.reading() as session:
        [row] = session.query(EvidenceRow)
        assert (row.width_px, row.height_px, row.size_bytes) == (48, 32, len(jpeg))


def test_the_shelf_keeps_the_newest(intake, station, client_of) -> None:
    """Of 60 refused messages the newest 50 (the test's limit) are kept; the total is told."""
    for number in range(60):
        intake.take(f"{PREFIX}/zl-01/telemetry", b"%d" % number)
    answer = client_of().get("/api/rejected-messages", params={"limit": 30}).json()
    assert (answer["kept"], answer["total"]) == (50, 60)
    assert [one["payload"] for one in answer["items"]] == [str(number) for number in range(59, 29, -1)]
    rest = client_of().get("/api/rejected-messages", params={"cursor": answer["next_cursor"]}).json()
    assert [one["payload"] for one in rest["items"]] == [str(number) for number in range(29, 9, -1)]


def test_a_result_of_no_command_is_refused(say) -> None:
    """An answer to a command that was never given is not taken."""
    assert not say(Channel.RESULT, messages.ANSWERED, CommandResult(command_id="none", accepted=True))


def test_what_the_broker_kept_is_no_sign_of_life(intake, station, clock, district) -> None:
    """A retained telemetry-less birth tells what the drone is, not that it is there."""
    born = messages.Born.model_validate(
        {
            "session": "s",
            "software_version": "1",
            "model": {"name": "m", "version": "1", "weights_sha256": "a" * 64},
            "classes": [],
        }
    )
    payload = seal(born, type=messages.BORN, source="t", at=clock(), session="s", sequence=1)
    topic = str(Topic(district.id, "zl-01", Channel.PRESENCE))
    assert intake.take(topic, payload, retained=True)
    entry = station.fleet.entries({})[0]
    assert (entry.link, entry.born) == ("never", born)
    assert intake.take(topic, payload)
    assert station.fleet.entries({})[0].link == "online"


def test_only_presence_may_be_kept_by_the_broker(intake, station, clock) -> None:
    """Telemetry that the broker kept, as a restarted ground hears it: refused, and the drone counts as never heard."""
    payload = seal(
        Telemetry(at=clock(), battery_share=0.5), type=messages.REPORTED, source="t", at=clock(), session="s", sequence=1
    )
    assert not intake.take(f"{PREFIX}/zl-01/telemetry", payload, retained=True)
    entry = station.fleet.entries({})[0]
    assert (entry.link, entry.telemetry) == ("never", None)
    assert ": retained: " in rejected(station)[-1].reason


def test_a_drone_is_online_then_stale_then_offline(say, station, clock, settings) -> None:
    """By the age of its last word: up to 5 s online, up to 30 s stale, then offline; after its death offline at once."""
    say(Channel.TELEMETRY, messages.REPORTED, Telemetry(at=clock()), session="s", sequence=1)
    links = []
    for step_s in (5.0, 0.1, 24.9, 0.1):
        clock.forward(step_s)
        links.append(station.fleet.entries({})[0].link)
    assert links == ["online", "stale", "stale", "offline"]
    say(Channel.TELEMETRY, messages.REPORTED, Telemetry(at=clock()), session="s", sequence=2)
    assert station.fleet.entries({})[0].link == "online"
    say(Channel.PRESENCE, messages.DIED, Died(session="older", reason="connection_lost"))
    assert station.fleet.entries({})[0].link == "online"
    say(Channel.PRESENCE, messages.DIED, Died(session="s", reason="connection_lost"))
    assert station.fleet.entries({})[0].link == "offline"
