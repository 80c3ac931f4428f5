"""Statements: what each department bears of a period's flying, what that saved it, and the table that finance gets."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from math import hypot

from missions.accounting.flight_costs import DECIMALS, FlightShare
from missions.accounting.flight_list import shared_flights
from missions.accounting.shapley import to_decimal
from missions.accounting.sub_flight import SubFlightMinutes, skipping_minutes
from missions.district import District
from missions.errors import InvalidInput
from missions.noun import Noun
from missions.schedule import Schedule

HEADER = (
    "部门编号 department_id",
    "部门 department",
    "起始日 first_day",
    "截止日 last_day",
    "架次 flights",
    "任务次 passes",
    "飞行分钟 minutes",
    "费用(元) cost_yuan",
    "单独飞行分钟 alone_minutes",
    "单独飞行费用(元) alone_cost_yuan",
    "节省(元) saved_yuan",
    "分摊标准误差(元) share_error_yuan",
)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take text for a formula (OWASP, "CSV Injection"); full-width signs count where Chinese is typed."""


class DepartmentStatement(Noun):
    """What a department bears of the flights that served it, from `first_day` to `last_day`, both included.

    Minutes and yuan are whole hundredths; over the departments they add up exactly to the flights'. A flight or pass that
    serves several departments counts with each. `alone_*`: its own passes flown alone, flight by flight. `saved_yuan` is the
    difference to that; it is negative where the others' company made its flights dearer. `share_error_yuan` is the standard
    error of its cost, 0 where every flight was shared exactly.
    """

    department_id: str
    first_day: date
    last_day: date
    flights: int
    passes: int
    minutes: float
    cost_yuan: float
    alone_minutes: float
    alone_cost_yuan: float
    saved_yuan: float
    share_error_yuan: float


def statements(
    schedules: Sequence[Schedule], district: District, *, sub_flight_minutes: SubFlightMinutes = skipping_minutes
) -> list[DepartmentStatement]:
    """One statement a department, in the district's order (one that left it, last), also for who had no flight.

    Nothing for no schedules. Raises InvalidInput for another district's schedule, a day given twice, and a pass that is
    unknown or nobody's.
    """
    _check(schedules, district)
    if not schedules:
        return []
    days = [shared_flights(schedule, district, sub_flight_minutes) for schedule in schedules]
    shares = [share for day in days for _, flight_shares in day for share in flight_shares]
    known = [department.id for department in district.departments]
    left = sorted({share.department_id for share in shares} - set(known))
    first_day, last_day = min(one.day for one in schedules), max(one.day for one in schedules)
    return [
        _statement(id, [share for share in shares if share.department_id == id], first_day, last_day) for id in (*known, *left)
    ]


def statement_csv(statements: Sequence[DepartmentStatement], district: District) -> str:
    """The statements as a table with a total row (RFC 4180), all text safe to open in a spreadsheet.

    The total leaves flights and passes empty, since departments share them; its error is 0, since their errors cancel. Write
    it as "utf-8-sig": without that mark Excel takes Chinese for the local code page.
    """
    names = {department.id: f"{department.name_zh} {department.name_en}" for department in district.departments}
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow(HEADER)
    for one in statements:
        days = (one.first_day.isoformat(), one.last_day.isoformat())
        name = _safe(names.get(one.department_id, one.department_id))
        counts = (one.flights, one.passes)
        writer.writerow((_safe(one.department_id), name, *days, *counts, *_sums([one]), f"{one.share_error_yuan:.2f}"))
    writer.writerow(("", "合计 total", "", "", "", "", *_sums(statements), "0.00"))
    return table.getvalue()


def _check(schedules: Sequence[Schedule], district: District) -> None:
    days: set[date] = set()
    for schedule in schedules:
        if schedule.district_id != district.id:
            raise InvalidInput("schedule", str(schedule.day), f"it is of '{schedule.district_id}', not of '{district.id}'")
        if schedule.day in days:
            raise InvalidInput("schedule", str(schedule.day), "this day is given twice and would be charged twice")
        days.add(schedule.day)


def _statement(id: str, shares: Sequence[FlightShare], first_day: date, last_day: date) -> DepartmentStatement:
    cost_yuan = sum((share.cost_yuan for share in shares), Decimal())
    alone_cost_yuan = sum((share.alone_cost_yuan for share in shares), Decimal())
    return DepartmentStatement(
        department_id=id,
        first_day=first_day,
        last_day=last_day,
        flights=len(shares),
        passes=sum(share.passes for share in shares),
        minutes=float(sum(share.minutes for share in shares)),
        cost_yuan=float(cost_yuan),
        alone_minutes=float(sum(share.alone_minutes for share in shares)),
        alone_cost_yuan=float(alone_cost_yuan),
        saved_yuan=float(alone_cost_yuan - cost_yuan),
        share_error_yuan=hypot(*(share.error_yuan for share in shares)),
    )


def _sums(statements: Sequence[DepartmentStatement]) -> list[str]:
    """The minutes and yuan of the statements, each added up exactly."""
    columns = ("minutes", "cost_yuan", "alone_minutes", "alone_cost_yuan", "saved_yuan")
    return [f"{sum(to_decimal(getattr(one, column), DECIMALS) for one in statements):.2f}" for column in columns]


def _safe(text: str) -> str:
    """With an apostrophe before what would be a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
