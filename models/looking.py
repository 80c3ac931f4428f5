"""Showing a frame to a network in the pieces that were planned for it, and bringing back the boxes of the whole frame."""

import numpy as np

from models.boxes import Boxes
from models.letterbox import PADDING_GREY, Picture, resized
from models.merging import Pieces, merge
from models.runtime import Runtime
from models.slicing import Size, Slicing, Tile


def look(runtime: Runtime, image_bgr: Picture, slicing: Slicing, network: Size, *, also_whole: bool = False) -> Boxes:
    """The boxes in a frame, in its pixels. `also_whole` adds a look at the whole frame for things larger than a tile.

    Raises PictureError.
    """
    scaled = resized(image_bgr, (slicing.width_px, slicing.height_px))
    pictures = [_framed(_cut(scaled, tile), network) for tile in slicing.tiles]
    whole = [image_bgr] if also_whole and len(slicing.tiles) > 1 else []
    found = runtime.infer_many([*pictures, *whole])
    stretch = image_bgr.shape[1] / slicing.width_px, image_bgr.shape[0] / slicing.height_px
    size = (image_bgr.shape[1], image_bgr.shape[0])
    pieces = [_in_frame(boxes, tile, stretch, size) for boxes, tile in zip(found, slicing.tiles, strict=False)]
    everything = np.array([0, 0, *size], np.float32)
    return merge([*pieces, *(Pieces.of_tile(boxes, everything, size) for boxes in found[len(pieces) :])])


def _cut(scaled: Picture, tile: Tile) -> Picture:
    return scaled[tile.y_px : tile.y_px + tile.height_px, tile.x_px : tile.x_px + tile.width_px]


def _framed(piece: Picture, network: Size) -> Picture:
    """The piece in the upper left of a grey picture of the network's size, so that it is not enlarged."""
    height_px, width_px = piece.shape[:2]
    if (width_px, height_px) == network:
        return piece
    canvas = np.full((network[1], network[0], 3), PADDING_GREY, np.uint8)
    canvas[:height_px, :width_px] = piece
    return canvas


def _in_frame(boxes: Boxes, tile: Tile, stretch: tuple[float, float], frame: Size) -> Pieces:
    """A tile's boxes in pixels of the frame, cut off at the tile's borders (grey beyond them shows nothing)."""
    corner, size = np.array([tile.x_px, tile.y_px], np.float32), np.array([tile.width_px, tile.height_px], np.float32)
    area = np.concatenate([corner, corner + size])
    factor = np.tile(np.array(stretch, np.float32), 2)
    xyxy = np.clip(boxes.xyxy + np.tile(corner, 2), np.tile(area[:2], 2), np.tile(area[2:], 2)) * factor
    placed = Boxes(xyxy.astype(np.float32), boxes.scores, boxes.classes)
    return Pieces.of_tile(placed, (area * factor).astype(np.float32), frame)
