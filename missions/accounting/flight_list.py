"""A statement's flights one by one: what each took and cost, and who bears how much of it."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO
from zlib import crc32

from missions.accounting.flight_costs import DECIMALS, FlightShare, flight_costs, share_flight
from missions.accounting.shapley import to_decimal
from missions.accounting.sub_flight import SubFlightMinutes, skipping_minutes
from missions.district import District
from missions.noun import Instant, Noun
from missions.schedule import Schedule, ScheduledFlight
from missions.working_time import DISTRICT_TIME

HEADER = (
    "日期 day",
    "架次 flight",
    "无人机 drone",
    "起飞 takes_off",
    "全程分钟 flight_minutes",
    "全程费用(元) flight_cost_yuan",
    "部门编号 department_id",
    "任务次 passes",
    "分摊分钟 minutes",
    "分摊费用(元) cost_yuan",
    "分摊标准误差(元) share_error_yuan",
)


class DepartmentShare(Noun):
    """What a department bears of one flight, in hundredths. `share_error_yuan`: standard error of its cost, 0 where exact."""

    department_id: str
    passes: int
    minutes: float
    cost_yuan: float
    share_error_yuan: float


class FlightStatement(Noun):
    """One flight with its shares, which add up exactly to its minutes and cost."""

    day: date
    flight_id: str
    drone_id: str
    takes_off_at: Instant
    minutes: float
    cost_yuan: float
    shares: tuple[DepartmentShare, ...]


def shared_flights(
    schedule: Schedule, district: District, sub_flight_minutes: SubFlightMinutes = skipping_minutes
) -> Iterator[tuple[ScheduledFlight, list[FlightShare]]]:
    """Every flight of the day with its shares; each has its own seed, so that sampling errors are independent."""
    passes = {one.id: one for one in schedule.passes}
    for flight in schedule.flights:
        costs = flight_costs(flight, passes, district.operations, sub_flight_minutes)
        yield flight, share_flight(costs, seed=crc32(f"{schedule.day}/{flight.id}".encode()))


def flight_statements(schedules: Sequence[Schedule], district: District) -> list[FlightStatement]:
    """The flights of several days, in the order of their take-offs."""
    made = [_statement(one.day, *shared) for one in schedules for shared in shared_flights(one, district)]
    return sorted(made, key=lambda one: (one.takes_off_at, one.flight_id))


def flight_csv(flights: Sequence[FlightStatement]) -> str:
    """A row for each share of each flight (RFC 4180). Write it as "utf-8-sig"."""
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow(HEADER)
    for flight in flights:
        takes_off = flight.takes_off_at.astimezone(DISTRICT_TIME).strftime("%H:%M")
        whole = (flight.day, flight.flight_id, flight.drone_id, takes_off, f"{flight.minutes:.2f}", f"{flight.cost_yuan:.2f}")
        for share in flight.shares:
            amounts = (f"{value:.2f}" for value in (share.minutes, share.cost_yuan, share.share_error_yuan))
            writer.writerow((*whole, share.department_id, share.passes, *amounts))
    return table.getvalue()


def _statement(day: date, flight: ScheduledFlight, shares: Sequence[FlightShare]) -> FlightStatement:
    return FlightStatement(
        day=day,
        flight_id=flight.id,
        drone_id=flight.drone_id,
        takes_off_at=flight.takes_off_at,
        minutes=float(to_decimal(flight.duration_s / 60, DECIMALS)),
        cost_yuan=float(sum(share.cost_yuan for share in shares)),
        shares=tuple(
            DepartmentShare(
                department_id=share.department_id,
                passes=share.passes,
                minutes=float(share.minutes),
                cost_yuan=float(share.cost_yuan),
                share_error_yuan=share.error_yuan,
            )
            for share in shares
        ),
    )
