import hashlib
from dataclasses import replace

import cv2
import numpy as np
import pytest

from edge_agent.evidence.crop import EvidenceError, frame_sha256
from edge_agent.evidence.exposure import Exposure
from edge_agent.evidence.masking import Masker
from edge_agent.evidence.proving import MAX_BYTES, Claim, Evidence, Origin, Prover
from edge_agent.ports import Image
from missions.evidence.keys import SigningKey
from missions.evidence.record import EvidenceRecord
from missions.evidence.sealing import verify
from missions.finding import Detection
from missions.geometry import PixelBox
from tests.edge_agent.evidence.made_exposure import MODEL, NOISE, FakeFinder, box, straight_down

KEY = SigningKey.generate()


def prover(*finders: FakeFinder) -> Prover:
    return Prover(Origin("zl-01", MODEL, "1.0"), KEY, Masker(finders))


def claim(seen: PixelBox, asks_for_people: bool = False) -> Claim:
    return Claim("f-1", "flight-1", Detection(class_key="garbage_pile", confidence=0.8, box=seen), asks_for_people)


def record_of(evidence: Evidence) -> EvidenceRecord:
    verdict = verify(evidence.jpeg, lambda record: record.key_id == KEY.public.id)
    assert verdict.outcome == "verified", verdict.reasons
    assert verdict.record is not None
    return verdict.record


def shown(evidence: Evidence) -> Image:
    return np.asarray(cv2.imdecode(np.frombuffer(evidence.jpeg, np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)


def test_the_worst_picture_fits() -> None:
    """A crop of the whole frame, of pure noise, still becomes a JPEG of at most 60 kB with its record, named by its SHA-256."""
    proven = prover().prove(straight_down(NOISE, 8.0), claim(box(0, 0, 1920, 1080)))
    assert len(proven.evidence.jpeg) <= MAX_BYTES
    assert proven.evidence.sha256 == hashlib.sha256(proven.evidence.jpeg).hexdigest()
    record = record_of(proven.evidence)
    assert (record.crop.width_px, record.crop.height_px) == shown(proven.evidence).shape[1::-1]
    assert record.mask.ground_cm_per_px == pytest.approx(8.0 / record.crop.scale, rel=0.01)


def test_the_record_tells_of_frame_and_crop() -> None:
    """The crop's window, the frame's size and hash, time, pose, model and software are those of the frame."""
    exposure = straight_down(NOISE, 8.0)
    record = record_of(prover().prove(exposure, claim(box(990, 490, 1010, 510))).evidence)
    assert record.crop.window == box(840, 340, 1160, 660)
    assert (record.crop.frame_width_px, record.crop.frame_height_px) == (1920, 1080)
    assert (record.frame_sha256, record.taken_at, record.pose) == (frame_sha256(NOISE), exposure.at, exposure.pose)
    assert (record.aircraft_id, record.model, record.software_version) == ("zl-01", MODEL, "1.0")
    assert record.mask.regions == ()


def test_a_person_at_2_cm_a_pixel_leaves_masked() -> None:
    """A person of 25 x 90 cm, in a striped shirt, seen at 2 cm a pixel: in the evidence no stripe is left, and the record
    lists the region; above 4 cm a pixel the stripes stay.
    """
    frame = np.full((720, 1280, 3), 90, np.uint8)
    frame[340:385:2, 630:643] = 255
    person = Detection(class_key="person", confidence=0.3, box=box(630 - 480, 340 - 200, 643 - 480, 385 - 200))
    seen = box(600, 320, 680, 400)
    near = prover(FakeFinder(person)).prove(straight_down(frame, 2.0), claim(seen))
    record = record_of(near.evidence)
    assert record.crop.window == box(480, 200, 800, 520)
    assert [region.why for region in record.mask.regions] == ["surroundings", "person"]
    assert _stripes(near.evidence) < 20
    far = prover(FakeFinder(person)).prove(straight_down(frame, 4.5), claim(seen))
    assert _stripes(far.evidence) > 80
    assert record_of(far.evidence).mask.regions == ()


def test_who_was_seen_in_the_frame_is_masked_where_they_stand() -> None:
    """A vehicle at (900, 500) of the frame, seen in the look at all of it, is masked at its place in the crop."""
    car = Detection(class_key="vehicle", confidence=0.3, box=box(900, 500, 950, 520))
    asked = replace(claim(box(990, 490, 1010, 510)), bystanders=(car,))
    region = record_of(prover(FakeFinder()).prove(straight_down(NOISE, 2.0), asked).evidence).mask.regions[1]
    assert (region.why, region.box) == ("vehicle", box(60 - 7.5, 160 - 7.5, 110 + 7.5, 180 + 7.5))


def test_a_category_that_asks_for_people_gets_two_pictures() -> None:
    """One is masked, for everybody; one shows the object as it is, says so, and is signed for the same finding."""
    person = Detection(class_key="person", confidence=0.3, box=box(150, 150, 170, 180))
    proven = prover(FakeFinder(person)).prove(straight_down(NOISE, 2.0), claim(box(900, 500, 1000, 600), asks_for_people=True))
    assert proven.with_people is not None
    masked, open_ = record_of(proven.evidence), record_of(proven.with_people)
    assert (masked.mask.shows_people, open_.mask.shows_people) == (False, True)
    assert masked.finding_id == open_.finding_id == "f-1"


def test_where_nobody_is_recognisable_one_picture_is_enough() -> None:
    """From inspection height there is nothing that only some may see."""
    proven = prover().prove(straight_down(NOISE, 8.0), claim(box(900, 500, 1000, 600), asks_for_people=True))
    assert proven.with_people is None


def test_a_frame_without_a_pose_is_proven_too() -> None:
    """Material that tells neither pose nor time gives evidence whose record says so, coarsened to be on the safe side."""
    record = record_of(prover().prove(Exposure(NOISE), claim(box(900, 500, 1000, 600))).evidence)
    assert (record.pose, record.taken_at, record.mask.ground_cm_per_px) == (None, None, None)
    assert [region.why for region in record.mask.regions] == ["finer than allowed"]


def test_a_box_outside_the_frame_is_said() -> None:
    """A box beside the frame is an error that names the frame's size."""
    with pytest.raises(EvidenceError, match="1920 x 1080"):
        prover().prove(Exposure(NOISE), claim(box(5000, 0, 5010, 10)))


def _stripes(evidence: Evidence) -> float:
    """How much rows of the shirt differ from the next, in levels, on average."""
    shirt = shown(evidence)[142:182, 152:161].astype(float).mean(axis=(1, 2))
    return float(np.abs(np.diff(shirt)).mean())
