"""The ground that a picture shows near enough for things on it to be placed."""

import numpy as np
from shapely import Polygon

from edge_agent.geolocate import doubts_of, place_pixels
from edge_agent.placement.camera_view import CameraView
from edge_agent.placing import View, errors_m
from edge_agent.seen_ground import footprint_of
from missions.geometry import Array

GRID = (17, 13)
"""Pixels, across and down, whose places make up a footprint."""


def footprint(view: View, max_error_m: float) -> Polygon | None:
    """Its outline on the view's plane, as far as the 95 % ellipse of a place reaches within `max_error_m`; None: nowhere."""
    places = place_pixels(_grid(view.camera), view.camera, view.heights)
    near = np.flatnonzero(errors_m(doubts_of(places, view.camera)) <= max_error_m)
    shift_m = np.array(view.plane.to_xy(view.camera.pose.point))
    return footprint_of(places.offsets_m[near] + shift_m)


def _grid(camera: CameraView) -> Array:
    across = np.linspace(0.0, camera.intrinsics.width_px, GRID[0])
    down = np.linspace(0.0, camera.intrinsics.height_px, GRID[1])
    return np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
