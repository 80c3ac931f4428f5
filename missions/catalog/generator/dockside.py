"""Short routes by a dock, so that a demonstration can fly near any of them: two small areas, a waterway and a road."""

from collections.abc import Iterator
from math import cos, pi, sin
from random import Random

from shapely import Point

from missions.catalog.generator import layouts
from missions.catalog.generator.drafting import Shape, strip_m
from missions.catalog.generator.terrain import Ground, Line, Terrain
from missions.geometry import LocalFrame

REACH_M = 800.0
"""How far from its dock such a route may begin."""


def ground_at(terrain: Terrain, point: Point) -> Ground:
    """The kind of land at a point; works before city where both are drawn, city where none is."""
    kinds = {land.kind for land in terrain.lands if land.shape.covers(point)}
    return next((kind for kind in ("works", "farmland", "city") if kind in kinds), "city")


def small_areas(place: str, dock: Point, frame: LocalFrame, rng: Random) -> Iterator[Shape]:
    """Squares of about 200 m, 280 to 620 m from the dock."""
    while True:
        angle, distance_m = rng.uniform(0, 2 * pi), rng.uniform(280, 620)
        middle = Point(dock.x + distance_m * cos(angle), dock.y + distance_m * sin(angle))
        yield Shape(place, layouts.square(middle, rng.uniform(185, 215), rng.uniform(-15, 15), frame))


def short_strips(lines: tuple[Line, ...], banks_m: float, dock: Point, frame: LocalFrame, rng: Random) -> Iterator[Shape]:
    """Stretches of 500 to 900 m of the lines within reach, of the nearest first."""
    near = sorted((line for line in lines if line.course.distance(dock) < REACH_M), key=lambda li: li.course.distance(dock))
    for line in near:
        for _ in range(20):
            middle_m = line.course.project(dock) + rng.uniform(-150, 150)
            piece = layouts.stretch(line, middle_m, rng.uniform(520, 880))
            yield Shape(line.name, layouts.corridor(piece, min(strip_m(line.width_m, banks_m), 90.0), frame))
