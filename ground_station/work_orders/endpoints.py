"""Work orders over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi import Path as PathParameter
from sqlalchemy import ColumnElement

from ground_station.access.guard import CaseReader, Handler, ReadSession, WriteSession
from ground_station.paging import Page, Paging
from ground_station.parts import given
from ground_station.work_orders.schemas import NewAction, WorkOrderOut
from ground_station.work_orders.service import WorkOrderService
from ground_station.work_orders.tables import WorkOrderRow
from missions.work_order import Phase

router = APIRouter(tags=["work orders"])
Id = Annotated[str, PathParameter(max_length=64)]
TheWorkOrders = Annotated[WorkOrderService, Depends(given(WorkOrderService))]


@router.get("/work-orders")
def list_work_orders(
    principal: CaseReader,
    work_orders: TheWorkOrders,
    session: ReadSession,
    paging: Paging,
    phase: Phase | None = None,
) -> Page[WorkOrderOut]:
    """Work orders, latest opened first; a department sees its own."""
    conditions: list[ColumnElement[bool]] = [WorkOrderRow.phase == phase] if phase is not None else []
    return work_orders.page(session, paging, principal, conditions)


@router.get("/work-orders/{work_order_id}")
def get_work_order(work_order_id: Id, principal: CaseReader, work_orders: TheWorkOrders, session: ReadSession) -> WorkOrderOut:
    """One work order with its steps."""
    return work_orders.get(session, work_order_id, principal)


@router.post("/work-orders/{work_order_id}/actions")
def act_on_work_order(
    work_order_id: Id, body: NewAction, principal: Handler, work_orders: TheWorkOrders, session: WriteSession
) -> WorkOrderOut:
    """Takes a step through the phases."""
    return work_orders.act(session, work_order_id, body, principal)
