"""Takes pictures in several processes, and gives them in their order without keeping many."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

import cv2
from cv2.typing import MatLike

from missions.geometry import PixelBox
from missions.optics import Intrinsics
from missions.telemetry import Pose
from simulator.footage.lens import Photographer
from simulator.world.matter import World

_BATCH = 12
"""Pictures a process takes in one go; neighbours share painted ground."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (blue, green, red) and the boxes of the matters in it, by their ids."""

    pixels: MatLike
    boxes: dict[str, PixelBox]


def pictures(world: World, lens: Intrinsics, poses: Iterable[Pose], processes: int) -> Iterator[Picture]:
    """One picture for each pose, in their order."""
    batches = iter(poses)
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(world, lens)) as pool:
        under_way: deque[Future[list[Picture]]] = deque()
        while batch := list(islice(batches, _BATCH)):
            under_way.append(pool.submit(_take, batch))
            if len(under_way) > processes:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


_photographers: list[Photographer] = []
"""The one of this process."""


def _begin(world: World, lens: Intrinsics) -> None:
    os.nice(10)
    cv2.setNumThreads(1)
    _photographers[:] = [Photographer(world, lens)]


def _take(poses: list[Pose]) -> list[Picture]:
    (photographer,) = _photographers
    return [Picture(photographer.picture(pose), dict(photographer.in_view(pose))) for pose in poses]
