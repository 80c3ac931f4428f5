"""A catalogue directory as read: every sound entry with its place, and every complaint so far."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from missions.aircraft import AircraftType, Drone
from missions.airspace import Airspace
from missions.catalog.entries import Entry
from missions.catalog.geojson_file import Feature, GeojsonFile
from missions.catalog.outlines import (
    DistrictOutline,
    KeepOut,
    PermittedArea,
    PrivateArea,
    read_district_outline,
    read_keep_out,
    read_permitted,
    read_private,
    read_sub_district,
)
from missions.catalog.route_features import read_route
from missions.catalog.toml_file import TomlFile
from missions.district import Category, Department, District, Dock, Key, SubDistrict
from missions.errors import CatalogError
from missions.noun import StrictNoun
from missions.operations import Operations
from missions.route import Route

N = TypeVar("N", bound=BaseModel)

DISTRICT, DEPARTMENTS, CATEGORIES = "district.toml", "departments.toml", "categories.toml"
AIRCRAFT, DOCKS, OPERATIONS = "aircraft.toml", "docks.toml", "operations.toml"
OUTLINE, SUB_DISTRICTS, AIRSPACE, ROUTES = "outline.geojson", "sub_districts.geojson", "airspace.geojson", "routes.geojson"


class DistrictFacts(StrictNoun):
    """district.toml."""

    id: Key
    name_zh: str
    name_en: str
    note: str


@dataclass
class Contents:
    """What the files hold. A file with errors is `broken`: nothing is said of references to its entries."""

    facts: Entry[DistrictFacts] | None = None
    outline: Entry[DistrictOutline] | None = None
    permitted: Entry[PermittedArea] | None = None
    keep_outs: list[Entry[KeepOut]] = field(default_factory=list)
    private_areas: list[Entry[PrivateArea]] = field(default_factory=list)
    departments: list[Entry[Department]] = field(default_factory=list)
    categories: list[Entry[Category]] = field(default_factory=list)
    sub_districts: list[Entry[SubDistrict]] = field(default_factory=list)
    aircraft_types: list[Entry[AircraftType]] = field(default_factory=list)
    docks: list[Entry[Dock]] = field(default_factory=list)
    drones: list[Entry[Drone]] = field(default_factory=list)
    routes: list[Entry[Route]] = field(default_factory=list)
    operations: Entry[Operations] | None = None
    errors: list[CatalogError] = field(default_factory=list)

    @property
    def broken(self) -> set[str]:
        """The files that have errors."""
        return {error.source for error in self.errors}

    def district(self) -> District:
        """The district; only where there are no errors."""
        if self.facts is None or self.outline is None or self.permitted is None:
            raise CatalogError(DISTRICT, "", "the district is incomplete")
        permitted = self.permitted.noun
        return District(
            **dict(self.facts.noun),
            outline=self.outline.noun.outline,
            airspace=Airspace(
                permitted=permitted.outline,
                max_height_m=permitted.max_height_m,
                no_fly_zones=tuple(e.noun.zone() for e in self.keep_outs),
                private_zones=tuple(e.noun.zone() for e in self.private_areas),
            ),
            departments=tuple(e.noun for e in self.departments),
            categories=tuple(e.noun for e in self.categories),
            sub_districts=tuple(e.noun for e in self.sub_districts),
            aircraft_types=tuple(e.noun for e in self.aircraft_types),
            docks=tuple(e.noun for e in self.docks),
            drones=tuple(e.noun for e in self.drones),
            routes=tuple(e.noun for e in self.routes),
            operations=self.operations.noun if self.operations else Operations(),
        )


def read_contents(directory: Path, *, with_routes: bool = True) -> Contents:
    """Every file of the directory, as far as it can be read."""
    contents = Contents()
    if not directory.is_dir():
        contents.errors.append(CatalogError(str(directory), "", "there is no such directory"))
        return contents
    _read_tables(contents, directory)
    _read_outlines(contents, directory)
    if with_routes:
        routes = GeojsonFile(directory / ROUTES, "route")
        contents.routes = routes.read(read_route)
        contents.errors.extend(routes.errors)
    return contents


def _read_tables(contents: Contents, directory: Path) -> None:
    facts, departments, categories, aircraft, docks = files = [
        TomlFile(directory / name) for name in (DISTRICT, DEPARTMENTS, CATEGORIES, AIRCRAFT, DOCKS)
    ]
    departments.lists("departments")
    categories.lists("categories")
    aircraft.lists("aircraft_types")
    docks.lists("docks", "drones")
    contents.facts = facts.one(DistrictFacts)
    contents.departments = departments.many("departments", Department)
    contents.categories = categories.many("categories", Category)
    contents.aircraft_types = aircraft.many("aircraft_types", AircraftType)
    contents.docks = docks.many("docks", Dock)
    contents.drones = docks.many("drones", Drone)
    if (directory / OPERATIONS).exists():
        operations = TomlFile(directory / OPERATIONS)
        contents.operations = operations.one(Operations)
        files.append(operations)
    for file in files:
        contents.errors.extend(file.errors)


def _read_outlines(contents: Contents, directory: Path) -> None:
    outline = GeojsonFile(directory / OUTLINE, "outline")
    sub_districts = GeojsonFile(directory / SUB_DISTRICTS, "sub-district")
    airspace = GeojsonFile(directory / AIRSPACE, "zone")
    contents.outline = _only(outline, outline.read(read_district_outline), "outline")
    contents.sub_districts = sub_districts.read(read_sub_district)
    permitted = airspace.read(read_permitted, lambda f: _kind(f) == "permitted")
    contents.permitted = _only(airspace, permitted, "feature of kind 'permitted'")
    contents.private_areas = airspace.read(read_private, lambda f: _kind(f) == "private")
    contents.keep_outs = airspace.read(read_keep_out, lambda f: _kind(f) not in ("permitted", "private"))
    for file in (outline, sub_districts, airspace):
        contents.errors.extend(file.errors)


def _kind(feature: Feature) -> object:
    return feature.properties.get("kind")


def _only(file: GeojsonFile, entries: list[Entry[N]], what: str) -> Entry[N] | None:
    if not file.errors and len(entries) != 1:
        file.errors.append(CatalogError(file.name, "features", f"expected exactly one {what}, there are {len(entries)}"))
    return entries[0] if entries else None
