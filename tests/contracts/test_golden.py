"""The messages on the wire, each against its golden file: a change that breaks an older reader or writer fails here by name.

A golden file is never edited to make a test pass. A field may be added with a default (then the sample and its file get it, and
files of before still have to be read); a field that is renamed, removed or means something else needs a new message type.
To write the file of a new message: `ONEFLIGHT_WRITE_GOLDEN=1 pytest tests/contracts`; files that exist are left alone.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from missions.contracts import messages
from missions.contracts.envelope import MAX_COMMAND_BYTES, seal, unpack, unseal
from missions.contracts.topics import CHANNELS, Channel, Topic
from missions.noun import Noun

GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2025, 6, 2, 0, 30, tzinfo=UTC)
Samples = dict[str, tuple[Channel, str, Noun]]


def written(samples: Samples, message_name: str) -> bytes:
    """The message as this version writes it."""
    _, type_, noun = samples[message_name]
    return seal(noun, type=type_, source="zhonglou/zl-01", at=AT, id="message-1", session="session-1", sequence=12)


@pytest.fixture
def golden(samples: Samples, message_name: str) -> bytes:
    """The golden file."""
    path = GOLDEN / f"{message_name}.json"
    if not path.exists() and os.environ.get("ONEFLIGHT_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(json.loads(written(samples, message_name)), ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8")
    return path.read_bytes()


def test_writer_is_unchanged(samples: Samples, message_name: str, golden: bytes) -> None:
    """This version writes what the file has, key for key."""
    assert json.loads(written(samples, message_name)) == json.loads(golden)


def test_reader_understands(samples: Samples, message_name: str, golden: bytes) -> None:
    """This version reads the file as the message it was."""
    channel, type_, noun = samples[message_name]
    topic = str(Topic("zhonglou", "zl-01", channel))
    envelope = unseal(topic, golden, max_bytes=MAX_COMMAND_BYTES)
    assert (envelope.type, envelope.session, envelope.sequence) == (type_, "session-1", 12)
    assert unpack(topic, envelope, type(noun)) == noun


def test_reader_passes_over_what_is_new(samples: Samples, message_name: str, golden: bytes) -> None:
    """A newer sender's extra fields, in the envelope and in the payload, change nothing."""
    document = json.loads(golden) | {"traceparent": "00-0af7"}
    document["data"]["added_later"] = {"value": 1}
    envelope = unseal("t", json.dumps(document).encode(), max_bytes=MAX_COMMAND_BYTES)
    noun = samples[message_name][2]
    assert unpack("t", envelope, type(noun)) == noun


def test_every_type_has_a_file(samples: Samples) -> None:
    """Every message type and every channel with an envelope has its golden file, and every file its message."""
    types = {
        messages.BORN,
        messages.DIED,
        messages.REPORTED,
        messages.ADVANCED,
        messages.RAISED,
        messages.GIVEN,
        messages.ANSWERED,
        messages.STORED,
        messages.REFUSED,
    }
    assert {type_ for _, type_, _ in samples.values()} == types
    assert {channel for channel, _, _ in samples.values()} == set(CHANNELS) - {Channel.EVIDENCE}
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(samples)


def test_plan_of_before_is_read() -> None:
    """A plan without the ways round corners, a landing and private zones, as first sent, is still a plan."""
    document = json.loads((GOLDEN / "command.given.load.json").read_text(encoding="utf-8"))
    plan = document["data"]["body"]["flight"]["plan"]
    del plan["way_home"], plan["landing"], plan["private_zones"], plan["legs"][0]["approach"]
    envelope = unseal("t", json.dumps(document).encode(), max_bytes=MAX_COMMAND_BYTES)
    body = unpack("t", envelope, messages.CommandMessage).body
    assert isinstance(body, messages.LoadFlight)
    assert (body.flight.plan.way_home, body.flight.plan.landing, body.flight.plan.private_zones) == ((), None, ())
    assert body.flight.plan.legs[0].approach == ()
