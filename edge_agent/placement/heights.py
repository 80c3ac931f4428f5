"""How far below the camera the ground lies: rangefinder, terrain, ground elevation, relative altitude, the first that is known.

Places are (n, 3) metres in north-east-down of the camera. A surface answers where rays from the camera meet it.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.terrain import TerrainSurface
from edge_agent.shot import ShotPose
from missions.geometry import Array, GeoPoint
from missions.ground import Ground, altitude_at

LASER_SIGMA_M = 0.2
LASER_SIGMA_SHARE = 0.0015
"""Of a laser's distance: +-(0.2 m + 0.15 %), as DJI states for the Zenmuse H20 and Matrice 3E rangefinders."""

UP = np.array([0.0, 0.0, -1.0])


@dataclass(frozen=True, slots=True)
class Heights:
    """What is known of the ground besides a pose's own range and altitudes.

    `ground_altitude_m` and `terrain` have the zero of the pose's `altitude_m`. `take_off`, where given, ties the relative
    altitude to the terrain instead: absolute altitudes of small aircraft are often off by tens of metres.
    `relief_share` is how far level ground may rise or fall, 1 sigma, as a share of the distance from where its level is known.
    """

    terrain: Ground | None = None
    ground_altitude_m: float | None = None
    take_off: GeoPoint | None = None
    terrain_sigma_m: float = 1.0
    relief_share: float = 0.01


class Surface(Protocol):
    """The ground as a camera's rays meet it; `source` says, for people, where its height comes from."""

    @property
    def source(self) -> str:
        """Where its height comes from."""

    @property
    def camera_altitude_m(self) -> float | None:
        """Altitude of the camera on the same zero; None where it is not known."""

    def meet(self, rays: Array) -> Array:
        """(n,) how many times each of (n, 3) rays reaches the ground; not a number where it does not."""

    def depths_m(self, sights_m: Array) -> Array:
        """(n,) how far below the camera the ground lies at the north and east of (n, 3) places; not a number where unknown."""

    def normals(self, sights_m: Array) -> Array:
        """(n, 3) unit vectors that stand on the ground."""

    def sigmas_m(self, sights_m: Array) -> Array:
        """(n,) standard deviation of the camera's height over it."""


@dataclass(frozen=True, slots=True)
class LevelSurface:
    """Level ground `height_m` below the camera, known at `known_at_m` (north, east) of it."""

    source: str
    height_m: float
    sigma_m: float
    relief_share: float
    camera_altitude_m: float | None = None
    known_at_m: tuple[float, float] = (0.0, 0.0)

    def meet(self, rays: Array) -> Array:
        """Where the ray is `height_m` down."""
        down = np.where(rays[:, 2] > 0, rays[:, 2], np.nan)
        return np.asarray(self.height_m / down)

    def depths_m(self, sights_m: Array) -> Array:
        """The same everywhere."""
        return np.full(len(sights_m), self.height_m)

    def normals(self, sights_m: Array) -> Array:
        """Straight up."""
        return np.broadcast_to(UP, sights_m.shape)

    def sigmas_m(self, sights_m: Array) -> Array:
        """Grows with the distance from where the level is known."""
        away_m = np.hypot(sights_m[:, 0] - self.known_at_m[0], sights_m[:, 1] - self.known_at_m[1])
        return np.hypot(self.sigma_m, self.relief_share * away_m)


def surfaces_of(view: CameraView, heights: Heights) -> list[Surface]:
    """What is known of the ground under a camera, best first; empty where nothing is."""
    found = (_by_laser(view, heights), _by_terrain(view, heights), _by_elevation(view, heights), _by_relative(view, heights))
    return [surface for surface in found if surface is not None]


def _by_laser(view: CameraView, heights: Heights) -> Surface | None:
    """Level ground at the laser's end. It measures along the optical axis."""
    range_m = view.pose.range_m
    if range_m is None or range_m <= 0:
        return None
    north, east, down = (range_m * view.pose.attitude.matrix()[:, 0]).tolist()
    if down <= 0:
        return None
    sigma_m = LASER_SIGMA_M + LASER_SIGMA_SHARE * range_m
    source = f"height: rangefinder, {range_m:.1f} m along the optical axis; level ground there"
    return LevelSurface(source, down, sigma_m, heights.relief_share, view.pose.altitude_m, (north, east))


def _by_terrain(view: CameraView, heights: Heights) -> Surface | None:
    if heights.terrain is None:
        return None
    altitude = _altitude_over(heights.terrain, view.pose, heights)
    if altitude is None:
        return None
    altitude_m, how = altitude
    sigma_m = float(np.hypot(view.accuracy.height_m, heights.terrain_sigma_m))
    return TerrainSurface(
        f"height: terrain {heights.terrain.name}, {how}", heights.terrain, view.pose.point, altitude_m, sigma_m
    )


def _altitude_over(terrain: Ground, pose: ShotPose, heights: Heights) -> tuple[float, str] | None:
    """The camera's altitude on the terrain's zero, and in words how it is known."""
    if heights.take_off is not None and pose.relative_altitude_m is not None:
        base_m = altitude_at(terrain, heights.take_off)
        if np.isfinite(base_m):
            return base_m + pose.relative_altitude_m, "camera by its height over the take-off point"
    return None if pose.altitude_m is None else (pose.altitude_m, "camera by its altitude")


def _by_elevation(view: CameraView, heights: Heights) -> Surface | None:
    altitude_m, ground_m = view.pose.altitude_m, heights.ground_altitude_m
    if altitude_m is None or ground_m is None or altitude_m <= ground_m:
        return None
    source = f"height: level ground at {ground_m:g} m"
    return LevelSurface(source, altitude_m - ground_m, view.accuracy.height_m, heights.relief_share, altitude_m)


def _by_relative(view: CameraView, heights: Heights) -> Surface | None:
    relative_m = view.pose.relative_altitude_m
    if relative_m is None or relative_m <= 0:
        return None
    source = f"height: {relative_m:.1f} m over the take-off point; level ground at its height"
    return LevelSurface(source, relative_m, view.accuracy.height_m, heights.relief_share, view.pose.altitude_m)
