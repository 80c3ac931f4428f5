"""Frames of a world: what a camera at a pose sees."""

from collections.abc import Sequence

import numpy as np
from cv2.typing import MatLike

from missions.aircraft import Camera
from missions.geometry import LocalFrame, PixelBox
from missions.telemetry import Pose
from simulator.world.chunks import Chunks, level_for, snapped
from simulator.world.ground import Ground
from simulator.world.matter import GroundLine, World
from simulator.world.projection import FARTHEST_M, View, box_in_view, outline_of
from simulator.world.scene import Placed, photograph
from simulator.world.sensor import Light, expose
from simulator.world.strip import Strip

_LIGHT_LASTS_MS = 60_000


class Renderer:
    """Renders one world for one camera. The same world, pose and time give the same frame."""

    def __init__(self, world: World, camera: Camera) -> None:
        self.world, self.camera = world, camera
        self._places = world.frame.to_xy_many([m.position for m in world.matters])
        everything = (*world.bystanders, *world.matters)
        places = world.frame.to_xy_many([one.position for one in everything])
        placed = [Placed(one.look, float(x), float(y)) for one, (x, y) in zip(everything, places, strict=True)]
        self._chunks = Chunks(ground_of(world), placed)

    def frame(self, pose: Pose) -> MatLike:
        """(height_px, width_px, 3) picture, blue, green, red."""
        view = View(pose, self.camera, self.world.frame)
        footprint = view.footprint()
        low, high = footprint.min(axis=0) - 2.0, footprint.max(axis=0) + 2.0
        level = level_for(view.ground_sampling_m(), float((high - low).max()))
        window = snapped((float(low[0]), float(low[1])), (float(high[0]), float(high[1])), level)
        seen = photograph(self._chunks.mosaic(window, level), window, view)
        moment = int(pose.time_boot_ms)
        light = Light.random(np.random.default_rng([self.world.seed, moment // _LIGHT_LASTS_MS]), 0.5)
        return expose(seen, light, np.random.default_rng([self.world.seed, moment]))

    def in_view(self, pose: Pose) -> dict[str, PixelBox]:
        """The matters that are in view (see `box_in_view`), with their boxes: the truth about the frame."""
        view = View(pose, self.camera, self.world.frame)
        if not len(self._places):
            return {}
        near = np.hypot(*(self._places - (view.east_m, view.north_m)).T) < FARTHEST_M
        boxes = {
            matter.id: box_in_view(outline_of(matter, self.world.frame), view)
            for matter, is_near in zip(self.world.matters, near, strict=True)
            if is_near
        }
        return {id: box for id, box in boxes.items() if box is not None}


def ground_of(world: World) -> Ground:
    """The ground that a world's seed and lines describe."""
    return Ground(world.seed, strips_of("water", world.lines, world.frame), strips_of("road", world.lines, world.frame))


def strips_of(kind: str, lines: Sequence[GroundLine], frame: LocalFrame) -> tuple[Strip, ...]:
    """The lines of one kind in the plane."""
    return tuple(Strip(frame.to_xy_many(one.line), one.width_m) for one in lines if one.kind == kind)
