"""How a route is flown so that given demands are served: from what height, at what angle, with which sensor."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, floor, hypot, radians, sin, sqrt, tan

from missions.aircraft import AircraftType, Camera
from missions.demand import Demand
from missions.geometry import LocalFrame
from missions.planning.coverage import cover
from missions.planning.energy import PathPoint, stretches
from missions.planning.footprint import ground_footprint
from missions.planning.limits import Reason, ReasonCode, check_sensor
from missions.route import CameraUse, Orbit, Route, anchor
from missions.schedule import Look, Pass
from missions.scheduling.registration import LOWEST_M

TOLERANCE = 1.001
"""What a picture may be coarser than asked for: heights and samples are computed from each other, and rounded."""

LEAST_DOWN_DEG = 1.0
"""A camera that looks less far down than this looks at the horizon."""

Wish = Demand | Look
"""Both say how fine, from which angle and with which sensor something must be seen."""


def finest_camera(types: Sequence[AircraftType]) -> Camera:
    """The camera that shows most of all at a distance."""
    return max((one.camera for one in types), key=lambda camera: camera.focal_px)


def coarsest_camera(types: Sequence[AircraftType]) -> Camera:
    """The camera that shows least at a distance; its view is the widest where the sensors are alike."""
    return min((one.camera for one in types), key=lambda camera: camera.focal_px)


def shown_by(route: Route, camera: Camera) -> tuple[float, float]:
    """Ground sample distance at the image's centre in metres a pixel, and the camera's pitch in degrees, as the route is flown.

    Round an orbit the camera looks at the centre's ground, whatever pitch the route names.
    """
    if isinstance(route.geometry, Orbit):
        radius_m = route.geometry.radius_m
        return hypot(route.height_m, radius_m) / camera.focal_px, -degrees(atan2(route.height_m, radius_m))
    return ground_footprint(camera, route.height_m, route.camera.pitch_deg).sample_m, route.camera.pitch_deg


def unserved_by(route: Route, wish: Wish, camera: Camera) -> str:
    """Why a pass as `route` is flown does not serve a demand; empty where it does."""
    sample_m, pitch_deg = shown_by(route, camera)
    if sample_m > wish.max_sample_m * TOLERANCE:
        return f"shows {sample_m * 100:.1f} cm a pixel; {wish.max_sample_m * 100:.1f} cm are asked for"
    if not wish.steepest_deg <= pitch_deg <= wish.flattest_deg:
        return f"looks at {pitch_deg:.4g}°; {wish.steepest_deg:g}° to {wish.flattest_deg:g}° is asked for"
    if wish.thermal and "thermal" not in route.camera.sensor:
        return "has no thermal picture"
    return ""


def fitted(route: Route, wishes: Sequence[Wish], camera: Camera) -> Route | str:
    """The route as it is flown to serve all these demands: as it is where that serves them, else lowered, turned or with the
    thermal camera as far as need be, never raised; or why no pass over it serves them all.
    """
    if not any(unserved_by(route, wish, camera) for wish in wishes):
        return route
    steepest_deg, flattest_deg = max(one.steepest_deg for one in wishes), min(one.flattest_deg for one in wishes)
    if steepest_deg > flattest_deg:
        return f"no angle serves all: {steepest_deg:g}° or flatter and {flattest_deg:g}° or steeper are asked for"
    finest_m = min(one.max_sample_m for one in wishes)
    turned = _turned(route, steepest_deg, flattest_deg, finest_m, camera)
    if isinstance(turned, str) or not any(one.thermal for one in wishes):
        return turned
    return turned.model_copy(update={"camera": _with_thermal(turned.camera)})


@dataclass(frozen=True, slots=True)
class LegCost:
    """What a route takes from its first point to its last in open country; `battery_share` is of what may be used of it."""

    duration_s: float
    battery_share: float


def leg_cost(route: Route, types: Sequence[AircraftType]) -> LegCost | None:
    """By the first type with the route's sensor; None where none can."""
    type = next((one for one in types if not check_sensor(route, one)), None)
    if type is None:
        return None
    try:
        lines = cover(route, type.camera, LocalFrame(anchor(route.geometry))).lines
    except ValueError:
        return None
    points = [PathPoint(xy, route.height_m, min(route.speed_mps, type.max_speed_mps)) for line in lines for xy in line]
    flown = stretches(type, points)
    usable_wh = type.battery_wh * (1 - type.reserve)
    return LegCost(sum(one.duration_s for one in flown), sum(one.energy_wh for one in flown) / usable_wh)


def check_fineness(one: Pass, route: Route, aircraft: AircraftType) -> list[Reason]:
    """What an aircraft's camera shows too coarsely for a pass's demands, `route` being as the pass flies it."""
    sample_m, _ = shown_by(route, aircraft.camera)
    finest_m = min((look.max_sample_m for look in one.looks), default=sample_m)
    if sample_m <= finest_m * TOLERANCE:
        return []
    text = f"route '{route.id}' needs {finest_m * 100:.1f} cm a pixel; {aircraft.name} shows {sample_m * 100:.1f} cm there"
    return [Reason(code=ReasonCode.TOO_FINE, text=text, limit=finest_m, value=sample_m)]


def _turned(route: Route, steepest_deg: float, flattest_deg: float, finest_m: float, camera: Camera) -> Route | str:
    """At the angle nearest to the route's; steeper where that angle would need too low a flight."""
    if isinstance(route.geometry, Orbit):
        return _orbiting(route, route.geometry.radius_m, steepest_deg, flattest_deg, finest_m * camera.focal_px)
    floor_m = min(LOWEST_M, route.height_m)
    for pitch_deg in (min(max(route.camera.pitch_deg, steepest_deg), flattest_deg), steepest_deg):
        height_m = min(route.height_m, _down(finest_m * camera.focal_px * sin(radians(-pitch_deg))))
        if height_m >= floor_m:
            use = route.camera.model_copy(update={"pitch_deg": pitch_deg})
            return route.model_copy(update={"height_m": height_m, "camera": use})
    best_m = floor_m / sin(radians(-steepest_deg)) / camera.focal_px if steepest_deg < -LEAST_DOWN_DEG else None
    nearest = f"{best_m * 100:.1f} cm are the finest at that angle, from {floor_m:g} m" if best_m else "no ground is in view"
    return f"{finest_m * 100:.1f} cm a pixel are asked for; {nearest}"


def _orbiting(route: Route, radius_m: float, steepest_deg: float, flattest_deg: float, farthest_m: float) -> Route | str:
    """At most `farthest_m` from the centre's ground, and at a height that looks there at the angles asked for."""
    lowest_m = max(min(LOWEST_M, route.height_m), radius_m * tan(radians(-flattest_deg)))
    within_m = sqrt(max(farthest_m**2 - radius_m**2, 0.0))
    height_m = min(route.height_m, _down(within_m), _down(radius_m * tan(radians(-steepest_deg))))
    if height_m < lowest_m:
        return f"no height of its orbit serves: {lowest_m:.0f} m at least, {height_m:.0f} m at most"
    return route.model_copy(update={"height_m": height_m})


def _down(height_m: float) -> float:
    """To a tenth of a metre, so that what follows from it stays on the fine side."""
    return floor(height_m * 10) / 10


def _with_thermal(use: CameraUse) -> CameraUse:
    return use if "thermal" in use.sensor else use.model_copy(update={"sensor": "rgb+thermal"})
