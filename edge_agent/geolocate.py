"""From a pixel to a place on the ground, with how far it may be off.

The ground is taken as flat at the height of the take-off point. A pixel's ray is turned into north-east-down by the
camera's attitude (docs/architecture.md, Camera frame) and cut with the plane `pose.height_m` below the camera. The
covariance is the first-order propagation J S J^T of the standard deviations in `Accuracy` through that intersection
(Kraus, Photogrammetry, 2007, ch. B 3.5), with the Jacobian by central differences.
"""

from dataclasses import dataclass

import numpy as np

from edge_agent.config import Accuracy
from missions.aircraft import Camera
from missions.geometry import Array, GeoPoint
from missions.telemetry import Pose

MIN_DEPRESSION_SINE = np.sin(np.radians(5.0))
"""Rays flatter than 5 degrees below the horizon place nothing: the error grows with the square of the distance."""


@dataclass(frozen=True, slots=True)
class AboveHorizon:
    """The pixel looks at the sky, or so flatly that its place on the ground means nothing."""

    depression_deg: float


@dataclass(frozen=True, slots=True)
class GroundFix:
    """A place on the ground. `offset_m` is (east, north) of the camera; `covariance_m2` (2, 2) likewise."""

    point: GeoPoint
    offset_m: tuple[float, float]
    covariance_m2: Array


def locate(pixel: tuple[float, float], pose: Pose, camera: Camera, accuracy: Accuracy) -> GroundFix | AboveHorizon:
    """The place on the ground that `pixel` (u, v of the full frame) shows."""
    offset = ground_offset(pixel, pose, camera)
    if isinstance(offset, AboveHorizon):
        return offset
    east, north = offset
    distance_m = float(np.hypot(east, north))
    point = pose.point.moved(float(np.degrees(np.arctan2(east, north))), distance_m) if distance_m > 0 else pose.point
    return GroundFix(point, offset, _covariance(pixel, pose, camera, accuracy))


def ground_offset(pixel: tuple[float, float], pose: Pose, camera: Camera) -> tuple[float, float] | AboveHorizon:
    """East and north of the camera, in metres, of the place on the ground that `pixel` shows."""
    ray = pose.camera.matrix() @ _ray(pixel, camera)
    sine = float(ray[2] / np.linalg.norm(ray))
    if sine < MIN_DEPRESSION_SINE:
        return AboveHorizon(float(np.degrees(np.arcsin(sine))))
    scale = pose.height_m / ray[2]
    return float(ray[1] * scale), float(ray[0] * scale)


def _ray(pixel: tuple[float, float], camera: Camera) -> Array:
    u, v = pixel
    focal = camera.focal_px
    return np.array([1.0, (u - camera.width_px / 2) / focal, (v - camera.height_px / 2) / focal])


def _covariance(pixel: tuple[float, float], pose: Pose, camera: Camera, accuracy: Accuracy) -> Array:
    """(2, 2) covariance of east and north. Timing adds speed times its error, in every direction."""
    sigmas = np.array(
        [
            np.radians(accuracy.tilt_deg),
            np.radians(accuracy.tilt_deg),
            np.radians(accuracy.heading_deg),
            accuracy.height_m,
            accuracy.pixel_px,
            accuracy.pixel_px,
        ]
    )
    jacobian = np.empty((2, sigmas.size))
    for index, sigma in enumerate(sigmas):
        step = np.zeros(sigmas.size)
        step[index] = 0.01 * sigma if sigma > 0 else 1e-6
        ahead, behind = _perturbed(pixel, pose, camera, step), _perturbed(pixel, pose, camera, -step)
        jacobian[:, index] = (ahead - behind) / (2 * step[index])
    position = accuracy.position_m**2 + (accuracy.timing_s * pose.ground_speed_mps) ** 2
    return np.asarray(jacobian @ np.diag(sigmas**2) @ jacobian.T + position * np.eye(2), dtype=np.float64)


def _perturbed(pixel: tuple[float, float], pose: Pose, camera: Camera, step: Array) -> Array:
    """East and north with the camera turned by step[0:3] (about north, east and down, rad), raised by step[3] m and the
    pixel moved by step[4:6].
    """
    ray = pose.camera.matrix() @ _ray((pixel[0] + step[4], pixel[1] + step[5]), camera)
    ray = ray + np.cross(step[:3], ray)
    scale = (pose.height_m + step[3]) / ray[2]
    return np.array([ray[1] * scale, ray[0] * scale])


def combine(information: Array, weighted_sum: Array, floor_m: float) -> tuple[Array, Array]:
    """(position, covariance) by weighted least squares from sums over observations: `information` is the sum of the
    inverse covariances, `weighted_sum` the sum of inverse covariance times position. `floor_m` is added for the errors
    that the observations share.
    """
    covariance = np.linalg.inv(information)
    position = covariance @ weighted_sum
    return position, covariance + floor_m**2 * np.eye(2)
