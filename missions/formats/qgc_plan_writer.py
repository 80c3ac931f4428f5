"""A flight's plan as a QGroundControl .plan, to look at it or fly it there."""

import json
from math import isnan

from missions.plan import Plan
from missions.planning.mission_items import DEGREES_E7, FRAME_MISSION, MissionItem, mission_items

PX4 = 12
MULTICOPTER = 2
RELATIVE_ALTITUDE = 1
FRAME_RELATIVE_ALT = 3
"""MAV_FRAME_GLOBAL_RELATIVE_ALT: latitude and longitude as plain degrees."""


def write_qgc_plan(plan: Plan) -> bytes:
    """The plan's mission items, home and geofence."""
    home = [plan.home.lat_deg, plan.home.lon_deg, plan.home_altitude_m]
    fence = {"inclusion": True, "polygon": [[p.lat_deg, p.lon_deg] for p in plan.geofence], "version": 1}
    document = {
        "fileType": "Plan",
        "version": 1,
        "groundStation": "OneFlight",
        "geoFence": {"circles": [], "polygons": [fence], "version": 2},
        "rallyPoints": {"points": [], "version": 2},
        "mission": {
            "version": 2,
            "firmwareType": PX4,
            "vehicleType": MULTICOPTER,
            "cruiseSpeed": plan.cruise_mps,
            "hoverSpeed": plan.cruise_mps,
            "globalPlanAltitudeMode": RELATIVE_ALTITUDE,
            "plannedHomePosition": home,
            "items": [_simple_item(item) for item in mission_items(plan)],
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=4).encode()


def _simple_item(item: MissionItem) -> dict[str, object]:
    has_place = item.frame != FRAME_MISSION
    fifth, sixth = (item.x / DEGREES_E7, item.y / DEGREES_E7) if has_place else (item.x, item.y)
    simple: dict[str, object] = {
        "type": "SimpleItem",
        "autoContinue": bool(item.autocontinue),
        "command": int(item.command),
        "doJumpId": item.seq + 1,
        "frame": FRAME_RELATIVE_ALT if has_place else FRAME_MISSION,
        "params": [_number(value) for value in (item.p1, item.p2, item.p3, item.p4, fifth, sixth, item.z)],
    }
    if has_place:
        simple |= {"Altitude": item.z, "AltitudeMode": RELATIVE_ALTITUDE, "AMSLAltAboveTerrain": None}
    return simple


def _number(value: float) -> float | None:
    return None if isnan(value) else value
