"""Which sightings, on any of the pictures, are of the same object: a still standing in thirty pictures is one finding.

Pictures come in order of time and go through the same tracker as a live flight's. It counts pictures, not seconds: photos are
seconds apart, and those of the neighbouring line follow minutes later. What it kept apart is put together at the end.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import ceil

import numpy as np
import shapely

from edge_agent.config import Tracking
from edge_agent.following import Watch
from edge_agent.inspection.merging import merged
from edge_agent.inspection.thing import Member, Thing
from edge_agent.track import Sighting
from edge_agent.tracker import GroundTracker

MEMORY_PICTURES = 30.0
"""What was out of sight for longer is left to the merging at the end: the tracker's work grows with what it remembers."""


class Joiner:
    """Takes the sightings of one picture after another."""

    def __init__(self, watch: Watch, tracking: Tracking, min_confidence: float) -> None:
        self._watch = watch
        self._tracking = tracking
        self._tracker = GroundTracker[Member](tracking.margin_m, MEMORY_PICTURES, min_confidence)
        self._numbered: dict[int, list[Member]] = defaultdict(list)
        self._alone: dict[int, Member] = {}

    def add(self, picture: int, sightings: Sequence[Sighting]) -> None:
        """Takes what was seen on a picture; `picture` grows from call to call."""
        boxes = np.array([sighting.box_m for sighting in sightings]).reshape(-1, 4)
        confidences = np.array([sighting.detection.confidence for sighting in sightings])
        members = [Member(picture, sighting) for sighting in sightings]
        self._alone.update((id(member), member) for member in members)
        for number, member in self._tracker.update(boxes, confidences, members, float(picture)):
            self._numbered[number].append(member)
            del self._alone[id(member)]

    def things(self, footprints: Sequence[shapely.Polygon]) -> list[Thing]:
        """The objects seen often enough, by their first picture; `footprints` are those of all pictures that show something."""
        groups = [*self._numbered.values(), *([member] for member in self._alone.values())]
        things = merged([Thing.of(group, self._watch) for group in groups], self._watch)
        tree = shapely.STRtree(list(footprints))
        kept = [thing for thing in things if len(thing.pictures) >= self._least_pictures(thing, tree)]
        return sorted(kept, key=lambda thing: (thing.members[0].picture, *thing.members[0].sighting.box_m.tolist()))

    def _least_pictures(self, thing: Thing, tree: shapely.STRtree) -> int:
        """`min_frames`, or half of the pictures that show its place where those are few."""
        views = len(tree.query(shapely.Point(thing.track.place().xy_m), predicate="intersects"))
        return min(self._tracking.min_frames, max(1, ceil(views / 2)))
