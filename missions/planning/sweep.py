"""Parallel sweeps over a polygon in the plane: the lawn-mower pattern, in cells where the polygon is concave or has holes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, ceil, degrees, dist, pi
from typing import Protocol

import numpy as np
from shapely import Polygon, box, get_coordinates
from shapely.affinity import rotate
from shapely.geometry.base import BaseGeometry

XY = tuple[float, float]
Line = tuple[XY, ...]
Piece = tuple[XY, XY]
"""From one place to another."""

TURN_COST_M = 30.0
"""What turning from one sweep into the next costs, as metres of flight, when sweep directions are compared."""

MAX_DIRECTIONS = 12
"""Sweep directions tried: those of the longest edges."""


NEGLIGIBLE_M = 0.05
"""What a strip may be wider than one view without a second sweep: less than any aircraft holds its line."""

MIN_SPACING_M = 0.01
"""Closer sweeps are not told apart: a height of next to nothing is still refused with a figure."""

MAX_LINES = 300
"""Sweeps laid over one area or corridor: far more than a battery lasts, few enough that planning stays a matter of seconds."""


class TooLarge(ValueError):
    """A geometry takes more lines or corners than are laid out: how many (`value`) of `what`, and the limit."""

    def __init__(self, value: int, limit: int, what: str) -> None:
        self.value = value
        self.limit = limit
        super().__init__(f"takes {value} {what}; at most {limit} are laid out")


class Effort(Protocol):
    """What ways take, in metres of still air; `directions_deg` of sweeps are worth a try besides those of edges."""

    @property
    def directions_deg(self) -> tuple[float, ...]:
        """Angles from the x axis, in [0, 180)."""

    def total_m(self, pieces: Sequence[Piece]) -> float:
        """All pieces together; infinite where one cannot be flown."""


@dataclass(frozen=True, slots=True)
class Length:
    """In still air a way takes its length, whatever its direction."""

    directions_deg: tuple[float, ...] = ()

    def total_m(self, pieces: Sequence[Piece]) -> float:
        """The sum of their lengths."""
        return sum(dist(here, there) for here, there in pieces)


LENGTH = Length()


@dataclass(frozen=True, slots=True)
class _Span:
    """One stretch of a sweep, in the turned plane."""

    y: float
    x_min: float
    x_max: float

    def overlaps(self, other: "_Span") -> bool:
        return self.x_min < other.x_max and other.x_min < self.x_max


def sweep_count(width_m: float, across_m: float, spacing_m: float) -> int:
    """How many sweeps a strip takes."""
    reach_m = width_m - across_m
    return ceil(reach_m / max(spacing_m, MIN_SPACING_M)) + 1 if reach_m > NEGLIGIBLE_M else 1


def check_count(lines: int) -> None:
    """Raises TooLarge for more sweeps than are laid."""
    if lines > MAX_LINES:
        raise TooLarge(lines, MAX_LINES, "sweeps")


def sweep_offsets(width_m: float, across_m: float, spacing_m: float) -> list[float]:
    """Where sweeps lie across a strip, measured from its middle: `across_m` is seen from each, at most `spacing_m` apart.

    They lie symmetrically to the last bit, so that a middle one is at exactly 0.
    """
    gaps = sweep_count(width_m, across_m, spacing_m) - 1
    if gaps == 0:
        return [0.0]
    reach_m = width_m - across_m
    return [(2 * number - gaps) * (reach_m / (2 * gaps)) for number in range(gaps + 1)]


def sweep_polygon(area: Polygon, across_m: float, spacing_m: float, effort: Effort = LENGTH) -> list[Line]:
    """Lines that show every point of `area` from at most half of `across_m` aside, in flying order.

    Of the directions along the hull's edges, and along and across the wind, the one with the least effort is taken. Raises
    TooLarge where each direction takes too many lines.
    """
    plans: list[list[Line]] = []
    refusals: list[TooLarge] = []
    for angle in dict.fromkeys((*_edge_angles_deg(area), *effort.directions_deg)):
        try:
            plans.append(_sweep_at(area, angle, across_m, spacing_m))
        except TooLarge as refusal:
            refusals.append(refusal)
    if not plans:
        raise min(refusals, key=lambda refusal: refusal.value)
    return min(plans, key=lambda plan: way_m(plan, effort))


def every_degree(area: Polygon, across_m: float, spacing_m: float) -> Iterator[list[Line]]:
    """The sweeps in each direction of whole degrees: the exhaustive search that `sweep_polygon` is measured against."""
    return (_sweep_at(area, float(angle), across_m, spacing_m) for angle in range(180))


def _edge_angles_deg(area: Polygon) -> list[float]:
    """Directions of the convex hull's longest edges in [0, 180), each once (to the degree)."""
    edges = sorted(pairwise(get_coordinates(area.convex_hull)), key=lambda edge: -dist(*edge))[:MAX_DIRECTIONS]
    return sorted({round(degrees(atan2(b[1] - a[1], b[0] - a[0])) % 180, 0) % 180 for a, b in edges})


def way_m(lines: Sequence[Line], effort: Effort = LENGTH) -> float:
    """The way that sweeps take, with what turning between them costs, in metres of still air."""
    on_lines = effort.total_m([piece for line in lines for piece in pairwise(line)])
    between = effort.total_m([(a[-1], b[0]) for a, b in pairwise(lines)])
    return on_lines + between + TURN_COST_M * (len(lines) - 1)


def _sweep_at(area: Polygon, angle_deg: float, across_m: float, spacing_m: float) -> list[Line]:
    """Sweeps in one direction: the plane is turned so that they run along x."""
    middle = area.centroid
    turned = rotate(area, -angle_deg, origin=middle)
    cells = _cells(_spans_by_sweep(turned, across_m, spacing_m))
    lines = _chain_cells([_fly_cell(cell) for cell in cells])
    turn = np.radians(angle_deg)
    c, s = float(np.cos(turn)), float(np.sin(turn))

    def back(point: XY) -> XY:
        x, y = point[0] - middle.x, point[1] - middle.y
        return middle.x + c * x - s * y, middle.y + s * x + c * y

    return [tuple(back(point) for point in line) for line in lines]


def _spans_by_sweep(turned: Polygon, across_m: float, spacing_m: float) -> list[list[_Span]]:
    """For each sweep the stretches where anything of the polygon lies nearer to it than to its neighbours."""
    x_min, y_min, x_max, y_max = turned.bounds
    check_count(sweep_count(y_max - y_min, across_m, spacing_m))
    middle = (y_min + y_max) / 2
    levels = [middle + offset for offset in sweep_offsets(y_max - y_min, across_m, spacing_m)]
    borders = [y_min, *((a + b) / 2 for a, b in pairwise(levels)), y_max]
    sweeps: list[list[_Span]] = []
    for level, (low, high) in zip(levels, pairwise(borders), strict=True):
        sweeps.append(_spans(turned.intersection(box(x_min, low, x_max, high)), level))
        check_count(sum(map(len, sweeps)))
    return sweeps


def _spans(band: BaseGeometry, level: float) -> list[_Span]:
    """The band's shadow on the sweep, as disjoint stretches from left to right."""
    parts: Iterable[BaseGeometry] = getattr(band, "geoms", [band])
    shadows = sorted((part.bounds[0], part.bounds[2]) for part in parts if isinstance(part, Polygon) and not part.is_empty)
    merged: list[_Span] = []
    for x_min, x_max in shadows:
        if merged and x_min <= merged[-1].x_max:
            merged[-1] = _Span(level, merged[-1].x_min, max(merged[-1].x_max, x_max))
        else:
            merged.append(_Span(level, x_min, x_max))
    return merged


def _cells(sweeps: Sequence[Sequence[_Span]]) -> list[list[_Span]]:
    """Runs of stretches that follow each other one to one: a hole or a notch ends a cell and begins two."""
    cells: list[list[_Span]] = []
    open_cells: list[list[_Span]] = []
    for number, sweep in enumerate(sweeps):
        before = sweeps[number - 1] if number else ()
        still_open: list[list[_Span]] = []
        for span in sweep:
            above = [one for one in before if one.overlaps(span)]
            alone = len(above) == 1 and sum(above[0].overlaps(other) for other in sweep) == 1
            cell = next((c for c in open_cells if alone and c[-1] is above[0]), None)
            if cell is None:
                cell = []
                cells.append(cell)
            cell.append(span)
            still_open.append(cell)
        open_cells = still_open
    return cells


def _fly_cell(cell: Sequence[_Span]) -> list[Line]:
    """There and back again: every second sweep runs from right to left."""
    lines: list[Line] = []
    for number, span in enumerate(cell):
        line: Line = ((span.x_min, span.y), (span.x_max, span.y))
        lines.append(line if number % 2 == 0 else line[::-1])
    return lines


def _chain_cells(cells: Sequence[list[Line]]) -> list[Line]:
    """All cells one after another, each entered at the corner nearest to where the one before ended."""
    waiting = list(cells)
    chained = list(waiting.pop(0))
    while waiting:
        here = chained[-1][-1]
        nearest = min(
            ((entry, number) for number, cell in enumerate(waiting) for entry in entries(cell)),
            key=lambda candidate: dist(here, candidate[0][0][0]),
        )
        chained += nearest[0]
        waiting.pop(nearest[1])
    return chained


def entries(lines: Sequence[Line]) -> list[list[Line]]:
    """The same lines begun at each of their four corners: forward, backward, and each with every line turned round."""
    forward = list(lines)
    backward = [line[::-1] for line in reversed(lines)]
    return [forward, backward, [line[::-1] for line in forward], [line[::-1] for line in backward]]


def ring(radius_m: float, count: int) -> Line:
    """A closed ring of `count` points round the origin, clockwise from the north; the first point is repeated at the end."""
    angles = [2 * pi * (number % count) / count for number in range(count + 1)]
    return tuple((radius_m * float(np.sin(angle)), radius_m * float(np.cos(angle))) for angle in angles)
