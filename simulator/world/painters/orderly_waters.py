"""What belongs on the water: jetties with boats, lilies, glints, buoys, clear outlets. Nothing to report."""

import numpy as np

from simulator.world.brush import Brush
from simulator.world.canvas import irregular


def marina(b: Brush) -> None:
    """White boats in even rows on both sides of a jetty with fingers."""
    length = b.size_m
    wood = b.vary((120, 150, 175), 6)
    b.thing.rect((0, 0), (1.6, length), wood)
    for y in np.arange(-length / 2 + 1.4, length / 2 - 0.8, 2.6):
        for side in (-1, 1):
            b.thing.rect((side * 3.4, y + 1.3), (5.2, 0.35), wood)
            if b.between(0, 1) < 0.85:
                hull = np.array([(0.9, -0.75), (0.9, 0.75), (3.6, 0.75), (5.6, 0.0), (3.6, -0.75)]) * (side, 1) + (0, y)
                b.thing.polygon(hull, b.choose((240, 242, 244), (225, 228, 230))).rect(
                    (side * 2.6, y), (1.4, 0.9), (150, 140, 120)
                )


def water_lilies(b: Brush) -> None:
    """Separate round dark pads with gaps of open water, and white or pink flowers."""
    reach = b.size_m / 2
    for _ in range(b.count(70, 110)):
        x, y = b.spot(reach * 0.9, reach * 0.75)
        b.thing.circle((x, y), b.between(0.25, 0.5), b.choose((60, 100, 50), (70, 115, 65), (55, 90, 60)))
        if b.between(0, 1) < 0.2:
            b.thing.circle((x, y), 0.18, b.choose((245, 240, 245), (200, 160, 240)))


def sun_glint(b: Brush) -> None:
    """The sun mirrored by ripples: short, thin, parallel white strokes, denser in the middle."""
    reach = b.size_m / 2
    for _ in range(b.count(60, 90)):
        x, y = b.spot(reach * 0.9, reach * 0.6)
        half = b.between(0.2, 0.7)
        b.thing.line([(x - half, y), (x + half, y)], 0.12, b.vary((232, 228, 215), 10))
    b.thing.soften(0.08)


def reed_bed(b: Brush) -> None:
    """Reeds along the water: upright stalks in dull green and straw."""
    reach = b.size_m / 2
    b.thing.polygon(irregular(b.rng, (0, 0), (reach * 0.45, reach * 0.95), 0.3), b.vary((75, 115, 95), 6))
    for _ in range(b.count(110, 150)):
        x, y = b.spot(reach * 0.42, reach * 0.92)
        b.thing.line([(x, y), (x + 0.3, y + 0.7)], 0.12, b.choose((85, 150, 140), (70, 120, 95), (110, 175, 185)))
    b.thing.grain(6)


def buoys(b: Brush) -> None:
    """A straight row of round buoys, orange and white, no rings about them."""
    for i, y in enumerate(np.linspace(-b.size_m / 2 + 0.4, b.size_m / 2 - 0.4, 5)):
        b.thing.circle((0, y), 0.38, (30, 110, 245) if i % 2 else (238, 240, 242))
        b.thing.circle((0.08, y + 0.08), 0.14, (235, 235, 235))


def clear_outfall(b: Brush) -> None:
    """A concrete pipe mouth with clear water: a few pale ripples and no stain."""
    length = b.size_m
    for radius in (0.12, 0.2, 0.28):
        angles = np.linspace(np.pi * 1.15, np.pi * 1.85, 15)
        arc = np.column_stack([length * radius * np.cos(angles), length * (0.36 + radius * np.sin(angles))])
        b.thing.line(arc, 0.14, (140, 126, 96))
    b.thing.rect((0, length * 0.44), (length * 0.3, length * 0.11), (175, 182, 186))
    b.thing.rect((0, length * 0.405), (length * 0.13, length * 0.05), (25, 25, 28))
