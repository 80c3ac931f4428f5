"""Heaps and refuse, on land and on roofs."""

from simulator.world.brush import Brush
from simulator.world.canvas import Color

BAGS: tuple[Color, ...] = ((235, 235, 235), (35, 35, 38), (190, 120, 40), (50, 50, 200), (60, 170, 210), (90, 150, 80))


def garbage_pile(b: Brush) -> None:
    """A heap of mixed bags and scraps on a dirty stain."""
    reach = b.size_m / 2
    b.thing.blob((0, 0), (reach * 0.95, reach * 0.8), b.vary((62, 78, 92)), 0.3)
    for _ in range(b.count(70, 110)):
        x, y = b.spot(reach * 0.9, reach * 0.78)
        b.thing.blob((x, y), (b.between(0.2, 0.48), b.between(0.2, 0.42)), b.choose(*BAGS), 0.3)
    b.height_m = 0.8


def overflowing_bin(b: Brush) -> None:
    """A row of green wheeled bins with bags spilt in front."""
    width = b.size_m / 3.1
    for i in (-1, 0, 1):
        x = i * width
        green = b.choose((60, 120, 20), (70, 140, 30), (50, 105, 25))
        b.thing.rect((x, b.size_m * 0.17), (width * 0.86, b.size_m * 0.36), green)
        b.thing.rect((x, b.size_m * 0.17), (width * 0.62, b.size_m * 0.2), (35, 60, 15))
        b.thing.line([(x - width * 0.43, b.size_m * 0.3), (x + width * 0.43, b.size_m * 0.3)], 0.25, (150, 210, 120))
        b.thing.blob((x, b.size_m * 0.15), (0.4, 0.35), b.choose(*BAGS[:2]), 0.3)
    for _ in range(b.count(14, 22)):
        x, y = b.between(-0.45, 0.45) * b.size_m, b.between(-0.36, -0.05) * b.size_m
        b.thing.blob((x, y), (b.between(0.25, 0.45), b.between(0.22, 0.4)), b.choose(*BAGS[:4]), 0.25)
    b.height_m = 1.2


def construction_debris(b: Brush) -> None:
    """Broken concrete and brick with planks sticking out."""
    reach = b.size_m / 2
    b.thing.blob((0, 0), (reach * 0.95, reach * 0.75), b.vary((138, 150, 160)), 0.3)
    stones = ((165, 172, 178), (120, 126, 130), (70, 90, 175), (80, 105, 190), (195, 200, 205))
    for _ in range(b.count(80, 120)):
        x, y = b.spot(reach * 0.9, reach * 0.7)
        b.thing.rect((x, y), (b.between(0.3, 0.9), b.between(0.25, 0.6)), b.choose(*stones), b.between(0, 180))
    for _ in range(b.count(4, 7)):
        x, y = b.spot(reach * 0.6, reach * 0.5)
        b.thing.rect((x, y), (0.3, b.between(2.0, 3.5)), b.vary((110, 165, 205)), b.between(0, 180))
    b.height_m = 1.0
