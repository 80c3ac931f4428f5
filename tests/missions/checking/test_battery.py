"""Charge and turnaround over a day, against sums done by hand."""

import pytest

from missions.checking.battery import check_batteries
from missions.checking.day import Day
from tests.missions.checking.made_day import MadeDay, corridor_course, points_course

FIRST_WH = 71_200 / 3600
"""What f-1 takes: 19.78 Wh. f-3 takes 240 W * 203.0 s + 20 W * 109.5 s + 12.8 W * 37.5 s + 80 W * 16 s: 14.63 Wh."""

THIRD_WH = 14.631


def found(day: MadeDay) -> list:
    """What breaks the rule."""
    return list(check_batteries(Day(day.schedule, day.district)))


def test_charge_after_half_a_recharge(sound: MadeDay) -> None:
    """Of 40 Wh 20.22 are left at 08:04:36, and in 3324 s of 36 000 s 3.69 Wh come in: 23.91.

    f-3 takes 24.63 Wh with the reserve of 10 Wh.
    """
    short = found(sound.aircraft(battery_wh=40.0).operations(recharge_s=36_000.0))
    assert [one.subject for one in short] == ["d-1"]
    assert short[0].value == pytest.approx(40 - FIRST_WH + 40 * 3324 / 36_000, abs=0.001)
    assert short[0].limit == pytest.approx(THIRD_WH + 10, abs=0.01)


def test_charge_that_just_does(sound: MadeDay) -> None:
    """In 3324 s of 28 000 s 4.75 Wh come in: 24.97 are enough."""
    assert found(sound.aircraft(battery_wh=40.0).operations(recharge_s=28_000.0)) == []


def test_never_more_than_full(sound: MadeDay) -> None:
    """The hour before f-3 fills the battery to 40 Wh and no more; 181 s after f-3 it holds 40 - 14.63 + 2.01 = 27.38 Wh.

    Another flight like f-1 needs 29.78 Wh with the reserve.
    """
    again = corridor_course(3803 + 181).flight(4, "d-1")
    day = sound.aircraft(battery_wh=40.0).day(flights=(*sound.schedule.flights, again))
    short = found(day)
    assert [one.subject for one in short] == ["d-1"]
    assert short[0].value == pytest.approx(27.38, abs=0.01)
    assert short[0].limit == pytest.approx(29.78, abs=0.01)


def test_a_swap_takes_its_time(sound: MadeDay) -> None:
    """From the landing at 276 s to the take-off at 3600 s lie 3324 s: 180 s to turn round and 3144 s to swap are there; one
    more is not, and then the 20.13 Wh that are left are all there is.
    """
    day = sound.aircraft(battery_wh=40.0).operations(recharge_s=1e9)
    assert found(day.dock(1, swap_s=3144.0)) == []
    assert [one.value for one in found(day.dock(1, swap_s=3145.0))] == [pytest.approx(40 - FIRST_WH)]


def test_turnaround_to_the_second(sound: MadeDay) -> None:
    """f-1 lands at 276 s; f-3 may take off 180 s later, not 179."""
    assert found(sound.instead(3, points_course(456).flight(3, "d-1"))) == []
    late = found(sound.instead(3, points_course(455).flight(3, "d-1")))
    assert [(one.subject, one.limit, one.value) for one in late] == [("f-3", 180, 179)]


def test_unknown_energy_ends_the_count(sound: MadeDay) -> None:
    """After a flight whose path is broken the charge is unknown, and nothing is said of it."""
    day = sound.aircraft(battery_wh=40.0).operations(recharge_s=1e9)
    assert found(day.point(1, 3, at=day.schedule.flights[0].path[2].at)) == []
