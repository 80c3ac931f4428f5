"""Streets in order: closed bins, covered loads, flowing traffic, mended asphalt. Nothing to report."""

import numpy as np

from simulator.world.brush import Brush
from simulator.world.canvas import Color, shaded
from simulator.world.painters.traffic import ASPHALT, CAR_COLORS, car


def tidy_bins(b: Brush) -> None:
    """Closed bins in a row on a clean pad, each lid of one colour, no bag beside them."""
    width = b.size_m / 4.2
    b.thing.rect((0, 0), (b.size_m, b.size_m * 0.42), b.vary((165, 170, 174), 6))
    for i, lid in zip((-1.5, -0.5, 0.5, 1.5), ((60, 120, 20), (160, 90, 30), (45, 45, 190), (110, 112, 114)), strict=True):
        b.thing.rect((i * width, 0), (width * 0.8, b.size_m * 0.3), b.vary(lid, 8))
        b.thing.line([(i * width - width * 0.4, 0.25), (i * width + width * 0.4, 0.25)], 0.12, shaded(lid, 0.6))
    b.height_m = 1.2


def covered_truck(b: Brush) -> None:
    """A tipper whose load lies under a smooth tarpaulin, roped across."""
    length, width = b.size_m, b.size_m * 0.33
    cab = b.choose((40, 50, 210), (30, 150, 240), (200, 120, 40), (70, 150, 60))
    b.thing.rect((0, -length * 0.12), (width, length * 0.72), b.vary(cab, 20))
    sheet = b.choose((75, 110, 50), (130, 80, 40), (80, 84, 88), (50, 90, 45))
    b.thing.rect((0, -length * 0.12), (width * 0.94, length * 0.7), sheet)
    b.thing.rect((width * 0.2, -length * 0.12), (width * 0.3, length * 0.66), shaded(sheet, 1.15))
    for y in np.arange(-length * 0.42, length * 0.2, length * 0.12):
        b.thing.line([(-width * 0.47, y), (width * 0.47, y)], 0.12, (210, 212, 214))
    b.thing.rect((0, length * 0.38), (width * 0.95, length * 0.2), cab)
    b.thing.rect((0, length * 0.42), (width * 0.8, length * 0.05), (35, 32, 30))
    b.height_m = 3.0


def flowing_traffic(b: Brush) -> None:
    """Three cars in their lanes with several lengths of road between them."""
    for x, share in ((-3.1, -0.42), (0.0, 0.05), (3.1, 0.42)):
        at = (x + b.between(-0.3, 0.3), b.size_m * share + b.between(-1, 1))
        car(b, at, b.choose(*CAR_COLORS), b.between(-3, 3), b.between(4.2, 4.9))
    b.height_m = 1.2


def free_fire_lane(b: Brush) -> None:
    """A fire lane's yellow hatching with nobody on it."""
    length, width = b.size_m, b.size_m * 0.55
    yellow: Color = (35, 205, 245)
    b.thing.rect((0, 0), (width, length), b.vary(ASPHALT, 7))
    edge = [(-width / 2, -length / 2), (width / 2, -length / 2), (width / 2, length / 2), (-width / 2, length / 2)]
    b.thing.line([*edge, edge[0]], 0.5, yellow)
    for start in np.arange(-length / 2, length / 2, 2.0):
        rise = min(width, length / 2 - start)
        b.thing.line([(-width / 2, start), (-width / 2 + rise, start + rise)], 0.32, yellow)


def mended_asphalt(b: Brush) -> None:
    """A smooth dark rectangle of new asphalt with sealed seams, and a manhole's lid."""
    length, width = b.size_m, b.size_m * b.between(0.4, 0.7)
    b.thing.rect((0, 0), (width, length), b.vary((58, 58, 58), 5))
    edge = [(-width / 2, -length / 2), (width / 2, -length / 2), (width / 2, length / 2), (-width / 2, length / 2)]
    b.thing.line([*edge, edge[0]], 0.14, (38, 38, 40))
    b.thing.circle((0, length * 0.2), 0.45, (110, 114, 118)).ring((0, length * 0.2), 0.45, 0.1, (60, 62, 64))


def wet_asphalt(b: Brush) -> None:
    """A road that is merely wet: evenly darker, its marks still seen, with a soft sheen."""
    reach = b.size_m / 2
    b.thing.blob((0, 0), (reach * 0.55, reach * 0.95), (40, 40, 40), 0.25)
    b.thing.haze((0.5, 0.5), reach * 0.35, (120, 118, 112), 0.3).soften(0.5).fade(0.5)
