"""Daylight over a district, by the astral library (NOAA's formulae; to about a minute)."""

from datetime import UTC, date, timedelta

from astral import Observer
from astral.sun import sun

from missions.district import District
from missions.schedule import Span
from missions.working_time import DISTRICT_TIME


def daylight_on(district: District, day: date) -> Span:
    """From sunrise to sunset of the district's day at its first dock, in whole seconds."""
    here = district.docks[0].point
    times = sun(Observer(here.lat_deg, here.lon_deg), date=day, tzinfo=DISTRICT_TIME)
    sunrise, sunset = (times[name].astimezone(UTC).replace(microsecond=0) for name in ("sunrise", "sunset"))
    return Span(begins_at=sunrise + timedelta(seconds=1), ends_at=sunset)
