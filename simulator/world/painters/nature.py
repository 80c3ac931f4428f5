"""Trees, lawns, soil, fire and smoke."""

import numpy as np

from simulator.world.brush import Brush
from simulator.world.canvas import PointM, irregular


def dead_trees(b: Brush) -> None:
    """A group of bare crowns: twigs round a trunk, brown and grey, no leaves."""
    reach = b.size_m / 2
    count = b.count(3, 5)
    for i in range(count):
        angle = 2 * np.pi * i / count + b.between(-0.3, 0.3)
        crown = (reach * 0.55 * np.cos(angle), reach * 0.55 * np.sin(angle))
        _bare_crown(b, crown, reach * b.between(0.42, 0.5))
    b.height_m = 3.0


def _bare_crown(b: Brush, at: PointM, radius: float) -> None:
    color = b.choose((70, 105, 150), (85, 110, 140), (60, 90, 130))
    for angle in np.arange(0, 2 * np.pi, 2 * np.pi / b.count(11, 15)):
        length, bend = radius * b.between(0.75, 1.0), b.between(-0.35, 0.35)
        middle = (at[0] + length * 0.55 * np.cos(angle), at[1] + length * 0.55 * np.sin(angle))
        b.thing.line([at, middle], 0.34, color)
        for fork in (bend - 0.3, bend + 0.3):
            end = (middle[0] + length * 0.45 * np.cos(angle + fork), middle[1] + length * 0.45 * np.sin(angle + fork))
            b.thing.line([middle, end], 0.22, color)
    b.thing.circle(at, 0.35, (40, 60, 85))


def damaged_green(b: Brush) -> None:
    """A lawn torn open: brown holes and crossing wheel ruts."""
    reach = b.size_m / 2
    b.thing.blob((0, 0), (reach * 0.95, reach * 0.85), b.choose((60, 150, 95), (55, 135, 80), (70, 160, 110)), 0.15)
    earth = b.vary((70, 105, 140))
    for _ in range(b.count(6, 9)):
        x, y = b.spot(reach * 0.75, reach * 0.65)
        b.thing.blob((x, y), (b.between(0.6, 1.6), b.between(0.5, 1.3)), earth, 0.4)
    for _ in range(2):
        start, bend = b.between(-0.5, 0.5) * reach, b.between(-0.4, 0.4) * reach
        for gauge in (-0.8, 0.8):
            path = [(start + gauge - bend, -reach * 0.7), (start + gauge + bend * 0.3, 0), (start + gauge + bend, reach * 0.7)]
            b.thing.line(path, 0.4, earth)
    b.thing.grain(8)


def bare_soil(b: Brush) -> None:
    """Heaps of loose yellow soil left uncovered, each with a bright and a dark flank."""
    reach = b.size_m / 2
    b.thing.blob((0, 0), (reach * 0.98, reach * 0.8), b.vary((105, 150, 185), 8), 0.15)
    for _ in range(b.count(5, 8)):
        x, y = b.spot(reach * 0.68, reach * 0.52)
        radius = reach * b.between(0.2, 0.3)
        b.thing.blob((x, y), (radius, radius), b.vary((85, 125, 160), 6), 0.12)
        b.thing.polygon(
            irregular(b.rng, (x + radius * 0.18, y - radius * 0.18), (radius * 0.7, radius * 0.7), 0.1), (130, 180, 212)
        )
        b.thing.blob((x + radius * 0.05, y), (radius * 0.3, radius * 0.3), (150, 198, 226), 0.2)
    b.thing.grain(6)
    b.height_m = 1.0


def soil_excavation(b: Brush) -> None:
    """A pit dug in terraces, dark and wet at the bottom, with a yellow excavator on its rim."""
    reach = b.size_m / 2
    shape = irregular(b.rng, (0, 0), (reach * 0.95, reach * 0.75), 0.15)
    for share, color in ((1.0, (95, 140, 175)), (0.82, (72, 108, 140)), (0.64, (55, 84, 112)), (0.45, (38, 58, 80))):
        b.thing.polygon(shape * share, b.vary(color, 5))
    b.thing.blob((0, 0), (reach * 0.2, reach * 0.14), (88, 92, 70), 0.3)
    x, y = reach * 0.55, reach * 0.4
    b.thing.rect((x, y), (2.6, 3.4), (45, 45, 48), 30).rect((x, y), (1.9, 2.4), (30, 185, 240), 30)
    b.thing.line([(x, y), (x - 2.2, y - 2.6)], 0.6, (30, 185, 240)).rect((x - 2.4, y - 2.9), (1.1, 0.9), (60, 60, 60), 30)
    b.thing.grain(5)


def hardened_ground(b: Brush) -> None:
    """Fresh light concrete poured over farmland, cut by a grid of joints, with a ragged earth edge."""
    length, width = b.size_m, b.size_m * b.between(0.65, 0.9)
    b.thing.rect((0, 0), (width, length), b.vary((215, 220, 222), 6))
    notch = (width * 0.4, length * 0.35)
    joint = (140, 146, 150)
    for x in np.arange(-width / 2, width / 2 + 0.1, width / 4):
        b.thing.line([(x, -length / 2), (x, length / 2)], 0.25, joint)
    for y in np.arange(-length / 2, length / 2 + 0.1, length / 5):
        b.thing.line([(-width / 2, y), (width / 2, y)], 0.25, joint)
    b.thing.rect(((width - notch[0]) / 2, (length - notch[1]) / 2), notch, b.vary((85, 130, 165), 6))
    b.thing.blob((-width * 0.2, -length * 0.2), (1.8, 1.2), (190, 196, 200), 0.4).grain(4)


def smoke_plume(b: Brush) -> None:
    """A soft pale cloud, narrow and dense at its source, drifting wider and thinner downwind."""
    length = b.size_m
    for share in np.linspace(0, 1, 26):
        y = (share - 0.5) * length * 0.85
        spread = 0.03 + 0.13 * share
        x = b.between(-1, 1) * length * 0.07 * share + np.sin(share * 4) * length * 0.04
        grey = b.count(205, 240)
        b.thing.haze((x, y), length * spread, (grey, grey, grey - 4), 0.62 - 0.3 * share)


def open_fire(b: Brush) -> None:
    """Flames: a bright yellow core in orange tongues on charred ground."""
    reach = b.size_m / 2
    b.thing.blob((0, 0), (reach * 0.95, reach * 0.85), (22, 28, 38), 0.35)
    for color, share, count in (
        ((20, 70, 235), 0.75, 12),
        ((10, 140, 255), 0.6, 12),
        ((60, 220, 255), 0.38, 9),
        ((190, 250, 255), 0.2, 4),
    ):
        for _ in range(count):
            x, y = b.spot(reach * share, reach * share * 0.85)
            b.thing.blob((x, y), (reach * 0.16, reach * 0.26), color, 0.4)
    b.thing.soften(0.12)


def dark_smoke(b: Brush) -> None:
    """A little dark smoke beside a fire."""
    reach = b.size_m / 2
    b.setting.haze((-reach * 0.9, reach * 0.9), reach * 0.8, (85, 88, 90), 0.5)


def burn_scar(b: Brush) -> None:
    """Black stubble with ash-grey streaks and a ragged edge."""
    reach = b.size_m / 2
    b.thing.blob((0, 0), (reach * 0.95, reach * 0.75), b.vary((28, 30, 34), 5), 0.4)
    for _ in range(b.count(3, 5)):
        x, y = b.spot(reach * 0.75, reach * 0.55)
        b.thing.blob((x, y), (reach * 0.3, reach * 0.25), b.vary((22, 24, 26), 4), 0.5)
    for _ in range(b.count(22, 34)):
        x, y = b.spot(reach * 0.75, reach * 0.55)
        b.thing.rect((x, y), (0.25, b.between(0.8, 2.2)), b.choose((120, 124, 126), (90, 94, 98)), b.between(-12, 12))
    b.thing.grain(6)
