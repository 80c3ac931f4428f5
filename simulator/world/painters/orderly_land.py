"""Fields, plants, courts and heaps that are in order, and look a little like what is not. Nothing to report."""

import numpy as np

from simulator.world.brush import Brush
from simulator.world.canvas import Color, irregular, shaded


def netted_heap(b: Brush) -> None:
    """Sand or earth wholly under green dust net, held down by sandbags along a neat edge."""
    length, width = b.size_m, b.size_m * b.between(0.55, 0.8)
    net = b.choose((70, 120, 60), (60, 105, 50), (85, 130, 75))
    b.thing.rect((0, 0), (width, length), net)
    for share, factor in ((0.72, 1.12), (0.42, 1.24)):
        b.thing.blob((0, 0), (width / 2 * share, length / 2 * share), shaded(net, factor), 0.08)
    for x in np.arange(-width / 2, width / 2 + 0.1, 2.0):
        b.thing.line([(x, -length / 2), (x, length / 2)], 0.12, shaded(net, 0.8))
    for y in np.arange(-length / 2 + 0.4, length / 2, 1.5):
        for x in (-width / 2 + 0.25, width / 2 - 0.25):
            b.thing.circle((x, y), 0.25, (205, 210, 212))
    b.thing.grain(4)
    b.height_m = 1.5


def material_stacks(b: Brush) -> None:
    """Pallets of bricks and blocks in straight rows with lanes between them."""
    color = b.choose((70, 85, 165), (150, 156, 160), (120, 160, 190), (185, 190, 195))
    reach = b.size_m / 2
    for x in np.arange(-reach * 0.8, reach * 0.8, 1.9):
        for y in np.arange(-reach, reach, 1.7):
            if b.between(0, 1) < 0.93:
                b.thing.rect((x, y), (1.2, 1.2), b.vary(color, 7))
                b.thing.line([(x - 0.6, y), (x + 0.6, y)], 0.1, shaded(color, 0.75))
    b.height_m = 1.2


def pipe_stacks(b: Brush) -> None:
    """Pipes, planks or steel bars laid side by side in two bundles."""
    length = b.size_m * 0.45
    color = b.choose((60, 90, 130), (110, 165, 205), (150, 150, 150), (40, 60, 110))
    for y in (-b.size_m * 0.25, b.size_m * 0.25):
        for x in np.arange(-b.size_m * 0.3, b.size_m * 0.3, 0.45):
            b.thing.line([(x, y - length / 2), (x, y + length / 2)], 0.32, b.vary(color, 8))
    b.height_m = 0.8


def playing_field(b: Brush) -> None:
    """A sand, clay or painted court with straight white lines."""
    length, width = b.size_m, b.size_m * 0.56
    b.thing.rect((0, 0), (width, length), b.choose((120, 165, 200), (70, 100, 170), (110, 140, 60), (150, 110, 70)))
    inner = b.choose((110, 155, 190), (75, 110, 185), (120, 150, 70), (80, 80, 165))
    b.thing.rect((0, 0), (width * 0.8, length * 0.84), inner)
    half_w, half_l, white = width * 0.4, length * 0.42, (240, 242, 244)
    corners = [(-half_w, -half_l), (half_w, -half_l), (half_w, half_l), (-half_w, half_l), (-half_w, -half_l)]
    b.thing.line(corners, 0.2, white).line([(-half_w, 0), (half_w, 0)], 0.2, white).ring((0, 0), width * 0.14, 0.2, white)
    for y in (-half_l, half_l):
        b.thing.ring((0, y * 0.9), width * 0.12, 0.18, white)


def ploughed_field(b: Brush) -> None:
    """Ploughed earth in even furrows with straight edges."""
    length, width = b.size_m, b.size_m * b.between(0.7, 0.95)
    earth = b.choose((70, 100, 130), (85, 120, 150), (60, 85, 110))
    b.thing.rect((0, 0), (width, length), earth)
    for x in np.arange(-width / 2 + 0.5, width / 2, 1.0):
        b.thing.line([(x, -length / 2), (x, length / 2)], 0.4, shaded(earth, 0.8))
    b.thing.grain(5)


def mulch_film(b: Brush) -> None:
    """Black plastic film in straight strips between rows of seedlings."""
    length, width = b.size_m, b.size_m * b.between(0.7, 0.9)
    b.thing.rect((0, 0), (width, length), b.vary((85, 120, 145), 8))
    for x in np.arange(-width / 2 + 0.8, width / 2 - 0.4, 1.9):
        b.thing.rect((x, 0), (1.2, length), b.vary((48, 48, 50), 4))
        for y in np.arange(-length / 2 + 0.5, length / 2, 0.9):
            b.thing.circle((x, y), 0.18, (60, 140, 80))


def autumn_trees(b: Brush) -> None:
    """Full, closed crowns in yellow, orange and red leaf: no bare twigs."""
    reach = b.size_m / 2
    count = b.count(3, 5)
    for i in range(count):
        angle = 2 * np.pi * i / count + b.between(-0.3, 0.3)
        at = (reach * 0.55 * np.cos(angle), reach * 0.55 * np.sin(angle))
        leaf = b.choose((40, 150, 215), (45, 100, 195), (50, 175, 220), (55, 80, 165))
        radius = reach * b.between(0.38, 0.48)
        b.thing.blob(at, (radius, radius), leaf, 0.15)
        for _ in range(9):
            dx, dy = b.spot(radius * 0.7, radius * 0.7)
            b.thing.blob((at[0] + dx, at[1] + dy), (radius * 0.25, radius * 0.22), b.vary(shaded(leaf, 1.1), 10), 0.3)
    b.thing.grain(6)
    b.height_m = 3.0


def flower_beds(b: Brush) -> None:
    """Round and straight beds of flowers, each of one colour, set in a lawn."""
    reach = b.size_m / 2
    b.thing.rect((0, 0), (b.size_m * 0.9, b.size_m * 0.9), b.choose((60, 150, 95), (70, 160, 110)))
    for radius in (0.8, 0.55, 0.3):
        color = b.choose((60, 60, 220), (50, 200, 240), (190, 90, 200), (240, 240, 240))
        for angle in np.arange(0, 2 * np.pi, 0.5 / (reach * radius)):
            b.thing.circle((reach * radius * np.cos(angle), reach * radius * np.sin(angle)), 0.26, b.vary(color, 8))
    b.thing.grain(4)


def paved_square(b: Brush) -> None:
    """Weathered paving in two tones with a compass pattern and benches: no fresh concrete."""
    length = b.size_m
    b.thing.rect((0, 0), (length * 0.9, length), b.vary((150, 155, 165), 6))
    tones: tuple[Color, Color] = (b.vary((120, 130, 150), 5), b.vary((165, 172, 178), 5))
    for ring, share in enumerate((0.42, 0.33, 0.24, 0.15, 0.07)):
        b.thing.circle((0, 0), length * share, tones[ring % 2])
    for x in (-length * 0.4, length * 0.4):
        for y in np.arange(-length * 0.4, length * 0.45, length * 0.2):
            b.thing.rect((x, y), (0.6, 1.8), (50, 80, 115))


def allotment(b: Brush) -> None:
    """Vegetable beds with a hut on dry land, each bed edged by a path."""
    length, width = b.size_m, b.size_m * 0.8
    b.thing.rect((0, 0), (width, length), b.vary((110, 140, 160), 8))
    for x in np.arange(-width / 2 + 1.0, width / 2 - 0.5, 2.2):
        for y in (-length * 0.24, length * 0.2):
            b.thing.rect((x, y), (1.5, length * 0.38), b.choose((50, 150, 80), (45, 125, 60), (70, 110, 140), (80, 170, 130)))
    b.thing.rect((width * 0.3, length * 0.44), (2.6, 2.0), b.vary((90, 110, 130), 8))


def wet_shade(b: Brush) -> None:
    """A soft, even shadow or damp patch: the ground shows through, nothing stands or shines on it."""
    reach = b.size_m / 2
    b.thing.polygon(irregular(b.rng, (0, 0), (reach * 0.9, reach * 0.7), 0.3), (30, 32, 34)).soften(0.6).fade(0.5)
