"""Schedules over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi import Path as PathParameter

from ground_station.access.guard import Dispatcher, Looker, Planner, ReadSession
from ground_station.flights.schemas import FlightOut
from ground_station.parts import given
from ground_station.scheduling.dispatching import ScheduleDispatcher
from ground_station.scheduling.schemas import (
    DueCount,
    NewSchedule,
    Replan,
    ReplanOut,
    ScheduleOut,
)
from ground_station.scheduling.service import ScheduleService

router = APIRouter(tags=["scheduling"])
TheSchedules = Annotated[ScheduleService, Depends(given(ScheduleService))]
TheDispatcher = Annotated[ScheduleDispatcher, Depends(given(ScheduleDispatcher))]
Day = Annotated[date, PathParameter(description="YYYY-MM-DD")]


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


@router.post("/schedules/{day}/flights/{flight_id}/dispatch", status_code=201)
def dispatch_scheduled_flight(
    day: Day,
    flight_id: Annotated[str, PathParameter(max_length=64)],
    principal: Dispatcher,
    dispatcher: TheDispatcher,
) -> FlightOut:
    """Sends a flight of the schedule to its aircraft, as it stands there; 409 names what it would break by now."""
    return dispatcher.dispatch(day, flight_id, principal.name)


@router.get("/schedules/{day}/due")
def due_on_day(day: Day, principal: Looker, schedules: TheSchedules, session: ReadSession) -> list[DueCount]:
    """Due and overdue inspections by department and category."""
    return schedules.due(session, day)
