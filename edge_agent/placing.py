"""Detections of one frame laid on the ground of the flight's plane."""

from dataclasses import dataclass

import numpy as np

from edge_agent.config import Accuracy
from edge_agent.geolocate import AboveHorizon, ground_offset, locate
from edge_agent.ports import Frame
from edge_agent.track import Sighting
from missions.aircraft import Camera
from missions.errors import InvalidInput
from missions.finding import Detection
from missions.geometry import Array, ErrorEllipse, LocalFrame, PixelBox
from missions.telemetry import Pose

EDGE_PX = 3.0
"""A box this close to the frame's edge is taken as cut off by it: its centre is not the object's."""

CUT_QUALITY = 0.4
"""What a cut-off box is worth as evidence, against a whole one."""

ASPECT_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class View:
    """A frame with the pose and camera it was taken with, and the plane its objects are laid on."""

    frame: Frame
    pose: Pose
    camera: Camera
    plane: LocalFrame
    route_id: str | None


def camera_of(frame: Frame, planned: Camera) -> Camera:
    """The plan's camera at the frame's own size; raises InvalidInput where the frame has another shape (cropped, turned)."""
    height, width = frame.image.shape[:2]
    if abs(width / height - planned.width_px / planned.height_px) > ASPECT_TOLERANCE:
        cause = f"the frame is {width} x {height}, and the plan's camera {planned.width_px} x {planned.height_px}"
        raise InvalidInput("camera", "frame", f"{cause}: places would be wrong")
    return Camera(width_px=width, height_px=height, hfov_deg=planned.hfov_deg)


def place(detections: list[Detection], view: View, accuracy: Accuracy) -> list[Sighting]:
    """The detections whose place on the ground is known well enough; those towards the horizon are left out."""
    placed = (_place_one(detection, view, accuracy) for detection in detections)
    return [sighting for sighting in placed if sighting is not None]


def _place_one(detection: Detection, view: View, accuracy: Accuracy) -> Sighting | None:
    fix = locate(detection.box.foot, view.pose, view.camera, accuracy)
    box_offset = _box_offset(detection.box, view)
    if isinstance(fix, AboveHorizon) or box_offset is None:
        return None
    if ErrorEllipse.from_covariance(fix.covariance_m2).semi_major_m > accuracy.max_error_m:
        return None
    x, y = view.plane.to_xy(fix.point)
    shift = np.array([x, y]) - np.array(fix.offset_m)
    box_m = box_offset + np.tile(shift, 2)
    is_cut = _is_cut(detection.box, view.camera)
    covariance = fix.covariance_m2
    if is_cut:
        covariance = covariance + np.diag(((box_m[2:] - box_m[:2]) / 2) ** 2)
    return Sighting(
        detection=detection,
        pose=view.pose,
        xy_m=np.array([x, y]),
        box_m=box_m,
        covariance_m2=covariance,
        at=view.frame.at,
        route_id=view.route_id,
        quality=detection.confidence * (CUT_QUALITY if is_cut else 1.0),
    )


def _box_offset(box: PixelBox, view: View) -> Array | None:
    """x_min, y_min, x_max, y_max in metres east and north of the camera; None where a corner is above the horizon."""
    corners = [(u, v) for u in (box.x_min, box.x_max) for v in (box.y_min, box.y_max)]
    offsets = [ground_offset(corner, view.pose, view.camera) for corner in corners]
    on_ground = np.array([offset for offset in offsets if not isinstance(offset, AboveHorizon)])
    if len(on_ground) < len(corners):
        return None
    return np.concatenate([on_ground.min(axis=0), on_ground.max(axis=0)])


def _is_cut(box: PixelBox, camera: Camera) -> bool:
    low, right, bottom = EDGE_PX, camera.width_px - EDGE_PX, camera.height_px - EDGE_PX
    return box.x_min < low or box.y_min < low or box.x_max > right or box.y_max > bottom
