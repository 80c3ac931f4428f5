"""A problem refuses what does not fit together, and a solution counts what it serves."""

from dataclasses import replace

import numpy as np
import pytest

from missions.errors import InvalidInput
from missions.scheduling.problem import Solution, Trip, Vehicle, Window
from missions.scheduling.way_tables import WayTables
from tests.missions.scheduling.made_problem import KIND, Row


def test_value_is_of_the_jobs_served() -> None:
    """Jobs 1 and 3 are worth 2 and 4."""
    solution = Solution((Trip(0, 0.0, (1,)), Trip(0, 1000.0, (3,))))
    assert solution.served == {1, 3}
    assert solution.value(Row().problem()) == 6


def test_reserve_and_rates() -> None:
    """20 Wh of which 16 may be used leave 4; 72 W are 0.02 Wh a second; a trip takes 10 + 20 s besides."""
    assert KIND.reserve_wh == 4
    assert KIND.wh_per_s == pytest.approx(0.02)
    assert KIND.trip_s == 30


def test_arrays_of_other_sizes_are_refused() -> None:
    """The text names the array that does not fit."""
    with pytest.raises(InvalidInput, match="travel"):
        replace(Row().problem(), travel=WayTables(np.zeros((1, 4, 4)), np.zeros((1, 4, 4)), 4))


def test_windows_out_of_order_are_refused() -> None:
    """Later steps take the last window for the latest."""
    with pytest.raises(InvalidInput, match="job 0"):
        Row(windows=((Window(50, 90), Window(10, 30)), *((Window(0, 9),),) * 3)).problem()


def test_unknown_depot_is_refused() -> None:
    """A vehicle stands in a depot that is there."""
    with pytest.raises(InvalidInput, match="vehicles"):
        Row(vehicles=(Vehicle(0, 1, 0.0, 20.0),)).problem()


def test_crew_binds_only_below_the_number_of_vehicles() -> None:
    """With a vehicle for every pair of eyes nobody waits."""
    assert not Row(crew=1).problem().crew_binds
    assert Row(crew=1, vehicles=(Vehicle(0, 0, 0.0, 20.0),) * 2).problem().crew_binds
