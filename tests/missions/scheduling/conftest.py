"""The made-up district, and days planned once for all tests that look at them."""

from dataclasses import dataclass
from datetime import date

import pytest

from missions import catalog
from missions.district import District
from missions.schedule import Schedule
from missions.scheduling.day import DayRequest, plan_day
from missions.scheduling.due import rehearsed_history
from missions.scheduling.standing import standing_demands
from tests.missions.scheduling.made_district import make_district, make_request

SHIPPED_DAY = date(2026, 6, 2)


@dataclass(frozen=True)
class PlannedDay:
    """A schedule with the request that it answers."""

    request: DayRequest
    schedule: Schedule

    @property
    def district(self) -> District:
        """The district of the request."""
        return self.request.district


@pytest.fixture(scope="session")
def small() -> District:
    """The made-up district with all its routes."""
    return make_district()


@pytest.fixture(scope="session")
def planned(small: District) -> PlannedDay:
    """A day of the made-up district."""
    request = make_request(small)
    return PlannedDay(request, plan_day(request))


@pytest.fixture(scope="session", params=[1, 2], ids=lambda seed: f"seed {seed}")
def shipped(request: pytest.FixtureRequest) -> PlannedDay:
    """A day of the shipped district after a rehearsed past, with two seeds."""
    district = catalog.load()
    demands = standing_demands(district)
    asked = DayRequest(district, SHIPPED_DAY, demands, rehearsed_history(demands, SHIPPED_DAY, request.param), request.param)
    return PlannedDay(asked, plan_day(asked))
