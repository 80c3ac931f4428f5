"""What a visit shows of its route."""

from math import nan

import pytest

from missions.checking.coverage import check_coverage
from missions.checking.day import Day
from missions.route import Area, CameraUse, Corridor, Orbit, WaypointList
from tests.missions.checking.made_day import Course, MadeDay, place, ring, square

WIDTH_M = 112.03
"""2 * 80 m * tan 35°."""


def found(day: MadeDay) -> list:
    """What breaks the rule."""
    return list(check_coverage(Day(day.schedule, day.district)))


def test_two_sweeps_show_what_one_does_not(sound: MadeDay) -> None:
    """200 m across are shown from 50 m on either side of the middle, not from the middle."""
    wide = sound.route(2, geometry=Area(outline=square(-1000, 400, 100)))
    assert [one.subject for one in found(wide)] == ["p-2"]
    course = Course("dock-2").climb().to(-1050, 320).see(2, (-1050, 480), (-950, 480), (-950, 320))
    assert found(wide.instead(2, course.flight(2, "d-2"))) == []


def test_hole_need_not_be_shown(sound: MadeDay) -> None:
    """Of 160 m across the flown line shows the middle 112 m; with the rest of the east and west left out that is all."""
    outline = square(-1000, 400, 80)
    holes = tuple(square(-1000 + x, 400, 11.9) for x in (-68.0, 68.0))
    partly = found(sound.route(2, geometry=Area(outline=outline, holes=holes)))
    whole = found(sound.route(2, geometry=Area(outline=outline)))
    assert partly[0].value > whole[0].value == pytest.approx(WIDTH_M / 160, abs=0.002)


def test_strip_ends_flat(sound: MadeDay) -> None:
    """A corridor ends with its line: half a width beyond need not be shown."""
    assert found(sound.route(1, geometry=Corridor(line=(place(0, 200), place(0, 1000)), width_m=110))) == []


def test_oblique_camera_shows_less_across(sound: MadeDay) -> None:
    """At -45° the near edge is 2 * 80 m / sin(66.5°) * cos(21.5°) * tan 35° = 113.7 m across: more than straight down.

    At -70° it is 80 m / sin(91.5°): 104.3 m. A corridor of 108 m is shown by the former only.
    """
    wide = sound.route(1, geometry=Corridor(line=(place(0, 200), place(0, 1000)), width_m=108))
    assert found(wide.pass_(1, camera=CameraUse(pitch_deg=-45))) == []
    short = found(wide.pass_(1, camera=CameraUse(pitch_deg=-70)))
    assert short[0].value == pytest.approx(104.3 / 108, abs=0.002)


def test_orbit_either_way_round(sound: MadeDay) -> None:
    """A ring counts flown left or right, and a whole one only."""
    for corners in (ring(-1000, 800, 100), [*ring(-1000, 800, 100)[-2::-1], (-1000.0, 700.0)]):
        course = Course("dock-2").climb().to(-1000, 700).see(3, *corners)
        assert found(sound.instead(2, course.flight(2, "d-2"))) == []
    course = Course("dock-2").climb().to(-1000, 700).see(3, *ring(-1000, 800, 100, last=23))
    assert found(sound.instead(2, course.flight(2, "d-2")))[0].value == pytest.approx(345, abs=0.1)


@pytest.mark.parametrize(("radius_m", "is_flown"), [(91, True), (110, True), (112, False), (88, False)])
def test_orbit_keeps_its_radius(sound: MadeDay, radius_m: float, is_flown: bool) -> None:
    """The ring is between 99.1 m and 100 m wide; 10 m, or 10 % where that is more, are let pass."""
    day = sound.route(3, geometry=Orbit(center=place(-1000, 800), radius_m=radius_m))
    assert (found(day) == []) == is_flown


@pytest.mark.parametrize(("aside_m", "is_flown"), [(4.9, True), (5.1, False)])
def test_points_are_passed_within_5_m(sound: MadeDay, aside_m: float, is_flown: bool) -> None:
    """Every point of a list lies at the flown line."""
    day = sound.route(4, geometry=WaypointList(points=(place(300, -300), place(300 - aside_m, -400))))
    assert (found(day) == []) == is_flown


def test_visit_on_one_spot_shows_what_is_below(sound: MadeDay) -> None:
    """A visit of no length shows its one point and no corridor."""
    at = sound.schedule.flights[0].visits[0].begins_at
    still = sound.visit(1, ends_at=at)
    assert found(still)[0].value < 0.1
    assert found(still.route(1, geometry=WaypointList(points=(place(0, 200),)))) == []


def test_ground_without_an_inside_cannot_be_shown(sound: MadeDay) -> None:
    """A corridor of no length is told of."""
    assert found(sound.route(1, geometry=Corridor(line=(place(0, 200), place(0, 200)), width_m=9)))[0].value == 0


def test_camera_that_looks_up_shows_nothing(sound: MadeDay) -> None:
    """A pitch that is none is told of, not reckoned with."""
    for pitch_deg in (10.0, -100.0, nan):
        use = CameraUse().model_copy(update={"pitch_deg": pitch_deg})
        assert [one.subject for one in found(sound.pass_(1, camera=use))] == ["p-1"]
