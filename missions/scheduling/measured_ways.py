"""Ways that are measured when somebody asks: a plan looks at few of all pairs of places, whose number grows with the square."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from scipy.spatial import KDTree

from missions.scheduling.transit import Transit
from missions.scheduling.travel import Indices, Ways
from missions.scheduling.way_tables import FAR_S, Floats, Readable, WayTables

LOOKED_AT = 2
"""Of the neighbours wanted, so many times as many are measured: who is nearest by air need not be by the way round."""

Pair = tuple[int, int]


class MeasuredWays:
    """The ways of every kind, between jobs first, then depots. Kinds with the same ends share what is measured."""

    def __init__(self, ways: Ways, kinds: Sequence[Transit], jobs: int) -> None:
        keys = [(kind.exits.tobytes(), kind.entries.tobytes()) for kind in kinds]
        grounds = {key: _Ground(ways, kind, jobs) for key, kind in zip(keys, kinds, strict=True)}
        self._kinds, self._grounds = tuple(kinds), [grounds[key] for key in keys]
        self._jobs, self._places = jobs, len(kinds[0].exits)
        self._known_s = [_Known(self, kind) for kind in range(len(kinds))]
        self._known_wh = [_Known(self, kind) for kind in range(len(kinds))]

    @property
    def shape(self) -> tuple[int, ...]:
        """(k, p, p)."""
        return len(self._grounds), self._places, self._places

    @property
    def seconds(self) -> Floats:
        """Every way there is, measured at once when this is first asked for."""
        return self._tables.seconds

    @property
    def energies_wh(self) -> Floats:
        """Every way there is, likewise."""
        return self._tables.energies_wh

    def reading_s(self, kind: int) -> Readable:
        """From the tables where they are there, else measured when first read."""
        return self._tables.reading_s(kind) if self._are_whole else self._known_s[kind]

    def reading_wh(self, kind: int) -> Readable:
        """Likewise."""
        return self._tables.reading_wh(kind) if self._are_whole else self._known_wh[kind]

    def near(self, count: int) -> list[list[int]]:
        """As `Travel` says, of the nearest by air."""
        if self._are_whole or not count:
            return self._tables.near(count)
        places = np.arange(self._places)[:, None]
        jobs = self._grounds[0].nearest_by_air(places[:, 0], min(count * LOOKED_AT + 1, self._jobs))
        ways_s = np.minimum(self._both_ways_s(*np.broadcast_arrays(places, jobs)), FAR_S)
        ways_s[jobs == places] = np.inf
        nearest = np.take_along_axis(jobs, np.argsort(ways_s, axis=1, kind="stable")[:, :count], axis=1)
        here, there = np.repeat(places, count), nearest.ravel()
        for kind in self._one_of_each:
            self._measure(kind, np.concatenate([here, there]), np.concatenate([there, here]))
        neighbours: list[list[int]] = nearest.tolist()
        return neighbours

    def around(self, kind: int, depot: int, count: int) -> list[int]:
        """As `Travel` says, by air."""
        if self._are_whole:
            return self._tables.around(kind, depot, count)
        jobs: list[int] = self._grounds[kind].nearest_by_air(np.array([depot]), count)[0].tolist()
        return jobs

    def know(self, kind: int, depot: int, jobs: list[int]) -> None:
        """Measures those that are not known."""
        new = np.array([job for job in jobs if (depot, job) not in self._known_s[kind]], dtype=np.int64)
        if len(new) and not self._are_whole:
            at = np.full(len(new), depot)
            self._measure(kind, np.concatenate([at, new]), np.concatenate([new, at]))

    def measure_one(self, kind: int, pair: Pair) -> None:
        """Have one way known."""
        self._measure(kind, np.array([pair[0]]), np.array([pair[1]]))

    def _both_ways_s(self, here: Indices, there: Indices) -> Floats:
        """Seconds there and back again, of the shape of both; they are not kept."""
        one, other = here.ravel(), there.ravel()
        among, takes = self._grounds[0].among, self._kinds[0].takes
        there_s, back_s = (takes(*pairs, among.between(*pairs))[0] for pairs in ((one, other), (other, one)))
        return (there_s + back_s).reshape(here.shape)

    def _measure(self, kind: int, here: Indices, there: Indices) -> None:
        """Have ways known from places to places, in pairs, for all kinds of the same ends."""
        ground = self._grounds[kind]
        found = ground.among.between(here, there)
        pairs = list(zip(here.tolist(), there.tolist(), strict=True))
        for other in (number for number, one in enumerate(self._grounds) if one is ground):
            seconds, wh = self._kinds[other].takes(here, there, found)
            self._known_s[other].update(zip(pairs, seconds.tolist(), strict=True))
            self._known_wh[other].update(zip(pairs, wh.tolist(), strict=True))

    @property
    def _one_of_each(self) -> list[int]:
        """A kind of each ground."""
        return [self._grounds.index(ground) for ground in dict.fromkeys(self._grounds)]

    @property
    def _are_whole(self) -> bool:
        return "_tables" in self.__dict__

    @cached_property
    def _tables(self) -> WayTables:
        here, there = (one.ravel() for one in np.indices(self.shape[1:]))
        found = {id(ground): ground.among.between(here, there) for ground in set(self._grounds)}
        taken = [self._kinds[kind].takes(here, there, found[id(ground)]) for kind, ground in enumerate(self._grounds)]
        seconds, wh = (np.array([one[number] for one in taken]).reshape(self.shape) for number in (0, 1))
        return WayTables(seconds, wh, self._jobs)


class _Known(dict[Pair, float]):
    """What has been measured; what has not is measured when it is read."""

    def __init__(self, ways: MeasuredWays, kind: int) -> None:
        super().__init__()
        self._ways, self._kind = ways, kind

    def __missing__(self, pair: Pair) -> float:
        self._ways.measure_one(self._kind, pair)
        return self[pair]


class _Ground:
    """The ends of all places, for kinds that have the same, and who is near whom by air."""

    def __init__(self, ways: Ways, kind: Transit, jobs: int) -> None:
        self.among = ways.among(kind.exits, kind.entries)
        self._asking = np.hstack([kind.exits, kind.entries])
        self._tree = KDTree(np.hstack([kind.entries, kind.exits])[:jobs])

    def nearest_by_air(self, places: Indices, count: int) -> Indices:
        """(n, count) jobs by the root of the squared ways there and back."""
        _, jobs = self._tree.query(self._asking[places], k=range(1, count + 1))
        return np.asarray(jobs, dtype=np.int64).reshape(len(places), count)
