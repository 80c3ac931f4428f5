"""Opens work orders for confirmed incidents, and takes their steps."""

import logging
from collections.abc import Iterable

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from ground_station.access.permissions import ACTIONS, Role
from ground_station.access.service import Principal
from ground_station.database import after_commit
from ground_station.findings.reading import incident_out
from ground_station.findings.repository import FindingRepository
from ground_station.findings.tables import IncidentRow
from ground_station.paging import Page, PageRequest, before_cursor, make_cursor
from ground_station.ports import Clock, LiveEvent, Publish
from ground_station.work_orders.repository import WorkOrderRepository, order_of
from ground_station.work_orders.schemas import NewAction, WorkOrderOut
from ground_station.work_orders.tables import WorkOrderRow
from ground_station.work_orders.verification import AWAITING, verification_of
from missions.demand import Demand
from missions.district import District
from missions.errors import Forbidden, NotFound
from missions.incident import IncidentState
from missions.noun import new_id
from missions.work_order import Action, Phase, WorkOrder, act, allowed_actions
from missions.working_time import due_at

logger = logging.getLogger(__name__)

SYSTEM = "system"
_ENDS = {Phase.EVALUATION, Phase.CLOSED}
"""Phases behind the closing of the case: what is seen at the place from then on is a new incident."""


class WorkOrderService:
    """Work orders of one district."""

    def __init__(self, district: District, clock: Clock, publish: Publish) -> None:
        self._district = district
        self._clock = clock
        self._publish = publish

    def open_for(self, session: Session, incident: IncidentRow) -> str:
        """A new work order for a confirmed incident, filed and sent to the lead department by the system; its id."""
        now = self._clock()
        category = self._district.category(incident.category)
        order = WorkOrder(
            id=new_id(),
            incident_id=incident.id,
            district_id=self._district.id,
            category=category.key,
            department_id=category.department_id,
            sub_district_id=incident.sub_district_id,
            phase=Phase.COLLECTION,
            opened_at=now,
            due_at=due_at(now, category.limit_for(incident.class_key)),
        )
        order = act(order, Action.FILE, by=SYSTEM, at=now)
        order = act(order, Action.DISPATCH, by=SYSTEM, at=now)
        row = self._rows(session).add(order)
        incident.work_order_id = row.id
        logger.info("work order %s for incident %s: %s, due %s", row.id, incident.id, row.department_id, row.due_at)
        self._announce(session, row, incident)
        return row.id

    def act(self, session: Session, id: str, new: NewAction, principal: Principal) -> WorkOrderOut:
        """Takes a step; raises NotFound, Forbidden for the wrong role, Conflict for the wrong phase, InvalidInput."""
        row = self._row(session, id, principal, for_update=True)
        if not principal.may_act(new.action):
            raise Forbidden(f"'{principal.name}' is a {principal.role} and may not '{new.action}' a work order")
        order = act(
            order_of(row),
            new.action,
            by=principal.name,
            at=self._clock(),
            reason=new.reason,
            extend_hours=new.extend_hours,
        )
        self._rows(session).update(row, order)
        logger.info("work order %s: '%s' by %s, now %s", id, new.action, principal.name, order.phase)
        incident = self._incident(session, row)
        if order.phase in _ENDS and incident.ended_at is None:
            self._end(session, incident, IncidentState.DISMISSED if new.action is Action.DISMISS else IncidentState.CLOSED)
        self._announce(session, row, incident)
        return _out(row, incident, principal.role)

    def to_verify(self, session: Session) -> list[Demand]:
        """A demand for each work order that was reported done and waits for its verification: a look at its place."""
        rows = self._rows(session).in_phases(AWAITING)
        incidents = FindingRepository(session, self._district.id).incidents([row.incident_id for row in rows])
        known = [(order_of(row), incidents[row.incident_id]) for row in rows if row.incident_id in incidents]
        return [verification_of(order, incident, self._district) for order, incident in known]

    def page(
        self, session: Session, request: PageRequest, principal: Principal, conditions: Iterable[ColumnElement[bool]]
    ) -> Page[WorkOrderOut]:
        """Work orders that the caller may see, latest opened first."""
        where = [*conditions, *before_cursor(request.cursor, WorkOrderRow.opened_at, WorkOrderRow.id)]
        if principal.department_id is not None:
            where.append(WorkOrderRow.department_id == principal.department_id)
        found = self._rows(session).page(where, request.limit + 1)
        shown = found[: request.limit]
        incidents = FindingRepository(session, self._district.id).incidents([row.incident_id for row in shown])
        cursor = make_cursor(shown[-1].opened_at, shown[-1].id) if len(found) > request.limit else None
        return Page(items=[_out(row, incidents[row.incident_id], principal.role) for row in shown], next_cursor=cursor)

    def get(self, session: Session, id: str, principal: Principal) -> WorkOrderOut:
        """A work order; raises NotFound, for one that the caller may not see too."""
        row = self._row(session, id, principal)
        return _out(row, self._incident(session, row), principal.role)

    def _rows(self, session: Session) -> WorkOrderRepository:
        return WorkOrderRepository(session, self._district.id)

    def _row(self, session: Session, id: str, principal: Principal, *, for_update: bool = False) -> WorkOrderRow:
        row = self._rows(session).get(id, for_update=for_update)
        if row is None or not principal.sees(row.department_id):
            raise NotFound(f"there is no work order '{id}'")
        return row

    def _incident(self, session: Session, row: WorkOrderRow) -> IncidentRow:
        incident = FindingRepository(session, self._district.id).incident(row.incident_id)
        if incident is None:
            raise NotFound(f"work order {row.id} has lost its incident '{row.incident_id}'")
        return incident

    def _end(self, session: Session, incident: IncidentRow, state: IncidentState) -> None:
        incident.state, incident.ended_at = state, self._clock()
        event = LiveEvent("incident", incident_out(incident).model_dump_json(), incident.department_id)
        after_commit(session, lambda: self._publish(event))

    def _announce(self, session: Session, row: WorkOrderRow, incident: IncidentRow) -> None:
        data = {role.value: _out(row, incident, role).model_dump_json() for role in Role}
        event = LiveEvent("work_order", data, row.department_id)
        after_commit(session, lambda: self._publish(event))


def _out(row: WorkOrderRow, incident: IncidentRow, role: Role) -> WorkOrderOut:
    order = order_of(row)
    allowed = [action for action in allowed_actions(order.phase) if action in ACTIONS[role]]
    return WorkOrderOut(**dict(order), allowed_actions=allowed, incident=incident_out(incident))
