"""What may stand where."""

import numpy as np
import pytest

from simulator.world.ground import Ground
from simulator.world.painters.register import PAINTERS
from simulator.world.siting import ANYWHERE_DRY, LAND, STREET, WATER_OR_LAND, Cover, footprint_samples, may_stand
from simulator.world.strip import Strip


@pytest.mark.parametrize(
    ("covers", "sites", "expected"),
    [
        ([Cover.OPEN, Cover.OPEN], LAND, True),
        ([Cover.OPEN, Cover.ROOF], LAND, False),
        ([Cover.OPEN, Cover.ROAD], STREET, True),
        ([Cover.ROAD, Cover.WATER], STREET, False),
        ([Cover.ROOF, Cover.ROAD, Cover.OPEN], ANYWHERE_DRY, True),
        ([Cover.WATER, Cover.WATER], WATER_OR_LAND, True),
        ([Cover.OPEN, Cover.OPEN], WATER_OR_LAND, True),
        ([Cover.WATER, Cover.OPEN], WATER_OR_LAND, False),
        ([Cover.WATER, Cover.ROAD], WATER_OR_LAND, False),
    ],
)
def test_a_thing_stands_on_its_own_kind_of_ground(covers: list[Cover], sites: frozenset[Cover], expected: bool) -> None:
    """Everything under it must be allowed, and what floats lies wholly on water or wholly on land."""
    assert may_stand(covers, sites) is expected


def test_samples_are_the_middle_and_a_ring() -> None:
    """Nine places: the middle, and eight at half the size."""
    middle, *ring = footprint_samples(10.0, -5.0, 8.0)
    assert middle == (10.0, -5.0)
    assert len(ring) == 8
    assert all(np.hypot(x - 10.0, y + 5.0) == pytest.approx(4.0) for x, y in ring)


def test_a_road_lies_over_the_water_it_crosses() -> None:
    """Where a road crosses water there is a bridge: what was water is road, and water again beside it."""
    water = Strip(np.array([(50.0, -500.0), (50.0, 500.0)]), 40.0)
    bare = Ground(9, waters=[water])
    north = next(y for y in range(-200, 200, 5) if bare.cover_at(50, y) is bare.cover_at(50, y + 10) is Cover.WATER)
    bridged = Ground(9, waters=[water], roads=[Strip(np.array([(-500.0, north), (500.0, north)]), 10.0)])
    assert bridged.cover_at(50, north) is Cover.ROAD
    assert bridged.cover_at(50, north + 10) is Cover.WATER


def test_a_town_has_roofs_roads_and_open_land() -> None:
    """Within a square kilometre each of them is found."""
    ground = Ground(3)
    found = {ground.cover_at(float(x), float(y)) for x in range(0, 1000, 20) for y in range(0, 1000, 20)}
    assert {Cover.ROOF, Cover.ROAD, Cover.OPEN} <= found


def test_every_class_has_somewhere_to_stand() -> None:
    """No painter asks for ground that does not exist."""
    assert all(painter.sites & {Cover.OPEN, Cover.ROAD, Cover.WATER} for painter in PAINTERS.values())
