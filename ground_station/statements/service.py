"""Statements of a period's schedules in force, and the comparison with flying department by department."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy.orm import Session

from ground_station.access.service import Principal
from ground_station.database import Database, after_commit
from ground_station.flights.repository import FlightRepository
from ground_station.ports import Clock, LiveEvent, Publish
from ground_station.scheduling.actual_day import flown_day
from ground_station.scheduling.repository import ScheduleRepository
from ground_station.scheduling.tables import ScheduleRow
from ground_station.statements.repository import ApartRepository
from ground_station.statements.schemas import StatementOut
from ground_station.statements.tables import ApartRow
from missions.accounting import DepartmentStatement, FlightStatement, flight_statements, statements
from missions.accounting.shapley import to_decimal
from missions.district import District
from missions.errors import InvalidInput
from missions.route import Route
from missions.schedule import Schedule
from missions.scheduling.apart import ApartDay, ApartDepartment

logger = logging.getLogger(__name__)

LONGEST_PERIOD_DAYS = 366

FlyApart = Callable[[Schedule, District, Sequence[Route], float], "Future[ApartDay]"]
"""Plans every department's part of a schedule alone, in a process of its own, in about so many seconds."""


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date


class StatementService:
    """Statements of one district."""

    def __init__(self, district: District, database: Database, clock: Clock, publish: Publish, fly_apart: FlyApart) -> None:
        self._district = district
        self._database = database
        self._clock = clock
        self._publish = publish
        self._fly_apart = fly_apart

    def statements(self, session: Session, period: Period, principal: Principal) -> list[StatementOut]:
        """What each department bears of the flights of a period: those flown on the days that are over, else those planned. A
        department sees its own line. Raises InvalidInput.
        """
        rows = self._in_force(session, period)
        apart = ApartRepository(session, self._district.id).of([row.id for row in rows])
        flown = {row.id: self._flown(session, row) for row in rows}
        whole = statements(list(flown.values()), self._district)
        compared = statements([schedule for id, schedule in flown.items() if id in apart], self._district)
        same_days = {one.department_id: one for one in compared}
        return [
            self._out(one, same_days.get(one.department_id), len(rows), list(apart.values()))
            for one in whole
            if principal.sees(one.department_id)
        ]

    def flights(self, session: Session, period: Period, principal: Principal) -> list[FlightStatement]:
        """The period's flights with their shares; a department sees its own share of those it has one of."""
        made = flight_statements([self._flown(session, row) for row in self._in_force(session, period)], self._district)
        seen = [
            one.model_copy(update={"shares": tuple(share for share in one.shares if principal.sees(share.department_id))})
            for one in made
        ]
        return [one for one in seen if one.shares]

    def compare_later(self, schedule_id: str, schedule: Schedule, routes: Sequence[Route], time_limit_s: float) -> None:
        """Has the schedule compared with flying department by department, behind the scenes, and the result kept."""
        future = self._fly_apart(schedule, self._district, routes, time_limit_s)
        future.add_done_callback(partial(self._compared, schedule_id, schedule.day))

    def _compared(self, schedule_id: str, day: date, future: "Future[ApartDay]") -> None:
        error = None if future.cancelled() else future.exception()
        if future.cancelled() or error is not None:
            logger.warning("%s was not compared with flying department by department: %s", day, error or "cancelled")
            return
        row = ApartRow(
            schedule_id=schedule_id, district_id=self._district.id, day=day, apart=future.result(), made_at=self._clock()
        )
        with self._database.transaction() as session:
            ApartRepository(session, self._district.id).put(row)
            after_commit(session, lambda: self._publish(LiveEvent("schedule", f'{{"day": "{day}"}}')))

    def _flown(self, session: Session, row: ScheduleRow) -> Schedule:
        flown_rows = FlightRepository(session, self._district.id).ordered_on(row.day)
        return flown_day(row.schedule, flown_rows, self._district, self._clock())

    def _in_force(self, session: Session, period: Period) -> list[ScheduleRow]:
        if not timedelta(0) <= period.last - period.first <= timedelta(days=LONGEST_PERIOD_DAYS):
            raise InvalidInput("statement", "query.until", f"a period has 1 to {LONGEST_PERIOD_DAYS} days")
        return ScheduleRepository(session, self._district.id).in_force_between(period.first, period.last)

    def _out(
        self, whole: DepartmentStatement, compared: DepartmentStatement | None, days: int, apart: Sequence[ApartDay]
    ) -> StatementOut:
        own = [one for day in apart for one in day.departments if one.department_id == whole.department_id]
        return StatementOut(
            **dict(whole),
            days=days,
            compared_days=len(apart),
            compared_minutes=compared.minutes if compared else 0.0,
            compared_cost_yuan=compared.cost_yuan if compared else 0.0,
            apart_flights=sum(one.flights for one in own),
            apart_minutes=float(sum(to_decimal(one.minutes, 2) for one in own)),
            apart_cost_yuan=float(sum((self._cost(one) for one in own), Decimal())),
            apart_missed=sum(one.missed for one in own),
        )

    def _cost(self, apart: ApartDepartment) -> Decimal:
        """By the minute and for each take-off, as flights are charged."""
        rules = self._district.operations
        return to_decimal(apart.minutes * rules.cost_per_minute + apart.flights * rules.cost_per_flight, 2)
