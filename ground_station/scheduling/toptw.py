"""Published instances of the team orienteering problem with time windows (TOPTW), to measure our schedulers against.

The files are those of KU Leuven (Vansteenwegen and others 2009), made from Solomon's and Cordeau's customers with profits.
A line `k v N t`, a line `D Q` (neither matters), then one line a point, `i x y d S f a list O C`: number, place, service d,
profit S, things that do not matter, and the window [O, C] in which service may begin. Point 0 is where all paths begin and
end; its C is the time for each. Distances are rounded down to the first decimal for Solomon's, to the second for Cordeau's.
Units of time and distance are the same there; here they are seconds. Nothing limits the energy, and waiting is allowed.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from missions.errors import FormatError
from missions.scheduling.problem import Floats, Kind, Problem, Vehicle, Window
from missions.scheduling.way_tables import WayTables

SOLOMON_DECIMALS, CORDEAU_DECIMALS = 1, 2
"""Decimals of a distance that are kept."""

BEST_KNOWN = "best.csv"
"""Beside the instances: a table with the columns name, m (paths) and best (profit)."""


@dataclass(frozen=True, slots=True)
class _Point:
    """A line of an instance, with what matters of it."""

    x: float
    y: float
    service: float
    profit: float
    opens: float
    closes: float


def read_instance(path: Path, vehicles: int) -> Problem:
    """The instance in a file, for so many paths. Raises `FormatError` where it is none.

    Cordeau's instances are known by their names, which begin with "pr".
    """
    decimals = CORDEAU_DECIMALS if path.name.lower().startswith("pr") else SOLOMON_DECIMALS
    return parse_instance(path.read_text("utf-8"), vehicles, decimals=decimals, name=path.name)


def parse_instance(text: str, vehicles: int, *, decimals: int = SOLOMON_DECIMALS, name: str = "TOPTW instance") -> Problem:
    """The same from its text; `name` is for what is said of errors."""
    points = _points(text, name)
    depot, customers = points[0], points[1:]
    travel_s = _distances([*customers, depot], decimals)[np.newaxis]
    return Problem(
        value=np.array([one.profit for one in customers]),
        windows=tuple((Window(one.opens, one.closes + one.service),) for one in customers),
        service_s=np.array([[one.service for one in customers]]),
        energy_wh=np.zeros((1, len(customers))),
        able=np.ones((1, len(customers)), dtype=bool),
        travel=WayTables(travel_s, np.zeros_like(travel_s), len(customers)),
        depots=1,
        kinds=(Kind(full_wh=1.0, capacity_wh=1.0, recharge_w=1.0),),
        vehicles=(Vehicle(kind=0, depot=0, ready_s=depot.opens, charge_wh=1.0),) * vehicles,
        begin_s=depot.opens,
        end_s=depot.closes,
        crew=vehicles,
        waiting_allowed=True,
        max_trips=1,
    )


def read_best_known(folder: Path) -> dict[tuple[str, int], float]:
    """The best profits published, by instance (a file's name without its ending) and number of paths."""
    path = folder / BEST_KNOWN
    best: dict[tuple[str, int], float] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                best[row["name"].lower(), int(row["m"])] = float(row["best"])
            except (KeyError, TypeError, ValueError) as error:
                raise FormatError(path.name, f"line {number}", "needs the columns name, m and best") from error
    return best


def gap(value: float, best: float) -> float:
    """How far a value is below the best known, as a share of that; below nothing if it is better."""
    return (best - value) / best


def _points(text: str, name: str) -> list[_Point]:
    """The points in their order; the lines before point 0 are shorter than any point's."""
    points: list[_Point] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if len(words) < 7:
            continue
        try:
            x, y, service, profit = (float(word) for word in words[1:5])
            opens, closes = (float(word) for word in words[-2:])
        except ValueError as error:
            raise FormatError(name, f"line {number}", "a point is 'i x y d S f a list O C', all numbers") from error
        points.append(_Point(x, y, service, profit, opens, closes))
    if not points:
        raise FormatError(name, "", "there is no line 'i x y d S f a list O C'")
    return points


def _distances(points: list[_Point], decimals: int) -> Floats:
    """From every point to every other, rounded down; the little that is added keeps 0.3 from becoming 0.2."""
    places = np.array([(one.x, one.y) for one in points])
    exact = np.linalg.norm(places[:, np.newaxis] - places[np.newaxis], axis=2)
    rounded: Floats = np.floor(exact * 10**decimals + 1e-9) / 10**decimals
    return rounded
