"""How far a place on the ground may be off, to first order: J S J^T (Kraus, Photogrammetry, 2007, ch. B 3.5).

Errors come in two kinds. What a pass has in common (receiver, compass, mounting, height, clock, lens) moves all its places
alike, so that looking again does not help; what differs from frame to frame (gimbal's jitter, the box's edge) averages out.

With s the place in north-east-down of the camera, n the ground's normal and P = I - s n^T / (s . n) the projection along the
ray onto the ground, a shift d of the camera moves the place by P d, a turn w by P (w x s), and a change f of the ray by P f.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from edge_agent.placement.camera_view import CameraView
from edge_agent.shot import PoseAccuracy
from missions.geometry import Array


class Common(IntEnum):
    """The errors that all frames of a pass share, in the order of columns."""

    NORTH = 0
    EAST = 1
    HEIGHT = 2
    HEADING = 3
    PITCH = 4
    ROLL = 5
    TIMING = 6
    FOCAL = 7


JITTER_SHARE = 0.2
"""The share of the variance of heading and tilt that differs from frame to frame; the rest stays for a pass."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Of n places: `common` (n, 2, 8) moves of east and north, in metres, by one standard deviation of each of `Common`;
    `own_m2` (n, 2, 2) covariance of what differs from frame to frame.
    """

    common: Array
    own_m2: Array

    def covariance_m2(self) -> Array:
        """(n, 2, 2) of east and north, of a single view."""
        return np.asarray(self.common @ np.swapaxes(self.common, 1, 2) + self.own_m2)


def doubt_of(view: CameraView, sights_m: Array, normals: Array, height_sigmas_m: Array) -> Doubt:
    """Of (n, 3) places in north-east-down of the camera, on ground with (n, 3) normals, its height known to (n,) metres."""
    onto = _onto_ground(sights_m, normals)
    turned = np.cross(_axes(view)[None, :, :], sights_m[:, None, :])
    accuracy = view.accuracy
    turn_sigmas = np.radians([accuracy.heading_deg, accuracy.tilt_deg, accuracy.tilt_deg])
    turns = np.swapaxes(turned, 1, 2) * turn_sigmas
    common = np.empty((len(sights_m), 3, len(Common)))
    common[:, :, Common.NORTH : Common.HEIGHT] = np.eye(3)[:, :2] * accuracy.position_m
    common[:, :, Common.HEIGHT] = np.array([0.0, 0.0, -1.0]) * height_sigmas_m[:, None]
    common[:, :, Common.HEADING : Common.TIMING] = np.sqrt(1 - JITTER_SHARE) * turns
    common[:, :, Common.TIMING] = np.array(view.pose.velocity_mps or (0.0, 0.0, 0.0)) * accuracy.timing_s
    own = np.concatenate([np.sqrt(JITTER_SHARE) * turns, _pixel_moves(view, sights_m, accuracy)], axis=2)
    common[:, :, Common.FOCAL] = _focal_moves(view, sights_m) * accuracy.focal_share
    own_east_north = (onto @ own)[:, [1, 0], :]
    own_m2 = own_east_north @ np.swapaxes(own_east_north, 1, 2) + accuracy.jitter_m**2 * np.eye(2)
    return Doubt((onto @ common)[:, [1, 0], :], own_m2)


def _onto_ground(sights_m: Array, normals: Array) -> Array:
    """(n, 3, 3) projections along the rays onto the ground."""
    along = np.einsum("ni,ni->n", sights_m, normals)
    return np.asarray(np.eye(3) - sights_m[:, :, None] * normals[:, None, :] / along[:, None, None])


def _axes(view: CameraView) -> Array:
    """(3, 3) rows: what heading, pitch and roll errors turn about: down, the image's right laid level, and level ahead."""
    right = view.pose.attitude.matrix()[:, 1].copy()
    right[2] = 0.0
    length = float(np.linalg.norm(right))
    right = right / length if length > 1e-6 else np.array([0.0, 1.0, 0.0])
    return np.array([[0.0, 0.0, 1.0], right, [right[1], -right[0], 0.0]])


def _pixel_moves(view: CameraView, sights_m: Array, accuracy: PoseAccuracy) -> Array:
    """(n, 3, 2) moves of the ray's end by one standard deviation of a pixel to the right, and down."""
    to_ned = view.pose.attitude.matrix()
    depths = sights_m @ to_ned[:, 0]
    focal = np.array([view.intrinsics.fx_px, view.intrinsics.fy_px])
    return np.asarray(to_ned[:, 1:] * (accuracy.pixel_px / focal) * depths[:, None, None])


def _focal_moves(view: CameraView, sights_m: Array) -> Array:
    """(n, 3) moves of the ray's end for a focal length that is truly shorter by 100 %: outwards from the axis."""
    axis = view.pose.attitude.matrix()[:, 0]
    return np.asarray(sights_m - (sights_m @ axis)[:, None] * axis)
