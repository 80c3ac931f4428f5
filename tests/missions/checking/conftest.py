"""The small sound day that the checker's tests break."""

import pytest

from tests.missions.checking.made_day import MadeDay, make_district, make_schedule


@pytest.fixture(scope="session")
def sound() -> MadeDay:
    """Two drones, three flights, one pass that waits."""
    return MadeDay(make_schedule(), make_district())
