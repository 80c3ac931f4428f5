"""Space as H3 cells: which cells may hold another sighting of the same matter."""

from math import ceil, hypot

import h3

from missions.geometry import GeoPoint

RESOLUTION = 11
"""Cells of about 29 m edge."""

CELL_STEP_M = 30.0
"""Each further ring of cells reaches at least this much farther: rows of hexagons lie 1.5 edges apart, 43 m on average, and
H3's smallest cells have edges a quarter shorter than that."""

MAX_RINGS = 10
WIDE_M = 100.0
"""An incident whose place is less certain than this is a candidate everywhere: its cell says too little."""


def cell_of(point: GeoPoint) -> str:
    """The cell that the point lies in."""
    return str(h3.latlng_to_cell(point.lat_deg, point.lon_deg, RESOLUTION))


def cells_near(point: GeoPoint, extent_m: float, semi_major_m: float) -> list[str] | None:
    """Every cell in which `is_same_matter` may hold for an incident not wider than WIDE_M; None: too many to list.

    Two sightings are one matter at most at the extent plus the root of the sum of both semi-major axes' squares apart.
    """
    reach_m = extent_m + hypot(semi_major_m, WIDE_M)
    rings = ceil(reach_m / CELL_STEP_M)
    return h3.grid_disk(cell_of(point), rings) if rings <= MAX_RINGS else None
