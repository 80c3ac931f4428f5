"""What a day's conditions change in the district."""

import pytest

from missions.district import District
from missions.schedule import Closure, DayConditions
from missions.scheduling.conditions import closed_district, closed_for_hours, grounded_drones
from tests.missions.scheduling.made_district import FLYING, aircraft, make_district, span, square


def test_nothing_closed_changes_nothing(small: District) -> None:
    """Without a closure it is the district itself."""
    assert closed_district(small, DayConditions(wind_mps=9.0), FLYING) is small


def test_what_is_closed_all_day_is_one_zone_more(small: District) -> None:
    """Its polygon is kept out of besides the zones that are there always; the district itself is left as it was."""
    parade = Closure(id="parade", outline=square(0, 600, 50), span=FLYING)
    conditions = DayConditions(closures=(parade,))
    closed = closed_district(small, conditions, FLYING)
    assert [zone.id for zone in closed.airspace.no_fly_zones] == ["substation", "parade"]
    assert closed.airspace.no_fly_zones[1].outline == parade.outline
    assert len(small.airspace.no_fly_zones) == 1
    assert closed_for_hours(small, conditions, FLYING) == ()


@pytest.mark.parametrize(
    ("begins_s", "ends_s", "counts"),
    [(0, 3600, True), (-3600, -47, False), (-3600, -46, False), (-3600, -45, True), (46_847, 50_000, False)],
)
def test_what_is_closed_for_hours(small: District, begins_s: float, ends_s: float, counts: bool) -> None:
    """Such a closure leaves the district as it is. One that ends 46 s (error and rounding) before the first take-off, or begins
    so long after the last landing at 46 800 s, is none of the day's.
    """
    one = Closure(id="parade", outline=square(0, 600, 50), span=span(begins_s, ends_s))
    conditions = DayConditions(closures=(one,))
    assert closed_district(small, conditions, FLYING) is small
    assert closed_for_hours(small, conditions, FLYING) == ((one,) if counts else ())


@pytest.mark.parametrize(("wind_mps", "away"), [(9.0, set()), (9.1, {"a-2", "b-1"}), (12.1, {"a-1", "a-2", "b-1"})])
def test_wind_grounds_those_that_do_not_bear_it(wind_mps: float, away: set[str]) -> None:
    """The type without a thermal camera bears 9 m/s, the other 12; what is just borne is flown in."""
    types = (aircraft("quad-t", thermal=True), aircraft("quad", thermal=False, max_wind_mps=9))
    assert grounded_drones(make_district(aircraft_types=types), DayConditions(wind_mps=wind_mps)) == away


def test_lost_drones_are_away(small: District) -> None:
    """Who is named does not fly."""
    assert grounded_drones(small, DayConditions(grounded_drones=("a-2",))) == {"a-2"}
