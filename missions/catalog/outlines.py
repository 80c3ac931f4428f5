"""The catalogue's polygons without holes: the outline, sub-districts, permitted area, no-fly and private zones."""

from typing import Annotated, Literal

from pydantic import Field

from missions.airspace import NoFlyZone, PrivateZone
from missions.catalog.entries import Entry, validate
from missions.catalog.geojson_file import Feature
from missions.catalog.positions import Point, rings
from missions.district import SubDistrict
from missions.errors import CatalogError
from missions.geometry import GeoPoint
from missions.noun import StrictNoun

Ring = Annotated[tuple[GeoPoint, ...], Field(min_length=3)]


class DistrictOutline(StrictNoun):
    """The single feature of outline.geojson."""

    outline: Ring


class PermittedArea(StrictNoun):
    """The feature of airspace.geojson whose kind is `permitted`."""

    kind: Literal["permitted"]
    max_height_m: Annotated[float, Field(gt=0, le=1000)] = 120.0
    outline: Ring


class KeepOut(StrictNoun):
    """A feature of airspace.geojson whose kind is `no_fly`."""

    kind: Literal["no_fly"]
    id: str
    name: str
    outline: Ring

    def zone(self) -> NoFlyZone:
        """The noun of the airspace."""
        return NoFlyZone(id=self.id, name=self.name, outline=self.outline)


class PrivateArea(StrictNoun):
    """A feature of airspace.geojson whose kind is `private`."""

    kind: Literal["private"]
    id: str
    name: str
    outline: Ring

    def zone(self) -> PrivateZone:
        """The noun of the airspace."""
        return PrivateZone(id=self.id, name=self.name, outline=self.outline)


def read_district_outline(feature: Feature) -> Entry[DistrictOutline] | list[CatalogError]:
    """A polygon without properties."""
    return validate(DistrictOutline, {**feature.properties, "outline": _outline(feature)}, feature.place)


def read_sub_district(feature: Feature) -> Entry[SubDistrict] | list[CatalogError]:
    """A polygon with id, code, name_zh and name_en."""
    return validate(SubDistrict, {**feature.properties, "outline": _outline(feature)}, feature.place)


def read_permitted(feature: Feature) -> Entry[PermittedArea] | list[CatalogError]:
    """The permitted area."""
    return validate(PermittedArea, {**feature.properties, "outline": _outline(feature)}, feature.place)


def read_keep_out(feature: Feature) -> Entry[KeepOut] | list[CatalogError]:
    """A no-fly zone; a kind that is not known at all is refused here."""
    return validate(KeepOut, {**feature.properties, "outline": _outline(feature)}, feature.place)


def read_private(feature: Feature) -> Entry[PrivateArea] | list[CatalogError]:
    """Ground that is not looked at."""
    return validate(PrivateArea, {**feature.properties, "outline": _outline(feature)}, feature.place)


def _outline(feature: Feature) -> list[Point]:
    if feature.geometry_type != "Polygon":
        raise feature.place.error("geometry.type", f"expected a Polygon (given: {feature.geometry_type!r})")
    outline, *holes = rings(feature.coordinates, "coordinates")
    if holes:
        raise feature.place.error("geometry.coordinates", "a polygon with holes is not allowed here")
    return outline
