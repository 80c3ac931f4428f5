"""One picture looked at: whether it shows anything, and what is seen on it. Kept, so that no picture is looked at twice."""

from collections.abc import Callable
from dataclasses import dataclass

from edge_agent.inspection.laying import Site
from edge_agent.ports import Detector, Image
from edge_agent.shot import Shot
from edge_agent.visibility import Unseen, visibility_of
from missions.errors import InvalidInput
from missions.finding import Detection
from missions.noun import Noun


class Look(Noun):
    """What became of one picture: `broken` says why it cannot be decoded, `unseen` why nothing can be made out on it."""

    width_px: int = 0
    height_px: int = 0
    broken: str | None = None
    unseen: Unseen | None = None
    detections: tuple[Detection, ...] = ()


@dataclass(frozen=True, slots=True)
class Looker:
    """Looks for `wanted` classes, at the size that the network knows them."""

    detector: Detector
    wanted: frozenset[str]
    site: Site

    def look(self, shot: Shot, load: Callable[[], Image]) -> Look:
        """Looks at the picture that `load` gives; one that is broken is a look too."""
        try:
            image = load()
            unseen = visibility_of(image).unseen()
            found = [] if unseen else self.detector.detect(image, self.wanted, self.site.ground_m_per_px(shot)).detections
        except InvalidInput as error:
            return Look(broken=error.cause)
        height_px, width_px = image.shape[:2]
        return Look(width_px=width_px, height_px=height_px, unseen=unseen, detections=tuple(found))
