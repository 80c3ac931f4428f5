"""The geofence: inclusion and exclusion polygons and circles, and the greatest distances from home."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from shapely.geometry import Point, Polygon

from missions.geometry import GeoPoint, LocalFrame
from simulator.aircraft.mission_item import Cmd, Item
from simulator.aircraft.parameters import Parameters
from simulator.aircraft.vector import Vector


@dataclass(frozen=True, slots=True)
class _Circle:
    east: float
    north: float
    radius_m: float
    inclusion: bool


@dataclass(frozen=True, slots=True)
class _Area:
    outline: Polygon
    inclusion: bool


class Geofence:
    """Every inclusion must hold the place (PX4 takes them all together), and no exclusion may."""

    def __init__(self, items: Sequence[Item], frame: LocalFrame) -> None:
        self._areas: list[_Area] = []
        self._circles: list[_Circle] = []
        self.problem = ""
        self._read(list(items), frame)

    def _read(self, items: list[Item], frame: LocalFrame) -> None:
        while items:
            first = items[0]
            if first.command in (Cmd.CIRCLE_INCLUSION, Cmd.CIRCLE_EXCLUSION):
                east, north = frame.to_xy(_place(first))
                self._circles.append(_Circle(east, north, first.params[0], first.command == Cmd.CIRCLE_INCLUSION))
                items = items[1:]
                continue
            count = round(first.params[0])
            vertices, items = items[:count], items[count:]
            if len(vertices) < count or any(v.command != first.command or round(v.params[0]) != count for v in vertices):
                self.problem = f"fence vertex {first.seq}: its polygon does not have the {count} vertices it announces"
                return
            outline = Polygon([frame.to_xy(_place(v)) for v in vertices])
            self._areas.append(_Area(outline, first.command == Cmd.FENCE_INCLUSION))

    def allows(self, place: Vector) -> bool:
        """Whether the polygons and circles allow a place."""
        point = Point(place.east, place.north)
        if any(area.outline.contains(point) is not area.inclusion for area in self._areas):
            return False
        return all((hypot(place.east - c.east, place.north - c.north) <= c.radius_m) is c.inclusion for c in self._circles)

    def breach(self, place: Vector, home: Vector, parameters: Parameters) -> str:
        """Why a place is outside; empty where it is not."""
        away = place.minus(home)
        if 0 < parameters["GF_MAX_HOR_DIST"] < away.horizontal:
            return "Maximum distance from home exceeded"
        if 0 < parameters["GF_MAX_VER_DIST"] < away.up:
            return "Maximum altitude above home exceeded"
        return "" if self.allows(place) else "Geofence violation"


def _place(item: Item) -> GeoPoint:
    return GeoPoint(lat_deg=item.lat_deg, lon_deg=item.lon_deg)
