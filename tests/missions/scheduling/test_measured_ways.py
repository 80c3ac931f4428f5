"""Ways measured when they are asked for, against all of them measured at once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.planning.performance import Performance
from missions.scheduling.measured_ways import MeasuredWays
from missions.scheduling.transit import Transit
from tests.missions.scheduling.made_district import aircraft
from tests.missions.scheduling.test_travel import WAYS

JOBS, DEPOTS = 12, 3


def measured(seed: int, jobs: int = JOBS) -> MeasuredWays:
    """Places anywhere in an L with zones in it, also in the zones; the second kind is slower, the third has ends of its own."""
    random = np.random.default_rng(seed)
    ends = random.uniform(-1500, 1500, (4, jobs + DEPOTS, 2))
    below_m = random.uniform(0, 30, jobs + DEPOTS)
    fast, slow = (Performance(aircraft(f"k{mps}", False, cruise_mps=mps)) for mps in (12, 8))
    kinds = [(fast, *ends[:2]), (slow, *ends[:2]), (slow, *ends[2:])]
    return MeasuredWays(WAYS, [Transit(*kind, below_m, fastest_mps=10.0) for kind in kinds], jobs)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), pairs=st.lists(st.tuples(st.integers(0, JOBS + 2), st.integers(0, JOBS + 2)), max_size=8))
def test_one_way_is_as_in_the_tables(seed: int, pairs: list[tuple[int, int]]) -> None:
    """Whatever is asked for, in whatever order and of whichever kind: the same number as in the whole tables."""
    ways, whole = measured(seed), measured(seed)
    for kind in range(3):
        for here, there in pairs:
            assert ways.reading_s(kind)[here, there] == whole.seconds[kind, here, there]
            assert ways.reading_wh(kind)[here, there] == whole.energies_wh[kind, here, there]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), count=st.integers(4, 8))
def test_neighbours_are_as_near_as_in_the_tables(seed: int, count: int) -> None:
    """Where all jobs are looked at (9 of them, 4 neighbours or more): as near as in the tables, in their order."""
    ways, whole = measured(seed, jobs=9), measured(seed, jobs=9)
    seconds = whole.seconds[0]
    found, wanted = ways.near(count), whole.near(count)
    for place, (one, other) in enumerate(zip(found, wanted, strict=True)):
        there_and_back = [[seconds[place, job] + seconds[job, place] for job in some] for some in (one, other)]
        assert there_and_back[0] == pytest.approx(there_and_back[1])
        assert place not in one


def test_known_ways_are_not_measured_again() -> None:
    """What `know` and `near` measured is there when it is read, for all kinds of the same ends."""
    ways = measured(1)
    ways.know(0, JOBS, [3, 5])
    known = set(ways._known_s[0])
    assert known == set(ways._known_s[1]) == {(JOBS, 3), (3, JOBS), (JOBS, 5), (5, JOBS)}
    assert ways.reading_s(1)[JOBS, 3] > 0
    assert set(ways._known_s[0]) == known
    assert not ways._known_s[2]


def test_jobs_round_a_depot() -> None:
    """All of them, each once; as many as are asked for are the first of those."""
    ways = measured(2)
    everybody = ways.around(0, JOBS + 1, JOBS)
    assert sorted(everybody) == list(range(JOBS))
    assert ways.around(0, JOBS + 1, 4) == everybody[:4]


def test_once_whole_the_tables_are_read() -> None:
    """After somebody asked for everything, single numbers come from there."""
    ways = measured(3)
    assert ways.seconds.shape == ways.energies_wh.shape == ways.shape == (3, JOBS + DEPOTS, JOBS + DEPOTS)
    assert isinstance(ways.reading_s(0), memoryview)
    assert ways.around(0, JOBS, JOBS) == np.argsort(ways.seconds[0, JOBS, :JOBS], kind="stable").tolist()
