"""Where a photo says it was taken: the XMP's position and the EXIF's, compared. No fix is no position, never zero."""

from dataclasses import dataclass

from PIL import ExifTags

from edge_agent.material.photo_tags import PhotoTags, finite, plain
from missions.geometry import GeoPoint

LATITUDES = ("drone-dji:GpsLatitude", "drone-dji:Latitude", "drone:GpsLatitude", "drone-skydio:Latitude")
LONGITUDES = (
    "drone-dji:GpsLongitude",
    "drone-dji:GpsLongtitude",
    "drone-dji:Longitude",
    "drone:GpsLongitude",
    "drone:GpsLongtitude",
    "drone-skydio:Longitude",
)
"""The makers' own spelling: several firmwares write "Longtitude"."""

AGREE_M, CONTRADICT_M = 10.0, 100.0
"""XMP and EXIF positions nearer than the first agree (EXIF is rounded), further apart than the second contradict."""


@dataclass(frozen=True, slots=True)
class Position:
    """A photo's position, how much further it may be off because two sources differ, and what is odd."""

    point: GeoPoint
    source: str
    differ_m: float = 0.0


def read_position(tags: PhotoTags) -> Position | str:
    """The position, or in words why there is none."""
    xmp = geo_point(tags.xmp_number(*LATITUDES), tags.xmp_number(*LONGITUDES))
    exif = _exif_point(tags)
    if isinstance(exif, str):
        return exif if xmp is None else Position(xmp, "XMP")
    if xmp is None:
        return Position(exif, "EXIF")
    apart_m = xmp.distance_m(exif)
    if apart_m > CONTRADICT_M:
        return f"its XMP and its EXIF position are {apart_m:.0f} m apart"
    return Position(xmp, "XMP", apart_m if apart_m > AGREE_M else 0.0)


def geo_point(lat_deg: float | None, lon_deg: float | None) -> GeoPoint | None:
    """None where one is missing or out of its range, and at 0, 0: what receivers write without a fix."""
    if lat_deg is None or lon_deg is None or (lat_deg == 0 and lon_deg == 0):
        return None
    if abs(lat_deg) > 90 or abs(lon_deg) > 180:
        return None
    return GeoPoint(lat_deg=lat_deg, lon_deg=lon_deg)


def _exif_point(tags: PhotoTags) -> GeoPoint | str:
    """Degrees, minutes, seconds with a letter each (Exif 2.32, 4.6.6)."""
    if ExifTags.GPS.GPSLatitude not in tags.gps or ExifTags.GPS.GPSLongitude not in tags.gps:
        return "it has no GPS position"
    lat = _degrees(tags.gps.get(ExifTags.GPS.GPSLatitude))
    lon = _degrees(tags.gps.get(ExifTags.GPS.GPSLongitude))
    north = plain(tags.gps.get(ExifTags.GPS.GPSLatitudeRef)).upper()
    east = plain(tags.gps.get(ExifTags.GPS.GPSLongitudeRef)).upper()
    if lat is None or lon is None:
        return "its GPS position is not in numbers"
    if lat == 0 and lon == 0:
        return "its GPS position is 0, 0: the receiver had no fix"
    if north not in ("N", "S") or east not in ("E", "W"):
        return "its GPS position does not say whether it is north or south, east or west"
    point = geo_point(lat if north == "N" else -lat, lon if east == "E" else -lon)
    return point if point is not None else f"its GPS position {lat:.5f}, {lon:.5f} is out of range"


def _degrees(value: object) -> float | None:
    parts = value if isinstance(value, tuple | list) else (value,)
    numbers = [finite(part) for part in parts]
    if not 1 <= len(numbers) <= 3 or any(number is None or number < 0 for number in numbers):
        return None
    return sum((number / 60.0**place for place, number in enumerate(numbers) if number is not None), 0.0)
