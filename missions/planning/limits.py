"""Why a flight cannot be: refusals as values, each with its code, the limit and the value that breaks it."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from math import atan2, degrees

import numpy as np

from missions.aircraft import AircraftType
from missions.airspace import Airspace
from missions.noun import Noun
from missions.plan import Estimate, Leg
from missions.planning.energy import PathPoint
from missions.planning.performance import HELD_MPS, Performance
from missions.route import Route
from missions.wind import Wind


class ReasonCode(StrEnum):
    """What stands against a flight."""

    UNKNOWN_DRONE = "unknown_drone"
    UNKNOWN_ROUTE = "unknown_route"
    UNKNOWN_NAME = "unknown_name"
    TOO_FINE = "too_fine"
    WINDOW_TOO_SHORT = "window_too_short"
    NO_ROUTES = "no_routes"
    NOT_VALID_TODAY = "not_valid_today"
    BAD_GEOMETRY = "bad_geometry"
    TOO_LARGE = "too_large"
    TOO_HIGH = "too_high"
    TOO_FAST = "too_fast"
    NO_THERMAL_CAMERA = "no_thermal_camera"
    OUTSIDE_PERMITTED_AREA = "outside_permitted_area"
    NO_FLY_ZONE = "no_fly_zone"
    NO_WAY = "no_way"
    NO_FENCE = "no_fence"
    TOO_WINDY = "too_windy"
    TOO_STEEP = "too_steep"
    BEYOND_ENDURANCE = "beyond_endurance"


class Reason(Noun):
    """One thing that stands against a flight; `limit` and `value` in the unit that `text` names, where there are any."""

    code: ReasonCode
    text: str
    limit: float | None = None
    value: float | None = None


class Infeasible(Noun):
    """The answer "no", with every reason found."""

    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        return "; ".join(reason.text for reason in self.reasons)


def refuse(code: ReasonCode, text: str) -> Infeasible:
    """A refusal with one reason that has no figures."""
    return Infeasible(reasons=(Reason(code=code, text=text),))


def check_height_and_speed(
    route_id: str, height_m: float, speed_mps: float, aircraft: AircraftType, airspace: Airspace
) -> list[Reason]:
    """What a route asks beyond the greatest height over ground and the aircraft's greatest speed."""
    reasons = []
    if height_m > airspace.max_height_m:
        text = f"route '{route_id}' is {height_m:.0f} m over ground; at most {airspace.max_height_m:.0f} m are allowed"
        reasons.append(Reason(code=ReasonCode.TOO_HIGH, text=text, limit=airspace.max_height_m, value=height_m))
    if speed_mps > aircraft.max_speed_mps:
        text = f"route '{route_id}' asks {speed_mps:g} m/s; {aircraft.name} flies at most {aircraft.max_speed_mps:g} m/s"
        reasons.append(Reason(code=ReasonCode.TOO_FAST, text=text, limit=aircraft.max_speed_mps, value=speed_mps))
    return reasons


def check_leg(leg: Leg, aircraft: AircraftType, airspace: Airspace) -> list[Reason]:
    """The same for a leg, by its highest and its fastest waypoint."""
    height_m = max(waypoint.height_m for waypoint in leg.waypoints)
    speed_mps = max(waypoint.speed_mps for waypoint in leg.waypoints)
    return check_height_and_speed(leg.route_id, height_m, speed_mps, aircraft, airspace)


def check_wind(wind: Wind, aircraft: AircraftType) -> list[Reason]:
    """Whether the aircraft bears the wind."""
    if wind.speed_mps <= aircraft.max_wind_mps:
        return []
    text = f"{aircraft.name} bears {aircraft.max_wind_mps:g} m/s of wind; {wind.speed_mps:g} m/s are expected"
    return [Reason(code=ReasonCode.TOO_WINDY, text=text, limit=aircraft.max_wind_mps, value=wind.speed_mps)]


def check_held(what: str, path: Sequence[PathPoint], performance: Performance) -> list[Reason]:
    """Whether every part of `path` can be held against the wind; the worst part is told."""
    aircraft, wind = performance.aircraft, performance.wind
    if wind.speed_mps == 0:
        return []
    ways_m = np.array([(b.xy[0] - a.xy[0], b.xy[1] - a.xy[1]) for a, b in pairwise(path) if a.xy != b.xy]).reshape(-1, 2)
    held_mps = performance.ground_mps(aircraft.max_speed_mps, ways_m)
    if len(ways_m) == 0 or held_mps.min() >= HELD_MPS:
        return []
    worst, made_mps = ways_m[held_mps.argmin()], max(float(held_mps.min()), 0.0)
    towards_deg = degrees(atan2(*worst)) % 360
    text = (
        f"{what} cannot be held against the wind ({wind}): towards {towards_deg:.0f}° {aircraft.name}, which flies "
        f"{aircraft.max_speed_mps:g} m/s, makes {made_mps:.1f} m/s over ground; at least {HELD_MPS:g} m/s are needed"
    )
    return [Reason(code=ReasonCode.TOO_WINDY, text=text, limit=HELD_MPS, value=made_mps)]


def check_sensor(route: Route, aircraft: AircraftType) -> list[Reason]:
    """A thermal route needs an aircraft with a thermal camera."""
    if "thermal" not in route.camera.sensor or aircraft.thermal:
        return []
    text = f"route '{route.id}' needs a thermal camera; {aircraft.name} has none"
    return [Reason(code=ReasonCode.NO_THERMAL_CAMERA, text=text)]


def check_endurance(estimate: Estimate, aircraft: AircraftType) -> list[Reason]:
    """The flight with its return must leave the battery's reserve untouched."""
    usable_wh = aircraft.battery_wh * (1 - aircraft.reserve)
    if estimate.energy_wh <= usable_wh:
        return []
    text = (
        f"the flight takes {estimate.energy_wh:.0f} Wh in {estimate.duration_s / 60:.0f} min; "
        f"{aircraft.name} has {usable_wh:.0f} Wh beside its reserve of {aircraft.reserve:.0%}"
    )
    return [Reason(code=ReasonCode.BEYOND_ENDURANCE, text=text, limit=usable_wh, value=estimate.energy_wh)]
