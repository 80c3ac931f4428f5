"""Endless drafts for one row of the mix: which piece of ground, and which shape on it. The board decides what stays."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from shapely import Point, Polygon

from missions.catalog.generator import layouts
from missions.catalog.generator.mix import Layout, Row
from missions.catalog.generator.terrain import Ground, Land, Line, Terrain
from missions.geometry import LocalFrame
from missions.route import RouteGeometry

ORBITS_APART_M = 250.0


@dataclass(frozen=True)
class Shape:
    """A drafted geometry and the name of the place it was drawn on."""

    place: str
    geometry: RouteGeometry


class Drafting:
    """Draws on the terrain; blocks are given out once, so that areas do not overlap."""

    def __init__(self, terrain: Terrain, frame: LocalFrame, seed: int) -> None:
        self._terrain = terrain
        self._frame = frame
        self._blocks: dict[Ground, list[tuple[Land, Polygon]]] = {}
        self._taken: list[Polygon] = []
        self._orbits: list[Point] = []
        self._water = [line.course.buffer(line.width_m / 2) for line in terrain.waterways]
        for ground in ("city", "works", "farmland"):
            rng = Random(f"{seed}:{ground}")
            cut = [(land, block) for land in self._lands((ground,)) for block in layouts.blocks(land, rng)]
            rng.shuffle(cut)
            self._blocks[ground] = cut

    def shapes(self, row: Row, rng: Random) -> Iterator[Shape]:
        """Drafts for `row`, until the ground is used up."""
        return _DRAFTERS[row.layout](self, row, rng)

    def is_dry(self, block: Polygon) -> bool:
        """Whether no waterway runs through the block."""
        return not any(water.intersects(block) for water in self._water)

    def _lands(self, grounds: tuple[Ground, ...]) -> list[Land]:
        return [land for land in self._terrain.lands if land.kind in grounds]

    def _stretches(self, lines: tuple[Line, ...], row: Row, rng: Random) -> Iterator[tuple[Line, float]]:
        """Places spread evenly over all the lines together: (line, metres from its start)."""
        total_m = sum(line.course.length for line in lines)
        offset = rng.random()
        turn = 0
        while True:
            at_m = (turn + offset + rng.uniform(-0.3, 0.3)) / row.count * total_m % total_m
            for line in lines:
                if at_m < line.course.length:
                    yield line, at_m
                    break
                at_m -= line.course.length
            turn += 1
            offset += 1e-2

    def _waterways(self, row: Row, rng: Random) -> Iterator[Shape]:
        for line, at_m in self._stretches(self._terrain.waterways, row, rng):
            piece = layouts.stretch(line, at_m, rng.uniform(1300, 2800))
            yield Shape(line.name, layouts.corridor(piece, strip_m(line.width_m, 50), self._frame))

    def _roads(self, row: Row, rng: Random) -> Iterator[Shape]:
        for line, at_m in self._stretches(self._terrain.roads, row, rng):
            piece = layouts.stretch(line, at_m, rng.uniform(1200, 2600))
            yield Shape(line.name, layouts.corridor(piece, strip_m(line.width_m, 35), self._frame))

    def _areas(self, row: Row, rng: Random) -> Iterator[Shape]:
        while any(self._blocks[ground] for ground in row.ground):
            land, block = self._blocks[rng.choice([g for g in row.ground if self._blocks[g]])].pop()
            if self.is_dry(block) and not any(block.intersects(other) for other in self._taken):
                self._taken.append(block)
                yield Shape(land.name, layouts.area(block, self._frame))

    def _circles(self, row: Row, rng: Random) -> Iterator[Shape]:
        for land, point in self._points(row, rng):
            if all(point.distance(other) > ORBITS_APART_M for other in self._orbits):
                self._orbits.append(point)
                yield Shape(land.name, layouts.orbit(point, float(rng.randrange(40, 115, 5)), self._frame))

    def _points(self, row: Row, rng: Random) -> Iterator[tuple[Land, Point]]:
        lands = self._lands(row.ground)
        while True:
            land = rng.choices(lands, [land.shape.area for land in lands])[0]
            yield land, layouts.any_point(land, rng)

    def _waterway_stops(self, row: Row, rng: Random) -> Iterator[Shape]:
        for line, at_m in self._stretches(self._terrain.waterways, row, rng):
            piece = layouts.stretch(line, at_m, rng.uniform(900, 1900))
            yield Shape(line.name, layouts.stops_along(piece, rng.randint(5, 9), line.width_m / 2, rng, self._frame))

    def _road_stops(self, row: Row, rng: Random) -> Iterator[Shape]:
        for line, at_m in self._stretches(self._terrain.roads, row, rng):
            piece = layouts.stretch(line, at_m, rng.uniform(900, 1900))
            yield Shape(line.name, layouts.stops_along(piece, rng.randint(6, 12), line.width_m, rng, self._frame))

    def _ground_stops(self, row: Row, rng: Random) -> Iterator[Shape]:
        for land, point in self._points(row, rng):
            reach_m = rng.uniform(250, 450)
            yield Shape(land.name, layouts.stops_around(point, rng.randint(5, 9), reach_m, rng, self._frame))


def strip_m(width_m: float, banks_m: float) -> float:
    """The width of a strip over something `width_m` wide with its banks or kerbs, to ten metres."""
    return float(round(width_m + banks_m, -1))


_DRAFTERS: dict[Layout, Callable[[Drafting, Row, Random], Iterator[Shape]]] = {
    "waterway": Drafting._waterways,
    "road": Drafting._roads,
    "block": Drafting._areas,
    "orbit": Drafting._circles,
    "stops_waterway": Drafting._waterway_stops,
    "stops_road": Drafting._road_stops,
    "stops_ground": Drafting._ground_stops,
}
