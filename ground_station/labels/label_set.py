"""Writes verdicts as a data set in YOLO's format: confirmed findings with their boxes, rejected ones as pictures of nothing.

Beside it lies `manifest.json` with where each picture comes from: finding, incident, model, who decided, when and why.
"""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pydantic import Field

from ground_station.findings.evidence_store import EvidenceStore
from ground_station.findings.jpeg import NotJpeg, jpeg_size
from ground_station.labels.label_line import box_in_picture, fits, label_line
from ground_station.labels.verdict import Verdict
from missions.finding import Finding, ModelRef, Sha256
from missions.geometry import PixelBox
from missions.noun import StrictNoun

VALIDATION_SHARE = 0.1
MANIFEST_FILE = "manifest.json"


class LabelledPicture(StrictNoun):
    """Where one picture of the set comes from."""

    picture: str
    finding_id: str
    incident_id: str
    evidence_sha256: Sha256
    class_key: str
    confidence: float
    model: ModelRef
    verdict: Verdict


class LeftOut(StrictNoun):
    """A verdict that no picture came of, and why."""

    finding_id: str
    why: str


class Manifest(StrictNoun):
    """The whole set."""

    district_id: str
    pictures: tuple[LabelledPicture, ...]
    left_out: tuple[LeftOut, ...]
    notes: str = Field(default="Only what was reported is labelled: other things in a picture's surroundings are not.")


@dataclass
class LabelSet:
    """A folder that pictures are written into; `names` are the classes in the order of their numbers."""

    folder: Path
    names: tuple[str, ...]
    store: EvidenceStore
    pictures: list[LabelledPicture] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, finding: Finding, incident_id: str, verdict: Verdict) -> None:
        """Writes a finding's picture and label, or notes why it cannot be."""
        line = self._line(finding, verdict)
        if isinstance(line, LeftOut):
            self.left_out.append(line)
            return
        split = split_of(incident_id)
        name = f"images/{split}/{finding.id}.jpg"
        for part, content in ((name, self._content(finding)), (f"labels/{split}/{finding.id}.txt", line.encode())):
            path = self.folder / part
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self.pictures.append(
            LabelledPicture(
                picture=name,
                finding_id=finding.id,
                incident_id=incident_id,
                evidence_sha256=finding.evidence_sha256,
                class_key=finding.class_key,
                confidence=finding.confidence,
                model=finding.model,
                verdict=verdict,
            )
        )

    def finish(self, district_id: str) -> Manifest:
        """Writes data.yaml and the manifest, and gives this; few pictures leave none to validate on, then both are the same."""
        for split in ("train", "val"):
            (self.folder / "images" / split).mkdir(parents=True, exist_ok=True)
        names = "\n".join(f"  {index}: {json.dumps(name, ensure_ascii=False)}" for index, name in enumerate(self.names))
        has_val = any(one.picture.startswith("images/val/") for one in self.pictures)
        text = f"path: .\ntrain: images/train\nval: images/{'val' if has_val else 'train'}\nnames:\n{names}\n"
        (self.folder / "data.yaml").write_text(text, encoding="utf-8")
        manifest = Manifest(district_id=district_id, pictures=tuple(self.pictures), left_out=tuple(self.left_out))
        (self.folder / MANIFEST_FILE).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
        return manifest

    def _line(self, finding: Finding, verdict: Verdict) -> str | LeftOut:
        """The label file's content: empty for what is not there."""
        crop = finding.evidence_crop
        why = self._obstacle(finding, crop)
        if why or crop is None:
            return LeftOut(finding_id=finding.id, why=why)
        if not verdict.is_there:
            return ""
        box = box_in_picture(finding.best_frame_box, crop)
        if box is None:
            return LeftOut(finding_id=finding.id, why="its box lies outside its picture")
        return label_line(self.names.index(finding.class_key), box) + "\n"

    def _obstacle(self, finding: Finding, crop: PixelBox | None) -> str:
        """Why there can be no label; empty where nothing stands against it."""
        if finding.class_key not in self.names:
            return f"its class '{finding.class_key}' is not among the classes asked for"
        if crop is None:
            return "it does not say which part of the frame its picture shows (an agent of before)"
        if not self.store.path(finding.evidence_sha256).is_file():
            return "its picture is not in the store"
        try:
            size = jpeg_size(self._content(finding))
        except NotJpeg as error:
            return f"its picture {error}"
        return (
            ""
            if fits(crop, size)
            else f"its picture of {size.width_px} x {size.height_px} is not the part of the frame it says"
        )

    def _content(self, finding: Finding) -> bytes:
        return self.store.path(finding.evidence_sha256).read_bytes()


def split_of(incident_id: str) -> str:
    """The split of all pictures of an incident, the same at every export: the same matter never stands in both."""
    share = int(sha256(incident_id.encode()).hexdigest()[:8], 16) / 16**8
    return "val" if share < VALIDATION_SHARE else "train"
