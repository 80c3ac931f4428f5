"""The command line's words about an aircraft, as values; wrong ones are refused by name."""

from collections.abc import Sequence
from pathlib import Path

from missions.aircraft import AircraftType
from missions.errors import InvalidInput
from missions.geometry import GeoPoint
from simulator.aircraft.settings import QUADROTOR
from simulator.aircraft.wind import Wind


def read_home(text: str) -> tuple[GeoPoint, float]:
    """LAT,LON,ALT -> the point, and metres above mean sea level. Raises InvalidInput."""
    lat, lon, altitude_m = _numbers("--home", text, ("LAT", "LON", "ALT"))
    if abs(lat) > 90 or abs(lon) > 180:
        raise InvalidInput("--home", text, "latitude lies within 90 and longitude within 180 degrees")
    return GeoPoint(lat_deg=lat, lon_deg=lon), altitude_m


def read_wind(text: str) -> Wind:
    """SPEED,FROM -> the wind. Raises InvalidInput."""
    speed_mps, from_deg = _numbers("--wind", text, ("SPEED", "FROM"))
    if not 0 <= speed_mps <= 40:
        raise InvalidInput("--wind", text, "the speed lies between 0 and 40 m/s")
    return Wind(speed_mps, from_deg % 360.0)


def read_parameters(texts: Sequence[str]) -> dict[str, float]:
    """NAME=VALUE ... -> values by name. Raises InvalidInput."""
    values: dict[str, float] = {}
    for text in texts:
        name, _, value = text.partition("=")
        values[name.strip()] = _number("--parameter", text, value)
    return values


def aircraft_type_named(type_id: str | None, catalog: Path | None) -> AircraftType:
    """The type of that id in the catalogue, or the built-in one. Raises NotFound or CatalogError."""
    if type_id is None:
        return QUADROTOR
    from missions.catalog import load

    return load(catalog, with_routes=False).aircraft_type(type_id)


def _numbers(option: str, text: str, names: Sequence[str]) -> list[float]:
    parts = text.split(",")
    if len(parts) != len(names):
        raise InvalidInput(option, text, f"expected {','.join(names)}")
    return [_number(option, text, part) for part in parts]


def _number(option: str, text: str, part: str) -> float:
    try:
        value = float(part)
    except ValueError as error:
        raise InvalidInput(option, text, f"'{part}' is not a number") from error
    if value != value or abs(value) == float("inf"):
        raise InvalidInput(option, text, f"'{part}' is not a finite number")
    return value
