"""From frame to what is seen in it: frame -> pose -> nothing private -> ground resolution -> detections."""

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

from edge_agent.config import Model, Tracking
from edge_agent.placement.boresight import Boresight
from edge_agent.placing import View, live_camera
from edge_agent.ports import Detector, FlightView, Frame, Observing, Seen
from edge_agent.private_ground import PrivateGround
from edge_agent.shot import PoseAccuracy
from edge_agent.telemetry import MovementHistory, NoPose
from missions.airspace import Outline
from missions.geometry import GeoPoint, LocalFrame
from missions.optics import Intrinsics
from missions.telemetry import Pose

logger = logging.getLogger(__name__)

POSE_WAIT_S = 2.0
FRAMES_UNDER_WAY = 2

LEAST_SINE = 0.0872
"""Of an angle of 5 degrees: a camera that looks flatter than this below the horizon sees no ground in its middle."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A frame of a flight, with its pose, and what is seen in it."""

    flight_id: str
    view: View
    seen: Seen


@dataclass(frozen=True, slots=True)
class Look:
    """What becomes of a frame; without a scene it is not looked at, without a time there was none. The scene is waited for.
    `private_of`: the flight over whose private zones it was taken, so that nothing is kept of it.
    """

    time_boot_ms: float | None = None
    scene: Future[Scene] | None = None
    private_of: str | None = None


@dataclass(frozen=True, slots=True)
class Eyes:
    """What looking needs."""

    history: MovementHistory
    detector: Detector
    view: FlightView
    accuracy: PoseAccuracy
    boresight: Boresight | None = None


class Looking:
    """Looks at frames, no more in a second than `max_frames_per_s`. One thread uses it.

    Two frames are under way at once: while the network works on one, the next is made ready or the last one read.
    """

    def __init__(self, eyes: Eyes, model: Model, tracking: Tracking) -> None:
        self._eyes = eyes
        self._pause_s = 1.0 / model.max_frames_per_s if model.max_frames_per_s else 0.0
        self._tracking = tracking
        self._next_look_s = 0.0
        self._workers = ThreadPoolExecutor(FRAMES_UNDER_WAY, "seeing")
        self.without_pose = 0

    def look(self, frame: Frame | None) -> Look:
        """Begins to look at a frame, if it is time to and its place is known."""
        if frame is None or time.monotonic() < self._next_look_s:
            return Look()
        self._next_look_s = time.monotonic() + self._pause_s
        observing = self._eyes.view.observing(frame.time_boot_ms)
        view = self._view_of(frame, observing) if observing is not None else None
        if observing is None or view is None:
            return Look(frame.time_boot_ms)
        if _private_ground(observing.plan.private_zones).is_shown(view.camera, view.heights):
            return Look(frame.time_boot_ms, private_of=observing.flight_id)
        return Look(frame.time_boot_ms, self._workers.submit(self._see, observing, view))

    def close(self) -> None:
        """Ends, after the frames under way."""
        self._workers.shutdown()

    def _see(self, observing: Observing, view: View) -> Scene:
        wanted = frozenset(observing.plan.classes)
        seen = self._eyes.detector.detect(view.frame.image, wanted, ground_m_per_px(view.pose, view.camera.intrinsics))
        return Scene(observing.flight_id, view, seen)

    def _view_of(self, frame: Frame, observing: Observing) -> View | None:
        """The frame with its pose; None where it has none, is of no leg (the camera is then pointed at nothing in particular),
        or was taken near the ground.
        """
        if observing.leg_index is None:
            return None
        taken = self._eyes.history.pose_at(frame.time_boot_ms, observing.camera_pitch_deg, POSE_WAIT_S)
        if isinstance(taken, NoPose):
            self.without_pose += 1
            logger.warning("pipeline: the frame at %.0f ms is left out: %s", frame.time_boot_ms, taken.reason)
            return None
        if taken.pose.height_m < self._tracking.min_height_m:
            return None
        camera = live_camera(frame, taken, observing.plan, self._eyes.accuracy)
        if self._eyes.boresight is not None:
            camera = self._eyes.boresight.corrected(camera)
        return View(frame, taken.pose, camera, _plane_round(observing.plan.home), observing.route_id)


def ground_m_per_px(pose: Pose, lens: Intrinsics) -> float | None:
    """How many metres across a pixel in the picture's middle shows, on flat ground; None where that shows no ground."""
    sine = float(pose.camera.matrix()[2, 0])
    return pose.height_m / sine / lens.fx_px if sine > LEAST_SINE else None


@lru_cache(maxsize=4)
def _private_ground(outlines: tuple[Outline, ...]) -> PrivateGround:
    return PrivateGround(outlines)


@lru_cache(maxsize=4)
def _plane_round(home: GeoPoint) -> LocalFrame:
    return LocalFrame(home)
