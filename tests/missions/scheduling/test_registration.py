"""What becomes of a demand when it is registered."""

from datetime import UTC, date, datetime, time
from math import sin

import pytest

from missions.calendar import TimeWindow
from missions.demand import Demand
from missions.district import District
from missions.planning.limits import Infeasible, Reason, ReasonCode
from missions.route import Area, Frequency, Orbit, Route, WaypointList
from missions.scheduling.registration import height_for, register
from tests.missions.scheduling.made_district import (
    MORNING,
    ON_CALL,
    THERMAL,
    TWICE,
    aircraft,
    make_demand,
    make_district,
    place,
    square,
)

AT = datetime(2026, 6, 2, 0, 0, tzinfo=UTC)


def registered(demand: Demand, district: District) -> Route:
    """The route, where there is one."""
    answer = register(demand, district, AT)
    assert isinstance(answer, Route), answer
    return answer


def refused(demand: Demand, district: District) -> Reason:
    """The one reason against it."""
    answer = register(demand, district, AT)
    assert isinstance(answer, Infeasible)
    [reason] = answer.reasons
    assert reason.text
    return reason


def test_route_of_its_own(small: District) -> None:
    """As high as its category (80 m), straight down, over the demand's ground; named and valid as it is."""
    demand = make_demand("hotline:7.1", note="Litter", frequency=ON_CALL)
    route = registered(demand, small)
    assert (route.id, route.name, route.categories) == ("hotline-7-1", "Litter", ("sanitation",))
    assert (route.height_m, route.camera.pitch_deg, route.camera.sensor) == (80, -90, "rgb")
    assert (route.geometry, route.frequency) == (demand.geometry, ON_CALL)


@pytest.mark.parametrize(
    ("changes", "height_m"),
    [
        ({"max_sample_m": 0.05}, 45.70),  # 0.05 m * 640 / tan 35°
        ({"max_sample_m": 0.0329}, 30.07),
        ({"max_sample_m": 0.07, "steepest_deg": -45.0}, 45.24),  # 63.98 m * sin 45°
        ({"max_sample_m": 1.0}, 80.0),
    ],
)
def test_height_follows_from_the_resolution(changes: dict[str, object], height_m: float, small: District) -> None:
    """Lower where the resolution asks for it, and not higher than the category flies."""
    assert registered(make_demand("d", **changes), small).height_m == pytest.approx(height_m, abs=0.01)


def test_height_for_a_view() -> None:
    """The centre of an oblique picture is farther away than the height: by 1 / sin of the pitch."""
    quad = aircraft("quad", thermal=False)
    assert height_for(quad, 0.05, -90) == pytest.approx(45.70, abs=0.01)
    assert height_for(quad, 0.05, -30) == pytest.approx(45.70 * 0.5, abs=0.01)
    assert height_for(quad, 0.05, -60) == pytest.approx(45.70 * sin(1.0471975512), abs=0.01)


def test_too_fine_a_resolution(small: District) -> None:
    """From 30 m the best camera shows 30 * tan 35° / 640 m = 3.28 cm a pixel: 3 cm are refused, with what would do."""
    reason = refused(make_demand("d", max_sample_m=0.03), small)
    assert reason.code == ReasonCode.TOO_FINE
    assert reason.limit == pytest.approx(0.03282, abs=1e-5)
    assert reason.value == 0.03
    assert "3.0 cm" in reason.text
    assert "3.3 cm" in reason.text


def test_level_camera_shows_no_ground(small: District) -> None:
    """A camera that may not look down at all sees no ground."""
    assert refused(make_demand("d", steepest_deg=0.0, flattest_deg=0.0), small).code == ReasonCode.TOO_FINE


@pytest.mark.parametrize(
    ("changes", "named"),
    [({"category": "ufo"}, "there is no category 'ufo'"), ({"department_id": "navy"}, "there is no department 'navy'")],
)
def test_unknown_names(changes: dict[str, object], named: str, small: District) -> None:
    """What the catalogue does not know is named."""
    reason = refused(make_demand("d", **changes), small)
    assert (reason.code, reason.limit, reason.value) == (ReasonCode.UNKNOWN_NAME, None, None)
    assert named in reason.text


def test_every_reason_is_told(small: District) -> None:
    """Two unknown names are two reasons."""
    answer = register(make_demand("d", category="ufo", department_id="navy"), small, AT)
    assert isinstance(answer, Infeasible)
    assert [reason.code for reason in answer.reasons] == [ReasonCode.UNKNOWN_NAME] * 2


@pytest.mark.parametrize(
    "geometry",
    [
        WaypointList(points=(place(3000, 0),)),
        WaypointList(points=(place(0, 0), place(0, 2500))),
        Orbit(center=place(1990, 0), radius_m=60),
        Area(outline=square(0, 3000, 100)),
    ],
    ids=["point", "line", "orbit", "area"],
)
def test_outside_the_permitted_area(geometry: WaypointList | Orbit | Area, small: District) -> None:
    """Ground beyond the border, in whole or in part, is refused for just that."""
    assert refused(make_demand("d", geometry=geometry), small).code == ReasonCode.OUTSIDE_PERMITTED_AREA


def test_how_far_outside_is_told(small: District) -> None:
    """A spot at 3000 m is 1000 m beyond the border: nought is the nearest that is possible."""
    reason = refused(make_demand("d", geometry=WaypointList(points=(place(3000, 0),))), small)
    assert reason.limit == 0
    assert reason.value == pytest.approx(1000, abs=1)


def test_in_a_no_fly_zone(small: District) -> None:
    """A spot in the substation is refused, and the zone is named."""
    reason = refused(make_demand("d", geometry=WaypointList(points=(place(700, 0),))), small)
    assert reason.code == ReasonCode.NO_FLY_ZONE
    assert "Substation" in reason.text


def test_window_shorter_than_the_flight(small: District) -> None:
    """Up 16 s, 424 m there 42.9 s, along 37.5 s and turning 4 s, 2 s of climbing, 671 m home 67.1 s, down 50 s: 219.4 s or
    3.66 min. Three minutes are too short, and four would do; the longest window counts.
    """
    short = TimeWindow(begins=time(8), ends=time(8, 3))
    reason = refused(make_demand("d", windows=(short, TimeWindow(begins=time(9), ends=time(9, 2)))), small)
    assert (reason.code, reason.limit) == (ReasonCode.WINDOW_TOO_SHORT, 3)
    assert reason.value == pytest.approx(219.4 / 60, abs=0.05)
    assert "at least 4 min" in reason.text
    registered(make_demand("d", windows=(short, TimeWindow(begins=time(9), ends=time(9, 4)))), small)


def test_window_for_each_look(small: District) -> None:
    """Three looks a day in two windows are one too many; two in two, one in two and three at any time are not."""
    three = Frequency(times=3, per="day")
    evening = TimeWindow(begins=time(16), ends=time(18))
    reason = refused(make_demand("d", frequency=three, windows=(MORNING, evening)), small)
    assert (reason.code, reason.limit, reason.value) == (ReasonCode.WINDOW_TOO_SHORT, 2, 3)
    for frequency, windows in ((TWICE, (MORNING, evening)), (ON_CALL, (MORNING, evening)), (three, ())):
        registered(make_demand("d", frequency=frequency, windows=windows), small)


def test_thermal_needs_a_thermal_aircraft(small: District) -> None:
    """Thermal is flown with the thermal camera, whatever the category uses; a fleet without one refuses."""
    demand = make_demand("d", thermal=True)
    assert registered(demand, small).camera.sensor == THERMAL.sensor
    plain = make_district(aircraft_types=(aircraft("quad", thermal=False),), drones=small.drones[1:])
    assert refused(demand, plain).code == ReasonCode.NO_THERMAL_CAMERA


def test_more_than_a_battery(small: District) -> None:
    """An area of 2.4 km square is more than 112.5 Wh can cover: the energy is told with its limit."""
    reason = refused(make_demand("d", geometry=Area(outline=square(-700, -700, 1200))), small)
    assert (reason.code, reason.limit) == (ReasonCode.BEYOND_ENDURANCE, 112.5)
    assert reason.value is not None
    assert reason.value > 112.5


def test_district_without_drones() -> None:
    """Nobody can fly it."""
    assert refused(make_demand("d"), make_district(drones=())).code == ReasonCode.UNKNOWN_DRONE


def test_an_event_to_come(small: District) -> None:
    """Registered months before its day; one whose day is over is refused."""
    day = date(2027, 1, 1)
    registered(make_demand("d", frequency=ON_CALL, valid_from=day, valid_until=day), small)
    over = date(2026, 6, 1)
    assert refused(make_demand("d", frequency=ON_CALL, valid_until=over), small).code == ReasonCode.NOT_VALID_TODAY
