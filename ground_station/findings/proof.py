"""Whether a picture proves its finding: what the file says of itself, whose key signed it, and whether both tell the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ground_station.aircraft_keys.schemas import AircraftKeyOut
from ground_station.findings.tables import EvidenceRow, FindingRow
from missions.errors import FormatError
from missions.evidence.record import EvidenceRecord
from missions.evidence.sealing import Outcome, verify
from missions.finding import Finding
from missions.noun import Noun

Integrity = Literal["whole", "unsigned", "altered"]
_INTEGRITY: dict[Outcome, Integrity] = {"verified": "whole", "unsigned": "unsigned"}


class EvidenceProof(Noun):
    """What is to be held of a picture; `reasons` name for people what does not fit. `key`: the one that signed it, if the
    aircraft has ever said it.
    """

    verdict: Outcome
    reasons: tuple[str, ...]
    record: EvidenceRecord | None
    key: AircraftKeyOut | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A file as it came, whoever signed it."""

    integrity: Integrity
    reasons: tuple[str, ...]
    record: EvidenceRecord | None


def judge(content: bytes) -> Judged:
    """Whether a file is as it was signed."""
    try:
        verdict = verify(content, lambda _: True)
    except FormatError as error:
        return Judged("altered", (str(error),), None)
    integrity = _INTEGRITY.get(verdict.outcome, "altered")
    return Judged(integrity, verdict.reasons, verdict.record)


def prove(row: EvidenceRow, findings: Iterable[FindingRow], key: AircraftKeyOut | None) -> EvidenceProof:
    """The verdict on a picture of `findings`; `key` is the aircraft's that the record names, accepted or not."""
    record = row.record
    if record is None or row.integrity != "whole":
        is_unsigned = row.integrity in (None, "unsigned")
        reasons = ("the file carries no record",) if is_unsigned else tuple(row.faults.split("\n"))
        return EvidenceProof(verdict="unsigned" if is_unsigned else "altered", reasons=reasons, record=record, key=None)
    faults = tuple(_contradictions(row, record, findings))
    if faults:
        return EvidenceProof(verdict="altered", reasons=faults, record=record, key=key)
    if key is None:
        unknown = f"{row.drone_id} has never said the key that signed it"
        return EvidenceProof(verdict="unknown_key", reasons=(unknown,), record=record, key=None)
    if key.accepted_at is None:
        waiting = f"{row.drone_id} says a new key, which nobody has accepted yet"
        return EvidenceProof(verdict="unknown_key", reasons=(waiting,), record=record, key=key)
    return EvidenceProof(verdict="verified", reasons=(), record=record, key=key)


def _contradictions(row: EvidenceRow, record: EvidenceRecord, findings: Iterable[FindingRow]) -> list[str]:
    """What the record says otherwise than the message that named the picture."""
    faults = []
    if record.aircraft_id != row.drone_id:
        faults.append(f"it came from {row.drone_id}, and the record says {record.aircraft_id}")
    for one in findings:
        faults += [f"the record says another {what} than finding {one.id}" for what in _differences(record, one.finding)]
    return faults


def _differences(record: EvidenceRecord, finding: Finding) -> list[str]:
    pairs = {
        "finding": (record.finding_id, finding.id),
        "flight": (record.flight_id, finding.flight_id),
        "frame": (record.frame_sha256, finding.best_frame_sha256),
        "pose": (record.pose, finding.best_frame_pose),
        "box": (record.seen.box, finding.best_frame_box),
        "model": (record.model, finding.model),
        "software": (record.software_version, finding.software_version),
    }
    return [what for what, (signed, told) in pairs.items() if signed != told]
