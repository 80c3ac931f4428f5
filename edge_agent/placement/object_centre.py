"""Where the middle of a thing that lies on the ground is, given the box round it in the picture.

The middle of a box is not the middle of the thing: looked at from aside, the nearer half fills more of the box. The sides of
the box are tangents, and so are their traces on the ground; those of its upper and lower side are parallel there (a camera that
is level sideways), equally far from the middle of any outline that looks the same turned by half a turn. The mean of the
four corners on the ground lies halfway between them, and halfway between the other two sides at that distance.
"""

import numpy as np

from missions.geometry import Array, PixelBox


def corners_of(boxes: list[PixelBox]) -> Array:
    """(n, 4, 2) pixels: the corners of each box."""
    sides = np.array([(box.x_min, box.y_min, box.x_max, box.y_max) for box in boxes]).reshape(-1, 4)
    return np.stack([sides[:, [0, 1]], sides[:, [2, 1]], sides[:, [2, 3]], sides[:, [0, 3]]], axis=1)


def centres_of(corners_m: Array) -> Array:
    """(n, 3) middles of things from (n, 4, 3) corners of their boxes on the ground; not a number where a corner has none."""
    return np.asarray(corners_m.mean(axis=1))
