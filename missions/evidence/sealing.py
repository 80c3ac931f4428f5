"""Signs a picture's record into its file, and tells whether a file is still what was signed.

The segment holds `{"key": ..., "record": {...}, "signature": ...}` as canonical JSON (RFC 8785). The signature is over the
canonical record. A file is true only if putting its own parts together again gives the very same bytes.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import rfc8785
from pydantic import ValidationError

from missions.errors import FormatError
from missions.evidence.keys import PublicKey, SigningKey
from missions.evidence.record import EvidenceRecord
from missions.evidence.segment import embed, split

CONTEXT = b"oneflight-evidence-1\n"
"""Signed before each record, so that the signature says nothing under any other heading."""

Outcome = Literal["verified", "unsigned", "altered", "unknown_key"]
KnowsKey = Callable[[EvidenceRecord], bool]
"""Whether the key that a record names is known to be the aircraft's."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be held of a file. `reasons` name for people what does not fit; `record` is None where none can be read.

    What the record of an altered file says is a claim, no more.
    """

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    record: EvidenceRecord | None = None


@dataclass(frozen=True, slots=True)
class _Seal:
    """What the segment holds, as it came."""

    content: dict[str, Any]
    record: EvidenceRecord
    key: PublicKey
    signature: bytes


def seal(picture: bytes, record: EvidenceRecord, key: SigningKey) -> bytes:
    """The JPEG with its record, signed; the record's `picture_sha256` and `key_id` are filled in. Raises FormatError."""
    told = record.model_copy(update={"picture_sha256": _sha256(picture), "key_id": key.public.id})
    content: dict[str, Any] = told.model_dump(mode="json")
    signature = key.sign(_signed(content))
    sealed: dict[str, Any] = {"key": key.public.text, "record": content, "signature": signature.hex()}
    return embed(picture, rfc8785.dumps(sealed))


def verify(file: bytes, knows: KnowsKey) -> Verdict:
    """Whether the file is as it was signed, by a key that is known. Raises FormatError for what is no JPEG."""
    parts = split(file)
    if parts.payload is None:
        return Verdict("unsigned", ("the file carries no record",))
    try:
        sealed = _read(parts.payload)
    except FormatError as error:
        return Verdict("altered", (str(error),))
    reasons = tuple(_contradictions(sealed, parts.picture, parts.payload))
    if reasons:
        return Verdict("altered", reasons, sealed.record)
    if not knows(sealed.record):
        return Verdict(
            "unknown_key", (f"key {sealed.key.id} is not known to be that of {sealed.record.aircraft_id}",), sealed.record
        )
    return Verdict("verified", (), sealed.record)


def key_in(file: bytes) -> PublicKey | None:
    """The public key that a file carries; it says who claims to have signed, no more. None where there is none."""
    payload = split(file).payload
    try:
        return None if payload is None else _read(payload).key
    except FormatError:
        return None


def _contradictions(sealed: _Seal, picture: bytes, payload: bytes) -> list[str]:
    """Everything that does not fit."""
    record, reasons = sealed.record, []
    if record.picture_sha256 != _sha256(picture):
        reasons.append("the picture is not the one that was signed")
    if record.key_id != sealed.key.id:
        reasons.append("the record names another key than the file carries")
    if not sealed.key.has_signed(_signed(sealed.content), sealed.signature):
        reasons.append("the record is not the one that was signed")
    again: dict[str, Any] = {"key": sealed.key.text, "record": sealed.content, "signature": sealed.signature.hex()}
    if rfc8785.dumps(again) != payload:
        reasons.append("the record was written differently from how it is signed")
    return reasons


def _read(payload: bytes) -> _Seal:
    try:
        read = json.loads(payload)
        content = read["record"]
        record = EvidenceRecord.model_validate_json(rfc8785.dumps(content))
        key, signature = PublicKey.from_text(read["key"]), bytes.fromhex(read["signature"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError) as error:
        raise FormatError("evidence", "record", "cannot be read: it is damaged") from error
    return _Seal(content, record, key, signature)


def _signed(content: dict[str, Any]) -> bytes:
    return CONTEXT + rfc8785.dumps(content)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
