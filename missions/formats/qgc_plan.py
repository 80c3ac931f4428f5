"""QGroundControl's .plan: surveys become areas, corridor scans corridors, structure scans orbits, waypoints waypoint lists."""

from collections.abc import Sequence
from math import dist
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from missions.errors import FormatError
from missions.formats.bounded import parse_json
from missions.formats.draft import Draft, Imported, RouteDefaults, complete, point
from missions.formats.qgc_items import CameraCalc, CorridorScan, PlanFile, SimpleItem, StructureScan, Survey
from missions.geometry import GeoPoint, LocalFrame

PLACES = frozenset({16, 17, 18, 19, 31, 82})
"""Waypoints, loiters and splines: each is a point to fly to."""

UNDERSTOOD = frozenset({20, 21, 22, 112, 178, 201, 205, 206, 214, 530, 532, 1000, 1001, 2000, 2001, 2500, 2501})
"""Take-off, return, speed, gimbal and camera: a flight brings its own, so that leaving them out needs no note."""

SPEED, MOUNT, GIMBAL = 178, 205, 1000
SEA_LEVEL_FRAMES = frozenset({0, 5})
SEA_LEVEL_MODE = 2
SAME_HEIGHT_M = 1.0
MIN_ORBIT_RADIUS_M = 5.0
MIN_CORRIDOR_WIDTH_M = 1.0

B = TypeVar("B", bound=BaseModel)


def read_qgc_plan(source: str, content: bytes, defaults: RouteDefaults) -> Imported:
    """The routes of a plan. Raises FormatError naming the key and the cause."""
    raw = parse_json(source, content)
    if not isinstance(raw, dict) or raw.get("fileType") != "Plan":
        raise FormatError(source, "fileType", 'is not "Plan": this is no QGroundControl plan')
    file = _read(PlanFile, raw, source, "")
    for where, version, known in (("version", file.version, 1), ("mission.version", file.mission.version, 2)):
        if version != known:
            raise FormatError(source, where, f"is {version}; only {known} can be read")
    reader = _Reader(source, file)
    for number, item in enumerate(file.mission.items):
        reader.read_item(item, f"mission.items[{number}]")
    if file.fence and (file.fence.polygons or file.fence.circles):
        reader.notes.append("the geofence was left out: every flight gets its own")
    return complete(source, reader.finish(), defaults, reader.notes)


class _Reader:
    """Walks through the items: waypoints gather until something else comes."""

    def __init__(self, source: str, file: PlanFile) -> None:
        self.notes: list[str] = []
        self._source = source
        home = file.mission.home
        self._home_altitude_m = home[2] if home and len(home) > 2 else None
        self._speed_mps = file.mission.hover_mps
        self._pitch_deg: float | None = None
        self._drafts: list[Draft] = []
        self._points: list[tuple[dict[str, object], float]] = []
        self._points_at = ""

    def read_item(self, item: dict[str, object], where: str) -> None:
        """One simple or complex item."""
        kind = item.get("type")
        if kind == "SimpleItem":
            self._read_simple(_read(SimpleItem, item, self._source, where), where)
        elif kind == "ComplexItem":
            self._end_waypoints()
            self._read_complex(item, where)
        else:
            raise FormatError(self._source, f"{where}.type", f"is {kind!r}; expected SimpleItem or ComplexItem")

    def finish(self) -> list[Draft]:
        """All drafts."""
        self._end_waypoints()
        return self._drafts

    def _read_simple(self, item: SimpleItem, where: str) -> None:
        if item.command in PLACES:
            lat_deg, lon_deg, altitude_m = (self._parameter(item, n, where) for n in (4, 5, 6))
            self._points_at = self._points_at or where
            height_m = self._height_m(altitude_m, item.frame in SEA_LEVEL_FRAMES, where)
            self._points.append((point(lat_deg, lon_deg), height_m))
        elif item.command == SPEED and (item.params[1] or 0) > 0:
            self._speed_mps = item.params[1]
        elif item.command in (MOUNT, GIMBAL) and item.params[0] is not None:
            self._pitch_deg = min(max(item.params[0], -90.0), 0.0)
        elif item.command not in UNDERSTOOD:
            self.notes.append(f"{where}: command {item.command} was left out")

    def _read_complex(self, item: dict[str, object], where: str) -> None:
        match item.get("complexItemType"):
            case "survey":
                self._read_survey(_read(Survey, item, self._source, where), where)
            case "CorridorScan":
                self._read_corridor(_read(CorridorScan, item, self._source, where), where)
            case "StructureScan":
                self._read_structure(_read(StructureScan, item, self._source, where), where)
            case other:
                self.notes.append(f"{where}: {other} was left out")

    def _read_survey(self, survey: Survey, where: str) -> None:
        camera = survey.transects.camera if survey.transects else None
        fields = self._camera_fields(camera, where)
        if survey.grid:
            fields["height_m"] = self._height_m(survey.grid.altitude_m, not survey.grid.is_relative, where)
        if len(survey.polygon) >= 3:
            outline = [point(lat, lon) for lat, lon, *_ in survey.polygon]
            self._drafts.append(Draft(where, {"kind": "area", "outline": outline}, fields=fields))
        elif survey.transects and survey.transects.items:
            for number, item in enumerate(survey.transects.items):
                self._read_simple(item, f"{where}.TransectStyleComplexItem.Items[{number}]")
            self._end_waypoints()
        else:
            raise FormatError(self._source, f"{where}.polygon", "needs at least three corners")

    def _read_corridor(self, scan: CorridorScan, where: str) -> None:
        line = [point(lat, lon) for lat, lon, *_ in scan.polyline]
        geometry = {"kind": "corridor", "line": line, "width_m": max(scan.width_m, MIN_CORRIDOR_WIDTH_M)}
        camera = scan.transects.camera if scan.transects else None
        self._drafts.append(Draft(where, geometry, fields=self._camera_fields(camera, where)))

    def _read_structure(self, scan: StructureScan, where: str) -> None:
        """One orbit round the polygon at the scan's distance; its layers become one."""
        try:
            corners = [GeoPoint(lat_deg=lat, lon_deg=lon) for lat, lon, *_ in scan.polygon]
        except ValidationError as error:
            raise FormatError(self._source, f"{where}.polygon", error.errors()[0]["msg"]) from error
        frame = LocalFrame(corners[0])
        plane = frame.to_xy_many(corners)
        middle = plane.mean(axis=0)
        radius_m = max(dist(middle, corner) for corner in plane) + scan.camera.distance_m
        center = frame.to_geo(float(middle[0]), float(middle[1]))
        geometry: dict[str, object] = {
            "kind": "orbit",
            "center": point(center.lat_deg, center.lon_deg),
            "radius_m": max(radius_m, MIN_ORBIT_RADIUS_M),
        }
        fields = self._camera_fields(None, where) | {"height_m": scan.height_m}
        self._drafts.append(Draft(where, geometry, fields=fields))
        self.notes.append(f"{where}: the structure scan became one orbit at {scan.height_m:g} m")

    def _end_waypoints(self) -> None:
        if not self._points:
            return
        heights = [height_m for _, height_m in self._points]
        if max(heights) - min(heights) > SAME_HEIGHT_M:
            text = f"heights from {min(heights):g} to {max(heights):g} m became one, the highest"
            self.notes.append(f"{self._points_at}: {text}")
        geometry: dict[str, object] = {"kind": "waypoints", "points": [place for place, _ in self._points]}
        fields = self._camera_fields(None, self._points_at) | {"height_m": max(heights)}
        self._drafts.append(Draft(self._points_at, geometry, fields=fields))
        self._points, self._points_at = [], ""

    def _camera_fields(self, camera: CameraCalc | None, where: str) -> dict[str, object]:
        """Height, speed and camera as far as the plan tells them."""
        fields: dict[str, object] = {}
        use: dict[str, object] = {}
        if self._speed_mps:
            fields["speed_mps"] = self._speed_mps
        if self._pitch_deg is not None:
            use["pitch_deg"] = self._pitch_deg
        if camera:
            over_sea = camera.altitude_mode == SEA_LEVEL_MODE or not camera.is_relative
            fields["height_m"] = self._height_m(camera.distance_m, over_sea, where)
            overlaps = {"front_overlap": camera.front_overlap_percent, "side_overlap": camera.side_overlap_percent}
            use |= {key: percent / 100 for key, percent in overlaps.items() if percent is not None}
        return fields | ({"camera": use} if use else {})

    def _height_m(self, altitude_m: float, over_sea: bool, where: str) -> float:
        """Heights over sea level are counted from the planned home position."""
        if not over_sea:
            return altitude_m
        if self._home_altitude_m is None:
            cause = "gives heights over sea level, and there is no mission.plannedHomePosition to count them from"
            raise FormatError(self._source, where, cause)
        return altitude_m - self._home_altitude_m

    def _parameter(self, item: SimpleItem, index: int, where: str) -> float:
        value = item.params[index]
        if value is None:
            raise FormatError(self._source, f"{where}.params[{index}]", "is empty; a waypoint needs its place and height")
        return value


def _read(noun: type[B], raw: object, source: str, where: str) -> B:
    try:
        return noun.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = _place([where, *first["loc"]])
        raise FormatError(source, place, first["msg"]) from error


def _place(parts: Sequence[str | int]) -> str:
    """mission.items[3].params[0]."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts if part != "")
    return text.removeprefix(".")
