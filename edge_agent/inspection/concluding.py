"""From all looks to the result: pictures laid on the ground, sightings joined to objects, objects proved as findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edge_agent.config import Tracking
from edge_agent.following import Watch
from edge_agent.footprint import footprint
from edge_agent.inspection.joining import Joiner
from edge_agent.inspection.laying import Site
from edge_agent.inspection.look import Look
from edge_agent.inspection.proofs import Proofs, Proved
from edge_agent.inspection.result import Fate, Found, Picture
from edge_agent.placing import View
from edge_agent.seen_ground import SeenGround
from edge_agent.shot import Shot
from missions.district import District
from missions.errors import InvalidInput

PRIVATE_WHY = "not looked at: shows a private zone of the catalogue"


@dataclass(frozen=True, slots=True)
class Case:
    """What conclusions are drawn with."""

    site: Site
    watch: Watch
    tracking: Tracking
    min_confidence: float
    district: District


@dataclass(slots=True)
class Conclusions:
    """Grows picture by picture; `ground` and `pictures` are complete once all pictures are taken."""

    case: Case
    shots: Sequence[Shot]
    ground: SeenGround = field(default_factory=SeenGround)
    pictures: list[Picture] = field(default_factory=list)
    _joiner: Joiner = field(init=False)

    def __post_init__(self) -> None:
        self._joiner = Joiner(self.case.watch, self.case.tracking, self.case.min_confidence)

    def take(self, looks: Mapping[int, Look]) -> None:
        """Takes every picture's look, by the picture's number."""
        for number, shot in enumerate(self.shots):
            self.pictures.append(self._picture(number, shot, looks[number]))

    def found(self, proofs: Proofs) -> list[tuple[Found, bytes]]:
        """The findings with their evidence: by department, class and confidence, numbered from 1."""
        seen = [one.footprint for one in self.pictures if one.fate is Fate.SEEN and one.footprint is not None]
        proved = sorted(proofs.prove(self._joiner.things(seen)), key=self._order)
        return [(self._found(number, one), one.jpeg) for number, one in enumerate(proved, start=1)]

    def _picture(self, number: int, shot: Shot, look: Look) -> Picture:
        view = self._view(shot, look)
        fate, why = _fate(look, view)
        point, outline, unsure = None, None, 0
        if isinstance(view, View) and fate is not Fate.PRIVATE:
            point, outline = view.pose.point, footprint(view, self.case.site.max_error_m)
            self.ground.add(outline, is_seen=fate is Fate.SEEN)
        if isinstance(view, View) and fate is Fate.SEEN:
            sightings = self.case.site.sightings(look.detections, view)
            self._joiner.add(number, sightings)
            unsure = len(look.detections) - len(sightings)
        return Picture(shot.name, shot.at, fate, why, point, outline, shot.flags, look.detections, unsure)

    def _view(self, shot: Shot, look: Look) -> View | str:
        """How the picture was taken, or why it cannot be placed."""
        try:
            view = self.case.site.view(shot)
        except InvalidInput as error:
            return error.cause
        lens, size = view.camera.intrinsics, (look.width_px, look.height_px)
        if look.broken is None and size != (lens.width_px, lens.height_px):
            return f"is {size[0]} x {size[1]} pixels, and its lens is known for {lens.width_px} x {lens.height_px}"
        return view

    def _found(self, number: int, proved: Proved) -> Found:
        finding, best = proved.finding, proved.thing.best
        shot = self.shots[best.picture]
        others = sorted(proved.thing.pictures - {best.picture})
        threshold = max(self.case.district.detector_classes[finding.class_key].review_below, finding.review_below or 0.0)
        return Found(
            number=number,
            finding=finding,
            pictures=(shot.name, *(self.shots[other].name for other in others)),
            assumptions=self.case.site.assumptions(best.sighting.detection, self.case.site.view(shot)),
            evidence_name=f"{number:03d}-{finding.class_key}.jpg",
            needs_review=finding.confidence < threshold,
            alt_m=proved.thing.track.place().alt_m,
        )

    def _order(self, proved: Proved) -> tuple[int, int, float, str]:
        district, finding = self.case.district, proved.finding
        department_id = district.category_of_class[finding.class_key].department_id
        departments = [department.id for department in district.departments]
        classes = list(district.detector_classes)
        return departments.index(department_id), classes.index(finding.class_key), -finding.confidence, finding.id


def _fate(look: Look, view: View | str) -> tuple[Fate, str]:
    if look.broken is not None:
        return Fate.BROKEN, look.broken
    if isinstance(view, str):
        return Fate.UNPLACED, view
    if look.private:
        return Fate.PRIVATE, PRIVATE_WHY
    return (Fate.NOT_SEEN, look.unseen.value) if look.unseen else (Fate.SEEN, "")
