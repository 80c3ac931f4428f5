"""Aimed footage looked at as material is: photos and videos read, detected, placed and followed, and held against the truth.

Every flight has errors of its own and is aimed at one matter, and only that matter counts: so deviations are independent draws.
A flight of one picture gives a place by itself, one of several by the track of its matter.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import inf
from pathlib import Path

import numpy as np

from edge_agent.bench.deviation import Deviation, KindFigures
from edge_agent.bench.ordered import TrueMatter, Truth
from edge_agent.config import Tracking
from edge_agent.following import Following, Watch
from edge_agent.inspection.laying import Site
from edge_agent.material.given import Given
from edge_agent.material.material import Material, open_material
from edge_agent.placement.heights import Heights
from edge_agent.placement.views import Bearings, Combined
from edge_agent.ports import Detector
from edge_agent.shot import Shot
from edge_agent.track import Sighting
from edge_agent.tracker import GroundTracker
from missions.geometry import LocalFrame

GATE_M = 15.0
"""A place farther than this from the matter is none of it."""

FlightSightings = list[tuple[float, list[Sighting]]]
"""(time in seconds, sightings) of each picture of one flight."""


class AimedFootage:
    """A folder of footage with its truth. `tracking`: as the agent follows."""

    def __init__(self, material: Material, truth: Truth, tracking: Tracking = Tracking()) -> None:  # noqa: B008
        self._material, self._tracking = material, tracking
        self._frames = {frame.name: frame for frame in truth.frames}
        self._matters = {matter.id: matter for matter in truth.world.matters}
        plane = LocalFrame(truth.world.matters[0].position)
        self._site = Site(Heights(), plane, inf)
        self._classes = {matter.class_key: "" for matter in truth.world.matters}

    @classmethod
    def open(cls, folder: Path, truth: Truth, given: Given) -> "AimedFootage":
        """Raises InvalidInput where there is no material."""
        return cls(open_material(folder, given), truth)

    def compare(self, detector: Detector) -> KindFigures:
        """Looks at every picture; a flight whose matter was not seen gives no deviation."""
        flights = [list(shots) for _, shots in groupby(self._material.shots, key=lambda shot: self._frames[shot.name].flight)]
        found = [self._deviation(shots, detector) for shots in flights]
        return KindFigures(len(flights), tuple(one for one in found if one is not None))

    def _deviation(self, shots: Sequence[Shot], detector: Detector) -> Deviation | None:
        target = self._matters[self._frames[shots[0].name].target or ""]
        true_xy_m = np.array(self._site.plane.to_xy(target.position))
        seen = [(shot.time_s, self._sightings(shot, detector)) for shot in shots]
        places = self._of_tracks(seen, target) if len(shots) > 1 else _of_one_picture(seen[0][1], target)
        near = [place for place in places if np.hypot(*(place.xy_m - true_xy_m)) <= GATE_M]
        if not near:
            return None
        best = min(near, key=lambda place: float(np.hypot(*(place.xy_m - true_xy_m))))
        return Deviation.of(target.class_key, best, true_xy_m)

    def _sightings(self, shot: Shot, detector: Detector) -> list[Sighting]:
        image = self._material.load(shot)
        seen = detector.detect(image, frozenset(self._classes), self._site.ground_m_per_px(shot))
        return self._site.sightings(tuple(seen.detections), self._site.view(shot))

    def _of_tracks(self, seen: FlightSightings, target: TrueMatter) -> list[Combined]:
        tracker = GroundTracker[Sighting](self._tracking.margin_m, self._tracking.close_after_s, 0.0)
        following = Following(Watch("bench", "bench", self._site.plane.origin, self._classes), tracker)
        for time_s, sightings in seen:
            following.follow(sightings, time_s, lambda _id, _sighting: None)
        tracks = [track for track in following.tracks.values() if track.frames >= self._tracking.min_frames]
        return [track.place() for track in tracks if track.class_key == target.class_key]


def _of_one_picture(sightings: Iterable[Sighting], target: TrueMatter) -> list[Combined]:
    alike = [sighting for sighting in sightings if sighting.detection.class_key == target.class_key]
    return [Bearings().with_view(sighting.bearing).combined() for sighting in alike]
