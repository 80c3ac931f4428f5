"""The envelope."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.contracts.envelope import MAX_MESSAGE_BYTES, read_id, seal, unpack, unseal
from missions.contracts.messages import STORED, Ack, CommandResult
from missions.errors import MessageError
from missions.geometry import GeoPoint

AT = datetime(2025, 6, 2, tzinfo=UTC)
ACK = Ack(message_id="m", outcome="stored")


def test_sealed_and_unsealed() -> None:
    """What is sealed comes out, with its session and sequence."""
    payload = seal(ACK, type=STORED, source="ground", at=AT, id="1", session="s", sequence=7)
    envelope = unseal("t", payload)
    assert (envelope.id, envelope.session, envelope.sequence, envelope.time) == ("1", "s", 7, AT)
    assert unpack("t", envelope, Ack) == ACK


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"specversion": "2.0"}, "specversion"),
        ({"time": "2025-06-02T00:00:00"}, "time"),
        ({"sequence": 0}, "sequence"),
        ({"type": "Stored"}, "type"),
        ({"data": []}, "data"),
        ({"id": ""}, "id"),
    ],
)
def test_wrong_key_is_named(change: dict[str, object], where: str) -> None:
    """The error names the topic and the key."""
    document = json.loads(seal(ACK, type=STORED, source="ground", at=AT)) | change
    with pytest.raises(MessageError) as caught:
        unseal("the/topic", json.dumps(document).encode())
    assert (caught.value.source, caught.value.where) == ("the/topic", where)


def test_wrong_payload_is_named() -> None:
    """An envelope with another noun's data names the key below data."""
    envelope = unseal("t", seal(ACK, type=STORED, source="ground", at=AT))
    with pytest.raises(MessageError, match=r"t: data\.command_id"):
        unpack("t", envelope, CommandResult)


@pytest.mark.parametrize("value", ["1", "nan", True, "1e300"])
def test_a_number_is_a_number(value: object) -> None:
    """A text or a truth value in a number's place is refused by name; a whole number in a fraction's place is taken."""
    data = {"lat_deg": value, "lon_deg": 2}
    document = json.loads(seal(ACK, type=STORED, source="ground", at=AT)) | {"data": data}
    with pytest.raises(MessageError, match=r"t: data\.lat_deg"):
        unpack("t", unseal("t", json.dumps(document).encode()), GeoPoint)
    document["data"]["lat_deg"] = 1
    assert unpack("t", unseal("t", json.dumps(document).encode()), GeoPoint) == GeoPoint(lat_deg=1, lon_deg=2)


@pytest.mark.parametrize(
    ("payload", "id"),
    [(b'{"id": "m1", "time": 7, "data": []}', "m1"), (b'{"id": 7}', None), (b'{"id": ""}', None), (b'{"id": "m1"', None)],
)
def test_the_id_is_read_where_the_rest_is_wrong(payload: bytes, id: str | None) -> None:
    """So that a wrong message can be refused by name."""
    assert read_id(payload) == id


def test_too_large() -> None:
    """64 KiB is the limit unless more is allowed."""
    payload = seal(Ack(message_id="m", outcome="refused", reason="x" * MAX_MESSAGE_BYTES), type=STORED, source="g", at=AT)
    with pytest.raises(MessageError, match="at most 65536"):
        unseal("t", payload)
    assert unseal("t", payload, max_bytes=len(payload))


@given(payload=st.binary(max_size=200))
def test_noise(payload: bytes) -> None:
    """Any bytes are a message or a MessageError."""
    with pytest.raises(MessageError):
        unseal("t", payload)
