"""Schedules and statements over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi import Path as PathParameter

from ground_station.access.guard import Looker, Planner, ReadSession
from ground_station.parts import TheDistrict, given
from ground_station.scheduling.schemas import (
    DueCount,
    NewSchedule,
    Replan,
    ReplanOut,
    ScheduleOut,
)
from ground_station.scheduling.service import ScheduleService
from missions.accounting import DepartmentStatement, statement_csv

router = APIRouter(tags=["scheduling"])
TheSchedules = Annotated[ScheduleService, Depends(given(ScheduleService))]
Day = Annotated[date, PathParameter(description="YYYY-MM-DD")]
First = Annotated[date, Query(alias="from", description="first day")]
Last = Annotated[date, Query(alias="until", description="last day, included")]


@router.post("/schedules", status_code=201)
def plan_day(body: NewSchedule, principal: Planner, schedules: TheSchedules) -> ScheduleOut:
    """Plans a day and puts the plan in force; a better one takes its place when it is found (event `schedule`)."""
    return schedules.plan(body, principal.name)


@router.get("/schedules/{day}")
def get_schedule(day: Day, principal: Looker, schedules: TheSchedules, session: ReadSession) -> ScheduleOut:
    """The schedule in force on a day."""
    return schedules.get(session, day)


@router.post("/schedules/{day}/replan")
def replan_day(day: Day, body: Replan, principal: Planner, schedules: TheSchedules) -> ReplanOut:
    """What a change would do to the rest of the day; in force only where it is confirmed."""
    return schedules.replan(day, body, principal.name)


@router.get("/schedules/{day}/due")
def due_on_day(day: Day, principal: Looker, schedules: TheSchedules, session: ReadSession) -> list[DueCount]:
    """Due and overdue inspections by department and category."""
    return schedules.due(session, day)


@router.get("/statements")
def list_statements(
    first: First, last: Last, principal: Looker, schedules: TheSchedules, session: ReadSession
) -> list[DepartmentStatement]:
    """What each department bears of the flights of a period (Shapley value); a department sees its own line."""
    found = schedules.statements(session, first, last)
    return [one for one in found if principal.sees(one.department_id)]


@router.get("/statements.csv", response_class=Response)
def statements_csv(
    first: First, last: Last, principal: Looker, schedules: TheSchedules, session: ReadSession, district: TheDistrict
) -> Response:
    """The same as CSV, for a spreadsheet."""
    found = [one for one in schedules.statements(session, first, last) if principal.sees(one.department_id)]
    text = statement_csv(found, district)
    headers = {"Content-Disposition": f'attachment; filename="statement-{first}-{last}.csv"'}
    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers=headers)
