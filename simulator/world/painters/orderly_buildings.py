"""What is built and put up by permission, and looks a little like what is not. Nothing to report."""

import numpy as np

from simulator.world.brush import Brush
from simulator.world.canvas import PointM, shaded
from simulator.world.painters.structures import CONCRETE, ROOF_GREY, WHITE


def permitted_scaffold(b: Brush) -> None:
    """A new building behind closed, even netting, inside a tidy hoarding with a gate: no open grid of poles."""
    length, width = b.size_m, b.size_m * b.between(0.75, 0.95)
    hoarding = b.choose((200, 150, 60), (235, 238, 240), (90, 140, 60))
    b.thing.rect((0, 0), (width, length), hoarding)
    b.thing.rect((0, 0), (width - 0.7, length - 0.7), b.vary((150, 158, 165), 6))
    b.thing.rect((0, -length / 2 + 0.35), (3.5, 0.9), (60, 60, 200))
    net = b.choose((95, 110, 60), (120, 100, 70), (140, 140, 140), (80, 95, 60))
    b.thing.rect((0, 0), (width - 4.5, length - 4.5), net)
    b.thing.rect((0, 0), (width - 5.5, length - 5.5), b.vary(CONCRETE, 6))
    for x in np.arange(-width / 2 + 4, width / 2 - 3.5, 3.0):
        b.thing.line([(x, -length / 2 + 3.2), (x, length / 2 - 3.2)], 0.15, (120, 126, 130))
    b.height_m = 8.0


def plain_shed(b: Brush) -> None:
    """The same shed as a bright blue one, with a roof of grey, green, red or faded steel."""
    length, width = b.size_m, b.size_m * b.between(0.5, 0.75)
    roof = b.choose((150, 152, 152), (95, 125, 80), (70, 75, 160), (175, 165, 150), (110, 105, 100), (120, 135, 150))
    b.thing.rect((0, 0), (width, length), roof)
    b.thing.rect((width / 4, 0), (width / 2, length), shaded(roof, 0.84))
    for y in np.arange(-length / 2 + 0.6, length / 2, 1.2):
        b.thing.line([(-width / 2, y), (width / 2, y)], 0.25, shaded(roof, 1.12))
    b.thing.line([(0, -length / 2), (0, length / 2)], 0.4, shaded(roof, 1.2))
    b.height_m = 4.5


def greenhouses(b: Brush) -> None:
    """Rows of long pale plastic tunnels."""
    length, width = b.size_m, b.size_m * 0.8
    for x in np.arange(-width / 2 + 1.6, width / 2, 3.4):
        sheet = b.vary((215, 220, 215), 8)
        b.thing.rect((x, 0), (2.7, length), sheet).rect((x + 0.7, 0), (1.0, length), shaded(sheet, 0.9))
        for y in np.arange(-length / 2, length / 2, 1.6):
            b.thing.line([(x - 1.3, y), (x + 1.3, y)], 0.12, shaded(sheet, 0.82))
    b.height_m = 2.2


def solar_roof(b: Brush) -> None:
    """A flat roof with rows of dark blue panels, each cut by a pale grid."""
    length, width = b.size_m, b.size_m * b.between(0.6, 0.85)
    _flat_roof(b, width, length)
    panel = b.choose((75, 48, 25), (90, 55, 28))
    for y in np.arange(-length / 2 + 2.2, length / 2 - 1.6, 2.6):
        b.thing.rect((0, y), (width - 3.0, 1.8), panel)
        for x in np.arange(-width / 2 + 1.5, width / 2 - 1.4, 1.0):
            b.thing.line([(x, y - 0.9), (x, y + 0.9)], 0.12, (165, 160, 150))


def plant_roof(b: Brush) -> None:
    """A flat roof with its machines in a straight row, a stair head and a white tank: in order."""
    length, width = b.size_m, b.size_m * b.between(0.6, 0.85)
    _flat_roof(b, width, length)
    for y in np.arange(-length * 0.36, length * 0.2, 2.4):
        b.thing.rect((-width * 0.25, y), (1.5, 1.5), b.vary((200, 204, 206), 6)).circle((-width * 0.25, y), 0.55, (90, 92, 94))
    b.thing.rect((width * 0.22, length * 0.3), (width * 0.3, length * 0.2), b.vary(CONCRETE, 8))
    b.thing.circle((width * 0.25, -length * 0.2), 1.3, WHITE)


def _flat_roof(b: Brush, width: float, length: float) -> None:
    b.thing.rect((0, 0), (width, length), b.vary((190, 196, 200)))
    b.thing.rect((0, 0), (width - 1.2, length - 1.2), b.vary(ROOF_GREY, 8))
    b.height_m = 9.0


def shop_awnings(b: Brush) -> None:
    """A shop front with one long awning of a single colour, firmly on its building; no goods on the street."""
    length = b.size_m
    b.thing.rect((-1.4, 0), (4.0, length), b.choose((150, 155, 160), (120, 130, 170), (165, 165, 160)))
    color = b.choose((60, 100, 60), (60, 60, 150), (130, 90, 60), (150, 150, 150))
    b.thing.rect((1.4, 0), (1.6, length * 0.94), color)
    for y in np.arange(-length * 0.47, length * 0.48, length * 0.235):
        b.thing.line([(0.6, y), (2.2, y)], 0.15, shaded(color, 0.7))
    b.height_m = 4.0


def road_sign(b: Brush) -> None:
    """A green or blue sign of the road authority over the carriageway: white frame, a few words, grey gantry."""
    length = b.size_m
    b.thing.rect((0.9, 0), (0.4, length * 1.25), (150, 154, 156))
    b.thing.rect((0, 0), (length * 0.3, length), WHITE)
    plate = b.choose((80, 110, 20), (150, 80, 20))
    b.thing.rect((0, 0), (length * 0.3 - 0.35, length - 0.35), plate)
    for y in (-length * 0.25, length * 0.22):
        b.thing.line([(-0.4, y - length * 0.12), (-0.4, y + length * 0.12)], 0.3, WHITE)
        b.thing.line([(0.3, y - length * 0.08), (0.3, y + length * 0.08)], 0.25, WHITE)
    b.height_m = 6.0


def pylon(b: Brush) -> None:
    """A grey lattice pylon from above: a square tower, three pairs of arms, thin wires."""
    length = b.size_m
    grey = b.vary((170, 172, 172), 8)
    for x in (-1.5, 1.5, 0.0):
        b.thing.line([(x, -length / 2), (x, length / 2)], 0.13, (120, 122, 122))
    for y in (-length * 0.04, length * 0.04):
        b.thing.line([(-4.5, y), (4.5, y)], 0.25, grey)
    base: list[PointM] = [(-1.8, -1.8), (1.8, -1.8), (1.8, 1.8), (-1.8, 1.8), (-1.8, -1.8)]
    b.thing.line(base, 0.3, grey).line([base[0], base[2]], 0.22, grey).line([base[1], base[3]], 0.22, grey)
    b.height_m = 9.0


def sound_tank(b: Brush) -> None:
    """A round white tank in a clean, dry, walled pad."""
    radius = b.size_m * 0.27
    b.thing.rect((0, 0), (b.size_m * 0.8, b.size_m * 0.8), b.vary((175, 180, 184), 6))
    b.thing.rect((0, 0), (b.size_m * 0.8 - 0.8, b.size_m * 0.8 - 0.8), b.vary((150, 156, 160), 6))
    b.thing.circle((-0.6, -0.6), radius, (95, 98, 100))
    b.thing.circle((0, 0), radius, b.choose((225, 228, 228), (205, 212, 215))).ring((0, 0), radius * 0.93, 0.3, (140, 145, 148))
    b.thing.line([(0, 0), (radius, 0)], 0.5, (120, 125, 128)).circle((0, 0), radius * 0.14, (120, 125, 128))
    b.height_m = 4.0


def steam_stack(b: Brush) -> None:
    """A banded chimney with a short puff of pure white steam that is gone after a few metres."""
    length = b.size_m
    foot = (0.0, -length * 0.3)
    for share in np.linspace(0, 1, 6):
        b.thing.haze((0.4 * share, foot[1] + length * (0.12 + 0.3 * share)), length * 0.1, (252, 252, 252), 0.6 - 0.35 * share)
    b.thing.rect(foot, (length * 0.34, length * 0.34), b.vary(ROOF_GREY, 8))
    for radius, color in ((0.13, (60, 60, 200)), (0.1, WHITE), (0.07, (60, 60, 200)), (0.045, (45, 45, 48))):
        b.thing.circle(foot, length * radius, color)
    b.height_m = 2.0
