"""What the catalogue's routes promise."""

from datetime import date

import pytest

from missions.calendar import Season
from missions.demand import DemandOrigin
from missions.district import District
from missions.scheduling.fitting import unserved_by
from missions.scheduling.standing import standing_demands
from tests.missions.scheduling.conftest import PlannedDay
from tests.missions.scheduling.made_district import AFTERNOON, CAMERA, MORNING, ROUTES, make_category, make_district


def test_one_a_category(small: District) -> None:
    """Each category of each route has its demand, in the catalogue's order; the route on call has none."""
    assert [demand.id for demand in standing_demands(small)] == [
        "road:sanitation",
        "road:traffic",
        "river:water",
        "river:sanitation",
        "market:sanitation",
        "yard:smoke",
        "chimney:smoke",
        "tower:traffic",
        "posts:sanitation",
        "behind:sanitation",
    ]


def test_asks_what_its_category_asks(small: District) -> None:
    """Department, windows and priority are the category's; ground and frequency the route's."""
    traffic = standing_demands(small)[1]
    assert (traffic.department_id, traffic.category, traffic.route_id) == ("police", "traffic", "road")
    assert (traffic.windows, traffic.priority) == ((MORNING, AFTERNOON), 4)
    assert (traffic.frequency, traffic.geometry) == (ROUTES[0].frequency, ROUTES[0].geometry)
    assert traffic.origin == DemandOrigin.CATALOGUE


def test_thermal_where_route_and_category_are(small: District) -> None:
    """The river is flown in the infrared for the waters, not for the litter on them."""
    thermal = {demand.id: demand.thermal for demand in standing_demands(small)}
    assert thermal["river:water"]
    assert not thermal["river:sanitation"]


def test_validity_and_season_are_kept(small: District) -> None:
    """A route's validity and its category's season bound the demand."""
    route = ROUTES[6].model_copy(update={"valid_from": date(2026, 6, 1), "valid_until": date(2026, 8, 31)})
    season = Season(begins=(5, 1), ends=(6, 30))
    district = make_district(route, categories=(make_category("sanitation", "urban", season=season),))
    [demand] = standing_demands(district)
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [demand.holds_on(day) for day in days] == [False, True, True, False]


def test_resolution_is_that_of_the_higher(small: District) -> None:
    """The tower's route is 60 m high and its category 80 m; 60 m beside, 100 m / (640 / tan 35°) = 10.94 cm serve."""
    tower = next(demand for demand in standing_demands(small) if demand.route_id == "tower")
    assert tower.max_sample_m == pytest.approx(0.1094, abs=1e-4)


def test_each_is_served_by_its_route(shipped: PlannedDay) -> None:
    """No standing demand of the shipped catalogue asks more than its own route gives."""
    for demand in standing_demands(shipped.district):
        assert unserved_by(shipped.district.route(demand.ground_id), demand, CAMERA) == ""
