"""What stands on a plot."""

import numpy as np
import pytest

from simulator.world.land_use import car, closed_truck, parking
from simulator.world.plot import Plot


def _plot() -> Plot:
    return Plot((0.0, 0.0), (100.0, 100.0), np.random.default_rng(1))


def test_each_vehicle_is_told_with_its_whole_outline() -> None:
    """A car is 1.9 m by 4.5 m round its place; a lorry's outline holds body and cab, 10.45 m."""
    plot = _plot()
    car(plot, (20, 30))
    closed_truck(plot, (60, 60))
    first, second = (outline.max(axis=0) - outline.min(axis=0) for outline in plot.open_vehicles)
    assert first == pytest.approx([1.9, 4.5])
    assert sorted(second) == pytest.approx([2.6, 10.45])
    assert plot.open_vehicles[0].mean(axis=0) == pytest.approx([20, 30])


def test_a_vehicle_under_a_crown_is_not_told() -> None:
    """What the camera cannot see is not labelled: a tree's crown over the middle hides the car, one beside it does not."""
    plot = _plot()
    car(plot, (20, 30))
    car(plot, (40, 30))
    plot.tree((20.5, 30.5), 3.0, (40, 80, 50))
    plot.tree((44, 30), 3.0, (40, 80, 50))
    assert [round(float(outline.mean(axis=0)[0])) for outline in plot.open_vehicles] == [40]


def test_a_car_park_is_full_of_vehicles() -> None:
    """About two bays in five are taken."""
    plot = _plot()
    parking(plot)
    assert 60 <= len(plot.open_vehicles) <= 140
