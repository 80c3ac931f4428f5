"""From pixels to places on the ground, with how far they may be off and what was taken for granted.

    view = CameraView.of(shot)
    fix = locate((2000.0, 1500.0), view, Heights(terrain=read_elevation(path)))
    if isinstance(fix, GroundFix):
        fix.point, fix.alt_m, fix.ellipse, fix.assumptions

A pixel's ray, distortion removed (missions/optics.py), is turned into north-east-down by the camera's attitude and cut with the
best surface that is known (edge_agent/placement/heights.py). `locate_many` does so for many pixels of one picture at once.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights, Surface, surfaces_of
from edge_agent.placement.uncertainty import Doubt, doubt_of
from missions.geometry import Array, ErrorEllipse, GeoPoint, LocalFrame

MIN_DEPRESSION_SINE = float(np.sin(np.radians(5.0)))
"""Rays flatter than 5 degrees below the horizon place nothing: the error grows with the square of the distance."""


@dataclass(frozen=True, slots=True)
class AboveHorizon:
    """The pixel looks at the sky, or so flatly that its place on the ground means nothing."""

    depression_deg: float

    @property
    def reason(self) -> str:
        """In words."""
        return f"the pixel looks {self.depression_deg:.1f}° below the horizon; at least 5° are needed"


@dataclass(frozen=True, slots=True)
class NoGround:
    """Nothing says where the ground is that the pixel shows."""

    reason: str


@dataclass(frozen=True, slots=True)
class GroundFix:
    """A place on the ground. `alt_m` is of the ground on the zero of the pose's altitude (None: that was not known),
    `offset_m` (east, north) of the camera, `covariance_m2` (2, 2) likewise.
    """

    point: GeoPoint
    alt_m: float | None
    offset_m: tuple[float, float]
    covariance_m2: Array
    assumptions: tuple[str, ...]

    @property
    def ellipse(self) -> ErrorEllipse:
        """The 95 % ellipse."""
        return ErrorEllipse.from_covariance(self.covariance_m2)

    def as_json(self) -> dict[str, Any]:
        """`lat, lon, alt_m, ellipse_95_m {semi_major, semi_minor, orientation_deg}, assumptions`."""
        ellipse = self.ellipse
        return {
            "lat": round(self.point.lat_deg, 8),
            "lon": round(self.point.lon_deg, 8),
            "alt_m": None if self.alt_m is None else round(self.alt_m, 2),
            "ellipse_95_m": {
                "semi_major": round(ellipse.semi_major_m, 3),
                "semi_minor": round(ellipse.semi_minor_m, 3),
                "orientation_deg": round(ellipse.orientation_deg, 1),
            },
            "assumptions": list(self.assumptions),
        }


@dataclass(frozen=True, slots=True)
class Places:
    """Of n pixels: `sights_m` (n, 3) north-east-down of the camera, not a number where `depressions_deg` (n,) is too flat or no
    ground is known; `surface` (n,) the index into `surfaces` that gave each (-1: none).
    """

    sights_m: Array
    depressions_deg: Array
    surface: NDArray[np.intp]
    surfaces: tuple[Surface, ...]

    @property
    def offsets_m(self) -> Array:
        """(n, 2) east and north of the camera."""
        return self.sights_m[:, [1, 0]]

    def ground(self) -> tuple[Array, Array]:
        """(n, 3) normals of the ground at each place, and (n,) standard deviations of the camera's height over it."""
        normals, sigmas_m = np.full_like(self.sights_m, np.nan), np.full(len(self.surface), np.nan)
        for index, surface in enumerate(self.surfaces):
            on_it = self.surface == index
            if on_it.any():
                normals[on_it] = surface.normals(self.sights_m[on_it])
                sigmas_m[on_it] = surface.sigmas_m(self.sights_m[on_it])
        return normals, sigmas_m

    def altitude_m(self, index: int) -> float | None:
        """Of the ground at one place, on the zero of the pose's altitude; None where that is not known."""
        camera_m = self.surfaces[self.surface[index]].camera_altitude_m
        return None if camera_m is None else camera_m - float(self.sights_m[index, 2])

    @property
    def is_placed(self) -> NDArray[np.bool_]:
        """(n,) whether each has a place."""
        return self.surface >= 0


def locate(pixel: tuple[float, float], view: CameraView, heights: Heights) -> GroundFix | AboveHorizon | NoGround:
    """The place on the ground that `pixel` (u, v of the full picture) shows."""
    places = place_pixels(np.array([pixel]), view, heights)
    return fixes_of(places, view)[0]


def locate_many(pixels: Array, view: CameraView, heights: Heights) -> list[GroundFix | AboveHorizon | NoGround]:
    """The places that (n, 2) pixels show."""
    return fixes_of(place_pixels(pixels, view, heights), view)


def place_pixels(pixels: Array, view: CameraView, heights: Heights) -> Places:
    """Where the rays of (n, 2) pixels meet the ground: on the best surface that knows it."""
    rays = view.rays(np.reshape(pixels, (-1, 2)))
    sines = rays[:, 2] / np.linalg.norm(rays, axis=1)
    scales, chosen = np.full(len(rays), np.nan), np.full(len(rays), -1)
    surfaces = tuple(surfaces_of(view, heights))
    for index, surface in enumerate(surfaces):
        open_ones = np.flatnonzero((sines >= MIN_DEPRESSION_SINE) & (chosen < 0))
        if not len(open_ones):
            break
        met = surface.meet(rays[open_ones])
        scales[open_ones] = met
        chosen[open_ones[~np.isnan(met)]] = index
    return Places(rays * scales[:, None], np.degrees(np.arcsin(sines)), chosen, surfaces)


def doubts_of(places: Places, view: CameraView) -> Doubt:
    """How far each place may be off; not a number for those without one."""
    return doubt_of(view, places.sights_m, *places.ground())


def fixes_of(places: Places, view: CameraView) -> list[GroundFix | AboveHorizon | NoGround]:
    """Each place with its ellipse, or why there is none."""
    covariances = doubts_of(places, view).covariance_m2()
    lat_deg, lon_deg = LocalFrame(view.pose.point).to_lat_lon(np.nan_to_num(places.offsets_m))
    return [
        _fix(places, view, index, GeoPoint(lat_deg=lat_deg[index], lon_deg=lon_deg[index]), covariances[index])
        if placed
        else _refusal(places, index)
        for index, placed in enumerate(places.is_placed)
    ]


def _fix(places: Places, view: CameraView, index: int, point: GeoPoint, covariance_m2: Array) -> GroundFix:
    surface = places.surfaces[places.surface[index]]
    east_m, north_m = places.offsets_m[index].tolist()
    return GroundFix(point, places.altitude_m(index), (east_m, north_m), covariance_m2, (*view.assumptions, surface.source))


def _refusal(places: Places, index: int) -> AboveHorizon | NoGround:
    depression_deg = float(places.depressions_deg[index])
    if depression_deg < np.degrees(np.arcsin(MIN_DEPRESSION_SINE)):
        return AboveHorizon(depression_deg)
    if np.isnan(depression_deg):
        return NoGround("the lens maps nothing to this pixel: its distortion does not reach that far")
    if not places.surfaces:
        return NoGround("no height is known: neither rangefinder, terrain, ground elevation nor relative altitude")
    return NoGround(f"{places.surfaces[-1].source} knows no ground there")
