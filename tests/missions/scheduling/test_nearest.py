"""The nearest that is possible, where a demand is not."""

from datetime import UTC, datetime, time

import pytest

from missions.calendar import TimeWindow
from missions.demand import Demand
from missions.district import District
from missions.planning.limits import Infeasible
from missions.route import Area, Corridor, Frequency, Orbit, Route, WaypointList
from missions.scheduling.nearest import Nearest, nearest_possible
from missions.scheduling.registration import register
from tests.missions.scheduling.made_district import FRAME, aircraft, make_demand, make_district, place, square

AT = datetime(2026, 6, 2, 0, 0, tzinfo=UTC)


def nearest(demand: Demand, district: District) -> Nearest:
    """What takes the first reason against it away; with that it is registered."""
    answer = register(demand, district, AT)
    assert isinstance(answer, Infeasible)
    change = nearest_possible(demand, answer.reasons[0], district, AT)
    assert change is not None
    assert isinstance(register(change.of(demand), district, AT), Route)
    return change


def test_the_finest_resolution(small: District) -> None:
    """3.28 cm from 30 m, a little rounded up."""
    assert nearest(make_demand("d", max_sample_m=0.01), small) == Nearest(max_sample_m=0.0329)


def test_a_view_of_the_ground(small: District) -> None:
    """A level camera is turned as its category's is: straight down."""
    assert nearest(make_demand("d", steepest_deg=0.0, flattest_deg=0.0), small).steepest_deg == -90


def test_a_window_long_enough(small: District) -> None:
    """3.66 min are flown: the window of three minutes becomes one of five, round 08:01; the other stays."""
    other = TimeWindow(begins=time(9), ends=time(9, 2))
    found = nearest(make_demand("d", windows=(TimeWindow(begins=time(8), ends=time(8, 3)), other)), small)
    assert found.windows == (TimeWindow(begins=time(7, 59), ends=time(8, 4)), other)


def test_a_window_within_the_flying_hours(small: District) -> None:
    """Nobody flies from 03:00 to 04:00: an hour from 06:30 is the nearest."""
    found = nearest(make_demand("d", windows=(TimeWindow(begins=time(3), ends=time(4)),)), small)
    assert found.windows == (TimeWindow(begins=time(6, 30), ends=time(7, 30)),)


def test_as_many_looks_as_windows(small: District) -> None:
    """Three looks in two windows: two."""
    windows = (TimeWindow(begins=time(7), ends=time(9)), TimeWindow(begins=time(16), ends=time(18)))
    found = nearest(make_demand("d", frequency=Frequency(times=3, per="day"), windows=windows), small)
    assert found == Nearest(frequency=Frequency(times=2, per="day"))


def test_without_a_thermal_camera() -> None:
    """A fleet without one can look by daylight."""
    fleet = make_district(aircraft_types=(aircraft("quad", thermal=False),), drones=make_district().drones[1:])
    assert nearest(make_demand("d", thermal=True), fleet) == Nearest(thermal=False)


@pytest.mark.parametrize(("x_m", "y_m"), [(3000, 0), (700, 0)], ids=["beyond the border", "in a zone"])
def test_the_nearest_place(x_m: float, y_m: float, small: District) -> None:
    """The border lies at 2000 m; the zone reaches from 600 to 800 m: 15 m clear of it, straight over."""
    found = nearest(make_demand("d", geometry=WaypointList(points=(place(x_m, y_m),))), small).geometry
    assert isinstance(found, WaypointList)
    x, y = FRAME.to_xy(found.points[0])
    clear = abs(x - 700) > 114 or abs(y) > 114
    assert (x == pytest.approx(1985, abs=1)) if x_m > 2000 else clear
    assert abs(y) < 116


def test_what_lies_inside(small: District) -> None:
    """Of a square across the border the inner part, of a line the part within, a circle moved in whole."""
    area = nearest(make_demand("d", geometry=Area(outline=square(0, 1950, 200))), small).geometry
    line = nearest(make_demand("d", geometry=Corridor(line=(place(0, 1500), place(0, 2600)), width_m=40)), small).geometry
    orbit = nearest(make_demand("d", geometry=Orbit(center=place(1990, 0), radius_m=60)), small).geometry
    assert isinstance(area, Area)
    assert max(FRAME.to_xy(one)[1] for one in area.outline) == pytest.approx(1985, abs=1)
    assert isinstance(line, Corridor)
    assert FRAME.to_xy(line.line[-1])[1] == pytest.approx(1965, abs=1)
    assert isinstance(orbit, Orbit)
    assert FRAME.to_xy(orbit.center)[0] == pytest.approx(1925, abs=1)


def test_what_a_battery_covers(small: District) -> None:
    """2.4 km square is too much for one flight: the largest part tried that is not, in the same place."""
    found = nearest(make_demand("d", geometry=Area(outline=square(-700, -700, 1200))), small).geometry
    assert isinstance(found, Area)
    assert len(found.outline) == 4


def test_nothing_is_near(small: District) -> None:
    """An area wholly beyond the border, and an unknown category, have nothing near that is possible."""
    for demand in (make_demand("d", geometry=Area(outline=square(0, 3000, 100))), make_demand("d", category="ufo")):
        answer = register(demand, small, AT)
        assert isinstance(answer, Infeasible)
        assert nearest_possible(demand, answer.reasons[0], small, AT) is None
