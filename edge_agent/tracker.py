"""Which detections are the same object: ByteTrack over boxes laid on the ground, so that the camera's own motion drops out.

Boxes are projected to metres east and north of the flight's home, widened by a margin (error of the pose from frame to
frame) and given to `trackers.ByteTrackTracker` with the frame's time. What is inspected stands still or nearly so; hence
the motion model keeps no velocity: with a frame a second, noise would be taken for motion.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import supervision as sv
from trackers import ByteTrackTracker
from trackers.utils.state_representations import XYXYStateEstimator

from missions.geometry import Array

SEEN_ONCE = -1
"""ByteTrack's number for what it has seen once."""

S = TypeVar("S")


class _StandingBox(XYXYStateEstimator):  # type: ignore[misc]  # the library is untyped here
    """ByteTrack's Kalman filter of the box's corners, with velocities held at zero."""

    def clamp_velocity(self, frame_step: float = 1.0) -> None:
        self.kf.state[self._VEL_IDX] = 0.0


@dataclass(frozen=True, slots=True)
class _First(Generic[S]):
    """What was seen once, and waits to be seen again."""

    box_m: Array
    sighting: S
    time_s: float


class GroundTracker(Generic[S]):
    """Tracks of one flight. Sightings are the caller's own; they come back with the number of their track."""

    def __init__(self, margin_m: float, close_after_s: float, min_confidence: float) -> None:
        self._margin_m = margin_m
        self._close_after_s = close_after_s
        self._tracker = ByteTrackTracker(
            lost_track_buffer=round(30 * close_after_s),
            frame_rate=1.0,
            track_activation_threshold=min_confidence,
            high_conf_det_threshold=min_confidence,
            minimum_consecutive_frames=1,
            minimum_iou_threshold=0.1,
            state_estimator_class=_StandingBox,
        )
        self._last_time_s = -np.inf
        self._firsts: list[_First[S]] = []
        self._known: set[int] = set()

    def update(self, boxes_m: Array, confidences: Array, sightings: list[S], time_s: float) -> list[tuple[int, S]]:
        """(track, sighting) for boxes, (n, 4) of x_min, y_min, x_max, y_max in metres. A sighting without a partner is
        held back and comes, ahead of the second, when its object is seen again. A time that is not newer gives nothing.
        """
        if time_s <= self._last_time_s:
            return []
        self._last_time_s = time_s
        self._firsts = [first for first in self._firsts if time_s - first.time_s <= self._close_after_s]
        wide = np.reshape(boxes_m, (-1, 4)) + self._margin_m * np.array([-1.0, -1.0, 1.0, 1.0])
        out: list[tuple[int, S]] = []
        new: list[_First[S]] = []
        for index, track in self._numbered(wide, confidences, time_s):
            if track == SEEN_ONCE:
                new.append(_First(wide[index], sightings[index], time_s))
                continue
            if track not in self._known:
                self._known.add(track)
                out += [(track, first.sighting) for first in self._take_first(wide[index])]
            out.append((track, sightings[index]))
        self._firsts += new
        return out

    def _numbered(self, wide: Array, confidences: Array, time_s: float) -> list[tuple[int, int]]:
        """(index of the box, ByteTrack's number) for each box."""
        indices = np.arange(len(wide), dtype=np.int64)
        given = sv.Detections(xyxy=wide, confidence=np.asarray(confidences, dtype=np.float64), data={"index": indices})
        numbered = self._tracker.update(given, timestamp=time_s)
        if numbered.tracker_id is None or len(numbered) == 0:
            return []
        pairs = zip(numbered.data["index"], numbered.tracker_id, strict=True)
        return [(int(index), int(track)) for index, track in pairs]

    def _take_first(self, box_m: Array) -> list[_First[S]]:
        """The waiting first sighting that overlaps `box_m` the most, if any does."""
        if not self._firsts:
            return []
        overlaps = sv.box_iou_batch(np.array([first.box_m for first in self._firsts]), box_m[None, :])[:, 0]
        best = int(np.argmax(overlaps))
        return [self._firsts.pop(best)] if overlaps[best] > 0 else []
