"""Where the ground appears in a picture: the homography of a plane under a pinhole camera."""

import numpy as np

from missions.aircraft import Camera
from missions.geometry import Array, LocalFrame, PixelBox
from missions.telemetry import Pose
from simulator.world.matter import Matter
from simulator.world.stamp import stamp
from simulator.world.window import Points

FARTHEST_M = 450.0
"""Ground farther away than this is lost in the haze."""

SEEN_SHARE = 0.6
"""A matter counts as in view when at least this share of its outline's box lies inside the picture."""


class View:
    """One camera at one place. Ground places are metres east and north of the world's origin; the ground is flat."""

    def __init__(self, pose: Pose, camera: Camera, frame: LocalFrame) -> None:
        self.camera = camera
        self.height_m = max(pose.height_m, 0.5)
        self.east_m, self.north_m = frame.to_xy(pose.point)
        self.to_ned = pose.camera.matrix()

    def ground_to_image(self) -> Array:
        """(3, 3) homography from (east, north, 1) relative to the camera's foot to (u, v, 1) times depth."""
        width, height, focal = self.camera.width_px, self.camera.height_px, self.camera.focal_px
        pinhole = np.array([[width / 2, focal, 0], [height / 2, 0, focal], [1, 0, 0]])
        place = np.array([[0, 1, 0], [1, 0, 0], [0, 0, self.height_m]])
        return np.asarray(pinhole @ self.to_ned.T @ place, dtype=np.float64)

    def to_image(self, east_north: Points) -> Points:
        """(n, 2) pixels of (n, 2) ground places; not a number for those behind the camera."""
        relative = east_north - (self.east_m, self.north_m)
        projected = np.column_stack([relative, np.ones(len(relative))]) @ self.ground_to_image().T
        depth = np.where(projected[:, 2] > 1e-3, projected[:, 2], np.nan)
        return np.asarray(projected[:, :2] / depth[:, None], dtype=np.float64)

    def rays(self, pixels: Points) -> Points:
        """(n, 3) directions in north-east-down of (n, 2) pixels; the first body component is 1."""
        offsets = (pixels - (self.camera.width_px / 2, self.camera.height_px / 2)) / self.camera.focal_px
        return np.asarray(np.column_stack([np.ones(len(offsets)), offsets]) @ self.to_ned.T, dtype=np.float64)

    def footprint(self) -> Points:
        """(n, 2) ground places round what is in view, as far as `FARTHEST_M`."""
        u, v = np.meshgrid(np.linspace(0, self.camera.width_px, 5), np.linspace(0, self.camera.height_px, 9))
        rays = self.rays(np.column_stack([u.ravel(), v.ravel()]))
        sideways = np.maximum(np.hypot(rays[:, 0], rays[:, 1]), 1e-9)
        reach = np.where(rays[:, 2] > 1e-6, self.height_m * sideways / np.maximum(rays[:, 2], 1e-6), FARTHEST_M)
        reach = np.minimum(reach, FARTHEST_M)
        return np.column_stack([self.east_m + rays[:, 1] / sideways * reach, self.north_m + rays[:, 0] / sideways * reach])

    def ground_sampling_m(self) -> float:
        """Metres of ground that one pixel in the middle of the picture covers across the line of sight."""
        down = max(float(self.rays(np.array([[self.camera.width_px / 2, self.camera.height_px / 2]]))[0, 2]), 0.2)
        return self.height_m / down / self.camera.focal_px


def outline_of(matter: Matter, frame: LocalFrame) -> Points:
    """(n, 2) metres east and north of the world's origin: the hull of the visible thing."""
    shape = stamp(matter.look).outline
    return np.asarray(shape + frame.to_xy(matter.position), dtype=np.float64)


def box_in_view(outline: Points, view: View, seen_share: float = SEEN_SHARE) -> PixelBox | None:
    """The box round an outline, cut at the picture's edge; None if less than `seen_share` of it is inside."""
    pixels = view.to_image(outline)
    if np.isnan(pixels).any():
        return None
    size = np.array([view.camera.width_px, view.camera.height_px])
    low, high = pixels.min(axis=0), pixels.max(axis=0)
    cut_low, cut_high = np.clip(low, 0, size), np.clip(high, 0, size)
    if np.prod(cut_high - cut_low) < seen_share * np.prod(high - low):
        return None
    return PixelBox(x_min=float(cut_low[0]), y_min=float(cut_low[1]), x_max=float(cut_high[0]), y_max=float(cut_high[1]))


def visible(matter: Matter, pose: Pose, camera: Camera, frame: LocalFrame) -> PixelBox | None:
    """The matter's box in the picture; None if less than `SEEN_SHARE` of it, or none, is in view."""
    view = View(pose, camera, frame)
    east, north = frame.to_xy(matter.position)
    if np.hypot(east - view.east_m, north - view.north_m) > FARTHEST_M:
        return None
    return box_in_view(outline_of(matter, frame), view)
