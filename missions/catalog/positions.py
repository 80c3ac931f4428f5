"""GeoJSON coordinates (longitude, latitude in WGS-84 degrees, RFC 7946) read into points as plain JSON values."""

from missions.errors import OneFlightError

Point = dict[str, float]
"""A point as JSON: what `GeoPoint` is validated from."""


class BadPosition(OneFlightError):
    """A coordinate is wrong; `where` is its path below `geometry`."""

    def __init__(self, where: str, cause: str) -> None:
        self.where = where
        self.cause = cause
        super().__init__(f"{where}: {cause}")


def point(raw: object, where: str) -> Point:
    """One position: [longitude, latitude], a third number (altitude) is ignored."""
    if not isinstance(raw, list) or not 2 <= len(raw) <= 3 or not all(_is_number(value) for value in raw):
        raise BadPosition(where, "expected a position [longitude, latitude] of numbers")
    lon_deg, lat_deg = raw[:2]
    if not -90 <= lat_deg <= 90 or not -180 <= lon_deg <= 180:
        hint = "; longitude comes first" if abs(lon_deg) <= 90 < abs(lat_deg) <= 180 else ""
        raise BadPosition(where, f"{str(raw)[:60]} is no place on earth{hint}")
    return {"lat_deg": float(lat_deg), "lon_deg": float(lon_deg)}


def points(raw: object, where: str, at_least: int) -> list[Point]:
    """A list of positions."""
    if not isinstance(raw, list) or len(raw) < at_least:
        raise BadPosition(where, f"expected a list of at least {at_least} position{'s' if at_least > 1 else ''}")
    return [point(position, f"{where} #{number}") for number, position in enumerate(raw, 1)]


def ring(raw: object, where: str) -> list[Point]:
    """A closed ring (its last position repeats the first); the repetition is dropped."""
    closed = points(raw, where, 4)
    if closed[0] != closed[-1]:
        raise BadPosition(where, "the ring is not closed: its last position must repeat the first")
    return closed[:-1]


def rings(raw: object, where: str) -> list[list[Point]]:
    """The rings of a polygon: the outline, then its holes."""
    if not isinstance(raw, list) or not raw:
        raise BadPosition(where, "expected a list of rings")
    return [ring(one, f"{where} ring {number}") for number, one in enumerate(raw, 1)]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
