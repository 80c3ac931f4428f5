"""One picture looked at: whether it shows anything, and what is seen on it. Kept, so that no picture is looked at twice."""

from collections.abc import Callable
from dataclasses import dataclass

from edge_agent.inspection.laying import Site, camera_of
from edge_agent.ports import Detector, Image
from edge_agent.private_ground import PrivateGround
from edge_agent.shot import Shot
from edge_agent.visibility import Unseen, visibility_of
from missions.errors import InvalidInput
from missions.finding import Detection
from missions.noun import Noun


class Look(Noun):
    """What became of one picture: `broken` says why it cannot be decoded, `unseen` why nothing can be made out on it. A
    `private` one shows ground that is not to be looked at, or may do so: no more is known of it.
    """

    width_px: int = 0
    height_px: int = 0
    broken: str | None = None
    unseen: Unseen | None = None
    private: bool = False
    detections: tuple[Detection, ...] = ()


@dataclass(frozen=True, slots=True)
class Looker:
    """Looks for `wanted` classes, at the size that the network knows them."""

    detector: Detector
    wanted: frozenset[str]
    site: Site
    private: PrivateGround

    def look(self, shot: Shot, load: Callable[[], Image]) -> Look:
        """Looks at the picture that `load` gives; one that is broken is a look too."""
        try:
            image = load()
            height_px, width_px = image.shape[:2]
            if self._may_be_private(shot, (width_px, height_px)):
                return Look(width_px=width_px, height_px=height_px, private=True)
            unseen = visibility_of(image).unseen()
            found = [] if unseen else self.detector.detect(image, self.wanted, self.site.ground_m_per_px(shot)).detections
        except InvalidInput as error:
            return Look(broken=error.cause)
        return Look(width_px=width_px, height_px=height_px, unseen=unseen, detections=tuple(found))

    def _may_be_private(self, shot: Shot, size_px: tuple[int, int]) -> bool:
        """With zones in force also where it is not known what the picture shows: without a pose, or through an unknown lens."""
        if not self.private:
            return False
        camera = camera_of(shot)
        if camera is None or size_px != (camera.intrinsics.width_px, camera.intrinsics.height_px):
            return True
        return self.private.is_shown(camera, self.site.heights)
