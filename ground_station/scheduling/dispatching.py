"""Flights of the day's schedule sent to their aircraft: copied at dispatch, and let off only while they still fit the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from ground_station.database import Database, hold_lock
from ground_station.demands.repository import DemandRepository
from ground_station.demands.service import DemandRegister
from ground_station.errors import Complaint, Refused, Unfit
from ground_station.flights.repository import FlightRepository
from ground_station.flights.schemas import FlightOut
from ground_station.flights.service import FlightService
from ground_station.flights.tables import FlightRow
from ground_station.ports import Clock
from ground_station.scheduling.actual_day import actual_day, dispatched
from ground_station.scheduling.repository import ScheduleRepository
from missions.checking import Rule
from missions.district import District
from missions.errors import Conflict, NotFound
from missions.flight import AIRBORNE_STATES, FlightState
from missions.ground import Ground
from missions.planning.limits import Infeasible
from missions.route import Route
from missions.schedule import FlightOrder, Schedule, ScheduledFlight
from missions.scheduling.dispatching import as_ordered, plan_scheduled, put_off
from missions.scheduling.repair import PREPARE
from missions.working_time import DISTRICT_TIME

EARLIEST = timedelta(minutes=30)
"""Before its take-off that a flight may be dispatched: until then its conditions may change, and it holds its drone."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A scheduled flight with all that its dispatch needs."""

    row_id: str
    schedule: Schedule
    flight: ScheduledFlight
    routes: Mapping[str, Route]
    rows: Sequence[FlightRow]

    def flown_routes(self) -> list[Route]:
        """Those of its visits, as their passes have them."""
        passes = {one.id: one for one in self.schedule.passes}
        wanted = [passes[visit.pass_id] for visit in self.flight.visits]
        return [one.over(self.routes[one.route_id]) for one in wanted]

    def demand_ids(self) -> tuple[tuple[str, ...], ...]:
        """The demands that each visit serves."""
        served = {one.id: one.demand_ids for one in self.schedule.passes}
        return tuple(served[visit.pass_id] for visit in self.flight.visits)


class ScheduleDispatcher:
    """Dispatches the flights of one district's schedules."""

    def __init__(
        self,
        district: District,
        database: Database,
        clock: Clock,
        register: DemandRegister,
        flights: FlightService,
        ground: Ground | None = None,
    ) -> None:
        self._district = district
        self._ground = ground
        self._register = register
        self._database = database
        self._clock = clock
        self._flights = flights

    def dispatch(self, day: date, flight_id: str, by: str) -> FlightOut:
        """Plans the flight as the schedule has it and sends the plan to its aircraft; it takes off at a command of its own.

        Raises NotFound, Conflict where it is dispatched already, too early, or from where its drone does not stand, Unfit with
        every rule that it would break by now, Refused where it cannot be planned.
        """
        now = self._clock()
        with self._database.reading() as session:
            ready = self._ready(session, day, flight_id)
        _check_not_early(ready.flight, now)
        _check_stands_there(ready.flight, ready.rows, self._district)
        wind = ready.schedule.conditions.wind
        plan = plan_scheduled(ready.flight, ready.flown_routes(), self._district, at=now, wind=wind, ground=self._ground)
        if isinstance(plan, Infeasible):
            raise Refused("flight", [Complaint(where=reason.code, cause=reason.text) for reason in plan.reasons])
        flight = as_ordered(ready.flight, plan, self._district, max(ready.flight.takes_off_at, now + PREPARE), wind)
        self._check_fits(flight, ready, now)
        order = FlightOrder(day=day, flight=flight, demand_ids=ready.demand_ids())
        with self._database.transaction() as session:
            hold_lock(session, f"schedule {day}")
            if self._ready(session, day, flight_id).row_id != ready.row_id:
                raise Conflict(f"the schedule of {day} has changed meanwhile: look again")
            made = self._flights.add(session, plan, by, order)
            return self._flights.dispatch(session, made.id, by)

    def _ready(self, session: Session, day: date, flight_id: str) -> _Ready:
        row = ScheduleRepository(session, self._district.id).in_force(day)
        if row is None:
            raise NotFound(f"no schedule of {day} is in force")
        flight = next((one for one in row.schedule.flights if one.id == flight_id), None)
        if flight is None:
            raise NotFound(f"the schedule of {day} has no flight '{flight_id}'")
        flown = FlightRepository(session, self._district.id).ordered_on(day)
        _check_not_dispatched(flight_id, flown)
        wanted = self._register.wanted(session)
        routes = {route.id: route for route in (*self._district.routes, *wanted.routes)}
        gone = sorted({visit.route_id for visit in flight.visits} - set(routes))
        if gone:
            raise Conflict(f"flight {flight_id} has routes whose demands were withdrawn: {', '.join(gone)}; plan the day anew")
        return _Ready(row.id, row.schedule, flight, routes, flown)

    def _check_fits(self, flight: ScheduledFlight, ready: _Ready, now: datetime) -> None:
        district = self._district.model_copy(update={"routes": tuple(ready.routes.values())})
        found = actual_day(ready.schedule, ready.rows, district, now).against(flight, district, now, self._ground)
        if found:
            starts = f"{flight.takes_off_at.astimezone(DISTRICT_TIME):%H:%M}"
            reasons = [Complaint(where=one.rule, cause=one.text) for one in found]
            raise Unfit(
                f"flight {flight.id} does not fit the day any more if it takes off at {starts}: repair the day", reasons
            )


class StartGate:
    """Lets a flight of a schedule take off while it still fits its day."""

    def __init__(self, district: District, clock: Clock, ground: Ground | None = None) -> None:
        self._district = district
        self._ground = ground
        self._clock = clock

    def check(self, session: Session, row: FlightRow) -> None:
        """Raises Unfit where taking off now, earlier or later than it was dispatched for, breaks a rule."""
        if row.order is None:
            return
        now, order = self._clock(), row.order
        if abs(now - order.flight.takes_off_at).total_seconds() <= self._district.operations.timing_error_s:
            return
        schedule = ScheduleRepository(session, self._district.id).in_force(order.day)
        if schedule is None:
            return
        registered = DemandRepository(session, self._district.id).registered()
        routes = (*self._district.routes, *(one.route for one in registered))
        district = self._district.model_copy(update={"routes": routes})
        flown = FlightRepository(session, self._district.id).ordered_on(order.day)
        off = now - order.flight.takes_off_at
        flight = put_off(order.flight, off)
        found = actual_day(schedule.schedule, flown, district, now).against(flight, district, now, self._ground)
        if -PREPARE <= off < timedelta(0):  # a day planned from now on has windows that begin when the plan was made
            found = [one for one in found if one.rule is not Rule.WINDOW]
        if found:
            raise Unfit(_off_its_time(flight.id, off), [Complaint(where=one.rule, cause=one.text) for one in found])


def _off_its_time(flight_id: str, off: timedelta) -> str:
    minutes = round(abs(off).total_seconds() / 60)
    if off < timedelta(0):
        return f"flight {flight_id} does not fit the day if it takes off {minutes} min before its time: wait"
    return f"flight {flight_id} is {minutes} min late and does not fit the day any more: cancel it and repair the day"


def _check_not_dispatched(flight_id: str, flown: Sequence[FlightRow]) -> None:
    """One aircraft for one scheduled flight."""
    row = dispatched(flown).get(flight_id)
    if row is not None:
        raise Conflict(f"flight {flight_id} is with {row.drone_id} already: flight {row.id}, which is {row.state}")


def _check_stands_there(flight: ScheduledFlight, rows: Sequence[FlightRow], district: District) -> None:
    """A drone is where its last flight of the day ended, or at home. One that is in the air is refused by what it flies."""
    flown = [row for row in rows if row.drone_id == flight.drone_id and row.took_off_at is not None]
    last = max(flown, key=lambda row: row.took_off_at or row.created_at, default=None)
    if last is not None and last.state in AIRBORNE_STATES:
        return
    here = _ended_in(last) if last is not None else district.drone(flight.drone_id).dock_id
    if flight.from_dock_id != here:
        since = f" since flight {last.id}, which was {last.state}" if last is not None else ""
        stands = f"drone {flight.drone_id} stands in dock '{here}'{since}"
        raise Conflict(f"flight {flight.id} takes off from dock '{flight.from_dock_id}', but {stands}: repair the day")


def _ended_in(row: FlightRow) -> str:
    """The dock of its landing; of a flight that was broken off, that of its take-off, where a return leads."""
    return row.plan.lands_in if row.state == FlightState.COMPLETED else row.plan.dock_id


def _check_not_early(flight: ScheduledFlight, now: datetime) -> None:
    if flight.takes_off_at - now <= EARLIEST:
        return
    starts = f"{flight.takes_off_at.astimezone(DISTRICT_TIME):%Y-%m-%d %H:%M}"
    minutes = round(EARLIEST.total_seconds() / 60)
    raise Conflict(f"flight {flight.id} takes off at {starts}: it is dispatched at most {minutes} min before")
