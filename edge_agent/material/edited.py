"""Whether other software has cropped, scaled or rotated a photo since the camera took it: its lens then no longer holds."""

import re

from PIL import ExifTags

from edge_agent.material.camera_table import camera_of, cameras_of
from edge_agent.material.photo_tags import PhotoTags

_VERSION = re.compile(r"^\W*(firmware version|firmware|version|ver\.?|fw|v|hd)?\s*\d+([._-]\d+)*[\w.\- ]*$", re.IGNORECASE)
"""What firmwares write into the Software tag: `v01.23.4920`, `10.00.12.07`, `Firmware Version 1.0`, `Ver.1.2`, `HD7.01`."""

ASPECTS_DIFFER = 0.08
"""Share by which a thumbnail's shape may differ from the picture's: it is some 120 pixels high."""


def edits(tags: PhotoTags) -> list[str]:
    """What tells of other software, in words; empty for a picture as the camera took it."""
    found = (_software(tags), _crop_tag(tags), _size_tags(tags), _camera_size(tags), _thumbnail(tags))
    return [sign for sign in found if sign is not None]


def is_firmware(software: str, tags: PhotoTags) -> bool:
    """Whether a Software tag is the camera maker's: a version number, or with the camera's make or model in it."""
    if not software or _VERSION.match(software):
        return True
    told = software.casefold()
    names = [name.casefold() for name in (*tags.make.split(), *tags.model.split()) if len(name) > 2]
    return any(name in told for name in names)


def _software(tags: PhotoTags) -> str | None:
    for tag, software in (
        ("Software", tags.text(ExifTags.Base.Software)),
        ("ProcessingSoftware", tags.text(ExifTags.Base.ProcessingSoftware)),
        ("XMP CreatorTool", tags.xmp.get("xmp:CreatorTool", "")),
    ):
        if not is_firmware(software, tags):
            return f"was written by other software ({tag}: {software})"
    return None


def _crop_tag(tags: PhotoTags) -> str | None:
    return "was cropped (XMP HasCrop)" if tags.xmp.get("crs:HasCrop", "").lower() == "true" else None


def _size_tags(tags: PhotoTags) -> str | None:
    width, height = tags.number(ExifTags.Base.ExifImageWidth), tags.number(ExifTags.Base.ExifImageHeight)
    if not width or not height or (width, height) == (tags.width_px, tags.height_px):
        return None
    done = "rotated" if (height, width) == (tags.width_px, tags.height_px) else "cropped or scaled"
    return f"was {done}: it is {tags.width_px} x {tags.height_px} pixels, EXIF says {width:.0f} x {height:.0f}"


def _camera_size(tags: PhotoTags) -> str | None:
    known = cameras_of(tags)
    if not known or camera_of(tags) is not None:
        return None
    size = f"{known[0].size_px[0]} x {known[0].size_px[1]}"
    return f"has a size that the camera does not write: {tags.width_px} x {tags.height_px}; {known[0].name} writes {size}"


def _thumbnail(tags: PhotoTags) -> str | None:
    if tags.thumbnail_aspect is None:
        return None
    aspect = tags.width_px / tags.height_px
    if abs(tags.thumbnail_aspect / aspect - 1) <= ASPECTS_DIFFER:
        return None
    return (
        f"was cropped or rotated: its thumbnail is {tags.thumbnail_aspect:.2f} times as wide as high, the picture {aspect:.2f}"
    )
