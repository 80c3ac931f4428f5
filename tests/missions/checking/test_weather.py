"""Wind, and drones that are not there, from a moment on."""

import pytest

from missions.checking.day import Day
from missions.checking.weather import check_weather
from tests.missions.checking.made_day import MadeDay, moment


def reported(day: MadeDay) -> list[str]:
    """The flights that break the rule."""
    return [one.subject for one in check_weather(Day(day.schedule, day.district))]


@pytest.mark.parametrize(
    ("since_s", "flights"),
    [(None, ["f-1", "f-2", "f-3"]), (0, ["f-1", "f-2", "f-3"]), (1, ["f-3"]), (3600, ["f-3"]), (3601, [])],
)
def test_wind_holds_from_its_moment_on(since_s: float | None, flights: list[str], sound: MadeDay) -> None:
    """f-1 and f-2 take off at 08:00, f-3 at 09:00: a flight that has begun before the wind rises stands; without a moment the
    wind is of the whole day.
    """
    since = None if since_s is None else moment(since_s)
    assert reported(sound.conditions(wind_mps=13.0, since=since)) == flights


def test_lost_drone_has_flown_before(sound: MadeDay) -> None:
    """d-1 flies at 08:00 and at 09:00; lost at half past eight, only its second flight is wrong."""
    lost = sound.conditions(grounded_drones=("d-1",))
    assert reported(lost) == ["f-1", "f-3"]
    assert reported(lost.conditions(since=moment(1800))) == ["f-3"]
