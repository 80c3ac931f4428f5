"""Where rays meet a raster of ground heights: a march along each ray to the first crossing, then halving."""

from dataclasses import dataclass

import numpy as np

from missions.geometry import Array, GeoPoint, LocalFrame
from missions.ground import Ground

STEP_M = 5.0
"""Of the march, over the ground: narrower ridges than this may be looked through."""

MOST_STEPS = 400
HALVINGS = 24
REACH_M = 5000.0
"""Ground farther away than this is not looked for."""

PROBES = 41
PROBE_FACTOR = 1.5
MARGIN_M = 5.0
MARGIN_SHARE = 0.2
"""How far, and over which relief, ground is probed before the march; and what is added to the relief found."""

SLOPE_STEP_M = 2.0


@dataclass(frozen=True, slots=True)
class TerrainSurface:
    """A raster under a camera at `point` and `camera_altitude_m`."""

    source: str
    terrain: Ground
    point: GeoPoint
    camera_altitude_m: float
    sigma_m: float

    def meet(self, rays: Array) -> Array:
        """The first place, away from the camera, where a ray goes under the ground; not a number where none is known."""
        near, far = self._span(rays)
        longest_m = float(np.nanmax((far - near) * np.hypot(rays[:, 0], rays[:, 1]), initial=0.0))
        steps = int(np.clip(np.ceil(longest_m / STEP_M), 1, MOST_STEPS))
        scales = near[:, None] + (far - near)[:, None] * np.linspace(0.0, 1.0, steps + 1)
        under = self._above_m(rays, scales) <= 0
        first, index = under.argmax(axis=1), np.arange(len(rays))
        before = np.where(first > 0, scales[index, np.maximum(first - 1, 0)], 0.0)
        met = self._halve(rays, before, scales[index, first])
        return np.where(under.any(axis=1), met, np.nan)

    def _halve(self, rays: Array, above: Array, under: Array) -> Array:
        """The crossing between a scale over the ground and one under it."""
        for _ in range(HALVINGS):
            middle = (above + under) / 2
            is_above = self._above_m(rays, middle[:, None])[:, 0] > 0
            above, under = np.where(is_above, middle, above), np.where(is_above, under, middle)
        return under

    def depths_m(self, sights_m: Array) -> Array:
        """From the raster; not a number where it knows nothing."""
        return self.camera_altitude_m - self._ground_m(sights_m[:, 0], sights_m[:, 1])

    def normals(self, sights_m: Array) -> Array:
        """From the raster's slope across a few metres."""
        north, east = sights_m[:, 0], sights_m[:, 1]
        step = np.array([SLOPE_STEP_M])
        rise_north = (self._ground_m(north + step, east) - self._ground_m(north - step, east)) / (2 * SLOPE_STEP_M)
        rise_east = (self._ground_m(north, east + step) - self._ground_m(north, east - step)) / (2 * SLOPE_STEP_M)
        slopes = np.nan_to_num(np.column_stack([-rise_north, -rise_east, np.full(len(north), -1.0)]))
        return np.asarray(slopes / np.linalg.norm(slopes, axis=1, keepdims=True))

    def sigmas_m(self, sights_m: Array) -> Array:
        """The same everywhere."""
        return np.full(len(sights_m), self.sigma_m)

    def _span(self, rays: Array) -> tuple[Array, Array]:
        """The scales at which each ray is surely over, and surely under, the ground that a coarse grid of probes shows."""
        down = np.where(rays[:, 2] > 0, rays[:, 2], np.nan)
        farthest = REACH_M / np.maximum(np.hypot(rays[:, 0], rays[:, 1]), 1e-9)
        low_m, high_m = self._relief_m(rays, np.fmin(PROBE_FACTOR * self.height_m() / down, farthest))
        margin_m = MARGIN_M + MARGIN_SHARE * (high_m - low_m)
        near = np.maximum(self.camera_altitude_m - high_m - margin_m, 0.0) / down
        return np.fmin(near, farthest), np.fmin((self.camera_altitude_m - low_m + margin_m) / down, farthest)

    def _relief_m(self, rays: Array, ends: Array) -> tuple[float, float]:
        """Lowest and highest ground on a grid round the camera's foot and the rays' ends; the camera's level where none is."""
        reached = np.nan_to_num(rays[:, :2] * ends[:, None])
        low, high = np.minimum(reached.min(axis=0, initial=0.0), 0.0), np.maximum(reached.max(axis=0, initial=0.0), 0.0)
        north, east = np.meshgrid(np.linspace(low[0], high[0], PROBES), np.linspace(low[1], high[1], PROBES))
        ground = self._ground_m(north.ravel(), east.ravel())
        known = ground[~np.isnan(ground)]
        return (float(known.min()), float(known.max())) if known.size else (self.camera_altitude_m, self.camera_altitude_m)

    def height_m(self) -> float:
        """Of the camera over the ground right below; 100 m where that is not known."""
        below = float(self._ground_m(np.zeros(1), np.zeros(1))[0])
        return max(self.camera_altitude_m - below, 1.0) if np.isfinite(below) else 100.0

    def _above_m(self, rays: Array, scales: Array) -> Array:
        """(n, k) metres over the ground of (n, 3) rays at (n, k) scales."""
        sights = rays[:, None, :] * scales[:, :, None]
        ground = self._ground_m(sights[:, :, 0].ravel(), sights[:, :, 1].ravel()).reshape(scales.shape)
        return np.asarray(self.camera_altitude_m - sights[:, :, 2] - ground)

    def _ground_m(self, north_m: Array, east_m: Array) -> Array:
        lat_deg, lon_deg = LocalFrame(self.point).to_lat_lon(np.column_stack([east_m, north_m]))
        return self.terrain.altitudes_m(lat_deg, lon_deg)
