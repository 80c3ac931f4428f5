"""Detections of one frame laid on the ground of the flight's plane."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from edge_agent.geolocate import Places, place_pixels
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights
from edge_agent.placement.object_centre import centres_of, corners_of
from edge_agent.placement.uncertainty import Doubt, doubt_of
from edge_agent.placement.views import Bearing
from edge_agent.ports import Frame
from edge_agent.shot import PoseAccuracy, ShotPose
from edge_agent.telemetry import TakenPose
from edge_agent.track import Sighting
from missions.aircraft import Camera
from missions.errors import InvalidInput
from missions.finding import Detection
from missions.geometry import CHI2_95_2D, Array, LocalFrame
from missions.optics import Intrinsics
from missions.plan import Plan
from missions.telemetry import Pose

EDGE_PX = 3.0
"""A box this close to the frame's edge is taken as cut off by it: its centre is not the object's."""

CUT_QUALITY = 0.4
"""What a cut-off box is worth as evidence, against a whole one."""

ASPECT_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class View:
    """A frame with its pose and camera, what is known of the ground, and the plane its objects are laid on."""

    frame: Frame
    pose: Pose
    camera: CameraView
    plane: LocalFrame
    route_id: str | None
    heights: Heights = field(default_factory=Heights)


def camera_of(frame: Frame, planned: Camera) -> Camera:
    """The plan's camera at the frame's own size; raises InvalidInput where the frame has another shape (cropped, turned)."""
    height, width = frame.image.shape[:2]
    if abs(width / height - planned.width_px / planned.height_px) > ASPECT_TOLERANCE:
        cause = f"the frame is {width} x {height}, and the plan's camera {planned.width_px} x {planned.height_px}"
        raise InvalidInput("camera", "frame", f"{cause}: places would be wrong")
    return Camera(width_px=width, height_px=height, hfov_deg=planned.hfov_deg)


def live_camera(frame: Frame, taken: TakenPose, plan: Plan, accuracy: PoseAccuracy) -> CameraView:
    """The camera that took a frame in flight; raises InvalidInput where the frame does not fit the plan's camera."""
    pose, home_m = taken.pose, plan.home_altitude_m
    seen_from = ShotPose(
        point=pose.point,
        attitude=pose.camera,
        altitude_m=None if home_m is None else home_m + pose.height_m,
        relative_altitude_m=pose.height_m,
        velocity_mps=taken.velocity_mps,
    )
    known_to = replace(accuracy, jitter_m=taken.jitter_m)
    return CameraView(seen_from, Intrinsics.of(camera_of(frame, plan.camera)), known_to)


def place(detections: list[Detection], view: View, max_error_m: float) -> list[Sighting]:
    """The detections whose place on the ground is known well enough; those towards the horizon are left out.

    `max_error_m` bounds the longer half-axis of a place's 95 % ellipse.
    """
    if not detections:
        return []
    corners = corners_of([detection.box for detection in detections])
    on_ground = place_pixels(corners.reshape(-1, 2), view.camera, view.heights)
    corners_m = on_ground.sights_m.reshape(-1, 4, 3)
    middles = Places(centres_of(corners_m), on_ground.depressions_deg[::4], _surface_of_four(on_ground), on_ground.surfaces)
    normals, sigmas_m = middles.ground()
    good = np.flatnonzero(errors_m(doubt_of(view.camera, middles.sights_m, normals, sigmas_m)) <= max_error_m)
    laid = _Laid(middles, corners_m, normals, sigmas_m, np.array(view.plane.to_xy(view.camera.pose.point)))
    return [_sighting(detections[index], view, laid, index) for index in good.tolist()]


@dataclass(frozen=True, slots=True)
class _Laid:
    """All boxes of a frame on the ground, their middles with the ground there; `shift_m` is the camera's foot in the plane."""

    middles: Places
    corners_m: Array
    normals: Array
    height_sigmas_m: Array
    shift_m: Array

    def box_m(self, index: int) -> Array:
        """x_min, y_min, x_max, y_max of one, in the flight's plane."""
        east_north = self.corners_m[index][:, [1, 0]] + self.shift_m
        return np.concatenate([east_north.min(axis=0), east_north.max(axis=0)])

    def bearing(self, index: int, camera: CameraView, jitter_m: float) -> Bearing:
        """Of one, with `jitter_m` of its own besides what is known of the camera."""
        place_m, down_m = self.middles.sights_m[index, [1, 0]] + self.shift_m, float(self.middles.sights_m[index, 2])
        north, east, down = self.normals[index].tolist()
        accuracy = replace(camera.accuracy, height_m=float(self.height_sigmas_m[index]))
        return Bearing(
            camera_m=(*self.shift_m.tolist(), down_m),
            place_m=tuple(place_m.tolist()),
            rise=(east / down, north / down),
            attitude=camera.pose.attitude,
            focal_px=(camera.intrinsics.fx_px, camera.intrinsics.fy_px),
            velocity_mps=camera.pose.velocity_mps or (0.0, 0.0, 0.0),
            accuracy=replace(accuracy, jitter_m=float(np.hypot(accuracy.jitter_m, jitter_m))),
            alt_m=self.middles.altitude_m(index),
        )


def _surface_of_four(corners: Places) -> NDArray[np.intp]:
    """The surface of each box's first corner; none where any corner has none."""
    four = corners.surface.reshape(-1, 4)
    return np.where((four >= 0).all(axis=1), four[:, 0], -1)


def errors_m(doubt: Doubt) -> Array:
    """(n,) longer half-axes of the 95 % ellipses; not a number without a place."""
    covariance = doubt.covariance_m2()
    a, b, c = covariance[:, 0, 0], covariance[:, 0, 1], covariance[:, 1, 1]
    return np.sqrt(CHI2_95_2D * ((a + c) / 2 + np.hypot((a - c) / 2, b)))


def _sighting(detection: Detection, view: View, laid: _Laid, index: int) -> Sighting:
    box_m, is_cut = laid.box_m(index), _is_cut(detection, view.camera.intrinsics)
    half_m = float(np.hypot(*(box_m[2:] - box_m[:2]))) / 2
    return Sighting(
        detection=detection,
        pose=view.pose,
        bearing=laid.bearing(index, view.camera, half_m if is_cut else 0.0),
        box_m=box_m,
        at=view.frame.at,
        route_id=view.route_id,
        quality=detection.confidence * (CUT_QUALITY if is_cut else 1.0),
    )


def _is_cut(detection: Detection, lens: Intrinsics) -> bool:
    box, right, bottom = detection.box, lens.width_px - EDGE_PX, lens.height_px - EDGE_PX
    return box.x_min < EDGE_PX or box.y_min < EDGE_PX or box.x_max > right or box.y_max > bottom
