"""Whether a picture shows ground that is not to be looked at (a catalogue's private zones). Errs towards yes.

The zones are put into the picture, not the picture onto the ground: a picture that reaches up to the horizon has no bounded
footprint, a zone always has. Each zone is cut into triangles; over each stands a prism, from as deep to as high as the ground
and what stands on it may lie; the part of it in front of the camera is projected, and compared with the picture widened.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely import MultiPoint, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights, surfaces_of
from missions.airspace import PRIVATE_REACH_M, Outline
from missions.geometry import Array, GeoPoint, LocalFrame

SIGMAS = 3.0
"""Pose, lens and ground may be off by so many standard deviations, and still nothing private is looked at."""

STANDS_M = 3.0
"""People, and a ground floor's windows, stand so high over a zone. What is to be hidden higher up needs a wider zone."""

ROUNDING_M = 0.1
"""Of places put from one plane on another: a zone that only touches the picture's edge counts."""

NEAR_M = 0.1
"""Nearer in front of the camera than this is nothing."""

BORDER = 17
"""Pixels along each side of a picture whose rays bound what it shows."""

EVERYTHING = box(-1e9, -1e9, 1e9, 1e9)
"""All that lies in front of a camera: of a lens that maps nothing to its picture's border."""

_SHARES = np.array([(a, b, 4 - a - b) for a in range(5) for b in range(5 - a)]) / 4
"""(15, 3) barycentric coordinates: where in a triangle the ground's height is asked for."""


class PrivateGround:
    """The zones in force, as outlines without holes."""

    def __init__(self, outlines: Iterable[Outline]) -> None:
        self._corners = [corner for outline in outlines for corner in _triangles(outline)]

    def __bool__(self) -> bool:
        return bool(self._corners)

    def is_shown(self, camera: CameraView, heights: Heights) -> bool:
        """Whether the picture shows, or may show, any of it that is nearer than PRIVATE_REACH_M."""
        if not self._corners:
            return False
        triangles_m = LocalFrame(camera.pose.point).to_xy_many(self._corners).reshape(-1, 3, 2)
        away_m = shapely.distance(shapely.polygons(triangles_m), Point(0.0, 0.0))
        near_m = triangles_m[away_m <= PRIVATE_REACH_M][:, :, [1, 0]]
        if not len(near_m):
            return False
        tops_m, feet_m = _span(near_m, camera, heights)
        picture = _picture(camera)
        prisms_m = _prisms(near_m, tops_m, feet_m, _margin_m(camera)) @ camera.pose.attitude.matrix()
        return bool(np.isnan(tops_m).any()) or any(_in_front(prism_m).intersects(picture) for prism_m in prisms_m)


def _triangles(outline: Sequence[GeoPoint]) -> list[GeoPoint]:
    """Three corners of each."""
    frame = LocalFrame(outline[0])
    parts = shapely.constrained_delaunay_triangles(Polygon(frame.to_xy_many(outline)))
    corners_m = [shapely.get_coordinates(part)[:3] for part in shapely.get_parts(parts)]
    return frame.to_geo_many(np.concatenate(corners_m))


def _span(triangles_m: Array, camera: CameraView, heights: Heights) -> tuple[Array, Array]:
    """How far below the camera the highest and the lowest of each of (n, 3, 2) triangles (north, east) may lie; not a number
    where no height is known.
    """
    places_m = (_SHARES @ triangles_m).reshape(-1, 2)
    sights_m = np.column_stack([places_m, np.zeros(len(places_m))])
    depths_m, sigmas_m = np.full(len(places_m), np.nan), np.full(len(places_m), np.nan)
    for surface in surfaces_of(camera, heights):
        unknown = np.isnan(depths_m)
        depths_m = np.where(unknown, surface.depths_m(sights_m), depths_m)
        sigmas_m = np.where(unknown, surface.sigmas_m(sights_m), sigmas_m)
    tops_m, feet_m = depths_m - SIGMAS * sigmas_m - STANDS_M, depths_m + SIGMAS * sigmas_m
    return tops_m.reshape(-1, len(_SHARES)).min(axis=1), feet_m.reshape(-1, len(_SHARES)).max(axis=1)


def _margin_m(camera: CameraView) -> float:
    """How far the camera may be from where it is said to be."""
    accuracy, velocity_mps = camera.accuracy, camera.pose.velocity_mps or (0.0, 0.0, 0.0)
    way_m = accuracy.timing_s * float(np.linalg.norm(velocity_mps))
    return ROUNDING_M + SIGMAS * float(np.linalg.norm([accuracy.position_m, accuracy.jitter_m, way_m]))


def _prisms(triangles_m: Array, tops_m: Array, feet_m: Array, margin_m: float) -> Array:
    """(n, 24, 3) corners, north-east-down, of what stands over (n, 3, 2) triangles grown by a margin to all sides."""
    grown = margin_m * np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)])
    plan_m = (triangles_m[:, :, None, :] + grown).reshape(-1, 12, 2)
    ends = [np.dstack([plan_m, np.broadcast_to(down_m[:, None], plan_m.shape[:2])]) for down_m in (tops_m, feet_m)]
    return np.concatenate(ends, axis=1)


def _in_front(corners_m: Array) -> BaseGeometry:
    """What a camera sees of the convex body with (n, 3) corners in its own frame: right and down of its axis at unit depth."""
    is_ahead = corners_m[:, 0] >= NEAR_M
    ahead, behind = corners_m[is_ahead][:, None], corners_m[~is_ahead][None]
    shares = (ahead[..., :1] - NEAR_M) / (ahead[..., :1] - behind[..., :1])
    cuts_m = (ahead + shares * (behind - ahead)).reshape(-1, 3)
    visible_m = np.concatenate([corners_m[is_ahead], cuts_m])
    return MultiPoint(visible_m[:, 1:] / visible_m[:, :1]).convex_hull


def _picture(camera: CameraView) -> Polygon:
    """What the picture shows, right and down of its axis at unit depth, widened by how far attitude and lens may be off."""
    border = camera.intrinsics.rays(_border(camera.intrinsics.width_px, camera.intrinsics.height_px))[:, 1:]
    if np.isnan(border).any():
        return EVERYTHING
    accuracy = camera.accuracy
    angles = [*np.radians([accuracy.heading_deg, accuracy.tilt_deg, accuracy.tilt_deg]), accuracy.focal_share]
    widest = 1.0 + float((border**2).sum(axis=1).max())
    return MultiPoint(border).convex_hull.buffer(SIGMAS * widest * float(np.linalg.norm(angles)))


def _border(width_px: int, height_px: int) -> Array:
    across, down = np.linspace(0.0, width_px, BORDER), np.linspace(0.0, height_px, BORDER)
    rows = [np.column_stack([across, np.full(BORDER, y)]) for y in (0.0, height_px)]
    columns = [np.column_stack([np.full(BORDER, x), down]) for x in (0.0, width_px)]
    return np.concatenate([*rows, *columns])
