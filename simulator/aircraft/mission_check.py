"""Whether the stored mission may be flown: PX4's feasibility checks, and the moments they take after an upload."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.aircraft.geofence import Geofence
from simulator.aircraft.mission_item import Cmd, Item, Kind
from simulator.aircraft.mission_store import Store
from simulator.aircraft.parameters import Parameters
from simulator.aircraft.site import Site

CHECK_TAKES_S = 3.0
"""Autopilot seconds after the last upload until the mission mode is available (seen with PX4 v1.17's SITL)."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    ids: tuple[int, ...]
    problem: str


class MissionCheck:
    """Checks what is stored, once for each content."""

    def __init__(self, parameters: Parameters, site: Site) -> None:
        self._parameters = parameters
        self._site = site
        self._verdict: _Verdict | None = None

    def problem(self, store: Store, unchanged_s: float) -> str:
        """Why the mission mode is not available `unchanged_s` after the last upload; empty where it is."""
        if not store[Kind.MISSION]:
            return "No valid mission available"
        if unchanged_s < CHECK_TAKES_S:
            return "Mission is being checked"
        ids = tuple(store.id_of(kind) for kind in Kind)
        if self._verdict is None or self._verdict.ids != ids:
            self._verdict = _Verdict(ids, self._check(store[Kind.MISSION], store[Kind.FENCE]))
        return self._verdict.problem

    def _check(self, items: Sequence[Item], fence_items: Sequence[Item]) -> str:
        fence = Geofence(fence_items, self._site.frame)
        if fence.problem:
            return f"Geofence invalid: {fence.problem}"
        places = [item for item in items if item.has_place]
        if not places:
            return "Mission rejected: no item to fly to"
        for item in places:
            place = self._site.place_of(item)
            if not fence.allows(place) and item.command != Cmd.TAKEOFF:
                return f"Mission rejected: waypoint {item.seq} is outside the geofence"
        first_m = self._site.place_of(places[0]).minus(self._site.home).horizontal
        if 0 < self._parameters["MIS_DIST_1WP"] < first_m:
            return f"Mission rejected: first waypoint {first_m:.0f} m away, more than MIS_DIST_1WP"
        return ""
