"""Trips by dynamic programming, against all trips tried one by one."""

from itertools import pairwise, permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ground_station.scheduling.trip_graph import Graph, Ways, best_trips
from missions.scheduling.problem import Floats

ROOM_WH = 40.0


def _ways(seed: int, jobs: int, low: int, high: int) -> Ways:
    random = np.random.default_rng(seed)
    first, between, last = (random.integers(low, high, shape).astype(float) for shape in (jobs, (jobs, jobs), jobs))
    return Ways(first, between, last)


def _energy_wh(seed: int, jobs: int) -> Ways:
    """Whole Wh, 4 to 12 a way: with 40 levels of 40 Wh nothing is rounded."""
    return _ways(seed + 1, jobs, 4, 13)


def _graph(seed: int, jobs: int) -> Graph:
    return Graph.of(_ways(seed, jobs, 10, 200), _energy_wh(seed, jobs), trip_s=30.0, room_wh=ROOM_WH, levels=40)


def _prices_s(seed: int, jobs: int) -> Floats:
    return np.random.default_rng(seed + 2).integers(0, 400, jobs).astype(float)


def _cost_s(seed: int, of: int, jobs: tuple[int, ...]) -> float:
    """Seconds less prices; infinite beyond the battery."""
    energy = _energy_wh(seed, of)
    drawn_wh = energy.first[jobs[0]] + energy.last[jobs[-1]] + sum(energy.between[pair] for pair in pairwise(jobs))
    if drawn_wh > ROOM_WH:
        return np.inf
    return float(_graph(seed, of).column(jobs).seconds - _prices_s(seed, of)[list(jobs)].sum())


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_no_trip_costs_less(seed: int, jobs: int) -> None:
    """The least cost is not above that of any order of any jobs that the energy is enough for."""
    least_s, _ = best_trips(_graph(seed, jobs), _prices_s(seed, jobs))
    orders = (order for count in range(1, jobs + 1) for order in permutations(range(jobs), count))
    assert least_s <= min(_cost_s(seed, jobs, order) for order in orders) + 1e-9


@given(st.integers(0, 10_000), st.integers(1, 8))
def test_trips_cost_what_is_said(seed: int, jobs: int) -> None:
    """Every trip found keeps within the energy, never goes straight back over one job, and the best costs the least named."""
    least_s, columns = best_trips(_graph(seed, jobs), _prices_s(seed, jobs))
    costs_s = [_cost_s(seed, jobs, column.jobs) for column in columns]
    assert all(cost_s < 0 for cost_s in costs_s)
    assert min([*costs_s, 0.0]) == min(least_s, 0.0)
    assert all(a != c for column in columns for a, c in zip(column.jobs, column.jobs[2:], strict=False))
