"""Pictures of a world through a real lens: what a perfect one sees, bent as Brown and Conrady have it."""

from collections.abc import Mapping

import cv2
import numpy as np
from cv2.typing import MatLike

from missions.aircraft import Camera
from missions.geometry import Array, LocalFrame, PixelBox
from missions.optics import Distortion, Intrinsics
from missions.telemetry import Pose
from simulator.world.matter import World
from simulator.world.projection import FARTHEST_M, View, box_in_view, outline_of
from simulator.world.renderer import Renderer
from simulator.world.window import Points

_BORDER_STEPS = 33
"""Places along each edge of a picture at which the lens is asked how far it sees."""


class LensView(View):
    """One camera with a real lens at one place: where the ground appears in its picture."""

    def __init__(self, pose: Pose, lens: Intrinsics, frame: LocalFrame) -> None:
        super().__init__(pose, _camera(lens.width_px, lens.height_px, lens.fx_px), frame)
        self._lens = lens
        self._reach = _reach(lens)

    def to_image(self, east_north: Points) -> Points:
        """(n, 2) pixels of (n, 2) ground places; not a number for those behind the camera.

        Beyond the picture the polynomials of a lens may fold back into it: there places are where a perfect lens has them.
        """
        relative = east_north - (self.east_m, self.north_m)
        ned = np.column_stack([relative[:, 1], relative[:, 0], np.full(len(relative), self.height_m)])
        rays = ned @ self.to_ned
        within = np.all(np.abs(rays[:, 1:]) <= self._reach * rays[:, :1], axis=1, keepdims=True)
        straight = self._lens.model_copy(update={"distortion": Distortion()})
        return np.where(within, self._lens.project(rays), straight.project(rays))


class Photographer:
    """Takes pictures of one world through one lens."""

    def __init__(self, world: World, lens: Intrinsics) -> None:
        self.world, self.lens = world, lens
        perfect = wide_camera(lens)
        self._renderer = Renderer(world, perfect)
        self._map = bending(lens, perfect)
        self._outlines = {matter.id: outline_of(matter, world.frame) for matter in world.matters}

    def picture(self, pose: Pose) -> MatLike:
        """(height_px, width_px, 3) picture, blue, green, red."""
        return cv2.remap(self._renderer.frame(pose), *self._map, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    def in_view(self, pose: Pose) -> Mapping[str, PixelBox]:
        """The boxes of the matters in view, by their ids."""
        view = LensView(pose, self.lens, self.world.frame)
        here = np.array([view.east_m, view.north_m])
        near = {id: line for id, line in self._outlines.items() if np.hypot(*(line[0] - here)) < FARTHEST_M}
        boxes = {id: box_in_view(line, view) for id, line in near.items()}
        return {id: box for id, box in boxes.items() if box is not None}


def wide_camera(lens: Intrinsics) -> Camera:
    """The perfect camera of the same focal length that sees all that the lens does."""
    width, height = (2 * int(np.ceil(lens.fx_px * side) + 1) for side in _reach(lens))
    return _camera(width, height, lens.fx_px)


def _reach(lens: Intrinsics) -> Array:
    """(2,) how far right and down of the axis, at unit depth, the lens sees."""
    across, down = np.meshgrid(np.linspace(0, lens.width_px, _BORDER_STEPS), np.linspace(0, lens.height_px, _BORDER_STEPS))
    return np.asarray(np.abs(lens.rays(np.column_stack([across.ravel(), down.ravel()]))[:, 1:]).max(axis=0))


def _camera(width_px: int, height_px: int, focal_px: float) -> Camera:
    return Camera(width_px=width_px, height_px=height_px, hfov_deg=float(np.degrees(2 * np.arctan(width_px / 2 / focal_px))))


def bending(lens: Intrinsics, perfect: Camera) -> tuple[Array, Array]:
    """For each pixel of the lens' picture the column and row (pixel centres are whole numbers) of the perfect one."""
    columns, rows = np.meshgrid(np.arange(lens.width_px) + 0.5, np.arange(lens.height_px) + 0.5)
    rays = lens.rays(np.column_stack([columns.ravel(), rows.ravel()]))
    places = rays[:, 1:] * perfect.focal_px + (perfect.width_px / 2, perfect.height_px / 2) - 0.5
    shape = (lens.height_px, lens.width_px)
    return places[:, 0].reshape(shape).astype(np.float32), places[:, 1].reshape(shape).astype(np.float32)
