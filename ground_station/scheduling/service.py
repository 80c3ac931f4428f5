"""The day on the ground station: planned and put in force, improved, repaired, accounted for."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ground_station.database import Database, after_commit, hold_lock
from ground_station.demands.service import DemandRegister, Wanted
from ground_station.demands.state import OVERDUE
from ground_station.flights.repository import FlightRepository
from ground_station.flights.service import FlightService
from ground_station.notices.service import NoticeBoard
from ground_station.ports import Clock, LiveEvent, Publish
from ground_station.scheduling.actual_day import actual_day, dispatched
from ground_station.scheduling.day_change import (
    called_off,
    carry_out,
    changed_conditions,
    check_none_under_way,
    check_recall,
    renumbered,
    standing,
)
from ground_station.scheduling.planner import Planned, plan_and_check
from ground_station.scheduling.rehearsal import history_after
from ground_station.scheduling.repairing import replan_and_check, urgent_at
from ground_station.scheduling.repository import ScheduleRepository
from ground_station.scheduling.schemas import DueCount, NewSchedule, Replan, ReplanOut, ScheduleOut
from ground_station.scheduling.tables import ScheduleRow
from missions.demand import Demand
from missions.district import District
from missions.errors import Conflict, NotFound
from missions.ground import Ground
from missions.noun import new_id
from missions.route import Route
from missions.schedule import DayConditions, Schedule
from missions.scheduling.closures import with_closures
from missions.scheduling.day import DayRequest
from missions.scheduling.daylight import daylight_on
from missions.scheduling.due import DueDemand, due_on, flying_day
from missions.scheduling.repair import PREPARE, Change
from missions.working_time import DISTRICT_TIME

logger = logging.getLogger(__name__)

ImproveLater = Callable[[DayRequest, float], "Future[Planned]"]
"""Plans a day anew in a process of its own, for so many seconds."""


CompareLater = Callable[[str, Schedule, Sequence[Route], float], None]
"""Compares the schedule of that id with flying department by department, later, within about so many seconds."""

COMPARED_FOR_S = 30.0
"""For a repaired day, which nobody gives a time limit."""


ToVerify = Callable[[Session], Sequence[Demand]]
"""A demand for each work order that waits for its verification."""


@dataclass(frozen=True, slots=True)
class ScheduleNeighbours:
    """What schedules need of the other rooms."""

    register: DemandRegister
    notices: NoticeBoard
    flights: FlightService
    compare_later: CompareLater
    to_verify: ToVerify


class ScheduleService:
    """Schedules of one district."""

    def __init__(
        self,
        district: District,
        database: Database,
        clock: Clock,
        publish: Publish,
        improve_later: ImproveLater,
        neighbours: ScheduleNeighbours,
        ground: Ground | None = None,
    ) -> None:
        self._district = district
        self._ground = ground
        self._register = neighbours.register
        self._flights = neighbours.flights
        self._notices = neighbours.notices
        self._compare_later = neighbours.compare_later
        self._to_verify = neighbours.to_verify
        self._database = database
        self._clock = clock
        self._publish = publish
        self._improve_later = improve_later
        self._improving: dict[str, Future[Planned]] = {}

    def plan(self, new: NewSchedule, by: str) -> ScheduleOut:
        """Plans a day, puts the greedy plan in force and goes on improving it. Raises Conflict where the checker objects."""
        with self._database.reading() as session:
            flown = FlightRepository(session, self._district.id).ordered_on(new.day)
        check_none_under_way(flown, new.day)
        with self._database.transaction() as session:
            self._register.follow(session, self._to_verify(session))
        request = self._request(new)
        planned = plan_and_check(request, 0.0)
        if planned.violations:
            raise Conflict(f"the plan breaks {len(planned.violations)} rules; the first: {planned.violations[0].text}")
        goes_on = new.time_limit_s > 0 and bool(planned.schedule.flights)
        with self._database.transaction() as session:
            replaced = self._rows(session).in_force(new.day)
            before = replaced.schedule if replaced else None
            schedule = renumbered(planned.schedule, dispatched(flown))
            row = self._put_in_force(session, schedule, planned.value_bound, by, planned.note)
            if not goes_on:
                self._tell(session, schedule, before)
        if goes_on:
            self._go_on(request, new.time_limit_s, row.id, by, before)
        return self._out(row)

    def get(self, session: Session, day: date) -> ScheduleOut:
        """The schedule in force on a day; raises NotFound."""
        return self._out(self._row(session, day))

    def replan(self, day: date, change: Replan, by: str) -> ReplanOut:
        """Repairs the day's schedule as of now; keeps the result where it is confirmed. Raises NotFound, Conflict."""
        with self._database.reading() as session:
            row = self._row(session, day)
            routes = self._register.wanted(session).routes
            flown_rows = FlightRepository(session, self._district.id).ordered_on(day)
        at, flown = self._clock(), dispatched(flown_rows)
        conditions = changed_conditions(row.schedule.conditions, change, self._district, day)
        check_recall(flown, change)
        actual = actual_day(row.schedule, flown_rows, self._district, at, recalled=change.recall).schedule
        begun = standing(flown, change, conditions, self._district)
        places = [urgent_at(change.urgent.point, change.urgent.category, self._district, at)] if change.urgent else []
        done = replan_and_check(actual, Change(at, conditions, places, begun), self._district, routes, self._ground)
        if done.violations:
            raise Conflict(f"the repaired plan breaks {len(done.violations)} rules; the first: {done.violations[0].text}")
        repaired = done.repaired
        off = called_off(flown, begun, repaired)
        if change.confirm:
            with self._database.transaction() as session:
                if self._row(session, day).id != row.id:
                    raise Conflict(f"the schedule of {day} has changed meanwhile: look again")
                for urgent in done.urgent:
                    self._register.keep(session, urgent.demand, urgent.route, by)
                known = {one.id for one in row.schedule.passes}
                more = sum(one.value for one in repaired.schedule.passes if one.id not in known)
                kept = self._put_in_force(session, repaired.schedule, row.value_bound + more, by, "repaired")
                carry_out(session, flown, change, off, self._flights, by)
                self._tell(session, kept.schedule, row.schedule)
                routes = [*routes, *(urgent.route for urgent in done.urgent)]
            self._compare_later(kept.id, kept.schedule, routes, COMPARED_FOR_S)
        return ReplanOut(
            confirmed=change.confirm,
            arrivals=repaired.arrivals,
            moved=repaired.moved,
            dropped=repaired.dropped,
            called_off=off,
            stranded=repaired.stranded,
            schedule=repaired.schedule,
        )

    def improving(self, day: date) -> "Future[Planned] | None":
        """The search for a better plan in place of the one in force on a day, while there is one."""
        with self._database.reading() as session:
            row = self._rows(session).in_force(day)
        return self._improving.get(row.id) if row is not None else None

    def due(self, session: Session, day: date) -> list[DueCount]:
        """How every category's demands stand on a day, and how many of them its schedule serves."""
        wanted = self._register.wanted(session)
        flying = flying_day(self._district, day, daylight_on(self._district, day))
        looks = due_on(wanted.demands, day, flying, self._seen(session, wanted, day))
        due = {one.demand.id: one for one in looks if one.number == 1}
        row = self._rows(session).in_force(day)
        planned = {id for one in row.schedule.passes for id in one.demand_ids} if row else set()
        unserved = {one.pass_id for one in row.schedule.unserved} if row else set()
        left = {id for one in row.schedule.passes if one.id in unserved for id in one.demand_ids} if row else set()
        keys = dict.fromkeys((demand.department_id, demand.category) for demand in wanted.demands)
        return [_count(*key, wanted.demands, due, planned - left) for key in keys]

    def _go_on(self, request: DayRequest, time_limit_s: float, row_id: str, by: str, before: Schedule | None) -> None:
        future = self._improve_later(request, time_limit_s)
        self._improving[row_id] = future
        future.add_done_callback(partial(self._improved, request, time_limit_s, row_id, by, before))

    def _improved(
        self, request: DayRequest, time_limit_s: float, row_id: str, by: str, before: Schedule | None, future: "Future[Planned]"
    ) -> None:
        """Puts the better plan in force, unless another one is by now; a search that failed leaves the greedy one, and so does
        a database that does not take the better one. Only now departments are told what waits: what the first plan left
        out may be flown by the better one.
        """
        self._improving.pop(row_id, None)
        try:
            row = self._settled(request.day, row_id, by, before, future)
        except SQLAlchemyError as error:
            logger.error("the better plan of %s could not be kept, the greedy one stays in force: %s", request.day, error)
            return
        if row is not None:
            self._compare_later(row.id, row.schedule, request.extra_routes, time_limit_s)

    def _settled(
        self, day: date, row_id: str, by: str, before: Schedule | None, future: "Future[Planned]"
    ) -> ScheduleRow | None:
        """The schedule that is in force once the search is over; None where that is another one by now."""
        better, note = self._answer(day, future)
        with self._database.transaction() as session:
            row = self._rows(session).in_force(day)
            if row is None or row.id != row_id:
                return None
            flown = FlightRepository(session, self._district.id).ordered_on(day)
            if better is not None and any(one.created_at >= row.made_at for one in flown):
                better, note = None, "flights of this plan were dispatched meanwhile: it stays as it is"
            if better is None:
                row.note = note[:1000]
                self._announce(session, day)
            else:
                schedule = renumbered(better.schedule, dispatched(flown))
                row = self._put_in_force(session, schedule, better.value_bound, by, note)
            self._tell(session, row.schedule, before)
            return row

    def _answer(self, day: date, future: "Future[Planned]") -> tuple[Planned | None, str]:
        """The better plan, None where there is none, and what is to be said of it."""
        error = CancelledError("the station was closing") if future.cancelled() else future.exception()
        if error is not None:
            logger.error("improving the schedule of %s failed, the greedy plan stays in force: %s", day, error)
            return None, f"improving it failed; this is the greedy plan: {error}"
        planned = future.result()
        if planned.violations or planned.schedule.method == planned.first.method:
            return None, planned.note or "no better plan was found than the greedy one"
        return planned, planned.note

    def _tell(self, session: Session, schedule: Schedule, before: Schedule | None) -> None:
        """Tells departments what of theirs waits."""
        asked = {id for one in schedule.passes for id in one.demand_ids if not self._register.is_standing(id)}
        self._notices.tell(session, schedule, before, asked)

    def _put_in_force(self, session: Session, schedule: Schedule, bound: float, by: str, note: str) -> ScheduleRow:
        hold_lock(session, f"schedule {schedule.day}")
        row = ScheduleRow(
            id=new_id(),
            district_id=self._district.id,
            day=schedule.day,
            in_force=True,
            schedule=schedule,
            value_bound=bound,
            made_at=self._clock(),
            made_by=by,
            note=note[:1000],
        )
        self._rows(session).put_in_force(row)
        self._announce(session, schedule.day)
        logger.info("schedule of %s by %s: %d flights, %s", schedule.day, by, len(schedule.flights), schedule.method)
        return row

    def _announce(self, session: Session, day: date) -> None:
        event = LiveEvent("schedule", f'{{"day": "{day}"}}')
        after_commit(session, lambda: self._publish(event))

    def _request(self, new: NewSchedule) -> DayRequest:
        for id in new.grounded_drones:
            self._district.drone(id)
        with self._database.reading() as session:
            wanted = self._register.wanted(session)
            seen = self._seen(session, wanted, new.day)
        weather = DayConditions(wind_mps=new.wind_mps, wind_from_deg=new.wind_from_deg, grounded_drones=new.grounded_drones)
        conditions = with_closures(weather, new.closures, self._district, new.day)
        not_before = self._clock() + PREPARE + timedelta(seconds=new.time_limit_s)
        return DayRequest(
            self._district,
            new.day,
            wanted.demands,
            seen,
            new.seed,
            conditions,
            wanted.routes,
            not_before=not_before,
            ground=self._ground,
        )

    def _seen(self, session: Session, wanted: Wanted, day: date) -> dict[str, datetime]:
        """When each demand will last have been seen to before the day, once what is planned until then is flown."""
        now, seen = self._clock(), wanted.seen
        today = now.astimezone(DISTRICT_TIME).date()
        for row in self._rows(session).in_force_between(today, day - timedelta(days=1)):
            seen = history_after(seen, row.schedule, since=now)
        return seen

    def _row(self, session: Session, day: date) -> ScheduleRow:
        row = self._rows(session).in_force(day)
        if row is None:
            raise NotFound(f"no schedule of {day} is in force")
        return row

    def _out(self, row: ScheduleRow) -> ScheduleOut:
        return ScheduleOut(
            id=row.id,
            made_at=row.made_at,
            made_by=row.made_by,
            note=row.note,
            improving=row.id in self._improving,
            value=row.schedule.value,
            value_bound=row.value_bound,
            flight_h=row.schedule.flight_h,
            schedule=row.schedule,
        )

    def _rows(self, session: Session) -> ScheduleRepository:
        return ScheduleRepository(session, self._district.id)


def _count(
    department_id: str, category: str, demands: Sequence[Demand], due: dict[str, DueDemand], planned: set[str]
) -> DueCount:
    own = [demand for demand in demands if (demand.department_id, demand.category) == (department_id, category)]
    waiting = [due[demand.id] for demand in own if demand.id in due]
    return DueCount(
        department_id=department_id,
        category=category,
        demands=len(own),
        due=len(waiting),
        overdue=sum(one.value > OVERDUE * one.demand.priority for one in waiting),
        planned=sum(one.demand.id in planned for one in waiting),
    )
