"""What footage is wanted, in one noun."""

from math import radians, tan
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from missions.errors import InvalidInput
from missions.noun import StrictNoun
from missions.optics import Distortion, Intrinsics
from simulator.footage.course import Manner
from simulator.footage.sensor_errors import CLASSES, VIDEO_TIME_S, SensorErrors
from simulator.footage.truth import Kind

AircraftErrors = Literal["none", "rtk", "multirotor", "consumer"]
Pattern = Literal["aimed", "lawnmower", "line"]

MECHANICAL_SHUTTER = Distortion(k1=-0.112, k2=0.0149, p1=-0.0001, p2=0.0001, k3=-0.027)
"""As bent as the wide camera of a DJI M3E, whose photos are not straightened; its videos are."""


class Order(StrictNoun):
    """`pattern` aimed: `flights` short ones of `frames` pictures, each over one matter; lawnmower and line: one flight over
    a square of `side_m`. Every flight draws its own `errors`, those of a class of aircraft.
    """

    kind: Kind
    pattern: Pattern = "lawnmower"
    flights: Annotated[int, Field(ge=1)] = 1
    frames: Annotated[int, Field(ge=1)] = 1
    side_m: Annotated[float, Field(gt=10, le=5000)] = 400.0
    height_m: Annotated[float, Field(gt=5, le=450)] = 100.0
    pitch_deg: Annotated[float, Field(ge=-90, le=-10)] = -90.0
    speed_mps: Annotated[float, Field(gt=0, le=30)] = 8.0
    frames_per_s: Annotated[float, Field(gt=0, le=30)] = 1.0
    width_px: Annotated[int, Field(ge=160, le=4096)] = 1280
    height_px: Annotated[int, Field(ge=120, le=4096)] = 720
    hfov_deg: Annotated[float, Field(gt=2, le=100)] = 70.0
    matters: Annotated[int, Field(ge=0, le=2000)] = 40
    clutter_only: bool = False
    errors: AircraftErrors = "none"
    rangefinder: bool = False
    seed: Annotated[int, Field(ge=0)] = 1

    @property
    def manner(self) -> Manner:
        """How it is flown."""
        return Manner(self.height_m, self.speed_mps, self.pitch_deg)

    @property
    def sigmas(self) -> SensorErrors:
        """How wrong the aircraft is; a video's time is told worse than a photo's."""
        sigmas = CLASSES[self.errors]
        return sigmas.model_copy(update={"time_s": VIDEO_TIME_S}) if self.kind == "video" and self.errors != "none" else sigmas

    @property
    def lens(self) -> Intrinsics:
        """The true lens. Photos are as the lens bends them; video is straightened in the camera."""
        focal_px = self.width_px / 2 / tan(radians(self.hfov_deg) / 2)
        bent = MECHANICAL_SHUTTER if self.kind == "photos" else Distortion()
        return Intrinsics.pinhole(self.width_px, self.height_px, focal_px, bent)


def order_of(**values: object) -> Order:
    """An order from a person's words; raises InvalidInput naming the option that does not fit."""
    try:
        return Order.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput("footage", "--" + ".".join(map(str, first["loc"])).replace("_", "-"), first["msg"]) from error
