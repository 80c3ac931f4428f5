"""When a photo was taken: with the fraction of a second and the zone, as far as it says."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from PIL import ExifTags

from edge_agent.material.photo_tags import PhotoTags, finite, plain

_TIME = re.compile(r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})[ T](\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?")
_ZONE = re.compile(r"(Z|([+-])(\d{2}):?(\d{2}))$")


@dataclass(frozen=True, slots=True)
class Taken:
    """A moment in UTC; `assumption` says so where the camera's clock told no zone."""

    at: datetime
    assumption: str | None = None


def read_time(tags: PhotoTags) -> Taken | None:
    """The camera's UTC, else its local time with its zone, else GPS time, else local time taken as UTC; None without any."""
    exact = parse_time(tags.xmp.get("drone-dji:UTCAtExposure", ""))
    if exact is not None:
        return Taken(exact)
    local = _local(tags)
    zone = parse_zone(tags.text(ExifTags.Base.OffsetTimeOriginal) or tags.text(ExifTags.Base.OffsetTime))
    if local is not None and zone is not None:
        return Taken(local - zone)
    gps = _gps_time(tags)
    if gps is not None:
        return Taken(gps)
    return None if local is None else Taken(local, "the camera's clock tells no time zone: taken as UTC")


def parse_time(text: str) -> datetime | None:
    """`2016:06:23 16:31:59.25`, as UTC; None where it is no time."""
    match = _TIME.search(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    microsecond = int(f"{match[7] or '0':0<6}"[:6])
    try:
        return datetime(year, month, day, hour, minute, second, microsecond, UTC)
    except ValueError:
        return None


def parse_zone(text: str) -> timedelta | None:
    """`+08:00` or `Z`, as an offset."""
    match = _ZONE.search(text.strip())
    if match is None:
        return None
    if match[1] == "Z":
        return timedelta(0)
    offset = timedelta(hours=int(match[3]), minutes=int(match[4]))
    if offset >= timedelta(hours=24):
        return None
    return timezone(-offset if match[2] == "-" else offset).utcoffset(None)


def _local(tags: PhotoTags) -> datetime | None:
    taken = parse_time(tags.text(ExifTags.Base.DateTimeOriginal)) or parse_time(tags.text(ExifTags.Base.DateTime))
    digits = tags.text(ExifTags.Base.SubsecTimeOriginal) or tags.text(ExifTags.Base.SubsecTime)
    if taken is None or not (digits.isascii() and digits.isdecimal()):
        return taken
    return taken.replace(microsecond=int(f"{digits:0<6}"[:6]))


def _gps_time(tags: PhotoTags) -> datetime | None:
    day = plain(tags.gps.get(ExifTags.GPS.GPSDateStamp)).replace("-", ":")
    parts = tags.gps.get(ExifTags.GPS.GPSTimeStamp)
    numbers = [finite(part) for part in parts] if isinstance(parts, tuple | list) else []
    midnight = parse_time(f"{day} 00:00:00")
    if midnight is None or len(numbers) != 3:
        return None
    hours, minutes, seconds = (number or 0.0 for number in numbers)
    after_s = hours * 3600 + minutes * 60 + seconds
    return midnight + timedelta(seconds=after_s) if 0 <= after_s < 86_401 else None
