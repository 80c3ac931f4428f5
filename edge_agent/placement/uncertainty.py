"""How far a place on the ground may be off, to first order: J S J^T (Kraus, Photogrammetry, 2007, ch. B 3.5).

Errors come in two kinds. What a pass has in common (receiver, compass, mounting, height, clock, lens) moves all its places
alike, so that looking again does not help; what differs from frame to frame (gimbal's jitter, the box's edge) averages out.

With s the sight (the place in north-east-down of the camera), an error moves the end of the ray by a vector m: a shift d of the
camera by d, a turn w by w x s, a pixel by its width at the depth of s. With n the ground's normal, P = I - s n^T / (s . n)
brings the end back onto the ground along the ray: the place moves by P m.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from enum import IntEnum
from typing import Self

import numpy as np

from edge_agent.placement.camera_view import CameraView
from edge_agent.shot import PoseAccuracy
from missions.geometry import Array, Attitude


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


HEADING_JITTER_SHARE = 0.1
TILT_JITTER_SHARE = 0.2
"""The share of the variance that differs from frame to frame (a gimbal's control, the noise of a reading); the rest stays for
a pass (a compass's deviation, how a camera is mounted, an accelerometer's bias).
"""


@dataclass(frozen=True, slots=True)
class Looks:
    """How n rays were looked along; or one look, for all rays of a picture. `sigmas` are rows of PoseAccuracy's fields."""

    to_ned: Array
    """(n, 3, 3)"""
    focal_px: Array
    """(n, 2)"""
    velocity_mps: Array
    """(n, 3) north, east, down"""
    sigmas: Array
    """(n, 8)"""

    @classmethod
    def of(cls, view: CameraView) -> Self:
        """The one look of a picture."""
        lens = view.intrinsics
        still = (0.0, 0.0, 0.0)
        return cls.stacked([view.pose.attitude], [(lens.fx_px, lens.fy_px)], [view.pose.velocity_mps or still], [view.accuracy])

    @classmethod
    def stacked(
        cls,
        attitudes: Sequence[Attitude],
        focal_px: Sequence[tuple[float, float]],
        velocity_mps: Sequence[tuple[float, float, float]],
        accuracies: Sequence[PoseAccuracy],
    ) -> Self:
        """Of n pictures."""
        to_ned = np.array([attitude.matrix() for attitude in attitudes])
        return cls(to_ned, np.array(focal_px), np.array(velocity_mps), np.array([astuple(one) for one in accuracies]))

    def axes(self) -> Array:
        """(n, 3, 3) as `level_axes`."""
        return level_axes(self.to_ned)


def level_axes(to_ned: Array) -> Array:
    """(n, 3, 3) rows that heading, pitch and roll errors turn about: down, the image's right laid level, level ahead."""
    north, east = to_ned[:, 0, 1], to_ned[:, 1, 1]
    length = np.hypot(north, east)
    upright = length < 1e-6
    north, east = np.where(upright, 0.0, north / (length + upright)), np.where(upright, 1.0, east / (length + upright))
    axes = np.zeros_like(to_ned)
    axes[:, 0, 2] = 1.0
    axes[:, 1, 0], axes[:, 1, 1] = north, east
    axes[:, 2, 0], axes[:, 2, 1] = east, -north
    return axes


@dataclass(frozen=True, slots=True)
class Moves:
    """How far errors of one standard deviation move the ends of n rays, in metres north, east and down.

    `common` (n, 3, 8) in the order of `Common`; `own` (n, 3, 7), which no other frame shares.
    """

    common: Array
    own: Array


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


def moves_of(looks: Looks, sights_m: Array, height_sigmas_m: Array) -> Moves:
    """Of rays that end (n, 3) from the camera, on ground whose height is known to (n,) metres."""
    position, _, heading, tilt, timing, focal, pixel, jitter = looks.sigmas.T
    turn_sigmas = np.radians(np.stack([heading, tilt, tilt], axis=1))
    turns = np.swapaxes(np.cross(looks.axes(), sights_m[:, None, :]), 1, 2) * turn_sigmas[:, None, :]
    own_shares = np.sqrt([HEADING_JITTER_SHARE, TILT_JITTER_SHARE, TILT_JITTER_SHARE])
    axis = looks.to_ned[:, :, 0]
    depths = np.einsum("ni,ni->n", sights_m, axis)
    common, own = np.zeros((len(sights_m), 3, len(Common))), np.zeros((len(sights_m), 3, 7))
    common[:, 0, Common.NORTH] = common[:, 1, Common.EAST] = position
    common[:, 2, Common.HEIGHT] = -height_sigmas_m
    common[:, :, Common.HEADING : Common.TIMING] = np.sqrt(1 - own_shares**2) * turns
    common[:, :, Common.TIMING] = looks.velocity_mps * timing[:, None]
    common[:, :, Common.FOCAL] = (sights_m - depths[:, None] * axis) * focal[:, None]
    own[:, :, :3] = own_shares * turns
    own[:, :, 3:5] = looks.to_ned[:, :, 1:] * (depths[:, None] * pixel[:, None] / looks.focal_px)[:, None, :]
    own[:, 0, 5] = own[:, 1, 6] = jitter
    return Moves(common, own)


def doubt_of(view: CameraView, sights_m: Array, normals: Array, height_sigmas_m: Array) -> Doubt:
    """Of (n, 3) places in north-east-down of the camera, on ground with (n, 3) normals, its height known to (n,) metres."""
    moves = moves_of(Looks.of(view), sights_m, height_sigmas_m)
    along = np.einsum("ni,ni->n", sights_m, normals)
    onto = np.eye(3) - sights_m[:, :, None] * (normals / along[:, None])[:, None, :]
    east_north = onto[:, [1, 0], :]
    own = east_north @ moves.own
    return Doubt(east_north @ moves.common, own @ np.swapaxes(own, 1, 2))
