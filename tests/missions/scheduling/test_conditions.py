"""What a day's conditions change in the district."""

import pytest

from missions.district import District
from missions.schedule import Closure, DayConditions
from missions.scheduling.conditions import closed_district, grounded_drones
from tests.missions.scheduling.made_district import aircraft, make_district, span, square


def test_nothing_closed_changes_nothing(small: District) -> None:
    """Without a closure it is the district itself."""
    assert closed_district(small, DayConditions(wind_mps=9.0)) is small


def test_closure_is_one_zone_more(small: District) -> None:
    """The closed polygon is kept out of besides the zones that are there always; the district itself is left as it was."""
    parade = Closure(id="parade", outline=square(0, 600, 50), span=span(0, 3600))
    closed = closed_district(small, DayConditions(closures=(parade,)))
    assert [zone.id for zone in closed.airspace.no_fly_zones] == ["substation", "parade"]
    assert closed.airspace.no_fly_zones[1].outline == parade.outline
    assert len(small.airspace.no_fly_zones) == 1


@pytest.mark.parametrize(("wind_mps", "away"), [(9.0, set()), (9.1, {"a-2", "b-1"}), (12.1, {"a-1", "a-2", "b-1"})])
def test_wind_grounds_those_that_do_not_bear_it(wind_mps: float, away: set[str]) -> None:
    """The type without a thermal camera bears 9 m/s, the other 12; what is just borne is flown in."""
    types = (aircraft("quad-t", thermal=True), aircraft("quad", thermal=False, max_wind_mps=9))
    assert grounded_drones(make_district(aircraft_types=types), DayConditions(wind_mps=wind_mps)) == away


def test_lost_drones_are_away(small: District) -> None:
    """Who is named does not fly."""
    assert grounded_drones(small, DayConditions(grounded_drones=("a-2",))) == {"a-2"}
