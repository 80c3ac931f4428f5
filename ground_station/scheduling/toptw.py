"""Published instances of the team orienteering problem with time windows (TOPTW), to measure our schedulers against.

The files are those of KU Leuven (Vansteenwegen and others 2009), made from Solomon's and Cordeau's customers with profits.
A line `k v N t` with the number N of customers, a line `D Q` that does not matter, then one line a point,
`i x y d S f a list O C`: number, place, service d, profit S, things that do not matter, and the window [O, C] in which service
may begin. Point 0 is where all paths begin and end; its C is the time for each. Distances are rounded down to the first
decimal for Solomon's, to the second for Cordeau's. Units of time and distance are the same there; here they are seconds.
Nothing limits the energy, and waiting is allowed.
"""

import csv
from dataclasses import dataclass
from math import inf, isfinite
from pathlib import Path

import numpy as np

from missions.errors import FormatError
from missions.scheduling.problem import Floats, Kind, Problem, Vehicle, Window
from missions.scheduling.way_tables import WayTables

SOLOMON_DECIMALS, CORDEAU_DECIMALS = 1, 2
"""Decimals of a distance that are kept."""

HEADER_LINES, SHORTEST_POINT = 2, 9
"""Lines before the points, and numbers in a point's line at least: the depot's, whose list is empty."""

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
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(str(path), "", "is no text") from error
    return parse_instance(text, vehicles, decimals=decimals, name=str(path))


def parse_instance(text: str, vehicles: int, *, decimals: int = SOLOMON_DECIMALS, name: str = "TOPTW instance") -> Problem:
    """The same from its text; `name` is for what is said of errors."""
    lines = [(number, line.split()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    points = [_point(words, index, name, number) for index, (number, words) in enumerate(lines[HEADER_LINES:])]
    if len(points) != _customers(lines, name) + 1:
        raise FormatError(
            name, "", f"has {len(points)} points, and line 1 says {_customers(lines, name)} customers and a depot"
        )
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
    """The best profits published, by instance (a file's name without its ending) and number of paths.

    Raises `FormatError` where the table is missing, malformed or says two things.
    """
    path = folder / BEST_KNOWN
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(str(path), "", "cannot be read; it is a table with the columns name, m and best") from error
    best: dict[tuple[str, int], float] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        key, value = _best_known(row, path, number)
        if key in best:
            raise FormatError(str(path), f"line {number}", f"{key[0]} with {key[1]} has a line before")
        best[key] = value
    return best


def gap(value: float, best: float) -> float:
    """How far a value is below the best known, as a share of that; below nothing if it is better."""
    return (best - value) / best


def _best_known(row: dict[str, str], path: Path, number: int) -> tuple[tuple[str, int], float]:
    """A line of the table."""
    try:
        name, vehicles, best = row["name"].strip().lower(), int(row["m"]), float(row["best"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise FormatError(str(path), f"line {number}", "needs the columns name, m (whole) and best (a number)") from error
    if not name or vehicles < 1 or not 0 < best < inf:
        raise FormatError(str(path), f"line {number}", "needs a name, m of 1 or more and best above 0")
    return (name, vehicles), best


def _customers(lines: list[tuple[int, list[str]]], name: str) -> int:
    """How many there are by the first line."""
    try:
        return int(lines[0][1][2])
    except (IndexError, ValueError) as error:
        raise FormatError(name, "line 1", "begins with 'k v N t', N being the number of customers") from error


def _point(words: list[str], index: int, name: str, number: int) -> _Point:
    """The point of a line, which has to be the one of that number."""
    where = f"line {number}"
    try:
        x, y, service, profit = (float(word) for word in words[1:5])
        opens, closes = (float(word) for word in words[-2:])
        found = int(words[0])
    except ValueError as error:
        raise FormatError(name, where, "a point is 'i x y d S f a list O C', all numbers") from error
    if len(words) < SHORTEST_POINT:
        raise FormatError(name, where, f"a point is 'i x y d S f a list O C', and this has {len(words)} numbers")
    if found != index:
        raise FormatError(name, where, f"is point {found}, and point {index} is expected")
    if not (isfinite(x) and isfinite(y) and 0 <= service < inf and 0 <= profit < inf and 0 <= opens <= closes < inf):
        raise FormatError(name, where, "needs a place, d and S of 0 or more, and O not after C")
    return _Point(x, y, service, profit, opens, closes)


def _distances(points: list[_Point], decimals: int) -> Floats:
    """From every point to every other, rounded down; the little that is added keeps 0.3 from becoming 0.2."""
    places = np.array([(one.x, one.y) for one in points])
    exact = np.linalg.norm(places[:, np.newaxis] - places[np.newaxis], axis=2)
    rounded: Floats = np.floor(exact * 10**decimals + 1e-9) / 10**decimals
    return rounded
