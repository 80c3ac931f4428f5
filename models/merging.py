"""One set of boxes from those of overlapping tiles: nothing twice, and nothing in pieces.

A box at a border of its tile that is not the frame's (a cut one) shows part of a thing. Parts of a thing larger than the
overlap agree about what both tiles see, and are united; any other part gives way to a whole box that covers most of it.
The order of the boxes plays no part, and merging what is merged changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from models.boxes import Boxes, Floats
from models.decoding import suppress

BORDER_PX = 2.0
"""A box this close to its tile's border, in pixels of the frame's tile, is taken as cut off by it."""

COVERED = 0.5
"""Share of a cut box's area that a whole one must cover for the cut one to give way."""

AGREEING = 0.5
"""Overlap (intersection over union) of two cut boxes, within what both tiles see, that makes them one thing."""

_Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pieces:
    """n boxes in pixels of the frame, each with the area of its tile (n, 4) and whether an inner border cuts it (n,)."""

    boxes: Boxes
    areas: Floats
    cut: _Mask

    @classmethod
    def of_tile(cls, boxes: Boxes, area: Floats, frame: tuple[int, int]) -> "Pieces":
        """The boxes that were found in a tile of that area (x_min, y_min, x_max, y_max) of a frame of (width, height)."""
        inner = np.array([area[0] > 0, area[1] > 0, area[2] < frame[0] - 1, area[3] < frame[1] - 1])
        near = np.abs(boxes.xyxy - area) <= BORDER_PX
        return cls(boxes, np.tile(area, (len(boxes), 1)).astype(np.float32), (near & inner).any(axis=1))

    @classmethod
    def together(cls, pieces: Sequence["Pieces"]) -> "Pieces":
        """All of them as one, in an order of their own, not that in which they came."""
        boxes = Boxes(
            np.concatenate([piece.boxes.xyxy for piece in pieces]),
            np.concatenate([piece.boxes.scores for piece in pieces]),
            np.concatenate([piece.boxes.classes for piece in pieces]),
        )
        areas, cut = np.concatenate([piece.areas for piece in pieces]), np.concatenate([piece.cut for piece in pieces])
        order = np.lexsort((*areas.T, *boxes.xyxy.T, boxes.classes, -boxes.scores))
        return cls(boxes.taken(order), areas[order], cut[order])


def merge(pieces: Sequence[Pieces]) -> Boxes:
    """The boxes of the frame, the surest first."""
    if not sum(len(piece.boxes) for piece in pieces):
        return Boxes.empty()
    every = Pieces.together(pieces)
    united, alone = _united(every)
    whole = every.boxes.taken(~every.cut).and_those_of(united)
    kept = alone.taken(~_covered(alone, whole))
    return suppress(whole.and_those_of(kept).in_canonical_order())


def _united(pieces: Pieces) -> tuple[Boxes, Boxes]:
    """The things put together from several cut boxes, and the cut boxes that have no other part."""
    boxes, areas = pieces.boxes.taken(pieces.cut), pieces.areas[pieces.cut]
    if not len(boxes):
        return boxes, boxes
    count, groups = connected_components(csr_array(_agree(boxes, areas)), directed=False)
    members = [np.flatnonzero(groups == group) for group in range(count)]
    parts = [_hull(boxes, each) for each in members if len(each) > 1]
    alone = boxes.taken(np.array([each[0] for each in members if len(each) == 1], dtype=np.int64))
    return Boxes.empty().and_those_of(*parts), alone


def _agree(boxes: Boxes, areas: Floats) -> _Mask:
    """(n, n): whether two boxes of one class and of different tiles lie alike in what both tiles see."""
    shared = _intersections(areas, areas)
    one = _clipped(boxes.xyxy[:, None], shared)
    two = _clipped(boxes.xyxy[None, :], shared)
    both = _area(_clipped(one, two))
    union = _area(one) + _area(two) - both
    alike = both > AGREEING * np.maximum(union, 1e-6)
    elsewhere = (areas[:, None] != areas[None, :]).any(axis=2)
    return np.asarray(alike & elsewhere & (boxes.classes[:, None] == boxes.classes[None, :]))


def _hull(boxes: Boxes, members: NDArray[np.int64]) -> Boxes:
    """The parts as one box, as sure as the surest part."""
    corners = boxes.xyxy[members]
    xyxy = np.concatenate([corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)])[None]
    return Boxes(xyxy, boxes.scores[members].max(keepdims=True), boxes.classes[members[:1]])


def _covered(parts: Boxes, whole: Boxes) -> _Mask:
    """(n,): whether a part lies for the most part in some whole box, of whatever class: what a cut box calls it is a guess."""
    shared = _area(_intersections(parts.xyxy, whole.xyxy))
    return np.asarray((shared > COVERED * _area(parts.xyxy)[:, None]).any(axis=1))


def _intersections(one: Floats, two: Floats) -> Floats:
    """(n, m, 4): what each pair of (n, 4) and (m, 4) boxes shares; turned inside out where they share nothing."""
    return _clipped(one[:, None], two[None, :])


def _clipped(boxes: Floats, limits: Floats) -> Floats:
    low, high = np.maximum(boxes[..., :2], limits[..., :2]), np.minimum(boxes[..., 2:], limits[..., 2:])
    return np.concatenate([low, high], axis=-1)


def _area(boxes: Floats) -> Floats:
    return np.asarray(np.clip(boxes[..., 2:] - boxes[..., :2], 0, None).prod(axis=-1), dtype=np.float32)
