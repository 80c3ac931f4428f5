"""The words of `oneflight plan`'s options: days, times, places, wind, drones."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import isfinite

from missions.district import District
from missions.errors import InvalidInput
from missions.geometry import GeoPoint
from missions.wind import Wind
from missions.working_time import DISTRICT_TIME

MAX_WIND_MPS = 60.0

YEARS = (2000, 2100)
"""Days of other years are slips of the pen."""


def day_of(text: str | None) -> date:
    """YYYY-MM-DD; tomorrow where there is none."""
    if text is None:
        return datetime.now(DISTRICT_TIME).date() + timedelta(days=1)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("--date", text, "is no day: write YYYY-MM-DD") from error
    if not YEARS[0] <= day.year < YEARS[1]:
        raise InvalidInput("--date", text, f"must lie from {YEARS[0]} to {YEARS[1] - 1}")
    return day


def moment_of(day: date, text: str) -> datetime:
    """HH:MM of the day, in the district's time."""
    try:
        at = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day; the district's zone is added
    except ValueError as error:
        raise InvalidInput("--at", text, "is no time of day: write HH:MM") from error
    return datetime.combine(day, at, DISTRICT_TIME)


def wind_of(text: str) -> Wind:
    """SPEED or SPEED@FROM."""
    speed, _, from_ = text.partition("@")
    try:
        wind = Wind(float(speed), float(from_) if from_ else None)
    except ValueError as error:
        raise InvalidInput("--wind", text, "is no wind: write SPEED or SPEED@FROM, such as 6.5@270") from error
    if not (0 <= wind.speed_mps <= MAX_WIND_MPS and 0 <= (wind.from_deg or 0.0) <= 360):
        raise InvalidInput("--wind", text, f"the speed lies between 0 and {MAX_WIND_MPS:g} m/s, FROM between 0 and 360 degrees")
    return wind


def place_of(text: str) -> GeoPoint:
    """LAT,LON."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InvalidInput("--urgent", text, "is no place: write LAT,LON in degrees") from error
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise InvalidInput("--urgent", text, "is no place: LAT lies between -90 and 90 degrees, LON between -180 and 180")
    return GeoPoint(lat_deg=lat, lon_deg=lon)


def known_drones(option: str, ids: Sequence[str] | None, district: District) -> tuple[str, ...]:
    """The drones with these ids; raises InvalidInput with those there are."""
    known = [drone.id for drone in district.drones]
    for id in ids or ():
        if id not in known:
            raise InvalidInput(option, id, f"there is no such drone; there are {', '.join(known)}")
    return tuple(dict.fromkeys(ids or ()))


def clock_text(moment: datetime) -> str:
    """HH:MM in the district's time."""
    return moment.astimezone(DISTRICT_TIME).strftime("%H:%M")
