"""A finding's box as it lies in its evidence picture, in YOLO's notation."""

from ground_station.findings.jpeg import PictureSize
from missions.geometry import PixelBox


def box_in_picture(box: PixelBox, crop: PixelBox) -> tuple[float, float, float, float] | None:
    """Centre x, centre y, width and height of `box` (pixels of the frame) as shares of the picture that shows `crop` of it.

    What reaches out of the picture is cut off; None where nothing of the box lies in it.
    """
    width, height = crop.x_max - crop.x_min, crop.y_max - crop.y_min
    left, right = (min(max((x - crop.x_min) / width, 0.0), 1.0) for x in (box.x_min, box.x_max))
    top, bottom = (min(max((y - crop.y_min) / height, 0.0), 1.0) for y in (box.y_min, box.y_max))
    if right <= left or bottom <= top:
        return None
    return (left + right) / 2, (top + bottom) / 2, right - left, bottom - top


def label_line(class_index: int, box: tuple[float, float, float, float]) -> str:
    """A line of a label file."""
    return " ".join([str(class_index), *(f"{value:.6f}" for value in box)])


def fits(crop: PixelBox, picture: PictureSize) -> bool:
    """Whether a picture can be that crop, perhaps scaled down: it has its aspect, to two pixels."""
    scale = picture.width_px / (crop.x_max - crop.x_min)
    return abs(picture.height_px - scale * (crop.y_max - crop.y_min)) <= 2
