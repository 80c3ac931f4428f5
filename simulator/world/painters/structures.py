"""Things people build and put up: sheds, additions, scaffolds, stalls, billboards, cranes, storage."""

import numpy as np

from simulator.world.brush import Brush
from simulator.world.canvas import Color, irregular

WHITE: Color = (235, 238, 240)
CONCRETE: Color = (150, 158, 162)
ROOF_GREY: Color = (128, 132, 136)


def blue_steel_shed(b: Brush) -> None:
    """A bright blue corrugated roof with a ridge."""
    length, width = b.size_m, b.size_m * b.between(0.5, 0.75)
    blue = b.choose((200, 105, 25), (215, 130, 45), (180, 90, 30))
    b.thing.rect((0, 0), (width, length), blue)
    light, dark = (min(255, int(v * 1.18)) for v in blue), (int(v * 0.82) for v in blue)
    b.thing.rect((width / 4, 0), (width / 2, length), (next(dark), next(dark), next(dark)))
    stripe: Color = (next(light), next(light), next(light))
    for y in np.arange(-length / 2 + 0.6, length / 2, 1.2):
        b.thing.line([(-width / 2, y), (width / 2, y)], 0.25, stripe)
    b.thing.line([(0, -length / 2), (0, length / 2)], 0.4, b.vary((245, 200, 150)))
    b.height_m = 4.5


def _flat_roof(b: Brush, width: float, length: float) -> None:
    b.thing.rect((0, 0), (width, length), b.vary((190, 196, 200)))
    b.thing.rect((0, 0), (width - 1.2, length - 1.2), b.vary(ROOF_GREY, 8))
    b.height_m = 9.0


def rooftop_addition(b: Brush) -> None:
    """A flat roof with a parapet; on its corner a new red-roofed hut and a glass room."""
    length, width = b.size_m, b.size_m * b.between(0.6, 0.8)
    _flat_roof(b, width, length)
    hut_l, hut_w = length * b.between(0.42, 0.52), width * b.between(0.65, 0.8)
    x, y = (width - hut_w) / 2 - 0.5, (length - hut_l) / 2 - 0.5
    b.thing.rect((x - 0.9, y - 0.9), (hut_w, hut_l), (62, 64, 66))
    roof = b.choose((55, 60, 190), (60, 75, 175), (45, 50, 165))
    b.thing.rect((x, y), (hut_w, hut_l), roof)
    for step in np.arange(-hut_l / 2 + 0.7, hut_l / 2, 1.1):
        b.thing.line([(x - hut_w / 2, y + step), (x + hut_w / 2, y + step)], 0.2, (40, 40, 120))
    glass = hut_l * 0.45
    b.thing.rect((x, y - hut_l / 2 - glass / 2), (hut_w * 0.8, glass), b.vary((225, 215, 190)))
    for step in np.linspace(-hut_w * 0.4, hut_w * 0.4, 5):
        b.thing.line([(x + step, y - hut_l / 2 - glass), (x + step, y - hut_l / 2)], 0.2, (150, 140, 120))


def scaffold(b: Brush) -> None:
    """A building wrapped in green net, with a grid of poles and planks round it."""
    length, width = b.size_m, b.size_m * b.between(0.65, 0.9)
    b.thing.rect((0, 0), (width, length), b.choose((80, 150, 45), (95, 165, 60), (70, 135, 50)))
    for x in np.arange(-width / 2, width / 2 + 0.1, 1.5):
        b.thing.line([(x, -length / 2), (x, length / 2)], 0.22, (215, 225, 220))
    for y in np.arange(-length / 2, length / 2 + 0.1, 1.5):
        b.thing.line([(-width / 2, y), (width / 2, y)], 0.22, (215, 225, 220))
    b.thing.rect((0, 0), (width - 4.2, length - 4.2), b.vary((140, 150, 158)))
    b.thing.rect((b.between(-1, 1), b.between(-1, 1)), (width * 0.25, length * 0.2), b.vary((90, 95, 100)))
    b.thing.grain(6)
    b.height_m = 10.0


def street_stall(b: Brush) -> None:
    """Awnings in broad stripes with goods laid out before them."""
    side = b.size_m * 0.62
    color = b.choose((45, 45, 215), (200, 80, 30), (50, 150, 40), (30, 140, 235))
    for x in (-side * 0.42, side * 0.42):
        b.thing.rect((x, 0.6), (side * 0.78, side), WHITE)
        for step in np.linspace(-side * 0.3, side * 0.3, 4)[::1]:
            b.thing.rect((x + step, 0.6), (side * 0.1, side), color)
    for x in np.arange(-side * 0.75, side * 0.76, 0.75):
        b.thing.rect((x, -side * 0.6), (0.55, 0.8), b.choose((30, 160, 240), (50, 60, 220), (60, 190, 90), (200, 210, 220)))
    b.height_m = 2.5


def illegal_billboard(b: Brush) -> None:
    """A long panel in loud colours with blocks of writing, on a steel frame."""
    length, width = b.size_m, b.size_m * b.between(0.34, 0.44)
    ground = b.choose((40, 215, 250), (50, 40, 225), (200, 60, 200))
    ink: Color = (40, 30, 200) if ground[2] > 240 else (70, 235, 250)
    b.thing.rect((width * 0.55, 0), (0.5, length * 0.9), (90, 95, 98))
    b.thing.rect((0, 0), (width, length), WHITE)
    b.thing.rect((0, 0), (width - 0.5, length - 0.5), ground)
    for y in np.arange(-length / 2 + 1.2, length / 2 - 0.6, 1.35):
        b.thing.rect((-width * 0.12, y), (width * 0.42, 0.8), ink)
    b.thing.line([(width * 0.3, -length * 0.42), (width * 0.3, length * 0.42)], 0.3, (30, 30, 30))
    b.height_m = 7.0


def crane(b: Brush) -> None:
    """A tower crane: mast, long lattice jib, short counter-jib with its concrete weight."""
    length = b.size_m
    color = b.choose((35, 200, 245), (40, 70, 225), (30, 170, 240))
    tower = -length * 0.22
    half = 0.95
    for x in (-half, half):
        b.thing.line([(x, -length / 2), (x, tower)], 0.4, color).line([(x, tower), (x * 0.35, length / 2)], 0.4, color)
    steps = np.arange(-length / 2, length / 2, 1.7)
    zigzag = [
        (half * (1 if i % 2 else -1) * (1 if y < tower else 1 - 0.6 * (y - tower) / length), y) for i, y in enumerate(steps)
    ]
    b.thing.line(zigzag, 0.3, color)
    b.thing.rect((0, -length / 2 + 1.6), (3.6, 3.0), b.vary((165, 170, 172)))
    b.thing.rect((0, tower), (3.2, 3.2), color).rect((0, tower), (1.7, 1.7), (60, 60, 60))
    b.thing.rect((1.9, tower + 0.5), (1.4, 1.8), WHITE)
    b.thing.rect((0, tower + length * b.between(0.3, 0.6)), (1.6, 1.2), (50, 50, 200))
    b.height_m = 14.0


def hazardous_storage(b: Brush) -> None:
    """Rows of drums and white tanks on a pad with a yellow border."""
    side, along = b.size_m, b.size_m * b.between(0.7, 0.95)
    b.thing.rect((0, 0), (along, side), (40, 205, 240)).rect((0, 0), (along - 0.9, side - 0.9), b.vary((120, 125, 128), 8))
    drum = b.choose((190, 90, 20), (40, 40, 200), (30, 120, 225))
    pitch = 1.25
    for i, x in enumerate(np.arange(-along / 2 + 1.1, along / 2 - 0.8, pitch)):
        for y in np.arange(-side / 2 + 1.1, side / 2 - 0.8, pitch):
            if i % 4 == 3:
                b.thing.rect((x, y), (1.0, 1.0), WHITE)
            elif b.between(0, 1) < 0.92:
                b.thing.circle((x, y), 0.55, b.vary(drum, 8)).circle((x, y), 0.22, (70, 70, 70))
    b.height_m = 1.2


def tank_leak(b: Brush) -> None:
    """A round white tank with a walkway, and a dark oily stain running from its foot."""
    radius = b.size_m * 0.27
    stain = irregular(b.rng, (b.size_m * 0.12, -b.size_m * 0.2), (b.size_m * 0.33, b.size_m * 0.3), 0.35)
    b.thing.polygon(stain, b.vary((22, 26, 32), 6))
    b.thing.blob((b.size_m * 0.15, -b.size_m * 0.25), (b.size_m * 0.13, b.size_m * 0.1), (75, 45, 62), 0.4)
    tank = (-b.size_m * 0.1, b.size_m * 0.18)
    b.thing.circle((tank[0] - 0.6, tank[1] - 0.6), radius, (55, 58, 60))
    b.thing.circle(tank, radius, b.choose((225, 228, 228), (205, 212, 215))).ring(tank, radius * 0.93, 0.3, (140, 145, 148))
    b.thing.line([tank, (tank[0] + radius, tank[1])], 0.5, (120, 125, 128)).circle(tank, radius * 0.14, (120, 125, 128))
    b.height_m = 4.0


def rooftop_clutter(b: Brush) -> None:
    """A flat roof heaped with boxes, boards, mattresses and old furniture."""
    length, width = b.size_m, b.size_m * b.between(0.65, 0.85)
    _flat_roof(b, width, length)
    palette = ((200, 205, 215), (70, 110, 160), (150, 120, 60), (60, 60, 190), (110, 165, 200), (60, 110, 60), (30, 35, 40))
    for _ in range(b.count(45, 65)):
        x, y = b.between(-0.41, 0.41) * width, b.between(-0.42, 0.42) * length
        b.thing.rect((x, y), (b.between(0.5, 1.3), b.between(0.6, 2.0)), b.choose(*palette), b.between(0, 180))
