"""The picture of a photo's file, as stored: EXIF's orientation is not applied, since pixels refer to what the camera wrote."""

from pathlib import Path

import numpy as np
from PIL import Image as Pictures

from edge_agent.material.photo_tags import MALFORMED
from edge_agent.ports import Image
from missions.errors import InvalidInput


def read_picture(path: Path) -> Image:
    """(height, width, 3), blue-green-red. Raises InvalidInput naming the file where it is broken or ends too early."""
    try:
        with Pictures.open(path) as picture:
            red_green_blue = np.asarray(picture.convert("RGB"))
    except (*MALFORMED, Pictures.DecompressionBombError) as error:
        raise InvalidInput(str(path), "", f"cannot be decoded: {error}") from error
    return np.ascontiguousarray(red_green_blue[:, :, ::-1])
