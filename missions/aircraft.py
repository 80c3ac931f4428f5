"""What an aircraft can do: its endurance, its speeds and its camera."""

from math import atan, degrees, radians, tan
from typing import Annotated

from pydantic import Field

from missions.noun import StrictNoun


class Camera(StrictNoun):
    """A pinhole camera without distortion: image size in pixels and horizontal angle of view."""

    width_px: Annotated[int, Field(gt=0)]
    height_px: Annotated[int, Field(gt=0)]
    hfov_deg: Annotated[float, Field(gt=1, lt=170)]

    @property
    def focal_px(self) -> float:
        """Focal length in pixels: half the width over the tangent of half the angle of view."""
        return self.width_px / 2 / tan(radians(self.hfov_deg) / 2)

    @property
    def vfov_deg(self) -> float:
        """Vertical angle of view in degrees (square pixels)."""
        return degrees(2 * atan(self.height_px / 2 / self.focal_px))


class AircraftType(StrictNoun):
    """A model of aircraft. Powers are electrical, at the battery."""

    id: str
    name: str
    camera: Camera
    battery_wh: Annotated[float, Field(gt=0)]
    reserve: Annotated[float, Field(ge=0, lt=1, description="share of the battery never planned for")] = 0.25
    hover_w: Annotated[float, Field(gt=0)]
    cruise_w: Annotated[float, Field(gt=0)]
    climb_w: Annotated[float, Field(gt=0)]
    cruise_mps: Annotated[float, Field(gt=0, le=40)]
    max_speed_mps: Annotated[float, Field(gt=0, le=60)]
    climb_mps: Annotated[float, Field(gt=0, le=15)]
    descent_mps: Annotated[float, Field(gt=0, le=15)]
    max_wind_mps: Annotated[float, Field(gt=0)]
    thermal: bool = False


class Drone(StrictNoun):
    """One aircraft of the fleet, at home in a dock."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
    name: str
    type_id: str
    dock_id: str
    system_id: Annotated[int, Field(ge=1, le=254, description="MAVLink system id")]
