"""Roads, vehicles and people."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.world.brush import Brush
from simulator.world.canvas import Canvas, Color, PointM, irregular, rectangle, shaded

ASPHALT: Color = (88, 88, 86)
"""The same colour as the ground's roads."""

CAR_COLORS: tuple[Color, ...] = (
    (240, 240, 240), (30, 30, 32), (150, 150, 152), (50, 45, 170), (150, 80, 35), (205, 210, 212), (70, 75, 80),
)  # fmt: skip


def road_patch(b: Brush) -> None:
    """A stretch of asphalt under the thing, with edge lines and a broken middle line."""
    width, length = max(9.0, b.size_m * 1.15), b.size_m * 2.1
    b.setting.rect((0, 0), (width, length), b.vary(ASPHALT, 7))
    for x in (-width / 2 + 0.5, width / 2 - 0.5):
        b.setting.line([(x, -length / 2), (x, length / 2)], 0.2, (215, 218, 220))
    for y in np.arange(-length / 2, length / 2 - 3, 7.0):
        b.setting.line([(0, y), (0, y + 3.5)], 0.2, (215, 218, 220))


def car(b: Brush, at: PointM, color: Color, angle_deg: float = 0.0, length_m: float = 4.5) -> None:
    """A car: body, dark windscreens, roof; one of the thing's parts. Its sides are seen where the camera looks aslant."""
    size = (length_m * 0.42, length_m)
    if b.lean_m:
        _leaning_car(b, at, color, angle_deg, size)
    else:
        _upright_car(b.thing, at, color, angle_deg, size)
    b.part("vehicle", rectangle(at, size, angle_deg))


def _upright_car(canvas: Canvas, at: PointM, color: Color, angle_deg: float, size: PointM) -> None:
    width, length = size
    canvas.rect(at, size, color, angle_deg)
    for share, depth in ((0.17, 0.16), (-0.27, 0.11)):
        canvas.rect(ahead_of(at, length * share, angle_deg), (width * 0.8, length * depth), (38, 36, 34), angle_deg)


def _leaning_car(b: Brush, at: PointM, color: Color, angle_deg: float, size: PointM) -> None:
    width, length = size
    block(b, rectangle(at, size, angle_deg), (0.25, 0.8), color)
    glass = rectangle(ahead_of(at, -0.04 * length, angle_deg), (width * 0.84, length * 0.58), angle_deg)
    roof = rectangle(ahead_of(at, -0.06 * length, angle_deg), (width * 0.72, length * 0.32), angle_deg)
    block(b, glass, (0.8, 0.85), (38, 36, 34))
    block(b, roof, (0.9, 1.4), shaded(color, 1.06), side=(44, 42, 40))


def block(b: Brush, base: NDArray[np.float64], heights_m: PointM, color: Color, side: Color | None = None) -> None:
    """An upright block over `base` (n, 2) between two heights: its sides, as far as they are seen, and its top."""
    low, high = (np.array([b.raised((x, y), height) for x, y in base]) for height in heights_m)
    hull = cv2.convexHull(np.concatenate([low, high]).astype(np.float32)).reshape(-1, 2).astype(np.float64)
    b.thing.polygon(hull, side or shaded(color, 0.6)).polygon(high, color)


def ahead_of(at: PointM, distance_m: float, angle_deg: float) -> PointM:
    """The point so far ahead, turned clockwise from the canvas's own ahead."""
    angle = np.radians(angle_deg)
    return at[0] + distance_m * float(np.sin(angle)), at[1] + distance_m * float(np.cos(angle))


def congestion(b: Brush) -> None:
    """Vehicles bumper to bumper in three lanes, a bus or lorry among them."""
    length = b.size_m
    for x in (-3.1, 0.0, 3.1):
        y = -length / 2
        while y + 5.0 < length / 2:
            long = 9.5 if b.between(0, 1) < 0.1 and y + 10 < length / 2 else b.between(4.2, 4.9)
            at = (x + b.between(-0.25, 0.25), y + long / 2)
            if long > 6:
                b.thing.rect(at, (2.5, long), b.choose((60, 170, 240), (220, 220, 220), (180, 110, 50)))
                b.thing.rect((at[0], at[1] + long * 0.4), (2.2, 0.8), (40, 40, 40))
                b.part("vehicle", rectangle(at, (2.5, long)))
            else:
                car(b, at, b.choose(*CAR_COLORS), b.between(-4, 4), long)
            y += long + b.between(0.5, 1.3)
    b.height_m = 1.2


def road_damage(b: Brush) -> None:
    """A pothole of broken asphalt with a pale rim, in a net of cracks."""
    reach = b.size_m / 2
    for angle in np.arange(0, 2 * np.pi, 2 * np.pi / 9):
        path = [(0.0, 0.0)]
        for step in (0.35, 0.65, 0.95):
            bent = angle + b.between(-0.3, 0.3)
            path.append((reach * step * np.cos(bent), reach * step * np.sin(bent)))
        b.thing.line(path, 0.3, (28, 28, 28))
    for share in (0.55, 0.82):
        b.thing.line(irregular(b.rng, (0, 0), (reach * share, reach * share), 0.25), 0.22, (32, 32, 32))
    b.thing.blob((0, 0), (reach * 0.55, reach * 0.45), (135, 145, 152), 0.3)
    b.thing.blob((0, 0), (reach * 0.44, reach * 0.35), (35, 45, 55), 0.35)
    for _ in range(12):
        b.thing.blob(b.spot(reach * 0.6, reach * 0.6), (0.22, 0.2), (150, 155, 160), 0.4)


def road_flooding(b: Brush) -> None:
    """Muddy water standing over the lane marks, with bright reflections of the sky."""
    reach = b.size_m / 2
    shape = irregular(b.rng, (0, 0), (reach * 0.75, reach * 0.95), 0.22)
    b.thing.polygon(shape, (112, 138, 158)).polygon(shape * 0.94, b.choose((95, 125, 150), (105, 130, 148)))
    b.thing.polygon(shape * 0.7, (88, 115, 138))
    for _ in range(b.count(5, 8)):
        x, y = b.spot(reach * 0.5, reach * 0.65)
        b.thing.blob((x, y), (b.between(0.4, 1.0), b.between(0.7, 2.0)), (225, 215, 200), 0.5)
    b.thing.soften(0.15).grain(4)


def uncovered_truck(b: Brush) -> None:
    """A tipper with its load of earth heaped open in the body."""
    length = b.size_m
    width = length * 0.33
    cab = b.choose((40, 50, 210), (30, 150, 240), (200, 120, 40), (70, 150, 60))
    b.thing.rect((0, -length * 0.12), (width, length * 0.72), b.vary(cab, 20))
    b.thing.rect((0, -length * 0.12), (width * 0.8, length * 0.65), b.choose((70, 105, 140), (95, 130, 165), (100, 105, 110)))
    for _ in range(b.count(18, 26)):
        x, y = b.between(-0.32, 0.32) * width, b.between(-0.4, 0.16) * length
        b.thing.blob(
            (x, y), (b.between(0.25, 0.6), b.between(0.25, 0.6)), b.choose((60, 90, 120), (120, 155, 185), (85, 115, 145)), 0.4
        )
    b.thing.rect((0, length * 0.38), (width * 0.95, length * 0.2), cab)
    b.thing.rect((0, length * 0.42), (width * 0.8, length * 0.05), (35, 32, 30))
    b.height_m = 3.0


def blocked_fire_lane(b: Brush) -> None:
    """A lane marked by a yellow box of hatching, with cars left standing on it."""
    length, width = b.size_m, b.size_m * 0.55
    yellow: Color = (35, 205, 245)
    b.thing.rect((0, 0), (width, length), b.vary(ASPHALT, 7))
    edge = [(-width / 2, -length / 2), (width / 2, -length / 2), (width / 2, length / 2), (-width / 2, length / 2)]
    b.thing.line([*edge, edge[0]], 0.5, yellow)
    for start in np.arange(-length / 2, length / 2, 2.0):
        rise = min(width, length / 2 - start)
        b.thing.line([(-width / 2, start), (-width / 2 + rise, start + rise)], 0.32, yellow)
    for i in range(2):
        at = (b.between(-0.12, 0.12) * width, (i - 0.5) * length * 0.5 + b.between(-0.4, 0.4))
        car(b, at, b.choose(*CAR_COLORS), b.between(-12, 12) + 90 * (b.between(0, 1) < 0.2))
    b.height_m = 1.0


def crowd(b: Brush) -> None:
    """Some hundred people close together: dots of many colours."""
    reach = b.size_m / 2
    clothes = ((245, 245, 245), (30, 30, 35), (50, 50, 210), (210, 120, 40), (60, 190, 230), (90, 160, 80), (180, 90, 190))
    for _ in range(b.count(130, 190)):
        x, y = b.spot(reach * 0.95, reach * 0.8)
        b.thing.circle((x - 0.2, y - 0.2), 0.33, (35, 35, 35)).circle((x, y), 0.36, b.choose(*clothes))
        b.thing.circle((x, y), 0.14, (30, 30, 40))
        b.part("person", rectangle((x, y), (0.72, 0.72)))
