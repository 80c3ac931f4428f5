"""Work orders in the database."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ground_station.work_orders.tables import StepRow, WorkOrderRow
from missions.work_order import Action, Phase, Step, WorkOrder


class WorkOrderRepository:
    """What is asked of the work orders of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def get(self, id: str, *, for_update: bool = False) -> WorkOrderRow | None:
        """The work order with that id."""
        query = select(WorkOrderRow).where(WorkOrderRow.id == id, WorkOrderRow.district_id == self._district_id)
        return self._session.scalar(query.with_for_update() if for_update else query)

    def page(self, conditions: Iterable[ColumnElement[bool]], limit: int) -> list[WorkOrderRow]:
        """Work orders that fulfil the conditions, latest opened first."""
        query = select(WorkOrderRow).where(WorkOrderRow.district_id == self._district_id, *conditions)
        return list(self._session.scalars(query.order_by(WorkOrderRow.opened_at.desc(), WorkOrderRow.id.desc()).limit(limit)))

    def in_phases(self, phases: Iterable[Phase]) -> list[WorkOrderRow]:
        """Work orders in these phases, oldest first."""
        query = select(WorkOrderRow).where(WorkOrderRow.district_id == self._district_id, WorkOrderRow.phase.in_(list(phases)))
        return list(self._session.scalars(query.order_by(WorkOrderRow.opened_at, WorkOrderRow.id)))

    def add(self, order: WorkOrder) -> WorkOrderRow:
        """Keeps a new work order with its steps."""
        row = WorkOrderRow(
            id=order.id,
            district_id=order.district_id,
            incident_id=order.incident_id,
            category=order.category,
            department_id=order.department_id,
            sub_district_id=order.sub_district_id,
            phase=order.phase,
            opened_at=order.opened_at,
            due_at=order.due_at,
            steps=[_step_row(order, number) for number in range(len(order.steps))],
        )
        self._session.add(row)
        self._session.flush()
        return row

    def update(self, row: WorkOrderRow, order: WorkOrder) -> None:
        """Writes what a step has changed, and the step."""
        row.phase, row.due_at = order.phase, order.due_at
        row.steps.extend(_step_row(order, number) for number in range(len(row.steps), len(order.steps)))
        self._session.flush()


def order_of(row: WorkOrderRow) -> WorkOrder:
    """The noun of a row."""
    return WorkOrder(
        id=row.id,
        incident_id=row.incident_id,
        district_id=row.district_id,
        category=row.category,
        department_id=row.department_id,
        sub_district_id=row.sub_district_id,
        phase=Phase(row.phase),
        opened_at=row.opened_at,
        due_at=row.due_at,
        steps=tuple(_step_of(step) for step in row.steps),
    )


def _step_of(row: StepRow) -> Step:
    return Step(
        at=row.at,
        by=row.by,
        action=Action(row.action),
        before=Phase(row.before) if row.before else None,
        after=Phase(row.after),
        reason=row.reason,
    )


def _step_row(order: WorkOrder, number: int) -> StepRow:
    step = order.steps[number]
    return StepRow(
        work_order_id=order.id,
        number=number,
        district_id=order.district_id,
        at=step.at,
        by=step.by,
        action=step.action,
        before=step.before,
        after=step.after,
        reason=step.reason,
    )
