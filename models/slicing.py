"""In which pieces, and at what scale, a frame is shown to a network that was trained for a certain size of things.

A pixel of the network's input should show as much ground as in training (`ModelCard.ground_m_per_px`). Where the frame's
ground is coarser than that once the whole frame is fitted in, the frame is cut into tiles of the input's size, which overlap
by the largest thing, so that whatever is smaller lies whole in one of them. Where it is finer, the frame is shrunk.
All sizes and places of tiles are in pixels of the scaled frame.
"""

from dataclasses import dataclass
from math import ceil

Size = tuple[int, int]
"""Width and height in pixels."""

LARGEST_THING_M = 20.0
"""Things up to this size lie whole in a tile; larger ones are put together again from their parts (models/merging.py)."""

TOLERANCE = 1.1
"""A whole frame whose ground is coarser than trained for by this factor costs less than the four tiles that it would take."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One piece of the scaled frame: its upper left corner and its size."""

    x_px: int
    y_px: int
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Slicing:
    """The frame's size times `scale` is the scaled frame's; `tiles` cover it row by row and overlap by `overlap_px` or more."""

    scale: float
    width_px: int
    height_px: int
    overlap_px: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """How much ground a pixel of the frame shows, and the least and most that a pixel of the input may show, in metres."""

    frame_m_per_px: float
    finest_m_per_px: float
    coarsest_m_per_px: float


def plan_slices(frame: Size, network: Size, ground: Ground) -> Slicing | None:
    """The tiles of a frame for a network; None where the whole frame, as large as it fits, shows what was trained for."""
    fit = min(network[0] / frame[0], network[1] / frame[1])
    fitted_m_per_px = ground.frame_m_per_px / fit
    if fitted_m_per_px < ground.finest_m_per_px:
        return _laid_out(frame, network, ground.frame_m_per_px / ground.finest_m_per_px, 0.0)
    thing_px = LARGEST_THING_M / ground.frame_m_per_px
    needed = min(ground.frame_m_per_px / ground.coarsest_m_per_px, 1.0)
    if fitted_m_per_px <= TOLERANCE * ground.coarsest_m_per_px or needed <= fit:
        return None
    finest = min(ground.frame_m_per_px / ground.finest_m_per_px, 1.0)
    return _laid_out(frame, network, min(_filled(frame, network, needed, thing_px), finest), thing_px)


def _filled(frame: Size, network: Size, scale: float, thing_px: float) -> float:
    """The largest scale at which the frame takes no more tiles than at `scale`: what the tiles have room for costs nothing."""
    sides = tuple(zip(frame, network, strict=True))
    overlap_px = _overlap_px(network, scale, thing_px)
    counts = [_count(whole * scale, tile, overlap_px) for whole, tile in sides]
    scales = [count * tile / (whole + (count - 1) * thing_px) for count, (whole, tile) in zip(counts, sides, strict=True)]
    return max(scale, min(scales))


def _laid_out(frame: Size, network: Size, scale: float, thing_px: float) -> Slicing:
    width_px, height_px = (max(1, int(side * scale + 1e-6)) for side in frame)
    overlap_px = int(_overlap_px(network, scale, thing_px))
    columns = _starts(width_px, network[0], overlap_px)
    rows = _starts(height_px, network[1], overlap_px)
    width, height = min(width_px, network[0]), min(height_px, network[1])
    tiles = tuple(Tile(x, y, width, height) for y in rows for x in columns)
    return Slicing(scale, width_px, height_px, overlap_px, tiles)


def _overlap_px(network: Size, scale: float, thing_px: float) -> float:
    """The largest thing in pixels of the scaled frame; half a tile at most, or tiles would hardly advance."""
    return min(thing_px * scale, network[0] / 2, network[1] / 2)


def _count(whole_px: float, tile_px: int, overlap_px: float) -> int:
    return max(1, ceil((whole_px - overlap_px) / (tile_px - overlap_px) - 1e-6))


def _starts(whole_px: int, tile_px: int, overlap_px: int) -> list[int]:
    """Where the tiles of a row begin: evenly spread, the first at the frame's beginning, the last ending at its end."""
    count = _count(whole_px, tile_px, overlap_px)
    room_px = max(0, whole_px - tile_px)
    return [room_px * index // max(1, count - 1) for index in range(count)]
