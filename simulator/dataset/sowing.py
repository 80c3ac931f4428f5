"""What stands in a picture: matters, clutter and passers, wherever there is room for them and each may stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.dataset.options import DatasetOptions
from simulator.world.brush import Look
from simulator.world.canvas import PointM
from simulator.world.ground import Ground
from simulator.world.painters.register import CLUTTER, EVERYTHING, PASSERS
from simulator.world.projection import View
from simulator.world.scene import Placed
from simulator.world.siting import may_stand

_TRIES = 15
"""Places tried for each thing that is wanted."""

_MOST_LEAN = 2.5
_LARGEST_SHARE = 0.9
"""Of the picture's own width on the ground: close up, what is larger is left out."""

_OFTEN = ("person", "person", "person", "car", "car")
"""People and cars are met more often than other passers."""


def sow(rng: np.random.Generator, view: View, ground: Ground, options: DatasetOptions, m_per_px: float) -> list[Placed]:
    """Everything in one picture, in the order of painting; nothing overlaps."""
    bed = _Bed(rng, view, ground, m_per_px, [])
    if rng.random() >= options.empty_share:
        bed.fill(options.matter_keys, options.matters)
    bed.fill(tuple(CLUTTER), options.clutter)
    bed.fill((*PASSERS, *_OFTEN), options.passers)
    return bed.placed


@dataclass
class _Bed:
    rng: np.random.Generator
    view: View
    ground: Ground
    m_per_px: float
    placed: list[Placed]

    def fill(self, keys: Sequence[str], count: tuple[int, int]) -> None:
        """Adds as many things of these kinds as are wanted, or as there is room for."""
        span_m = self.view.ground_sampling_m() * self.view.camera.width_px
        fitting = [key for key in keys if EVERYTHING[key].size_m <= span_m * _LARGEST_SHARE]
        wanted = len(self.placed) + int(self.rng.integers(count[0], count[1] + 1))
        for _ in range((wanted - len(self.placed)) * _TRIES if fitting else 0):
            if len(self.placed) == wanted:
                break
            one = self._random(fitting[int(self.rng.integers(len(fitting)))])
            if self._has_room(one):
                self.placed.append(one)

    def _random(self, key: str) -> Placed:
        camera = self.view.camera
        share = self.rng.uniform(0.06, 0.94, 2)
        ray = self.view.rays((share * (camera.width_px, camera.height_px))[None])[0]
        lean = (float(ray[1] / ray[2]), float(ray[0] / ray[2]))
        east, north = (self.view.east_m + lean[0] * self.view.height_m, self.view.north_m + lean[1] * self.view.height_m)
        size = EVERYTHING[key].size_m * float(self.rng.uniform(0.75, 1.25))
        heading, seed = float(self.rng.uniform(0, 360)), int(self.rng.integers(2**31))
        look = Look(key, size, heading, seed, self.m_per_px, _limited(lean) if key in PASSERS else (0.0, 0.0))
        return Placed(look, float(east), float(north))

    def _has_room(self, one: Placed) -> bool:
        apart = all(
            np.hypot(other.east_m - one.east_m, other.north_m - one.north_m) > _room(other) + _room(one)
            for other in self.placed
        )
        sites = EVERYTHING[one.look.class_key].sites
        return apart and may_stand(self.ground.covers_under(one.east_m, one.north_m, one.look.size_m), sites)


def _limited(lean: PointM) -> PointM:
    """No longer than `_MOST_LEAN`: towards the horizon the flat ground is no good stand-in."""
    length = max(float(np.hypot(*lean)) / _MOST_LEAN, 1.0)
    return lean[0] / length, lean[1] / length


def _room(one: Placed) -> float:
    return one.look.size_m * (0.85 if EVERYTHING[one.look.class_key].setting else 0.58)
