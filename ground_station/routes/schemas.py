"""What the district and route endpoints take and give."""

from pydantic import BaseModel

from missions.aircraft import AircraftType, Drone
from missions.airspace import Airspace
from missions.district import Category, Department, Dock, SubDistrict
from missions.geometry import GeoPoint
from missions.route import Route


class DistrictOut(BaseModel):
    """The catalogue without its routes."""

    id: str
    name_zh: str
    name_en: str
    note: str
    outline: tuple[GeoPoint, ...]
    airspace: Airspace
    departments: tuple[Department, ...]
    categories: tuple[Category, ...]
    sub_districts: tuple[SubDistrict, ...]
    aircraft_types: tuple[AircraftType, ...]
    docks: tuple[Dock, ...]
    drones: tuple[Drone, ...]


class SettingsOut(BaseModel):
    """What the console needs to know of this station."""

    software_version: str
    tile_url: str | None
    stale_after_s: float
    offline_after_s: float


class ImportedRoutes(BaseModel):
    """The routes that an import has made, and notes on what of the file was left out or changed."""

    items: list[Route]
    notes: list[str]
