"""When the sun is up."""

from datetime import date, timedelta

import pytest

from missions.district import District
from missions.scheduling.daylight import daylight_on
from missions.working_time import DISTRICT_TIME


@pytest.mark.parametrize(
    ("day", "rises", "sets"),
    [
        # The almanac gives Shanghai (121.47° E) 04:51-19:01 and 06:49-16:56; 119.90° E is 1.57° * 4 min = 6 min later, and half
        # a degree further north is a minute more of day in summer and of night in winter.
        (date(2026, 6, 21), (4, 56), (19, 8)),
        (date(2026, 12, 21), (6, 56), (17, 1)),
    ],
)
def test_against_the_almanac(day: date, rises: tuple[int, int], sets: tuple[int, int], small: District) -> None:
    """Sunrise and sunset at the solstices, to three minutes."""
    light = daylight_on(small, day)
    for at, (hour, minute) in ((light.begins_at, rises), (light.ends_at, sets)):
        local = at.astimezone(DISTRICT_TIME)
        assert abs(local.hour * 60 + local.minute - hour * 60 - minute) <= 3


def test_every_day_has_its_own_light(small: District) -> None:
    """On each day of a year the sun rises and sets on that day of the district, and is up for 10 to 14.3 hours (at 31.8° N)."""
    for number in range(366):
        day = date(2028, 1, 1) + timedelta(days=number)
        light = daylight_on(small, day)
        assert {at.astimezone(DISTRICT_TIME).date() for at in (light.begins_at, light.ends_at)} == {day}
        assert 10.0 <= (light.ends_at - light.begins_at).total_seconds() / 3600 <= 14.3


def test_whole_seconds(small: District) -> None:
    """Flights are written to the millisecond: a day that began at a part of one could not be kept to."""
    light = daylight_on(small, date(2026, 3, 4))
    assert light.begins_at.microsecond == light.ends_at.microsecond == 0
