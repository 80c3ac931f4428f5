"""What the aircraft itself checks of a plan before it takes it: the ground may be wrong, or the plan old."""

from shapely import Point, Polygon

from edge_agent.aircraft import AircraftState
from edge_agent.config import Autopilot, Identity
from missions.geometry import LocalFrame
from missions.plan import Plan

HEIGHT_TOLERANCE_M = 0.5


def reasons_against(plan: Plan, identity: Identity, state: AircraftState, limits: Autopilot) -> list[str]:
    """Everything that stands against flying `plan` now; empty where nothing does."""
    return [*_wrong_aircraft(plan, identity), *_wrong_state(plan, state, limits), *_outside_limits(plan)]


def _wrong_aircraft(plan: Plan, identity: Identity) -> list[str]:
    reasons = []
    if plan.district_id != identity.district_id:
        reasons.append(f"the plan is for district '{plan.district_id}', this aircraft belongs to '{identity.district_id}'")
    if plan.drone_id != identity.drone_id:
        reasons.append(f"the plan is for drone '{plan.drone_id}', this is '{identity.drone_id}'")
    return reasons


def _wrong_state(plan: Plan, state: AircraftState, limits: Autopilot) -> list[str]:
    reasons = []
    if state.armed is not False:
        reasons.append("the aircraft is armed" if state.armed else "the autopilot has not been heard")
    if state.point is None:
        reasons.append("the aircraft's position is unknown")
    elif (distance_m := state.point.distance_m(plan.home)) > limits.max_home_distance_m:
        allowed = f"at most {limits.max_home_distance_m:.0f} m are allowed"
        reasons.append(f"the aircraft is {distance_m:.0f} m from the plan's take-off point; {allowed}")
    needed = plan.estimate.battery_share + limits.reserve_share
    if state.battery_share is None:
        reasons.append("the battery's charge is unknown")
    elif state.battery_share < needed:
        parts = f"{plan.estimate.battery_share:.0%} for the flight and {limits.reserve_share:.0%} in reserve"
        reasons.append(f"the battery has {state.battery_share:.0%}; needed are {parts}")
    return reasons


def _outside_limits(plan: Plan) -> list[str]:
    frame = LocalFrame(plan.home)
    fence = Polygon(frame.to_xy_many(plan.geofence))
    if not fence.is_valid:
        return ["the geofence crosses itself"]
    reasons = [] if fence.contains(Point(0, 0)) else ["the take-off point lies outside the geofence"]
    if plan.landing is not None and not fence.contains(Point(*frame.to_xy(plan.landing.point))):
        reasons.append(f"the landing in dock '{plan.landing.dock_id}' lies outside the geofence")
    for leg in plan.legs:
        points = frame.to_xy_many(waypoint.point for waypoint in leg.waypoints)
        outside = [number for number, xy in enumerate(points, start=1) if not fence.contains(Point(*xy))]
        if outside:
            reasons.append(f"route '{leg.route_id}': waypoint {outside[0]} lies outside the geofence ({len(outside)} in all)")
    highest_m = max(waypoint.height_m for leg in plan.legs for waypoint in leg.waypoints)
    highest_m = max(highest_m, plan.transit_height_m, plan.return_height_m)
    if highest_m > plan.max_height_m + HEIGHT_TOLERANCE_M:
        reasons.append(f"the plan goes to {highest_m:.0f} m; at most {plan.max_height_m:.0f} m are allowed")
    return reasons
