"""What the ground holds of pictures: signed, altered, of an unknown key, or of before there were signatures."""

from collections.abc import Callable
from hashlib import sha256

import pytest

from ground_station.access.permissions import Role
from ground_station.findings.tables import EvidenceRow
from missions.contracts.messages import BORN, RAISED, Born
from missions.contracts.topics import Channel, Topic
from missions.evidence.keys import SigningKey
from missions.evidence.record import Crop, EvidenceRecord, Mask
from missions.evidence.sealing import seal, verify
from missions.finding import Detection, Finding

KEY = SigningKey.generate()
Deliver = Callable[..., str]


def record_of(finding: Finding, **changes: object) -> EvidenceRecord:
    """The record of a finding's evidence, as its aircraft writes it."""
    box = finding.best_frame_box
    record = EvidenceRecord(
        finding_id=finding.id,
        flight_id=finding.flight_id,
        aircraft_id=finding.drone_id,
        key_id="0" * 64,
        taken_at=finding.first_seen_at,
        pose=finding.best_frame_pose,
        frame_sha256=finding.best_frame_sha256,
        picture_sha256="0" * 64,
        crop=Crop(window=box, frame_width_px=1280, frame_height_px=720, width_px=48, height_px=32),
        seen=Detection(class_key=finding.class_key, confidence=finding.confidence, box=box),
        model=finding.model,
        software_version=finding.software_version,
        mask=Mask(rule="made for a test"),
    )
    return record.model_copy(update=changes)


@pytest.fixture
def deliver(district, intake, say, jpeg) -> Deliver:
    """Has an aircraft send evidence and its finding; gives the picture's name."""

    def send(finding: Finding, file: bytes, **named: str) -> str:
        digest = sha256(file).hexdigest()
        assert intake.take(str(Topic(district.id, finding.drone_id, Channel.EVIDENCE, digest)), file)
        told = finding.model_copy(update=named or {"evidence_sha256": digest})
        assert say(Channel.FINDING, RAISED, told, drone_id=finding.drone_id)
        return digest

    return send


def birth(key: SigningKey, finding: Finding) -> Born:
    return Born(session="s", software_version="1", model=finding.model, classes=(), public_key=key.public.text)


def proof(client, digest: str) -> tuple[str, list[str]]:
    told = client.get(f"/api/evidence/{digest}/proof").raise_for_status().json()
    return told["verdict"], told["reasons"]


def test_signed_evidence_is_verified(client_of, say, make_finding, deliver, jpeg) -> None:
    """Signed by the aircraft's first key and telling the same as the finding, it is verified; the record and the key come
    along, and the file that is served verifies with them elsewhere.
    """
    finding = make_finding()
    say(Channel.PRESENCE, BORN, birth(KEY, finding))
    digest = deliver(finding, seal(jpeg, record_of(finding), KEY))
    client = client_of(Role.REVIEWER)
    told = client.get(f"/api/evidence/{digest}/proof").json()
    assert (told["verdict"], told["reasons"], told["record"]["finding_id"]) == ("verified", [], finding.id)
    assert told["key"]["public_key_pem"] == KEY.public.pem()
    served = client.get(f"/api/evidence/{digest}").content
    assert verify(served, lambda record: record.key_id == told["key"]["key_id"]).outcome == "verified"


def test_evidence_of_before_is_unsigned(client_of, make_finding, deliver, jpeg) -> None:
    """A picture without a record is taken as ever, and shown as unsigned."""
    digest = deliver(make_finding(), jpeg)
    assert proof(client_of(), digest) == ("unsigned", ["the file carries no record"])


def test_altered_evidence_is_taken_and_shown(client_of, say, make_finding, deliver, jpeg) -> None:
    """A picture that was changed after it was signed is not refused, since nobody could get it back, but it is named."""
    finding = make_finding()
    say(Channel.PRESENCE, BORN, birth(KEY, finding))
    file = seal(jpeg, record_of(finding), KEY)
    digest = deliver(finding, file[:-3] + bytes([file[-3] ^ 1]) + file[-2:])
    assert proof(client_of(), digest) == ("altered", ["the picture is not the one that was signed"])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"finding_id": "other"}, "another finding"),
        ({"frame_sha256": "c" * 64}, "another frame"),
        ({"software_version": "9"}, "another software"),
        ({"aircraft_id": "zl-02"}, "the record says zl-02"),
    ],
)
def test_evidence_of_another_matter_is_named(client_of, say, make_finding, deliver, jpeg, changes, reason: str) -> None:
    """A record that is true in itself, but tells otherwise than the finding that it came with, proves nothing of it."""
    finding = make_finding()
    say(Channel.PRESENCE, BORN, birth(KEY, finding))
    verdict, reasons = proof(client_of(), deliver(finding, seal(jpeg, record_of(finding, **changes), KEY)))
    assert (verdict, len(reasons)) == ("altered", 1)
    assert reason in reasons[0]


def test_a_new_key_counts_once_a_person_has_accepted_it(client_of, say, make_finding, deliver, jpeg) -> None:
    """Evidence signed by a key never said, or said after another, is of an unknown key; what a person accepts counts for
    everything that it has signed.
    """
    finding, new = make_finding(), SigningKey.generate()
    say(Channel.PRESENCE, BORN, birth(KEY, finding))
    digest = deliver(finding, seal(jpeg, record_of(finding), new))
    client = client_of(Role.DISPATCHER)
    assert proof(client, digest) == ("unknown_key", ["zl-01 has never said the key that signed it"])
    say(Channel.PRESENCE, BORN, birth(new, finding))
    assert proof(client, digest) == ("unknown_key", ["zl-01 says a new key, which nobody has accepted yet"])
    client.post(f"/api/aircraft-keys/zl-01/{new.public.id}/accept").raise_for_status()
    assert proof(client, digest) == ("verified", [])


def test_people_are_shown_to_those_who_may_see_them(client_of, make_finding, deliver, jpeg, district) -> None:
    """A second picture in which people are not masked goes to the reviewer and to the department whose case it is; a pilot
    and a dispatcher are refused, another department does not find it; its proof shows no picture, and is for all.
    """
    finding = make_finding(class_key="crowd")
    own, other = "police", next(one.id for one in district.departments if one.id != "police")
    file = seal(jpeg, record_of(finding, mask=Mask(rule="asked for", shows_people=True)), KEY)
    digest = sha256(file).hexdigest()
    deliver(finding, file, people_evidence_sha256=digest)
    path = f"/api/evidence/{digest}"
    assert client_of(Role.REVIEWER).get(path).content == file
    assert client_of(Role.DEPARTMENT, own).get(path).content == file
    assert [client_of(role).get(path).status_code for role in (Role.PILOT, Role.DISPATCHER)] == [403, 403]
    assert client_of(Role.DEPARTMENT, other).get(path).status_code == 404
    assert client_of(Role.DEPARTMENT, other).get(f"{path}/proof").status_code == 404
    assert client_of(Role.PILOT).get(f"{path}/proof").json()["record"]["mask"]["shows_people"] is True


def test_a_picture_of_people_is_guarded_before_its_finding_comes(client_of, intake, district, make_finding, jpeg) -> None:
    """The file itself says that it shows people: it is not served to a pilot in the time between picture and finding."""
    file = seal(jpeg, record_of(make_finding(), mask=Mask(rule="asked for", shows_people=True)), KEY)
    digest = sha256(file).hexdigest()
    intake.take(str(Topic(district.id, "zl-01", Channel.EVIDENCE, digest)), file)
    assert client_of(Role.PILOT).get(f"/api/evidence/{digest}").status_code == 403


def test_evidence_stored_before_signatures_can_be_asked_about(client_of, station, make_finding, deliver, jpeg) -> None:
    """A row of before the migration has no verdict of its own, and is shown as unsigned."""
    digest = deliver(make_finding(), jpeg)
    with station.database.transaction() as session:
        row = session.get(EvidenceRow, digest)
        row.integrity, row.faults = None, ""
    assert proof(client_of(), digest)[0] == "unsigned"
