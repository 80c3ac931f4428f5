"""Shapes for routes, drawn at random on the terrain: stretches of lines, blocks of land, circles and lists of places."""

from math import ceil, cos, pi, sin
from random import Random

from shapely import LineString, Point, Polygon, affinity, get_coordinates
from shapely.ops import substring

from missions.catalog.generator.terrain import Ground, Land, Line
from missions.catalog.route_features import DECIMALS
from missions.geometry import Array, GeoPoint, LocalFrame
from missions.route import Area, Corridor, Orbit, WaypointList

XY = tuple[float, float]

BLOCK_SIZE_M: dict[Ground, XY] = {"city": (410.0, 320.0), "works": (360.0, 300.0), "farmland": (540.0, 420.0)}
"""Along and across the land's axis."""

STREET_M = 24.0
"""Left free between neighbouring blocks."""


def stretch(line: Line, middle_m: float, length_m: float) -> LineString:
    """A piece of the line, its middle at `middle_m` from the line's start, kept inside the line."""
    start_m = min(max(middle_m - length_m / 2, 0.0), max(line.course.length - length_m, 0.0))
    piece = substring(line.course, start_m, min(start_m + length_m, line.course.length))
    return LineString(piece.simplify(1.0).coords)


def corridor(piece: LineString, width_m: float, frame: LocalFrame) -> Corridor:
    """A strip along a piece of a line."""
    return Corridor(line=geo_points(get_coordinates(piece), frame), width_m=width_m)


def blocks(land: Land, rng: Random) -> list[Polygon]:
    """The land cut into blocks along its axis; each a little irregular, only whole ones."""
    along_m, across_m = BLOCK_SIZE_M[land.kind]
    centre = land.shape.centroid
    turned = affinity.rotate(land.shape, land.axis_deg - 90, origin=centre)
    west, south, east, north = turned.bounds
    cells = [
        (west + column * along_m, south + row * across_m)
        for row in range(ceil((north - south) / across_m))
        for column in range(ceil((east - west) / along_m))
    ]
    drawn = [_block(x, y, along_m, across_m, rng) for x, y in cells]
    back = [affinity.rotate(block, 90 - land.axis_deg, origin=centre) for block in drawn]
    return [block for block in back if land.shape.covers(block)]


def _block(x: float, y: float, along_m: float, across_m: float, rng: Random) -> Polygon:
    def inward(size_m: float) -> float:
        return STREET_M / 2 + rng.uniform(0, 0.12) * size_m

    west, south, east, north = x, y, x + along_m, y + across_m
    corners = [
        (west + inward(along_m), south + inward(across_m)),
        (east - inward(along_m), south + inward(across_m)),
        (east - inward(along_m), north - inward(across_m)),
        (west + inward(along_m), north - inward(across_m)),
    ]
    if rng.random() < 0.3:
        corners[2:3] = [(corners[2][0], corners[2][1] - across_m / 4), (corners[2][0] - along_m / 4, corners[2][1])]
    return Polygon(corners)


def area(block: Polygon, frame: LocalFrame) -> Area:
    """A block as an area to be covered."""
    return Area(outline=geo_points(get_coordinates(block.exterior)[:-1], frame))


def square(middle: Point, side_m: float, turn_deg: float, frame: LocalFrame) -> Area:
    """A square area."""
    half = side_m / 2
    corners = Polygon([(-half, -half), (half, -half), (half, half), (-half, half)])
    placed = affinity.translate(affinity.rotate(corners, turn_deg, origin=(0, 0)), middle.x, middle.y)
    return area(placed, frame)


def orbit(middle: Point, radius_m: float, frame: LocalFrame) -> Orbit:
    """A circle round a point."""
    return Orbit(center=geo_points([(middle.x, middle.y)], frame)[0], radius_m=radius_m)


def stops_along(piece: LineString, count: int, aside_m: float, rng: Random, frame: LocalFrame) -> WaypointList:
    """Places along a piece of a line, up to `aside_m` to either side of it."""
    places = []
    for number in range(count):
        here = piece.interpolate((number + 0.5) / count, normalized=True)
        places.append((here.x + rng.uniform(-aside_m, aside_m), here.y + rng.uniform(-aside_m, aside_m)))
    return WaypointList(points=geo_points(places, frame))


def stops_around(middle: Point, count: int, reach_m: float, rng: Random, frame: LocalFrame) -> WaypointList:
    """Places round a point, in the order of a round trip."""
    angles = [2 * pi * (number + rng.uniform(-0.3, 0.3)) / count for number in range(count)]
    reaches = [reach_m * rng.uniform(0.5, 1.0) for _ in angles]
    places = [(middle.x + r * cos(a), middle.y + r * sin(a)) for a, r in zip(angles, reaches, strict=True)]
    return WaypointList(points=geo_points(places, frame))


def any_point(land: Land, rng: Random) -> Point:
    """A point of the land, evenly distributed."""
    west, south, east, north = land.shape.bounds
    while True:
        point = Point(rng.uniform(west, east), rng.uniform(south, north))
        if land.shape.covers(point):
            return point


def geo_points(places: list[XY] | Array, frame: LocalFrame) -> tuple[GeoPoint, ...]:
    """Places on the plane as points, rounded as the file has them."""
    exact = frame.to_geo_many(places)
    return tuple(GeoPoint(lat_deg=round(p.lat_deg, DECIMALS), lon_deg=round(p.lon_deg, DECIMALS)) for p in exact)
