"""Takes in findings and pictures, merges findings into incidents, and lets people review."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from ground_station.database import after_commit, hold_lock
from ground_station.findings.cells import cells_near
from ground_station.findings.evidence_store import EvidenceStore
from ground_station.findings.jpeg import NotJpeg, jpeg_size
from ground_station.findings.merging import OPEN_STATES, place, same_matter, sighting_of_finding, take, takes
from ground_station.findings.plausibility import Plausibility
from ground_station.findings.proof import judge
from ground_station.findings.reading import finding_out, incident_out
from ground_station.findings.repository import FindingRepository
from ground_station.findings.schemas import Review
from ground_station.findings.tables import EvidenceRow, FindingRow, IncidentRow
from ground_station.ports import Clock, LiveEvent, Publish
from missions.catalog.jurisdiction import sub_district_of
from missions.district import Category, DetectorClass, District
from missions.errors import Conflict, InvalidInput, NotFound
from missions.finding import Finding
from missions.incident import IncidentState
from missions.noun import new_id

logger = logging.getLogger(__name__)


class OpenWorkOrder(Protocol):
    """Opens the work order of an incident that is confirmed."""

    def __call__(self, session: Session, incident: IncidentRow) -> str:
        """The work order's id."""


class KnowsFlight(Protocol):
    """Tells whether the ground has such a flight of that drone."""

    def __call__(self, session: Session, flight_id: str, drone_id: str) -> bool:
        """Whether it has."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What findings need of the other rooms."""

    open_work_order: OpenWorkOrder
    knows_flight: KnowsFlight


def is_unsure(confidence: float, bound: float) -> bool:
    """Whether a finding waits for a person; with a bound of 1 (the model cannot be sure enough of the class) it always does."""
    return confidence < bound or bound >= 1.0


class FindingService:
    """Findings and incidents of one district."""

    def __init__(
        self, district: District, clock: Clock, store: EvidenceStore, publish: Publish, neighbours: Neighbours
    ) -> None:
        self._district = district
        self._clock = clock
        self._publish = publish
        self._open_work_order = neighbours.open_work_order
        self._knows_flight = neighbours.knows_flight
        self.store = store
        self._plausibility = Plausibility(district)

    def take_picture(self, session: Session, drone_id: str, digest: str, content: bytes) -> None:
        """Keeps a picture under its SHA-256; raises InvalidInput where it is not what it is said to be."""
        if sha256(content).hexdigest() != digest:
            raise InvalidInput("evidence", "sha256", "is not that of the content")
        try:
            size = jpeg_size(content)
        except NotJpeg as error:
            raise InvalidInput("evidence", "payload", str(error)) from error
        self.store.put(digest, content)
        rows = self._rows(session)
        if rows.evidence(digest) is None:
            judged = judge(content)
            if judged.integrity == "altered":
                logger.warning("evidence %s of %s is not as it was signed: %s", digest, drone_id, "; ".join(judged.reasons))
            rows.add(
                EvidenceRow(
                    sha256=digest,
                    district_id=self._district.id,
                    drone_id=drone_id,
                    size_bytes=len(content),
                    width_px=size.width_px,
                    height_px=size.height_px,
                    received_at=self._clock(),
                    integrity=judged.integrity,
                    faults="\n".join(judged.reasons),
                    record=judged.record,
                    shows_people=judged.record is not None and judged.record.mask.shows_people,
                )
            )

    def picture(self, session: Session, digest: str) -> Path:
        """The file of a picture that the store has; raises NotFound."""
        path = self.store.path(digest)
        if self._rows(session).evidence(digest) is None or not path.is_file():
            raise NotFound(f"there is no evidence '{digest}'")
        return path

    def take_finding(self, session: Session, finding: Finding) -> bool:
        """Records a finding and merges it into an incident; tells whether it was new. Raises InvalidInput."""
        category, kind = self._check(finding)
        hold_lock(session, f"matters {self._district.id} {finding.class_key}")
        rows = self._rows(session)
        known = rows.finding(finding.id)
        if known is not None:
            if known.drone_id != finding.drone_id:
                raise InvalidInput("finding", "id", f"'{finding.id}' was raised by {known.drone_id} already")
            return False
        incident = self._merge(session, finding, category, kind)
        row = self._row(finding, incident)
        rows.add(row)
        self._tell("finding", finding_out(row).model_dump_json(), session, row.department_id)
        self._confirm_if_sure(session, incident, finding, kind)
        self._announce(session, incident)
        logger.info("finding %s of %s is incident %s (%s)", finding.id, finding.drone_id, incident.id, incident.state)
        return True

    def review(self, session: Session, id: str, review: Review, by: str) -> IncidentRow:
        """A person's decision; raises NotFound, Conflict where nothing waits for one, InvalidInput without a reason."""
        incident = self._rows(session).incident(id, for_update=True)
        if incident is None:
            raise NotFound(f"there is no incident '{id}'")
        if incident.state != IncidentState.AWAITING_REVIEW:
            raise Conflict(f"incident {id} is {incident.state}: it does not wait for a review")
        if review.verdict == "dismiss" and not review.reason.strip():
            raise InvalidInput("review", "body.reason", "a dismissal needs a reason")
        incident.reviewed_by, incident.reviewed_at = by, self._clock()
        incident.review_reason = review.reason.strip()
        if review.verdict == "dismiss":
            incident.state, incident.ended_at = IncidentState.DISMISSED, self._clock()
        else:
            self._confirm(session, incident)
        self._announce(session, incident)
        return incident

    def _rows(self, session: Session) -> FindingRepository:
        return FindingRepository(session, self._district.id)

    def _check(self, finding: Finding) -> tuple[Category, DetectorClass]:
        category = self._district.category_of_class.get(finding.class_key)
        if category is None:
            raise InvalidInput("finding", "class_key", f"'{finding.class_key}' is not in the catalogue")
        if category.key != finding.category:
            raise InvalidInput(
                "finding", "category", f"'{finding.class_key}' belongs to {category.key}, not {finding.category}"
            )
        for key, limit in (("id", 64), ("flight_id", 64)):
            value = getattr(finding, key)
            if not 1 <= len(value) <= limit:
                raise InvalidInput("finding", key, f"has {len(value)} characters; 1 to {limit} are allowed")
        self._plausibility.check(finding, self._clock())
        return category, self._district.detector_classes[finding.class_key]

    def _merge(self, session: Session, finding: Finding, category: Category, kind: DetectorClass) -> IncidentRow:
        rows = self._rows(session)
        cells = cells_near(finding.position, kind.extent_m, finding.ellipse.semi_major_m)
        same = same_matter(finding, rows.near(finding.class_key, cells), kind.extent_m)
        taking = sorted((row for row in same if takes(row, finding)), key=lambda row: row.state not in OPEN_STATES)
        if taking:
            take(taking[0], finding)
            return taking[0]
        incident = self._new_incident(finding, category, same)
        rows.add(incident)
        return incident

    def _new_incident(self, finding: Finding, category: Category, earlier: Sequence[IncidentRow]) -> IncidentRow:
        latest = max(earlier, key=lambda row: row.last_seen_at, default=None)
        sub_district = sub_district_of(self._district, finding.position)
        incident = IncidentRow(
            id=new_id(),
            district_id=self._district.id,
            class_key=finding.class_key,
            category=category.key,
            department_id=category.department_id,
            sub_district_id=sub_district.id if sub_district else None,
            state=IncidentState.AWAITING_REVIEW,
            confidence=finding.confidence,
            findings=1,
            first_seen_at=finding.first_seen_at,
            last_seen_at=finding.last_seen_at,
            evidence_sha256=finding.evidence_sha256,
            earlier_incident_id=latest.id if latest else None,
            review_reason="",
            review_below=None,
        )
        place(incident, sighting_of_finding(finding))
        return incident

    def _confirm_if_sure(self, session: Session, incident: IncidentRow, finding: Finding, kind: DetectorClass) -> None:
        """Confirms by a finding that is sure enough for its class; where people have dismissed the same, they decide again.

        A finding of a flight that is not known here is kept, since an aircraft may deliver what it saw on a flight that the
        ground has lost with its database, and nobody could get back what is refused. But nothing vouches for it: it waits for
        a person, with that reason, and confirms nothing by itself.
        """
        if incident.state != IncidentState.AWAITING_REVIEW:
            return
        if not self._knows_flight(session, finding.flight_id, finding.drone_id):
            incident.review_reason = f"{finding.drone_id} found it on flight '{finding.flight_id}', which is not known here"
            return
        bound = max(kind.review_below, finding.review_below or 0.0)
        if is_unsure(finding.confidence, bound):
            incident.review_below = bound if incident.review_below is None else min(bound, incident.review_below)
            return
        earlier = self._rows(session).incident(incident.earlier_incident_id) if incident.earlier_incident_id else None
        if earlier is None or earlier.state != IncidentState.DISMISSED:
            incident.review_reason = ""
            self._confirm(session, incident)

    def _confirm(self, session: Session, incident: IncidentRow) -> None:
        incident.state = IncidentState.CONFIRMED
        session.flush()
        incident.work_order_id = self._open_work_order(session, incident)

    def _row(self, finding: Finding, incident: IncidentRow) -> FindingRow:
        return FindingRow(
            id=finding.id,
            district_id=self._district.id,
            incident_id=incident.id,
            flight_id=finding.flight_id,
            drone_id=finding.drone_id,
            class_key=finding.class_key,
            department_id=incident.department_id,
            last_seen_at=finding.last_seen_at,
            received_at=self._clock(),
            evidence_sha256=finding.evidence_sha256,
            finding=finding,
        )

    def _announce(self, session: Session, incident: IncidentRow) -> None:
        self._tell("incident", incident_out(incident).model_dump_json(), session, incident.department_id)

    def _tell(self, name: str, data: str, session: Session, department_id: str) -> None:
        event = LiveEvent(name, data, department_id)
        after_commit(session, lambda: self._publish(event))
