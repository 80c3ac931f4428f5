"""People and vehicles going about their business, seen from above or aslant: found to be masked, never reported."""

import numpy as np

from simulator.world.brush import Brush
from simulator.world.canvas import Color, PointM, rectangle
from simulator.world.painters.traffic import CAR_COLORS, block, car

CLOTHES: tuple[Color, ...] = (
    (240, 240, 240), (35, 35, 40), (50, 50, 205), (200, 115, 45), (60, 185, 225), (90, 150, 80), (170, 90, 175),
    (120, 125, 130),
)  # fmt: skip
_SKIN: Color = (125, 155, 205)
_GLASS: Color = (40, 38, 36)


def person(b: Brush) -> None:
    """A person on foot: shoulders and head from above, legs and body too where the camera looks aslant."""
    trousers, shirt = b.choose((45, 45, 50), (90, 60, 40), (60, 80, 110), (110, 110, 112)), b.choose(*CLOTHES)
    hair = b.choose((25, 28, 32), (40, 50, 70), (60, 60, 62), (60, 60, 190))
    feet, hips, shoulders, head = (b.raised((0, 0), height) for height in (0.0, 0.85, 1.42, 1.62))
    step = b.between(0.05, 0.22)
    for side in (-1, 1):
        b.thing.line([(feet[0] + side * 0.1, feet[1] + side * step), hips], 0.17, trousers)
    b.thing.line([hips, shoulders], 0.38, shirt)
    b.thing.polygon(_ellipse(shoulders, (0.25, 0.14)), shirt)
    for side in (-1, 1):
        hand = b.raised((side * 0.3, side * step * 0.8), 0.95)
        b.thing.line([(shoulders[0] + side * 0.23, shoulders[1]), hand], 0.1, shirt).circle(hand, 0.05, _SKIN)
    b.thing.circle(head, 0.12, hair).circle(b.raised((0.0, 0.05), 1.56), 0.07, _SKIN if b.lean_m > 0.35 else hair)
    b.height_m = 1.6


def private_car(b: Brush) -> None:
    """A car with its side seen where the camera looks aslant."""
    car(b, (0, 0), b.choose(*CAR_COLORS), 0.0, b.size_m)
    b.height_m = 1.4


def van(b: Brush) -> None:
    """A delivery van: one long pale box with a short dark windscreen."""
    length, width = b.size_m, b.size_m * 0.37
    block(
        b,
        rectangle((0, 0), (width, length)),
        (0.2, 2.1),
        b.choose((238, 240, 242), (200, 205, 208), (60, 60, 170), (150, 110, 50)),
    )
    b.thing.rect(b.raised((0, length * 0.4), 1.8), (width * 0.84, length * 0.09), _GLASS)
    b.height_m = 2.0


def bus(b: Brush) -> None:
    """A city bus: a coloured roof with hatches."""
    length, width = b.size_m, 2.55
    roof = b.choose((60, 170, 240), (80, 150, 60), (190, 120, 50), (225, 228, 230))
    block(b, rectangle((0, 0), (width, length)), (0.2, 3.0), roof)
    for share in (-0.28, 0.05, 0.3):
        b.thing.rect(b.raised((0, length * share), 3.0), (1.3, 1.5), b.vary((195, 198, 200), 8))
    b.thing.rect(b.raised((0, length * 0.485), 2.4), (2.3, 0.35), _GLASS)
    b.height_m = 3.0


def lorry(b: Brush) -> None:
    """A lorry with a closed box body and a coloured cab."""
    length, width = b.size_m, 2.5
    block(b, rectangle((0, length * 0.4), (width * 0.95, length * 0.18)), (0.2, 2.6), b.choose(*CAR_COLORS))
    b.thing.rect(b.raised((0, length * 0.46), 2.2), (width * 0.8, 0.4), _GLASS)
    block(
        b,
        rectangle((0, -length * 0.12), (width, length * 0.74)),
        (0.2, 3.4),
        b.choose((235, 236, 238), (170, 176, 180), (120, 110, 95)),
    )
    b.height_m = 3.2


def motorbike(b: Brush) -> None:
    """A scooter with its rider and, often, a delivery box."""
    b.thing.line([(0, -0.85), (0, 0.85)], 0.28, b.choose(*CAR_COLORS))
    b.thing.line([(-0.35, 0.6), (0.35, 0.6)], 0.09, (40, 40, 42))
    if b.between(0, 1) < 0.5:
        b.thing.rect(b.raised((0, -0.62), 0.8), (0.48, 0.48), b.choose((40, 190, 245), (210, 140, 30), (50, 50, 200)))
    shirt = b.choose(*CLOTHES)
    b.thing.line([b.raised((0, 0), 0.7), b.raised((0, 0), 1.2)], 0.36, shirt)
    b.thing.polygon(_ellipse(b.raised((0, 0), 1.2), (0.26, 0.15)), shirt)
    b.thing.circle(b.raised((0, 0.06), 1.42), 0.15, b.choose((235, 236, 238), (35, 35, 38), (50, 190, 240)))
    b.height_m = 1.2


def _ellipse(at: PointM, radii: PointM) -> list[PointM]:
    angles = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    return [(at[0] + radii[0] * float(np.cos(a)), at[1] + radii[1] * float(np.sin(a))) for a in angles]
