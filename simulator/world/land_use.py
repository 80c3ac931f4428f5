"""What the plots are used for: fields, housing, works, parks, car parks, yards. None of it is anything to report."""

from collections.abc import Callable

import numpy as np

from simulator.world.canvas import Color, rectangle, shaded
from simulator.world.painters.traffic import CAR_COLORS
from simulator.world.plot import Plot

LEAVES: tuple[Color, ...] = ((45, 95, 55), (40, 80, 50), (55, 110, 75), (50, 90, 70))
ROOFS: tuple[Color, ...] = ((70, 80, 130), (110, 112, 115), (140, 145, 150), (90, 95, 105), (95, 110, 160), (165, 165, 165))
SHEDS: tuple[Color, ...] = ((150, 155, 158), (60, 65, 150), (185, 190, 192), (90, 120, 85), (120, 135, 150), (80, 85, 90))


def car(plot: Plot, at: tuple[float, float], angle_deg: float = 0.0) -> None:
    """A single car: ordinary, nothing to report."""
    outline = rectangle(at, (1.9, 4.5), angle_deg)
    plot.vehicle(outline, outline, plot.choose(*CAR_COLORS), 1.2)
    plot.top(at, (1.5, 2.4), (45, 42, 40), angle_deg)
    plot.top(at, (1.5, 1.3), plot.choose(*CAR_COLORS), angle_deg)


def field(plot: Plot) -> None:
    """Farmland in rows; some fallow."""
    plot.base = plot.choose((60, 125, 95), (55, 110, 80), (75, 145, 125), (85, 130, 150), (95, 150, 165), (65, 140, 120))
    across, along = plot.size
    stripe = shaded(plot.base, 0.88)
    spacing = plot.between(1.2, 4.0)
    if plot.chance(0.5):
        xs = np.arange(plot.low[0] + spacing, plot.high[0], spacing)
        plot.rects(np.column_stack([xs, np.full_like(xs, plot.center[1])]), (spacing * 0.4, along), stripe)
    else:
        ys = np.arange(plot.low[1] + spacing, plot.high[1], spacing)
        plot.rects(np.column_stack([np.full_like(ys, plot.center[0]), ys]), (across, spacing * 0.4), stripe)
    if plot.chance(0.3):
        shed(plot)
    scattered_trees(plot, 4)


def residential(plot: Plot) -> None:
    """Slab blocks in rows, lawns and trees between them, cars along the drives."""
    plot.base = plot.choose((95, 125, 115), (80, 120, 95), (130, 135, 138))
    across, _ = plot.size
    roof = plot.choose(*ROOFS)
    y = plot.low[1] + 12
    while y < plot.high[1] - 10:
        for x in (plot.center[0] - across * 0.22, plot.center[0] + across * 0.22):
            building(plot, (x, y), (across * 0.36, plot.between(11, 14)), roof, plot.between(12, 20))
        plot.rect((plot.center[0], y + 12.5), (across * 0.9, 4.5), (140, 142, 142))
        for _ in range(4):
            car(plot, (plot.between(plot.low[0] + 8, plot.high[0] - 8), y + 13), 90)
        y += plot.between(27, 34)
    scattered_trees(plot, 22)


def village(plot: Plot) -> None:
    """Small houses close together, with yards."""
    plot.base = plot.choose((120, 135, 140), (105, 130, 130))
    for x in np.arange(plot.low[0] + 9, plot.high[0] - 7, 17):
        for y in np.arange(plot.low[1] + 9, plot.high[1] - 7, 18):
            if plot.chance(0.8):
                at = (x + plot.between(-2, 2), y + plot.between(-2, 2))
                building(plot, at, (plot.between(8, 11), plot.between(8, 12)), plot.choose(*ROOFS), 6)
    scattered_trees(plot, 16)


def industrial(plot: Plot) -> None:
    """Halls with long roofs, containers and lorries in the yard."""
    plot.base = plot.choose((140, 144, 146), (125, 130, 132))
    across, along = plot.size
    roof = plot.choose(*SHEDS)
    for share in (-0.26, 0.24):
        at, size = (
            (plot.center[0] + across * share, plot.center[1] + along * 0.08),
            (across * 0.4, along * plot.between(0.5, 0.72)),
        )
        plot.rect(at, size, roof, height_m=9)
        for step in np.arange(-size[1] / 2 + 2, size[1] / 2, 6.0):
            plot.top((at[0], at[1] + step), (size[0], 0.5), shaded(roof, 0.88))
        plot.top(at, (0.8, size[1]), shaded(roof, 1.15))
    for _ in range(6):
        at = plot.between(plot.low[0] + 8, plot.high[0] - 8), plot.between(plot.low[1] + 5, plot.low[1] + 18)
        container(plot, at) if plot.chance(0.6) else closed_truck(plot, at)
    scattered_trees(plot, 6)


def park(plot: Plot) -> None:
    """Lawns, groups of trees and paths."""
    plot.base = plot.choose((65, 140, 95), (60, 125, 80))
    across, along = plot.size
    plot.rect(plot.center, (3.0, along), (165, 175, 182))
    plot.rect(plot.center, (across, 2.5), (165, 175, 182))
    scattered_trees(plot, 60)


def parking(plot: Plot) -> None:
    """A car park: marked bays, most of them taken."""
    plot.base = plot.choose((95, 96, 95), (110, 112, 112))
    for y in np.arange(plot.low[1] + 8, plot.high[1] - 8, 13.0):
        xs = np.arange(plot.low[0] + 6, plot.high[0] - 6, 2.7)
        plot.rects(np.column_stack([xs - 1.35, np.full_like(xs, y)]), (0.15, 5.0), (210, 212, 214))
        for x in xs:
            if plot.chance(0.42):
                car(plot, (float(x), float(y) + plot.between(-0.3, 0.3)))
    scattered_trees(plot, 5)


def yard(plot: Plot) -> None:
    """Bare, trodden ground with a few sheds, tarpaulins and mounds under dark net."""
    plot.base = plot.choose((115, 145, 165), (125, 140, 148), (105, 130, 145))
    for _ in range(2):
        shed(plot)
    for _ in range(4):
        tarpaulin = plot.choose((150, 90, 40), (60, 90, 60), (60, 60, 62))
        plot.rect(plot.spot(6), (plot.between(2, 5), plot.between(2, 5)), tarpaulin, angle_deg=plot.between(0, 90))
    for _ in range(3):
        container(plot, plot.spot(8))
        plot.tree(plot.spot(8), plot.between(2.0, 4.0), (50, 75, 52))


def pond(plot: Plot) -> None:
    """Grass round a fish pond; the water itself is drawn by the layout."""
    plot.base = plot.choose((70, 130, 100), (80, 125, 110))
    scattered_trees(plot, 5)


def building(plot: Plot, at: tuple[float, float], size: tuple[float, float], roof: Color, height_m: float) -> None:
    """A house: a pitched roof in two tones, or a flat one with small boxes on it."""
    plot.rect(at, size, roof, height_m=height_m)
    if plot.chance(0.5):
        plot.top((at[0], at[1] - size[1] / 4), (size[0], size[1] / 2), shaded(roof, 0.84))
        return
    plot.top(at, (size[0] - 1.0, size[1] - 1.0), shaded(roof, 0.9))
    for share in (-0.3, 0.05, 0.34):
        plot.top((at[0] + size[0] * share, at[1] + plot.between(-0.2, 0.2) * size[1]), (1.8, 1.4), (205, 208, 210))


def shed(plot: Plot) -> None:
    """An ordinary shed, of any colour but bright blue."""
    at, size, color = plot.spot(10), (plot.between(5, 9), plot.between(9, 15)), plot.choose(*SHEDS)
    angle = plot.between(0, 180)
    plot.rect(at, size, color, angle_deg=angle, height_m=4)
    plot.top(at, (0.5, size[1]), shaded(color, 1.15), angle)


def container(plot: Plot, at: tuple[float, float]) -> None:
    """A shipping container."""
    color = plot.choose((50, 80, 180), (70, 110, 60), (120, 75, 40), (60, 100, 190), (150, 152, 150))
    length = 6.1 if plot.chance(0.5) else 12.2
    plot.rect(at, (2.5, length), color, angle_deg=plot.between(-4, 4), height_m=2.6)


def closed_truck(plot: Plot, at: tuple[float, float]) -> None:
    """A lorry with a closed white or grey body."""
    angle = 90.0 if plot.chance(0.5) else 0.0
    ahead, middle = ((at[0] + s, at[1]) if angle else (at[0], at[1] + s) for s in (5.2, 0.975))
    body, whole = rectangle(at, (2.6, 8.5), angle), rectangle(middle, (2.6, 10.45), angle)
    plot.vehicle(body, whole, plot.choose((235, 235, 235), (185, 190, 195)), 3.5)
    plot.rect(ahead, (2.5, 2.0), plot.choose(*CAR_COLORS), angle_deg=angle, height_m=2.8)


def scattered_trees(plot: Plot, count: int) -> None:
    """Trees anywhere on the plot."""
    color = plot.choose(*LEAVES)
    for _ in range(count):
        plot.tree(plot.spot(3), plot.between(1.3, 3.6), plot.choose(color))


LAND_USES: tuple[tuple[Callable[[Plot], None], float], ...] = (
    (field, 0.34), (residential, 0.2), (village, 0.1), (industrial, 0.11),
    (park, 0.08), (parking, 0.05), (yard, 0.08), (pond, 0.04),
)  # fmt: skip
"""Each use with its share of the plots."""
