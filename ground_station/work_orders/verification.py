"""What has to be looked at again before a work order can be closed."""

from ground_station.findings.tables import IncidentRow
from missions.demand import Demand, DemandOrigin
from missions.district import District
from missions.geometry import GeoPoint
from missions.planning.footprint import ground_footprint
from missions.route import Frequency, WaypointList
from missions.scheduling.fitting import coarsest_camera
from missions.scheduling.standing import HIGHEST_OBLIQUE_DEG
from missions.work_order import Action, Phase, WorkOrder

AWAITING = frozenset({Phase.FEEDBACK, Phase.VERIFICATION})
"""Reported done, and not passed or rejected yet."""

PRIORITY = 4
"""Somebody waits for it, and the time limit runs."""


def verification_of(order: WorkOrder, incident: IncidentRow, district: District) -> Demand:
    """One look at the place of a work order that was reported done: from its category's height or lower, at any angle that is
    not flat, so that a flight that passes may serve. Each report has a demand of its own: what was rejected is looked at anew.
    """
    reports = sum(step.action is Action.REPORT_DONE for step in order.steps)
    height_m = district.category(order.category).height_m
    return Demand(
        id=f"verify-{order.id}-{reports}",
        department_id=order.department_id,
        category=order.category,
        geometry=WaypointList(points=(GeoPoint(lat_deg=incident.lat_deg, lon_deg=incident.lon_deg),)),
        frequency=Frequency(times=0, per="on_call"),
        origin=DemandOrigin.WORK_ORDER,
        max_sample_m=ground_footprint(coarsest_camera(district.aircraft_types), height_m).sample_m,
        flattest_deg=HIGHEST_OBLIQUE_DEG,
        priority=PRIORITY,
        note=f"verify work order {order.id}",
    )
