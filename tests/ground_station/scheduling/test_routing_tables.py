"""Whole numbers for the solver, worked out by hand on the row of four."""

from dataclasses import replace

import numpy as np

from ground_station.scheduling.routing_tables import NEVER, RoutingTables, down, ticks
from missions.scheduling.problem import Window
from missions.scheduling.way_tables import WayTables
from tests.missions.scheduling.made_problem import ALL_DAY, Row, two_vehicles


def test_rounding_is_downwards() -> None:
    """But for what floating point leaves out: 0.3 s are 3 ticks."""
    assert (ticks(0.3), ticks(0.39), ticks(-0.05)) == (3, 3, -1)
    assert down(np.array([np.inf, 2.9])).tolist() == [int(NEVER), 2]


def test_nodes() -> None:
    """Four jobs, the depot, and two stops for each of two vehicles."""
    tables = RoutingTables(Row(vehicles=two_vehicles()).problem(), 2)
    assert tables.nodes == 9
    assert (tables.depot(0), tables.depot(1)) == (4, 4)
    assert (list(tables.stops(0)), list(tables.stops(1))) == ([5, 6], [7, 8])


def test_depots_without_vehicles_are_no_nodes() -> None:
    """The solver would have to visit them."""
    problem = Row().problem()
    more = ((0, 0), (0, 1), (0, 1))
    tables = WayTables(np.pad(problem.travel_s, more), np.pad(problem.travel_wh, more), problem.jobs)
    wider = replace(problem, depots=2, travel=tables)
    assert RoutingTables(wider, 1).nodes == RoutingTables(problem, 1).nodes == 6


def test_legs_by_hand() -> None:
    """From the depot to job 0: 10 s of climb and 100 s; 1 + 2 + 1 Wh, at 0.002 Wh a tick. Back: 50 + 100 + 20 s, 2 Wh."""
    tables = RoutingTables(Row().problem(), 1)
    assert tables.times(0)[4, 0] == 1100
    assert tables.legs(0)[0, 4] == 1200
    assert tables.times(0)[0, 5] == 1700
    assert tables.debts(0)[4, 0] == 1100 + 2000
    assert tables.debts(0)[0, 4] == 1700 + 1000
    assert tables.loads(0)[4, 0] == 4000
    assert tables.loads(0)[5, 0] == 4000 - 16_000


def test_charges_by_hand() -> None:
    """Full are 20 Wh. After job 2 there are at most 20 - 8, and must be at least 4 + 6 (less a tick for rounding)."""
    tables = RoutingTables(Row().problem(), 1)
    assert tables.full(0) == 10_000
    assert tables.most_charge(2) == 6000
    assert tables.least_charge(2) == 5000 - 1


def test_begins() -> None:
    """Service of 50 s within 200-300 s begins at 200-250, with leeway before; a window of 40 s has no room for it."""
    tables = RoutingTables(Row(windows=((Window(20, 60), Window(200, 300)), ALL_DAY, ALL_DAY, ALL_DAY)).problem(), 1)
    assert tables.begins(0) == [(1995, 2500)]
