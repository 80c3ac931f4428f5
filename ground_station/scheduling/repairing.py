"""A schedule repaired and gated by the independent checker."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from missions.checking import Violation, check_schedule
from missions.demand import Demand, DemandOrigin
from missions.district import District
from missions.errors import Conflict, InvalidInput
from missions.geometry import GeoPoint
from missions.ground import Ground
from missions.noun import new_id
from missions.planning.footprint import ground_footprint
from missions.planning.limits import Infeasible
from missions.route import Frequency, Route, WaypointList
from missions.schedule import Schedule
from missions.scheduling.registration import register
from missions.scheduling.repair import Change, Repaired, Urgent, repair

URGENT_PRIORITY = 5


@dataclass(frozen=True, slots=True)
class Replanned:
    """The repaired schedule with what the checker says of it."""

    repaired: Repaired
    urgent: tuple[Urgent, ...]
    violations: tuple[Violation, ...]
    replan_s: float
    waiting_flights: int

    def figures(self) -> dict[str, Any]:
        """For a report."""
        moved = len(self.repaired.moved) + len(self.repaired.dropped)
        return {
            "replan_s": round(self.replan_s, 2),
            "moved_ratio": round(moved / self.waiting_flights, 4) if self.waiting_flights else 0.0,
            "violations": len(self.violations),
            "arrivals": {id: at.isoformat() for id, at in self.repaired.arrivals.items()},
        }


def replan_and_check(
    schedule: Schedule, change: Change, district: District, routes: Sequence[Route] = (), ground: Ground | None = None
) -> Replanned:
    """Repairs the schedule after a change. What flights under way broke before is not held against the repair.

    `routes` are those that the catalogue does not have. Raises Conflict where no drone can reach an urgent place.
    """
    began_s = time.monotonic()
    repaired = repair(schedule, change, district, routes, ground)
    known = (*district.routes, *routes, *(one.route for one in change.urgent))
    violations = _new_violations(schedule, repaired.schedule, district.model_copy(update={"routes": known}), ground)
    waiting = sum(flight.takes_off_at > change.at for flight in schedule.flights)
    if change.urgent and not repaired.arrivals:
        raise Conflict("no drone can reach the place today")
    return Replanned(repaired, tuple(change.urgent), tuple(violations), time.monotonic() - began_s, waiting)


def _new_violations(before: Schedule, after: Schedule, district: District, ground: Ground | None) -> list[Violation]:
    """What the checker has against the repaired day, without what flights under way have come to by themselves."""
    found = check_schedule(after, district, ground)
    if not found:
        return []
    known = {(one.rule, one.subject) for one in check_schedule(before, district, ground)}
    return [one for one in found if (one.rule, one.subject) not in known]


def urgent_at(place: GeoPoint, category: str, district: District, at: datetime) -> Urgent:
    """A demand for one look at a place now, with its route. Raises NotFound, or InvalidInput with the reasons against it."""
    kind = district.category(category)
    camera = district.aircraft_types[0].camera
    demand = Demand(
        id=f"urgent-{new_id()[:8]}",
        department_id=kind.department_id,
        category=category,
        geometry=WaypointList(points=(place,)),
        frequency=Frequency(times=0, per="on_call"),
        origin=DemandOrigin.EVENT,
        max_sample_m=ground_footprint(camera, kind.height_m, kind.camera.pitch_deg).sample_m,
        steepest_deg=kind.camera.pitch_deg,
        flattest_deg=max(kind.camera.pitch_deg, -30.0),
        priority=URGENT_PRIORITY,
    )
    route = register(demand, district, at)
    if isinstance(route, Infeasible):
        raise InvalidInput("urgent", "place", str(route))
    return Urgent(demand, route)
