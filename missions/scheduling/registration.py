"""What becomes of a demand when it is registered: a route of its own, or a refusal that names the nearest that is possible."""

from collections.abc import Sequence
from datetime import datetime, time
from math import ceil, radians, sin

from missions.aircraft import AircraftType
from missions.calendar import TimeWindow
from missions.demand import Demand
from missions.district import District
from missions.errors import NotFound
from missions.plan import Plan
from missions.planning.flight_plan import plan_routes
from missions.planning.limits import Infeasible, Reason, ReasonCode
from missions.route import CameraUse, Route, anchor
from missions.working_time import DISTRICT_TIME

LOWEST_M = 30.0
"""No inspection is flown lower: above trees, lamps and most houses."""

DEFAULT_SPEED_MPS = 8.0


def register(demand: Demand, district: District, at: datetime) -> Route | Infeasible:
    """The route that serves the demand by itself; or every reason against it, each with its limit. Changes nothing."""
    reasons = [*_unknown(demand, district), *_window_reasons(demand)]
    if reasons:
        return Infeasible(reasons=tuple(reasons))
    able = _able(demand, district.aircraft_types)
    too_fine = _resolution_reasons(demand, able)
    if not able or too_fine:
        return Infeasible(reasons=too_fine or (_no_sensor(demand),))
    route = route_for(demand, district, able[0])
    plan = _nearest_plan(route, district, _first_wanted(demand, at))
    if isinstance(plan, Infeasible):
        return plan
    too_short = _too_short(demand, plan, district)
    return Infeasible(reasons=(too_short,)) if too_short else route


def route_for(demand: Demand, district: District, aircraft: AircraftType) -> Route:
    """As high as its category flies, lower where the resolution asks for it; as steep as it may look."""
    pitch_deg = demand.steepest_deg
    category = district.category(demand.category)
    height_m = min(category.height_m, height_for(aircraft, demand.max_sample_m, pitch_deg), district.airspace.max_height_m)
    sensor = category.camera.sensor if demand.thermal else "rgb"
    use = CameraUse(
        sensor="rgb+thermal" if demand.thermal and "thermal" not in sensor else sensor,
        pitch_deg=pitch_deg,
        front_overlap=category.camera.front_overlap,
        side_overlap=category.camera.side_overlap,
    )
    return Route(
        id=demand.own_route_id,
        name=demand.note or demand.id,
        geometry=demand.geometry,
        categories=(demand.category,),
        frequency=demand.frequency,
        height_m=max(height_m, LOWEST_M),
        camera=use,
        speed_mps=min(DEFAULT_SPEED_MPS, aircraft.max_speed_mps),
        valid_from=demand.valid_from,
        valid_until=demand.valid_until,
    )


def height_for(aircraft: AircraftType, sample_m: float, pitch_deg: float) -> float:
    """The greatest height from which the image's centre shows `sample_m` a pixel (see planning.footprint)."""
    return sample_m * aircraft.camera.focal_px * sin(radians(-pitch_deg))


def _able(demand: Demand, types: Sequence[AircraftType]) -> list[AircraftType]:
    """The types with the sensor, the finest camera first."""
    fitting = [one for one in types if one.thermal or not demand.thermal]
    return sorted(fitting, key=lambda one: -one.camera.focal_px)


def _unknown(demand: Demand, district: District) -> list[Reason]:
    reasons = []
    for find, id in ((district.category, demand.category), (district.department, demand.department_id)):
        try:
            find(id)
        except NotFound as error:
            reasons.append(Reason(code=ReasonCode.UNKNOWN_NAME, text=f"demand '{demand.id}': {error}"))
    return reasons


def _window_reasons(demand: Demand) -> list[Reason]:
    if demand.interval_h is None or demand.frequency.per != "day" or len(demand.windows) in (0, demand.frequency.times):
        return []
    if len(demand.windows) > demand.frequency.times:
        return []
    text = (
        f"demand '{demand.id}' asks for {demand.frequency.times} looks a day in {len(demand.windows)} window(s): "
        f"name a window for each, or ask for {len(demand.windows)} a day"
    )
    limit, value = float(len(demand.windows)), float(demand.frequency.times)
    return [Reason(code=ReasonCode.WINDOW_TOO_SHORT, text=text, limit=limit, value=value)]


def _resolution_reasons(demand: Demand, able: Sequence[AircraftType]) -> tuple[Reason, ...]:
    if not able:
        return ()
    finest_m = LOWEST_M / (able[0].camera.focal_px * sin(radians(-demand.steepest_deg))) if demand.steepest_deg < 0 else None
    if finest_m is not None and demand.max_sample_m >= finest_m:
        return ()
    nearest = f"the finest possible is {finest_m * 100:.1f} cm, from {LOWEST_M:.0f} m" if finest_m else "no ground is in view"
    text = f"demand '{demand.id}' asks for {demand.max_sample_m * 100:.1f} cm a pixel; {nearest}"
    return (Reason(code=ReasonCode.TOO_FINE, text=text, limit=finest_m, value=demand.max_sample_m),)


def _no_sensor(demand: Demand) -> Reason:
    text = f"demand '{demand.id}' needs a thermal camera; no aircraft of the fleet has one"
    return Reason(code=ReasonCode.NO_THERMAL_CAMERA, text=text)


def _nearest_plan(route: Route, district: District, at: datetime) -> Plan | Infeasible:
    """The flight of the first drone that can fly it, nearest dock first; the nearest one's refusal where none can."""
    middle = anchor(route.geometry)
    drones = sorted(district.drones, key=lambda one: district.dock(one.dock_id).point.distance_m(middle))
    answers = (plan_routes(district, drone.id, [route], at=at) for drone in drones)
    first: Infeasible | None = None
    for answer in answers:
        if isinstance(answer, Plan):
            return answer
        first = first or answer
    return first or Infeasible(reasons=(Reason(code=ReasonCode.UNKNOWN_DRONE, text="the district has no drone"),))


def _first_wanted(demand: Demand, at: datetime) -> datetime:
    """Now, or noon of the first day on which it is valid: an event that is still to come can be flown then."""
    if demand.valid_from is None:
        return at
    return max(at, datetime.combine(demand.valid_from, time(12), DISTRICT_TIME).astimezone(at.tzinfo))


def _too_short(demand: Demand, plan: Plan, district: District) -> Reason | None:
    """The whole flight must fit into the longest window, of which only the flying hours count."""
    if not demand.windows:
        return None
    longest_min = max(_usable_min(one, district) for one in demand.windows)
    needed_min = plan.estimate.duration_s / 60
    if needed_min <= longest_min:
        return None
    rules = district.operations
    text = (
        f"demand '{demand.id}' takes {needed_min:.0f} min with its ways; its longest window has {longest_min:.0f} min "
        f"within the flying hours ({rules.day_begins:%H:%M} to {rules.day_ends:%H:%M}): "
        f"make it at least {ceil(needed_min)} min long"
    )
    return Reason(code=ReasonCode.WINDOW_TOO_SHORT, text=text, limit=longest_min, value=needed_min)


def _usable_min(window: TimeWindow, district: District) -> float:
    """Minutes of a window within the flying hours."""
    begins, ends = max(window.begins, district.operations.day_begins), min(window.ends, district.operations.day_ends)
    return TimeWindow(begins=begins, ends=ends).length_min if begins < ends else 0.0
