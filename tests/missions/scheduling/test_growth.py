"""Districts of other sizes."""

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
