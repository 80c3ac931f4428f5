"""What a demonstration came to: the world's truth against what the ground station has in its database."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from pydantic import BaseModel

from missions.district import District
from missions.finding import Finding
from missions.flight import Flight, FlightState
from missions.geometry import GeoPoint
from missions.incident import Incident, IncidentState

MIN_FRAMES_IN_VIEW = 3
"""A matter counts as in view of a flight when it was whole in at least this many of its frames."""

MATCH_M = 12.0
"""A report belongs to a planted matter of its class when it lies no further from it than this, or the class's extent."""


class PositionError(BaseModel):
    """Distances between incidents and the matters they stand for, in metres."""

    median: float | None
    p90: float | None


class Report(BaseModel):
    """The figures of one demonstration. Every one is computed from the truth and the database; none is assumed.

    A false finding may still be kept from becoming a false work order: by waiting for review.
    """

    flights_flown: int
    routes_flown: int
    categories_covered: int
    matters_in_view: int
    matters_found: int
    false_findings: int
    incidents: int
    work_orders: int
    false_work_orders: int
    awaiting_review: int
    wrong_department: int
    duplicate_work_orders: int
    position_error_m: PositionError
    seconds_to_first_work_order: float | None
    seconds: float
    peak_memory_mb: float
    restarts: int
    missed: list[str]

    @property
    def failures(self) -> list[str]:
        """The bars that were not reached; empty when the demonstration succeeded."""
        return [
            text
            for text, broken in (
                ("no flight was flown", self.flights_flown == 0),
                ("no matter was in view", self.matters_in_view == 0),
                ("fewer than 90 % of the matters in view became a work order", self.matters_found < 0.9 * self.matters_in_view),
                ("more than one in ten work orders is false", self.false_work_orders > 0.1 * self.work_orders),
                ("more than one in ten work orders is at the wrong department", self.wrong_department > 0.1 * self.work_orders),
                ("a matter has more than one work order", self.duplicate_work_orders > 0),
                ("the median position error is 3 m or more", (self.position_error_m.median or 0.0) >= 3.0),
            )
            if broken
        ]


@dataclass(frozen=True, slots=True)
class PlantedMatter:
    """The truth: a matter's class and place."""

    id: str
    class_key: str
    position: GeoPoint


@dataclass(frozen=True, slots=True)
class OrderOnFile:
    """A work order as the ground station has it: whom it is addressed to and which incident it follows."""

    id: str
    incident_id: str
    department_id: str


@dataclass(frozen=True, slots=True)
class Records:
    """All that the ground station's database says of a demonstration."""

    flights: Sequence[Flight]
    findings: Sequence[Finding]
    incidents: Sequence[Incident]
    work_orders: Sequence[OrderOnFile]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured from outside while it ran."""

    seconds_to_first_work_order: float | None
    seconds: float
    peak_memory_mb: float
    restarts: int


def matters_in_view(views: Iterable[Path], flights: Sequence[Flight], matters: Sequence[PlantedMatter]) -> set[str]:
    """Ids of the matters that were whole in enough frames of a camera whose flights look for their class.

    `views` are the cameras' logs, named `<drone id>.jsonl`, a line a frame: `{"time_boot_ms": ..., "matters": {id: box}}`.
    """
    class_of = {matter.id: matter.class_key for matter in matters}
    wanted: dict[str, set[str]] = defaultdict(set)
    for flight in flights:
        wanted[flight.plan.drone_id] |= set(flight.plan.classes)
    seen: set[str] = set()
    for path in views:
        frames = Counter(id for line in path.read_text().splitlines() for id in json.loads(line)["matters"])
        seen |= {id for id, n in frames.items() if n >= MIN_FRAMES_IN_VIEW and class_of.get(id) in wanted[path.stem]}
    return seen


def nearest_matter(
    class_key: str, position: GeoPoint, matters: Sequence[PlantedMatter], district: District
) -> tuple[PlantedMatter, float] | None:
    """The planted matter that a report stands for, with its distance in metres; None where there is none: a false report."""
    reach_m = max(MATCH_M, district.detector_classes[class_key].extent_m)
    near = [(matter, matter.position.distance_m(position)) for matter in matters if matter.class_key == class_key]
    within = [(matter, distance_m) for matter, distance_m in near if distance_m <= reach_m]
    return min(within, key=lambda pair: pair[1], default=None)


def compute(
    district: District, matters: Sequence[PlantedMatter], in_view: set[str], records: Records, measured: Measured
) -> Report:
    """The report."""
    incident_of = {incident.id: incident for incident in records.incidents}
    orders_of: Counter[str] = Counter()
    found: set[str] = set()
    errors_m: list[float] = []
    wrong = 0
    for order in records.work_orders:
        incident = incident_of[order.incident_id]
        match = nearest_matter(incident.class_key, incident.position, matters, district)
        if match is None:
            continue
        matter, distance_m = match
        orders_of[matter.id] += 1
        errors_m.append(distance_m)
        right = order.department_id == district.category_of_class[matter.class_key].department_id
        wrong += not right
        if right:
            found.add(matter.id)
    flown = [flight for flight in records.flights if flight.state is FlightState.COMPLETED]
    false = [f for f in records.findings if nearest_matter(f.class_key, f.position, matters, district) is None]
    once = {id for id in found if orders_of[id] == 1}
    return Report(
        flights_flown=len(flown),
        routes_flown=sum(len(flight.legs_completed) for flight in flown),
        categories_covered=len({category for flight in flown for category in flight.plan.categories}),
        matters_in_view=len(in_view),
        matters_found=len(once & in_view),
        false_findings=len(false),
        incidents=len(records.incidents),
        work_orders=len(records.work_orders),
        false_work_orders=len(records.work_orders) - len(errors_m),
        awaiting_review=sum(incident.state is IncidentState.AWAITING_REVIEW for incident in records.incidents),
        wrong_department=wrong,
        duplicate_work_orders=sum(n - 1 for n in orders_of.values() if n > 1),
        position_error_m=_errors(errors_m),
        seconds_to_first_work_order=_rounded(measured.seconds_to_first_work_order),
        seconds=round(measured.seconds, 1),
        peak_memory_mb=round(measured.peak_memory_mb),
        restarts=measured.restarts,
        missed=sorted(f"{matter.class_key} ({matter.id})" for matter in matters if matter.id in in_view - once),
    )


def _errors(errors_m: Sequence[float]) -> PositionError:
    if not errors_m:
        return PositionError(median=None, p90=None)
    p90 = quantiles(errors_m, n=10, method="inclusive")[8] if len(errors_m) > 1 else errors_m[0]
    return PositionError(median=round(median(errors_m), 2), p90=round(p90, 2))


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
