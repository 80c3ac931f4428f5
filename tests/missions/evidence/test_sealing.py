import json

import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from missions.errors import FormatError
from missions.evidence.keys import SigningKey
from missions.evidence.record import EvidenceRecord
from missions.evidence.sealing import key_in, seal, verify
from missions.evidence.segment import embed, split
from tests.missions.evidence.made_record import KEY, PICTURE, RECORD

FILE = seal(PICTURE, RECORD, KEY)


def knows(record: EvidenceRecord) -> bool:
    return record.key_id == KEY.public.id


def outcome(file: bytes) -> str:
    """What is held of a file; "unreadable" for what is no JPEG any more."""
    try:
        return verify(file, knows).outcome
    except FormatError:
        return "unreadable"


def test_a_sealed_picture_is_true(record: EvidenceRecord) -> None:
    """The verdict is "verified", and the record says what it said, with both hashes filled in."""
    verdict = verify(FILE, knows)
    assert verdict.outcome == "verified"
    assert verdict.record is not None
    assert verdict.record.key_id == KEY.public.id
    filled = {"key_id": verdict.record.key_id, "picture_sha256": verdict.record.picture_sha256}
    assert verdict.record == record.model_copy(update=filled)
    assert key_in(FILE) == KEY.public


@settings(max_examples=400)
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
@example(0, 1)
@example(len(FILE) - 1, 128)
def test_no_flipped_byte_goes_unnoticed(at: int, flip: int) -> None:
    """Whichever byte of the file is changed, to whatever, it is not "verified" any more."""
    changed = bytearray(FILE)
    changed[at] ^= flip
    assert outcome(bytes(changed)) != "verified"


def test_no_byte_at_all_is_free() -> None:
    """Each byte of the file, one after the other, with its lowest and its case bit flipped: none is left out of the seal."""
    for at in range(len(FILE)):
        for flip in (0x01, 0x20):
            assert outcome(FILE[:at] + bytes([FILE[at] ^ flip]) + FILE[at + 1 :]) != "verified", at


@given(st.integers(0, len(FILE)), st.binary(min_size=1, max_size=40))
def test_nothing_can_be_put_in(at: int, more: bytes) -> None:
    """Bytes put in anywhere, also behind the end, are noticed."""
    assert outcome(FILE[:at] + more + FILE[at:]) != "verified" or FILE[:at] + more + FILE[at:] == FILE


@given(st.integers(0, len(FILE) - 1), st.integers(1, 60))
def test_nothing_can_be_left_out(at: int, count: int) -> None:
    """Bytes left out anywhere are noticed."""
    assert outcome(FILE[:at] + FILE[at + count :]) != "verified"


def test_what_does_not_fit_is_named(picture: bytes) -> None:
    """Another picture under the record, another record on the picture and a foreign key are told apart."""
    payload = split(FILE).payload or b""
    other_picture = embed(picture[:-2] + b"\x00\xff\xd9", payload)
    assert verify(other_picture, knows).reasons == ("the picture is not the one that was signed",)
    told = json.loads(payload)
    told["record"]["seen"]["class_key"] = "crane"
    other_record = embed(picture, rfc8785.dumps(told))
    assert verify(other_record, knows).reasons == ("the record is not the one that was signed",)
    foreign = verify(seal(picture, RECORD, SigningKey.generate()), knows)
    assert (foreign.outcome, "not known to be that of zl-01" in foreign.reasons[0]) == ("unknown_key", True)
    exchanged = embed(picture, rfc8785.dumps(json.loads(payload) | {"key": SigningKey.generate().public.text}))
    assert verify(exchanged, knows).reasons == (
        "the record names another key than the file carries",
        "the record is not the one that was signed",
    )


def test_the_same_record_written_otherwise_is_altered(picture: bytes) -> None:
    """Spaces, another order or a second key in the JSON change no meaning, and are noticed all the same."""
    told = json.loads(split(FILE).payload or b"")
    for payload in (json.dumps(told).encode(), rfc8785.dumps(told | {"note": 1}), rfc8785.dumps(told) + b"\n"):
        assert verify(embed(picture, payload), knows).outcome == "altered"


def test_a_record_of_a_newer_version_is_understood(picture: bytes) -> None:
    """Fields that this version does not know are signed with the rest, and do not disturb it."""
    content = RECORD.model_copy(update={"key_id": KEY.public.id}).model_dump(mode="json")
    content["picture_sha256"] = split(FILE).payload and json.loads(split(FILE).payload or b"")["record"]["picture_sha256"]
    content["weather"] = {"wind_mps": 3}
    signature = KEY.sign(b"oneflight-evidence-1\n" + rfc8785.dumps(content))
    file = embed(picture, rfc8785.dumps({"key": KEY.public.text, "record": content, "signature": signature.hex()}))
    assert verify(file, knows).outcome == "verified"


def test_a_picture_without_a_record_is_unsigned(picture: bytes) -> None:
    """Evidence of before there were records is neither true nor altered."""
    assert verify(picture, knows).outcome == "unsigned"
    assert key_in(picture) is None
