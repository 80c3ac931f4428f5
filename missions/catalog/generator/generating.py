"""The generator itself: drafts shapes row by row of the mix until enough of them are accepted."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from random import Random

from shapely import Point, Polygon

from missions.catalog.generator.board import ORDINARY, SHORT, Board, Minutes
from missions.catalog.generator.composing import Draft, compose
from missions.catalog.generator.dockside import ground_at, short_strips, small_areas
from missions.catalog.generator.drafting import Drafting, Shape
from missions.catalog.generator.mix import MIX, NEAR_DOCK, NEAR_DOCK_ROAD, NEAR_DOCK_WATERWAY
from missions.catalog.generator.terrain import read_terrain
from missions.catalog.ground_shape import ground_shape
from missions.catalog.jurisdiction import Jurisdiction
from missions.district import District, Dock
from missions.errors import CatalogError
from missions.geometry import GeoPoint
from missions.route import Route

NOTE = "Representative, not surveyed: made by `python -m missions.catalog.generator --seed {seed}` from hand-drawn lines."

MAX_TRIES = 400
"""For one route; a row that needs more asks for something that the district has no room for."""


def generate(district: District, seed: int) -> list[Route]:
    """All the routes for `district` (whose own routes are not looked at). Raises CatalogError where there is no room."""
    generator = _Generator(district, seed)
    for dock in district.docks:
        generator.add_dockside(dock)
    generator.add_mix()
    return generator.routes


class _Generator:
    def __init__(self, district: District, seed: int) -> None:
        self.routes: list[Route] = []
        self._district = district
        self._seed = seed
        self._board = Board(district)
        self._terrain = read_terrain(self._board.frame)
        self._drafting = Drafting(self._terrain, self._board.frame, seed)
        self._jurisdiction = Jurisdiction(district)
        self._names: Counter[str] = Counter()

    def add_mix(self) -> None:
        for row in MIX:
            shapes = self._drafting.shapes(row, Random(f"{self._seed}:{row.title}"))
            for _ in range(row.count):
                self._add_one(shapes, row.title, row.categories, ORDINARY)

    def add_dockside(self, dock: Dock) -> None:
        """Two small areas, a stretch of water and one of road."""
        rng, frame = Random(f"{self._seed}:{dock.id}"), self._board.frame
        here = Point(frame.to_xy(dock.point))
        small = (s for s in small_areas(dock.name, here, frame, rng) if self._is_free(s))
        for categories in NEAR_DOCK[ground_at(self._terrain, here)]:
            self._add_one(small, "周边巡查", categories, SHORT)
        water = short_strips(self._terrain.waterways, 40, here, frame, rng)
        self._add_one(water, "短程水域巡查", NEAR_DOCK_WATERWAY, SHORT)
        road = short_strips(self._terrain.roads, 30, here, frame, rng)
        self._add_one(road, "短程道路巡查", NEAR_DOCK_ROAD, SHORT)

    def _is_free(self, shape: Shape) -> bool:
        """Whether a small area lies dry and on no other one."""
        drawn = ground_shape(shape.geometry, self._board.frame)
        others = (ground_shape(route.geometry, self._board.frame) for route in self.routes)
        return isinstance(drawn, Polygon) and self._drafting.is_dry(drawn) and not any(drawn.intersects(o) for o in others)

    def _add_one(self, shapes: Iterable[Shape], title: str, categories: tuple[str, ...], minutes: Minutes) -> None:
        route_id = f"zl-r-{len(self.routes) + 1:04d}"
        for shape in islice(shapes, MAX_TRIES):
            route = compose(Draft(route_id, shape.geometry, categories), route_id, self._district)
            if self._board.accepts(route, minutes):
                self.routes.append(route.model_copy(update={"name": self._name(route, shape.place, title)}))
                return
        raise CatalogError("mix", f"{title} ({', '.join(categories)})", "the district has no room for so many routes")

    def _name(self, route: Route, place: str, title: str) -> str:
        middle = ground_shape(route.geometry, self._board.frame).centroid
        at: GeoPoint = self._board.frame.to_geo(middle.x, middle.y)
        sub_district = self._jurisdiction.sub_district_of(at)
        base = f"{sub_district.name_zh if sub_district else ''}·{place}·{title}"
        self._names[base] += 1
        return f"{base} {self._names[base]:02d}"
