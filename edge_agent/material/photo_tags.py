"""What a photo's file says of itself: size, EXIF, XMP. Values that are no finite numbers count as not given."""

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from edge_agent.material.xmp import read_xmp
from missions.errors import FormatError, InvalidInput

MALFORMED = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, struct.error)
"""What Pillow raises for files that are not as they should be."""


Image.MAX_IMAGE_PIXELS = 250_000_000
"""Pillow warns beyond 89 megapixels, which mapping cameras reach; above twice this it refuses."""


@dataclass(frozen=True, slots=True)
class PhotoTags:
    """Tags of one photo: `exif` holds the main and the Exif directory, `gps` the GPS directory, by tag number.

    `thumbnail_aspect` is width over height of what the small picture within shows, without black bars.
    """

    name: str
    width_px: int
    height_px: int
    exif: Mapping[int, Any]
    gps: Mapping[int, Any]
    xmp: Mapping[str, str]
    thumbnail_aspect: float | None = None
    troubles: tuple[str, ...] = ()

    def number(self, tag: ExifTags.Base) -> float | None:
        """A number of the EXIF data."""
        return finite(self.exif.get(tag))

    def text(self, tag: ExifTags.Base) -> str:
        """A text of the EXIF data, without the zeros that cameras fill it up with; empty where there is none."""
        return plain(self.exif.get(tag))

    def xmp_number(self, *names: str) -> float | None:
        """The first of these XMP properties that is a number."""
        numbers = (finite(self.xmp.get(name)) for name in names)
        return next((number for number in numbers if number is not None), None)

    @property
    def make(self) -> str:
        """The camera's maker, as written."""
        return self.text(ExifTags.Base.Make) or self.xmp.get("tiff:Make", "")

    @property
    def model(self) -> str:
        """The camera's model, as written."""
        return self.text(ExifTags.Base.Model) or self.xmp.get("tiff:Model", "")


def read_tags(path: Path) -> PhotoTags:
    """The tags of a photo; raises InvalidInput naming the file where it is no picture that can be read."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InvalidInput(str(path), "", f"cannot be read: {error.strerror}") from error
    if size == 0:
        raise InvalidInput(str(path), "", "is empty (0 bytes)")
    try:
        with Image.open(path) as picture:
            return _tags(path, picture)
    except UnidentifiedImageError as error:
        raise InvalidInput(str(path), "", "is not a picture in a format that is read (JPEG, PNG, TIFF, WebP)") from error
    except (*MALFORMED, Image.DecompressionBombError) as error:
        raise InvalidInput(str(path), "", f"cannot be read as a picture: {error}") from error


def _tags(path: Path, picture: Image.Image) -> PhotoTags:
    troubles = []
    exif: dict[int, Any] = {}
    gps: dict[int, Any] = {}
    try:
        main = picture.getexif()
        exif = {**main, **main.get_ifd(ExifTags.IFD.Exif)}
        gps = dict(main.get_ifd(ExifTags.IFD.GPSInfo))
    except MALFORMED as error:
        troubles.append(f"EXIF cannot be read: {error}")
    xmp: dict[str, str] = {}
    try:
        xmp = read_xmp(path.name, _packet(picture))
    except FormatError as error:
        troubles.append(f"XMP cannot be read: {error.where} {error.cause}")
    aspect = _thumbnail_aspect(picture.info.get("exif", b""))
    return PhotoTags(path.name, *picture.size, exif, gps, xmp, aspect, tuple(troubles))


def _packet(picture: Image.Image) -> bytes:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    return packet.encode() if isinstance(packet, str) else bytes(packet)


def _thumbnail_aspect(exif: bytes) -> float | None:
    """None where there is no thumbnail, or one too dark to tell bars from the picture."""
    start = exif.find(b"\xff\xd8\xff")
    if start < 0:
        return None
    try:
        with Image.open(io.BytesIO(exif[start:])) as thumbnail:
            light = np.asarray(thumbnail.convert("L"), dtype=np.float64)
    except MALFORMED:
        return None
    lit_rows, lit_columns = np.flatnonzero(light.mean(axis=1) > 12), np.flatnonzero(light.mean(axis=0) > 12)
    if light.mean() < 25 or len(lit_rows) < light.shape[0] / 2 or len(lit_columns) < light.shape[1] / 2:
        return None
    return float((lit_columns[-1] - lit_columns[0] + 1) / (lit_rows[-1] - lit_rows[0] + 1))


def finite(value: object) -> float | None:
    """A finite number of anything that files hold (`+39.80`, 3.61, a fraction `21/10`, one byte), else None."""
    if isinstance(value, bytes):
        return float(value[0]) if len(value) == 1 else finite(value.decode("ascii", "replace"))
    if isinstance(value, str):
        return _written(value.strip().rstrip("\0"))
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if isfinite(number) else None


def _written(text: str) -> float | None:
    above, slash, below = text.partition("/")
    try:
        number = float(above) / float(below) if slash else float(text)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if isfinite(number) else None


def plain(value: object) -> str:
    """A text without what follows its first zero, and without spaces round it."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    return text.partition("\0")[0].strip()
