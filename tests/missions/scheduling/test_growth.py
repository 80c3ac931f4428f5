"""Districts of other sizes."""

from collections import Counter

import pytest

from missions.catalog import load
from missions.scheduling.growth import grown


@pytest.mark.parametrize(("routes", "docks", "drones"), [(100, 3, 4), (375, 12, 14), (3000, 96, 112)])
def test_everything_grows_in_proportion(routes: int, docks: int, drones: int) -> None:
    """12 docks and 14 drones for 375 routes: rounded shares of them, ids of their own, every drone in a dock that exists."""
    made = grown(load(), routes)
    assert (len(made.routes), len(made.docks), len(made.drones)) == (routes, docks, drones)
    for ids in ([one.id for one in made.routes], [one.id for one in made.docks], [one.id for one in made.drones]):
        assert len(set(ids)) == len(ids)
    assert {drone.dock_id for drone in made.drones} <= {dock.id for dock in made.docks}


def test_a_part_has_the_mix_of_the_whole() -> None:
    """A third of the routes holds a third of each kind of geometry, within three routes; the whole district is itself."""
    district = load()
    whole = Counter(type(route.geometry).__name__ for route in district.routes)
    part = Counter(type(route.geometry).__name__ for route in grown(district, 125).routes)
    assert all(abs(part[name] - count / 3) <= 3 for name, count in whole.items())
    assert grown(district, 375).routes == district.routes
