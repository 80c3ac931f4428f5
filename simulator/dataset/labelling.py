"""What a picture's labels say: every matter in it, and every vehicle and person that is large enough to be seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from missions.geometry import PixelBox
from simulator.world.ground import Ground
from simulator.world.painters.register import AUXILIARY, EVERYTHING, PAINTERS
from simulator.world.projection import View, box_in_view
from simulator.world.scene import Placed
from simulator.world.window import Window

LABELLED_SHARE = 0.4
"""Of a thing's box that must lie in the picture for it to be labelled."""

LEAST_PX = {"person": 12.0, "vehicle": 20.0}
"""Longer side, in pixels of the full frame (twice the network's), from which a passer is labelled: smaller ones are dots."""

_CROWDED_LEAST_PX = 20.0
"""The same for a person in a crowd, which is a class of its own."""

Outline = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Label:
    """One thing in one picture; `box` in pixels of the picture."""

    class_index: int
    box: PixelBox

    def shrunk(self, factor: float) -> "Label":
        """The label of the picture shown so many times smaller."""
        return Label(self.class_index, PixelBox(**{name: value / factor for name, value in self.box.model_dump().items()}))

    def line(self, size_px: int) -> str:
        """A line of a YOLO label file: class, centre and size as shares of the picture."""
        b = self.box
        values = (b.x_min + b.x_max) / 2, (b.y_min + b.y_max) / 2, b.x_max - b.x_min, b.y_max - b.y_min
        return " ".join([str(self.class_index), *(f"{value / size_px:.6f}" for value in values)])


def labels_of(
    placed: Sequence[Placed], ground: Ground, window: Window, view: View, class_keys: tuple[str, ...]
) -> Iterator[Label]:
    """The labels of a picture, of the classes asked for."""
    for key, outline, least_px in _everything(placed, ground, window):
        box = box_in_view(outline, view, LABELLED_SHARE)
        if key in class_keys and box is not None and max(box.x_max - box.x_min, box.y_max - box.y_min) >= least_px:
            yield Label(class_keys.index(key), box)


def _everything(placed: Sequence[Placed], ground: Ground, window: Window) -> Iterator[tuple[str, Outline, float]]:
    """Class, outline on the ground and least side of every thing that has a class."""
    for one in placed:
        place, look = np.array([one.east_m, one.north_m]), one.stamp()
        key = one.look.class_key if one.look.class_key in PAINTERS else EVERYTHING[one.look.class_key].seen_as
        if key is not None:
            yield key, look.outline + place, LEAST_PX.get(key, 0.0)
        for part, outline in look.parts if key not in AUXILIARY else ():
            yield part, outline + place, _CROWDED_LEAST_PX if part == "person" else LEAST_PX[part]
    for outline in ground.vehicles(window):
        if not any(one.covers(outline.mean(axis=0), ground) for one in placed):
            yield "vehicle", outline, LEAST_PX["vehicle"]
