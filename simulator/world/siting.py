"""What a place is covered with, and which things may stand there: no tree on a roof, no rubbish afloat on a road."""

from enum import StrEnum

import numpy as np


class Cover(StrEnum):
    """What one sees straight down at a place."""

    WATER = "water"
    ROAD = "road"
    ROOF = "roof"
    OPEN = "open"


LAND = frozenset({Cover.OPEN})
STREET = frozenset({Cover.OPEN, Cover.ROAD})
ANYWHERE_DRY = frozenset({Cover.OPEN, Cover.ROAD, Cover.ROOF})
WATER_OR_LAND = frozenset({Cover.WATER, Cover.OPEN})
"""Things afloat: on water, or on land in a pond of their own, but not on both."""

_RING_POINTS = 8


def footprint_samples(east_m: float, north_m: float, size_m: float) -> list[tuple[float, float]]:
    """The middle of a thing and a ring of places along its edge, in metres."""
    angles = np.linspace(0, 2 * np.pi, _RING_POINTS, endpoint=False)
    ring = [(east_m + size_m / 2 * float(np.sin(a)), north_m + size_m / 2 * float(np.cos(a))) for a in angles]
    return [(east_m, north_m), *ring]


def may_stand(covers: list[Cover], sites: frozenset[Cover]) -> bool:
    """Whether a thing for `sites` may stand on ground that looks like `covers` below it."""
    found = set(covers)
    return found <= sites and not (Cover.WATER in found and len(found) > 1)
