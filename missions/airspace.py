"""What limits where an aircraft may be: the permitted area and the zones it keeps out of."""

from typing import Annotated

from pydantic import Field

from missions.geometry import GeoPoint
from missions.noun import StrictNoun


class NoFlyZone(StrictNoun):
    """A polygon that no flight may enter."""

    id: str
    name: str
    outline: Annotated[tuple[GeoPoint, ...], Field(min_length=3)]


class Airspace(StrictNoun):
    """The permitted area of a district, its greatest height over ground, and its no-fly zones."""

    permitted: Annotated[tuple[GeoPoint, ...], Field(min_length=3)]
    max_height_m: Annotated[float, Field(gt=0, le=1000)] = 120.0
    no_fly_zones: tuple[NoFlyZone, ...] = ()
