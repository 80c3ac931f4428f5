"""The cameras that are known by make and model (camera_table.toml), and whether a picture fits one."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from edge_agent.material.photo_tags import PhotoTags
from missions.noun import StrictNoun
from missions.optics import Distortion

ASPECTS = (4 / 3, 3 / 2, 16 / 9, 17 / 9, 1.0)
"""Shapes that cameras crop their sensor's picture to."""

_Names = Annotated[tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]
_Size = tuple[Annotated[int, Field(gt=0)], Annotated[int, Field(gt=0)]]


class KnownCamera(StrictNoun):
    """One lens of a camera; the fields are explained in camera_table.toml. `class` is `aircraft_class` here."""

    make: _Names
    model: _Names
    name: str
    source: str | None = None
    size_px: _Size
    also_px: tuple[_Size, ...] = ()
    sensor_mm: tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]]
    focal_mm: Annotated[float | None, Field(gt=0)] = None
    distortion: Distortion | None = None
    aircraft_class: Annotated[Literal["rtk", "multirotor", "consumer"], Field(alias="class")]

    def is_of(self, tags: PhotoTags) -> bool:
        """Whether a photo's make, model and, where they stand for several lenses, image source are this camera's."""
        makes, models = {_folded(make) for make in self.make}, {_folded(model) for model in self.model}
        named = _folded(tags.make) in makes and _folded(tags.model) in models
        image_source = tags.xmp.get("drone-dji:ImageSource")
        return named and (self.source is None or image_source is None or _folded(image_source) == _folded(self.source))

    def fits(self, width_px: int, height_px: int) -> bool:
        """Whether the camera writes pictures of this size."""
        return any(_is_whole_or_crop(size, (width_px, height_px)) for size in (self.size_px, *self.also_px))

    def focal_px(self, focal_mm: float, width_px: int, height_px: int) -> float:
        """Focal length in pixels of a picture of this size: the whole sensor's, or a crop of its full width or height."""
        shrunk = max(width_px / self.size_px[0], height_px / self.size_px[1])
        return focal_mm / self.sensor_mm[0] * self.size_px[0] * shrunk


@cache
def known_cameras() -> tuple[KnownCamera, ...]:
    """All of the table."""
    text = (files("edge_agent.material") / "camera_table.toml").read_text(encoding="utf-8")
    return tuple(KnownCamera.model_validate(entry) for entry in tomllib.loads(text)["camera"])


def cameras_of(tags: PhotoTags) -> list[KnownCamera]:
    """The lenses that a photo may be of; empty where the camera is not known."""
    return [camera for camera in known_cameras() if camera.is_of(tags)]


def camera_of(tags: PhotoTags) -> KnownCamera | None:
    """The lens that a photo is of: one that fits its size."""
    return next((camera for camera in cameras_of(tags) if camera.fits(tags.width_px, tags.height_px)), None)


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


def _is_whole_or_crop(whole: tuple[int, int], picture: tuple[int, int]) -> bool:
    return any(_near(size, picture) for share in (1, 2) for size in _crops(whole[0] / share, whole[1] / share))


def _crops(width: float, height: float) -> Iterator[tuple[float, float]]:
    yield width, height
    for aspect in ASPECTS:
        yield (width, width / aspect) if aspect > width / height else (height * aspect, height)


def _near(size: tuple[float, float], picture: tuple[int, int]) -> bool:
    """To 16 pixels: sizes are rounded to what codecs like."""
    return all(abs(one - other) <= 16 for one, other in zip(size, picture, strict=True))
