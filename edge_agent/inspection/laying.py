"""A picture laid on the ground: where what is seen on it stands, and which ground it shows at all."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from edge_agent.geolocate import GroundFix, locate, place_pixels
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights
from edge_agent.placing import View, place
from edge_agent.ports import Frame
from edge_agent.shot import Shot
from edge_agent.track import Sighting
from missions.finding import Detection
from missions.geometry import Array, LocalFrame
from missions.telemetry import Pose

_NO_IMAGE = np.zeros((0, 0, 3), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Site:
    """The ground that a material shows: what is known of its height, the plane for everything on it, and the greatest half-axis
    of a place's 95 % ellipse at which something is still placed.
    """

    heights: Heights
    plane: LocalFrame
    max_error_m: float

    def ground_m_per_px(self, shot: Shot) -> float | None:
        """How many metres across a pixel in the picture's middle shows; None where that is not known."""
        camera = camera_of(shot)
        sight_m = self._middle(camera) if camera is not None else None
        return None if camera is None or sight_m is None else float(np.linalg.norm(sight_m)) / camera.intrinsics.fx_px

    def view(self, shot: Shot) -> View:
        """The picture's view; raises InvalidInput where it cannot be placed."""
        camera = CameraView.of(shot)
        sight_m = self._middle(camera)
        pose = Pose(
            time_boot_ms=1000.0 * shot.time_s,
            point=camera.pose.point,
            height_m=camera.pose.relative_altitude_m or 0.0 if sight_m is None else float(sight_m[2]),
            camera=camera.pose.attitude,
            ground_speed_mps=float(np.hypot(*camera.pose.velocity_mps[:2])) if camera.pose.velocity_mps else 0.0,
        )
        frame = Frame(_NO_IMAGE, pose.time_boot_ms, taken_at(shot))
        return View(frame, pose, camera, self.plane, None, self.heights)

    def sightings(self, detections: tuple[Detection, ...], view: View) -> list[Sighting]:
        """What was seen on the picture, as far as its place is known well enough."""
        return place(list(detections), view, self.max_error_m)

    def assumptions(self, detection: Detection, view: View) -> tuple[str, ...]:
        """What was taken for granted in placing it."""
        fix = locate(detection.box.foot, view.camera, self.heights)
        return fix.assumptions if isinstance(fix, GroundFix) else view.camera.assumptions

    def _middle(self, camera: CameraView) -> Array | None:
        """North, east and down of the camera, of what the principal point shows; None where that is no ground."""
        lens = camera.intrinsics
        places = place_pixels(np.array([[lens.cx_px, lens.cy_px]]), camera, self.heights)
        return places.sights_m[0] if places.is_placed[0] else None


def camera_of(shot: Shot) -> CameraView | None:
    """How the picture was taken; None where that is not known."""
    if shot.unplaced is not None or shot.pose is None or shot.intrinsics is None:
        return None
    return CameraView.of(shot)


def taken_at(shot: Shot) -> datetime:
    """When the picture was taken; where it tells no time, when its file was written."""
    return shot.at or datetime.fromtimestamp(shot.path.stat().st_mtime, UTC)
