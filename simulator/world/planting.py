"""Plants matters along routes: most are what the routes look for, a few are not."""

from collections.abc import Iterator, Sequence
from itertools import cycle, repeat

import numpy as np
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from missions.district import District
from missions.errors import InvalidInput
from missions.geometry import GeoPoint, LocalFrame
from missions.route import Corridor, Route
from simulator.world.ground import Ground
from simulator.world.matter import GroundLine, Matter, World
from simulator.world.painters.register import BYSTANDERS, EVERYTHING, PAINTERS
from simulator.world.renderer import ground_of
from simulator.world.siting import may_stand
from simulator.world.swath import inner_swath

APART_M = 30.0
"""Matters stand at least this far apart, edge to edge."""

OTHER_SHARE = 0.1
"""Matters of categories that nobody flies for, for each one of a flown category."""

WATER_CATEGORIES = frozenset({"water_quality", "river_bank"})
ROAD_CATEGORIES = frozenset({"street_order", "road_traffic"})
_TRIES = 400


def plant(district: District, route_ids: Sequence[str], count: int, seed: int, bystanders: int = 0) -> World:
    """A world with `count` matters of the routes' own categories in their swaths, and a few others beside them.

    `bystanders` is how many things that are nothing to report stand there too, as far as there is room: clutter that resembles
    matters, people, vehicles. Raises NotFound for an unknown route, InvalidInput where there is no room for so many.
    """
    routes = [district.route(id) for id in route_ids]
    if not routes:
        raise InvalidInput("world", "routes", "name at least one")
    bare = World(seed=seed, district_id=district.id, origin=middle_of(district), lines=ground_lines(district))
    sower = _Sower(bare, np.random.default_rng([seed, 3]))
    swaths = [inner_swath(route, bare.frame) for route in routes]
    own = [cycle(_shuffled(sower.rng, _classes(district, route.categories))) for route in routes]
    _sow_in_turn(sower, list(zip(swaths, own, strict=True)), count)
    flown = {category for route in routes for category in route.categories}
    others = _shuffled(sower.rng, _classes(district, [c.key for c in district.categories if c.key not in flown]))
    extra = max(1, round(count * OTHER_SHARE)) if count and others else 0
    for number, (key, swath) in zip(range(extra), zip(cycle(others), cycle(swaths), strict=False), strict=False):
        sower.sow(f"x{number + 1:03d}", key, swath)
    matters = tuple(sower.matters)
    about = cycle(_shuffled(sower.rng, list(BYSTANDERS)))
    for number, (key, swath) in enumerate(zip(about, cycle(swaths), strict=False) if bystanders else ()):
        if number == bystanders:
            break
        sower.sow(f"b{number + 1:03d}", key, swath)
    return bare.model_copy(update={"matters": matters, "bystanders": tuple(sower.matters[len(matters) :])})


def plant_area(bare: World, area: BaseGeometry, class_keys: Sequence[str], count: int) -> World:
    """`bare` with `count` matters of `class_keys` inside `area` of its plane, each class in turn as long as there is room
    for it; raises InvalidInput where there is none left.
    """
    sower = _Sower(bare, np.random.default_rng([bare.seed, 4]))
    _sow_in_turn(sower, [(area, repeat(key)) for key in _shuffled(sower.rng, list(class_keys))], count)
    return bare.model_copy(update={"matters": tuple(sower.matters)})


def _sow_in_turn(sower: "_Sower", beds: list[tuple[BaseGeometry, Iterator[str]]], count: int) -> None:
    """Sows `count` matters, one in each bed in turn; a bed that is full is left out from then on."""
    turn = 0
    while len(sower.matters) < count:
        if not beds:
            raise InvalidInput(
                "world", "matters", f"there is room for {len(sower.matters)} along these routes, not for {count}"
            )
        turn %= len(beds)
        swath, classes = beds[turn]
        if sower.sow(f"m{len(sower.matters) + 1:03d}", next(classes), swath):
            turn += 1
        else:
            del beds[turn]


class _Sower:
    """Finds free places for matters."""

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.rng = rng
        self.matters: list[Matter] = []
        self._frame: LocalFrame = world.frame
        self._ground: Ground = ground_of(world)
        self._taken: list[tuple[float, float, float]] = []

    def sow(self, id: str, class_key: str, swath: BaseGeometry) -> bool:
        """Adds one matter inside the swath; False where no free place was found."""
        size = EVERYTHING[class_key].size_m * float(self.rng.uniform(0.75, 1.25))
        place = self._free_place(class_key, size, swath)
        if place is None:
            return False
        self._taken.append((*place, size))
        heading, seed = float(self.rng.uniform(0, 360)), int(self.rng.integers(2**31))
        position = self._frame.to_geo(*place)
        self.matters.append(Matter(id=id, class_key=class_key, position=position, heading_deg=heading, size_m=size, seed=seed))
        return True

    def _free_place(self, class_key: str, size: float, swath: BaseGeometry) -> tuple[float, float] | None:
        low_x, low_y, high_x, high_y = swath.bounds
        for _ in range(_TRIES):
            east, north = float(self.rng.uniform(low_x, high_x)), float(self.rng.uniform(low_y, high_y))
            apart = all(np.hypot(east - x, north - y) >= APART_M + (size + s) / 2 for x, y, s in self._taken)
            if not apart or not swath.contains(Point(east, north)):
                continue
            if may_stand(self._ground.covers_under(east, north, size), EVERYTHING[class_key].sites):
                return east, north
        return None


def _classes(district: District, categories: Sequence[str]) -> list[str]:
    keys = [c.key for category in categories for c in district.category(category).classes]
    unknown = [key for key in keys if key not in PAINTERS]
    if unknown:
        raise InvalidInput(f"district {district.id}", "classes", f"nobody can paint {', '.join(unknown)}")
    return keys


def _shuffled(rng: np.random.Generator, keys: list[str]) -> list[str]:
    return [keys[i] for i in rng.permutation(len(keys))]


def middle_of(district: District) -> GeoPoint:
    """Where the plane of a district's world has its origin."""
    outline = Polygon([(p.lon_deg, p.lat_deg) for p in district.outline])
    return GeoPoint(lat_deg=outline.centroid.y, lon_deg=outline.centroid.x)


def ground_lines(district: District) -> tuple[GroundLine, ...]:
    """Corridors inspected for their water lie on water, those inspected for their traffic on roads."""
    found = (_ground_line(route) for route in district.routes)
    return tuple(line for line in found if line is not None)


def _ground_line(route: Route) -> GroundLine | None:
    if not isinstance(route.geometry, Corridor):
        return None
    line, width = route.geometry.line, route.geometry.width_m
    if WATER_CATEGORIES.intersection(route.categories):
        return GroundLine(kind="water", line=line, width_m=min(max(12.0, 0.4 * width), 60.0))
    if ROAD_CATEGORIES.intersection(route.categories):
        return GroundLine(kind="road", line=line, width_m=min(max(9.0, 0.2 * width), 20.0))
    return None
