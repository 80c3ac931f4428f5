"""The ground of the whole district: a function of the seed and the place, so that any two windows fit together.

The town has its own grid, turned against north. Its lines carry roads of several widths; between them lie plots. A few
canals cross it; the catalogue's waters and roads are laid over it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise, product

import cv2
import numpy as np
from cv2.typing import MatLike

from simulator.world.canvas import Color, irregular
from simulator.world.land_use import LAND_USES, pond
from simulator.world.painters.traffic import ASPHALT
from simulator.world.painters.water import WATER
from simulator.world.plot import Piece, Plot
from simulator.world.season import Season
from simulator.world.siting import Cover, footprint_samples
from simulator.world.strip import Strip, Strips
from simulator.world.sun import Sun
from simulator.world.window import Points, Sketch, Window

_BLOCK_M = 130.0
_ROAD_WIDTHS_M = ((13.0, 0.24), (6.5, 0.62), (1.6, 1.0))
"""(width, cumulative share of the lines)."""
_CANAL_EVERY_M = 1700.0
_SHADOW_REACH_M = 16.0
_TALLEST_M = 20.0
_SHADOW_STEP_M = 4.0
_KERB_M = 1.5
_NARROWEST_ROAD_M = 3.0
"""What is narrower is a footpath, without asphalt."""
_ROOF_M = 2.0
"""Pieces at least so high are buildings; cars and containers are lower or count as such."""
_BANK: Color = (95, 130, 128)
_MARK: Color = (215, 218, 220)
_OFFSET = 1 << 20
"""Makes indices of the grid non-negative, as seeds must be."""


class Ground:
    """Paints any window of the ground. The same arguments give the same ground everywhere, for ever."""

    def __init__(
        self,
        seed: int,
        waters: Sequence[Strip] = (),
        roads: Sequence[Strip] = (),
        season: Season | None = None,
        sun: Sun | None = None,
    ) -> None:
        chance = np.random.default_rng([seed, 1])
        angle = chance.uniform(0, np.pi / 2)
        self._seed = seed
        self._turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        self._waters = Strips([Strip(w.line @ self._turn, w.width_m) for w in waters])
        self._roads = Strips([Strip(r.line @ self._turn, r.width_m) for r in roads])
        self._canal_m, self._canal_width_m = chance.uniform(0, _CANAL_EVERY_M), chance.uniform(22, 45)
        own = Sun.random(chance)
        self.sun, self._season = sun or own, season
        self._shadow_reach_m = max(_SHADOW_REACH_M, _TALLEST_M * self.sun.length)
        self._line_m = lru_cache(maxsize=1024)(self._drawn_line)
        self._plot = lru_cache(maxsize=256)(self._make_plot)

    def paint(self, window: Window) -> MatLike:
        """The window's picture, blue, green, red."""
        sketch = Sketch(window, self._turn)
        town = window.corners @ self._turn
        plots = [self._plot(i, j) for i, j in self._cells(town)]
        for plot in plots:
            sketch.fill(np.array([plot.low, (plot.high[0], plot.low[1]), plot.high, (plot.low[0], plot.high[1])]), plot.base)
            _draw(sketch, plot.flat)
        self._draw_waters(sketch, town)
        self._draw_roads(sketch, town)
        _roughen(sketch)
        low, high = town.min(axis=0) - self._shadow_reach_m, town.max(axis=0) + self._shadow_reach_m
        tall = [piece for plot in plots for piece in plot.tall_within(low, high)]
        self._cast(sketch, tall)
        _draw(sketch, tall)
        return self._season.tinted(sketch.picture, _noise(window)) if self._season else sketch.picture

    def vehicles(self, window: Window) -> list[Points]:
        """The outlines, (n, 2) metres east and north, of the vehicles that stand about in a window and lie open to the sky."""
        cells = self._cells(window.corners @ self._turn)
        found = [outline @ self._turn.T for i, j in cells for outline in self._plot(i, j).open_vehicles]
        middles = (outline.mean(axis=0) for outline in found)
        return [
            one for one, (east, north) in zip(found, middles, strict=True) if window.touches(float(east), float(north), 3.0)
        ]

    def cover_at(self, east_m: float, north_m: float) -> Cover:
        """What lies on top at a place, in the order of painting: roofs over roads over waters; crowns of trees do not count."""
        town = np.array([[east_m, north_m]]) @ self._turn
        place = (float(town[0, 0]), float(town[0, 1]))
        plot = self._plot(*next(self._cells_at(town)))
        if any(piece.height_m >= _ROOF_M and not piece.radius_m and _holds(piece, place) for piece in plot.tall):
            return Cover.ROOF
        if self._on_road(place):
            return Cover.ROAD
        if self._in_water(place, 0.0) or any(piece.color == WATER and _holds(piece, place) for piece in plot.flat):
            return Cover.WATER
        return Cover.OPEN

    def covers_under(self, east_m: float, north_m: float, size_m: float) -> list[Cover]:
        """What a thing of that size would stand on, at its middle and along its edge."""
        return [self.cover_at(*place) for place in footprint_samples(east_m, north_m, size_m)]

    def _on_road(self, town: tuple[float, float]) -> bool:
        if self._roads.cover(town, _KERB_M):
            return True
        lines = (self._line_m(axis, i) for axis in (0, 1) for i in self._near_lines(town[axis]) if self._is_near(axis, i, town))
        return any(width_m >= _NARROWEST_ROAD_M for _, width_m in lines)

    def _is_near(self, axis: int, index: int, town: tuple[float, float]) -> bool:
        place_m, width_m = self._line_m(axis, index)
        return abs(town[axis] - place_m) < width_m / 2 + _KERB_M

    def _near_lines(self, place_m: float) -> range:
        return range(int(place_m // _BLOCK_M) - 1, int(place_m // _BLOCK_M) + 3)

    def _in_water(self, town: tuple[float, float], margin_m: float) -> bool:
        across = (town[0] - self._bend(np.array([town[1]]))[0] - self._canal_m) % _CANAL_EVERY_M
        if min(across, _CANAL_EVERY_M - across) < self._canal_width_m / 2 + margin_m:
            return True
        return self._waters.cover(town, margin_m)

    def _near_water(self, plot: Plot) -> bool:
        return self._in_water(plot.center, max(plot.size))

    def _ashore(self, pieces: Sequence[Piece]) -> list[Piece]:
        return [p for p in pieces if not self._in_water((float(p.points[..., 0].mean()), float(p.points[..., 1].mean())), 6.0)]

    def _bend(self, along_m: Points) -> Points:
        return np.asarray(70 * np.sin(along_m / 260) + 25 * np.sin(along_m / 90), dtype=np.float64)

    def _drawn_line(self, axis: int, index: int) -> tuple[float, float]:
        """(Place, road width) of a grid line."""
        chance = np.random.default_rng([self._seed, 2 + axis, index + _OFFSET])
        draw = chance.random()
        width = next(width for width, share in _ROAD_WIDTHS_M if draw <= share)
        return index * _BLOCK_M + float(chance.uniform(-25, 25)), width

    def _cells(self, town: Points) -> Iterator[tuple[int, int]]:
        low, high = town.min(axis=0) - self._shadow_reach_m, town.max(axis=0) + self._shadow_reach_m
        yield from product(*(self._spans(axis, float(low[axis]), float(high[axis])) for axis in (0, 1)))

    def _cells_at(self, town: Points) -> Iterator[tuple[int, int]]:
        x, y = (float(v) for v in town[0])
        yield from product(self._spans(0, x, x), self._spans(1, y, y))

    def _spans(self, axis: int, low_m: float, high_m: float) -> list[int]:
        """The indices whose stretch from their grid line to the next one meets the interval."""
        candidates = range(int(low_m // _BLOCK_M) - 2, int(high_m // _BLOCK_M) + 2)
        return [i for i in candidates if self._line_m(axis, i)[0] < high_m and self._line_m(axis, i + 1)[0] > low_m]

    def _make_plot(self, i: int, j: int) -> Plot:
        chance = np.random.default_rng([self._seed, 4, i + _OFFSET, j + _OFFSET])
        (left, _), (right, _) = self._line_m(0, i), self._line_m(0, i + 1)
        (low, _), (high, _) = self._line_m(1, j), self._line_m(1, j + 1)
        plot = Plot((left, low), (right, high), chance)
        shares = np.array([share for _, share in LAND_USES])
        use = LAND_USES[int(chance.choice(len(LAND_USES), p=shares / shares.sum()))][0]
        inner = Plot((left + 8, low + 8), (right - 8, high - 8), chance)
        use(inner)
        plot.base, plot.flat = inner.base, inner.flat
        if use is pond:
            across, along = inner.size
            outline = irregular(chance, inner.center, (across * 0.42, along * 0.4), 0.15)
            plot.flat = [Piece(outline[None], _BANK), Piece((outline - inner.center)[None] * 0.94 + inner.center, WATER)]
        plot.tall = self._ashore(inner.tall) if self._near_water(plot) else inner.tall
        return plot

    def _draw_waters(self, sketch: Sketch, town: Points) -> None:
        low, high = town.min(axis=0) - 120, town.max(axis=0) + 120
        along = np.arange(np.floor(low[1] / 20) * 20, high[1] + 20, 20.0)
        strips = self._waters.near(low, high)
        first = int(np.floor((low[0] - self._canal_m) / _CANAL_EVERY_M))
        for index in range(first, first + int((high[0] - low[0]) / _CANAL_EVERY_M) + 3):
            across = self._canal_m + index * _CANAL_EVERY_M + self._bend(along)
            if across.max() > low[0] and across.min() < high[0]:
                strips.append(Strip(np.column_stack([across, along]), self._canal_width_m))
        for extra, color in ((8.0, _BANK), (0.0, WATER)):
            for strip in strips:
                sketch.stroke(strip.line, strip.width_m + extra, color)

    def _draw_roads(self, sketch: Sketch, town: Points) -> None:
        low, high = town.min(axis=0), town.max(axis=0)
        for axis in (0, 1):
            other = 1 - axis
            for index in range(int(low[axis] / _BLOCK_M) - 2, int(high[axis] / _BLOCK_M) + 3):
                place, width = self._line_m(axis, index)
                ends = np.full((2, 2), place)
                start = np.floor(low[other] / 14) * 14
                ends[:, other] = (start, high[other])
                _draw_road(sketch, Strip(ends, width))
        for strip in self._roads.near(low, high):
            _draw_road(sketch, strip)

    def _cast(self, sketch: Sketch, tall: Sequence[Piece]) -> None:
        shadow = np.asarray(self.sun.reach) @ self._turn
        for piece in tall:
            for share in self._shadow_shares(piece.height_m):
                moved = piece.points + shadow * piece.height_m * share
                if piece.height_m and piece.radius_m:
                    sketch.shade_disc(moved[0], piece.radius_m)
                elif piece.height_m:
                    sketch.shade_polygon(moved[0])
        dark = cv2.convertScaleAbs(sketch.shade, alpha=self.sun.depth)
        cv2.multiply(sketch.picture, cv2.bitwise_not(cv2.merge([dark, dark, dark])), sketch.picture, 1 / 255)

    def _shadow_shares(self, height_m: float) -> Iterable[float]:
        """At which shares of its length a shadow is drawn, so that it hangs together."""
        if self.sun.is_low:
            return np.linspace(0.1, 1.0, max(2, int(height_m * self.sun.length / _SHADOW_STEP_M)))
        return (0.5, 1.0) if height_m > 5 else (1.0,)


def _holds(piece: Piece, place: tuple[float, float]) -> bool:
    """Whether any of the piece's polygons has the place inside."""
    return any(cv2.pointPolygonTest(polygon.astype(np.float32), place, False) > 0 for polygon in piece.points)


def _draw(sketch: Sketch, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        if piece.radius_m:
            sketch.disc(piece.points[0], piece.radius_m, piece.color)
        elif piece.points.shape[1] > 4:
            sketch.fill_any(piece.points[0], piece.color)
        else:
            sketch.fill(piece.points, piece.color)


def _draw_road(sketch: Sketch, road: Strip) -> None:
    if road.width_m < _NARROWEST_ROAD_M:
        sketch.stroke(road.line, road.width_m, (120, 140, 150))
        return
    sketch.stroke(road.line, road.width_m + 2 * _KERB_M, (160, 164, 166))
    sketch.stroke(road.line, road.width_m, ASPHALT)
    if road.width_m > 9:
        sketch.strokes(_dashes(road.line), 0.2, _MARK)


def _dashes(line: Points) -> Points:
    """(k, 2, 2) ends of a broken line: 3.2 m drawn in every 7 m."""
    parts = []
    for start, end in pairwise(line):
        length = max(float(np.hypot(*(end - start))), 1e-6)
        steps = np.arange(0, length - 3, 7.0)[:, None] / length
        parts.append(np.stack([start + steps * (end - start), start + (steps + 3.2 / length) * (end - start)], axis=1))
    return np.concatenate(parts)


@cache
def _noise_tile(side_px: int) -> MatLike:
    chance = np.random.default_rng(7)
    tile = chance.normal(0, 9, (side_px, side_px)).astype(np.float32)
    for step, amount in ((4, 8), (16, 7), (64, 7)):
        rough = chance.normal(0, amount, (side_px // step, side_px // step)).astype(np.float32)
        wrapped = np.pad(rough, 2, mode="wrap")
        tile += cv2.resize(wrapped, None, fx=step, fy=step, interpolation=cv2.INTER_CUBIC)[
            2 * step : -2 * step, 2 * step : -2 * step
        ]
    return np.clip(tile + 128, 0, 255).astype(np.uint8)


def _noise(window: Window) -> MatLike:
    """Noise round 128 that repeats every 128 m."""
    scale = window.m_per_px / 0.25
    column, row = window.west_m / 0.25 % 512, -window.north_m / 0.25 % 512
    matrix = np.array([[scale, 0, column + scale / 2 - 0.5], [0, scale, row + scale / 2 - 0.5]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(_noise_tile(512), matrix, (window.columns, window.rows), flags=how, borderMode=cv2.BORDER_WRAP)


def _roughen(sketch: Sketch) -> None:
    noise = _noise(sketch.window)
    cv2.addWeighted(sketch.picture, 1.0, cv2.merge([noise, noise, noise]), 0.75, -128 * 0.75, sketch.picture)
