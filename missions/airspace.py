"""What limits where an aircraft may be, and what its camera may look at: permitted area, no-fly zones, private zones."""

from typing import Annotated

from pydantic import Field

from missions.geometry import GeoPoint
from missions.noun import StrictNoun

Outline = Annotated[tuple[GeoPoint, ...], Field(min_length=3)]

PRIVATE_REACH_M = 3000.0
"""Farther away no private zone counts: from there a pixel of a usual camera (70 degrees over 4000 pixels) is a metre wide."""


class NoFlyZone(StrictNoun):
    """A polygon that no flight may enter."""

    id: str
    name: str
    outline: Outline


class PrivateZone(StrictNoun):
    """A polygon of ground that is not looked at: a frame that shows any of it is neither kept nor given to the network."""

    id: str
    name: str
    outline: Outline


class Airspace(StrictNoun):
    """The permitted area of a district, its greatest height over ground, its no-fly zones, and the ground not looked at."""

    permitted: Outline
    max_height_m: Annotated[float, Field(gt=0, le=1000)] = 120.0
    no_fly_zones: tuple[NoFlyZone, ...] = ()
    private_zones: tuple[PrivateZone, ...] = ()
