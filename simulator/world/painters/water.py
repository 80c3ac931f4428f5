"""Matters on and at the water. Their setting is a patch of water, left out where the ground is water already."""

import numpy as np

from simulator.world.brush import Brush
from simulator.world.canvas import Color, irregular

WATER: Color = (112, 98, 66)
"""The same colour as the ground's rivers."""


def water_patch(b: Brush) -> None:
    """A pond round the thing, with a sandy rim."""
    shape = irregular(b.rng, (0, 0), (b.size_m * 0.98, b.size_m * 0.92), 0.08)
    b.setting.polygon(shape * 1.07, b.vary((95, 130, 140), 8)).polygon(shape, b.vary(WATER, 5))
    for _ in range(8):
        x, y = b.spot(b.size_m * 0.7, b.size_m * 0.7)
        b.setting.line([(x - 1.5, y), (x + 1.5, y + 0.3)], 0.12, (128, 114, 84))


def floating_debris(b: Brush) -> None:
    """A drifting streak of bottles, foam, planks and reeds."""
    reach = b.size_m / 2
    scraps = ((240, 240, 240), (215, 225, 230), (110, 170, 200), (60, 110, 150), (200, 130, 50), (50, 60, 210))
    for _ in range(b.count(70, 100)):
        along = b.between(-1, 1)
        x = np.sin(along * 2.5) * reach * 0.18 + b.rng.normal() * reach * 0.17
        size = b.between(0.2, 0.5)
        b.thing.rect((x, along * reach), (size, b.between(0.25, 0.9)), b.choose(*scraps), b.between(0, 180))


def algae_bloom(b: Brush) -> None:
    """A bright green film in swirls and tongues."""
    reach = b.size_m / 2
    green = b.choose((50, 175, 110), (40, 160, 125), (60, 185, 95))
    b.thing.polygon(irregular(b.rng, (0, 0), (reach * 0.9, reach * 0.7), 0.45), green)
    for _ in range(7):
        x, y = b.spot(reach * 0.85, reach * 0.65)
        b.thing.blob((x, y), (reach * b.between(0.1, 0.3), reach * b.between(0.1, 0.22)), b.vary(green, 10), 0.6)
    for _ in range(6):
        x, y = b.spot(reach * 0.6, reach * 0.45)
        t = np.linspace(0, 3, 9)
        swirl = np.column_stack([x + reach * 0.12 * t * np.cos(t * 1.6), y + reach * 0.09 * t * np.sin(t * 1.6)])
        b.thing.line(swirl, 0.5, (40, 130, 85))
    b.thing.soften(0.25).grain(7)


def discoloured_outfall(b: Brush) -> None:
    """A concrete pipe mouth, and a fan of stained water spreading from it."""
    length = b.size_m
    stain = b.choose((60, 70, 150), (190, 200, 205), (50, 85, 130))
    for share in np.linspace(0.03, 1, 18):
        y = length * (0.42 - 0.78 * share)
        x = np.sin(share * 2.5) * length * 0.06
        b.thing.haze((x, y), length * (0.05 + 0.12 * share), stain, 0.62 - 0.32 * share)
    b.thing.rect((0, length * 0.44), (length * 0.3, length * 0.11), (175, 182, 186))
    b.thing.rect((0, length * 0.405), (length * 0.13, length * 0.05), (25, 25, 28))


def bank_encroachment(b: Brush) -> None:
    """A plot taken from the river: vegetable beds, a hut, and a fence standing in the water."""
    length, width = b.size_m, b.size_m * b.between(0.6, 0.75)
    b.thing.rect((0, 0), (width, length), b.vary((75, 105, 135)))
    for x in np.arange(-width / 2 + 0.8, width / 2 - 0.3, 1.3):
        b.thing.rect((x, -length * 0.14), (0.75, length * 0.66), b.choose((50, 150, 80), (45, 125, 60), (70, 170, 120)))
    b.thing.rect((0, length * 0.35), (width * 0.5, length * 0.22), b.choose((70, 90, 165), (140, 150, 160)))
    b.thing.line([(0, length * 0.25), (0, length * 0.45)], 0.25, (50, 60, 90))
    fence = [(-width / 2, -length / 2), (width / 2, -length / 2), (width / 2, length / 2), (-width / 2, length / 2)]
    b.thing.line([*fence, fence[0]], 0.35, (205, 215, 225))
    b.height_m = 1.0


def fishing_net(b: Brush) -> None:
    """A net of crossing cords hung between poles, edged with orange and white floats."""
    reach = b.size_m / 2
    net = [
        (-reach * 0.85, -reach * 0.8),
        (reach * 0.8, -reach * 0.9),
        (reach * 0.9, reach * 0.75),
        (-reach * 0.75, reach * 0.9),
    ]
    corner = np.asarray(net)
    for share in np.linspace(0, 1, 11):
        left, right = corner[0] + (corner[3] - corner[0]) * share, corner[1] + (corner[2] - corner[1]) * share
        low, high = corner[0] + (corner[1] - corner[0]) * share, corner[3] + (corner[2] - corner[3]) * share
        b.thing.line(np.array([left, right]), 0.16, (150, 165, 160)).line(np.array([low, high]), 0.16, (150, 165, 160))
    for first, second in zip(corner, np.roll(corner, -1, axis=0), strict=True):
        for i, share in enumerate(np.linspace(0, 1, 9)):
            at = first + (second - first) * share
            b.thing.circle((at[0], at[1]), 0.4, (30, 110, 245) if i % 2 else (240, 240, 240))


def moored_boat(b: Brush) -> None:
    """One or two boats with pointed bows, a cabin and an open hold."""
    length = b.size_m
    beam = length * 0.28
    for x in (0.0,) if b.between(0, 1) < 0.5 else (-beam * 0.58, beam * 0.58):
        y = b.between(-0.05, 0.05) * length
        hull = [(-0.5, -0.42), (0.5, -0.42), (0.5, 0.22), (0.0, 0.46), (-0.5, 0.22)]
        outline = np.array(hull) * (beam, length) + (x, y)
        b.thing.polygon(outline, b.choose((70, 100, 140), (60, 70, 90), (130, 90, 50), (70, 70, 160)))
        b.thing.polygon((outline - (x, y)) * 0.78 + (x, y), b.choose((120, 150, 180), (95, 115, 135)))
        b.thing.rect((x, y + 0.02 * length), (beam * 0.6, length * 0.26), (48, 55, 62))
        b.thing.rect((x, y - 0.24 * length), (beam * 0.72, length * 0.22), b.choose((235, 238, 238), (205, 140, 70)))
    b.height_m = 1.2


def person_in_water(b: Brush) -> None:
    """A head and arms with an orange float, in the middle of spreading rings."""
    reach = b.size_m / 2
    for share in (0.95, 0.7, 0.45):
        b.thing.ring((0, 0), reach * share, 0.22, (205, 200, 180))
    b.thing.circle((0, 0), reach * 0.3, (225, 225, 215))
    turn = b.between(0, 3)
    arm = (0.95 * np.cos(turn), 0.95 * np.sin(turn))
    b.thing.line([(-arm[0], -arm[1]), arm], 0.34, (135, 165, 215))
    b.thing.circle((0, 0), 0.52, (20, 100, 250)).circle((0.1, 0.1), 0.26, (40, 50, 70))
