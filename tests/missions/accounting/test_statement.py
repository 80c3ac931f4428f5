"""Statements over days, and the table for finance."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.accounting.shapley import to_decimal
from missions.accounting.statement import HEADER, DepartmentStatement, statement_csv, statements
from missions.district import District
from missions.errors import InvalidInput
from missions.schedule import Pass, Schedule, ScheduledFlight

NAMES = ("urban", "water", "parks", "fire")


@pytest.fixture(scope="session")
def two_days(
    make_schedule: Callable[..., Schedule], make_flight: Callable[..., ScheduledFlight], make_pass: Callable[..., Pass]
) -> list[Schedule]:
    """Urban and water with a pass each on 2 June, urban alone with both on the 4th."""
    shared = make_schedule(2, [make_flight()], [make_pass("a", "urban"), make_pass("b", "water")])
    own = make_schedule(4, [make_flight()], [make_pass("a", "urban"), make_pass("b", "urban")])
    return [own, shared]


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


def test_sums_over_days(two_days: list[Schedule], district: District) -> None:
    """Urban: 5 + 10 min and 21 + 42 yuan, alone 7.08 + 10 and 33.25 + 42, saved 12.25; water half of the first day only."""
    made = statements(two_days, district)
    assert [one.department_id for one in made] == list(NAMES)
    assert {(one.first_day, one.last_day) for one in made} == {(date(2025, 6, 2), date(2025, 6, 4))}
    urban, water, parks, _ = made
    assert (urban.flights, urban.passes, urban.minutes, urban.cost_yuan) == (2, 3, 15, 63)
    assert (urban.alone_minutes, urban.alone_cost_yuan, urban.saved_yuan) == (17.08, 75.25, 12.25)
    assert (water.flights, water.passes, water.minutes, water.cost_yuan, water.saved_yuan) == (1, 1, 5, 21, 12.25)
    assert (parks.flights, parks.minutes, parks.cost_yuan, parks.saved_yuan, parks.share_error_yuan) == (0, 0, 0, 0, 0)


@settings(max_examples=30, deadline=None)
@given(
    wanted_by=st.lists(
        st.tuples(*[st.sets(st.sampled_from(NAMES), min_size=1)] * 2, st.integers(1, 10**6)), min_size=1, max_size=5
    )
)
def test_departments_bear_exactly_what_the_flights_cost(
    wanted_by: list[tuple[set[str], set[str], int]],
    make_schedule: Callable[..., Schedule],
    make_flight: Callable[..., ScheduledFlight],
    make_pass: Callable[..., Pass],
    district: District,
) -> None:
    """Over days and departments, cents and hundredths of a minute add up to the flights' without a rest."""
    schedules, minutes, yuan = [], Decimal(), Decimal()
    for day, (a, b, more_ms) in enumerate(wanted_by, start=1):
        lasts_s = 600 + more_ms / 1000
        flight = make_flight(way=[(0, 0, 0), (100, 900, 0), (lasts_s, 0, 0)], visits={"a": (100, 200), "b": (300, 400)})
        schedules.append(make_schedule(day, [flight], [make_pass("a", *a), make_pass("b", *b)]))
        minutes += to_decimal(flight.duration_s / 60, 2)
        yuan += to_decimal(flight.duration_s / 60 * 3 + 12, 2)
    made = statements(schedules, district)
    assert sum(to_decimal(one.minutes, 2) for one in made) == minutes
    assert sum(to_decimal(one.cost_yuan, 2) for one in made) == yuan
    assert all(Decimal(repr(one.cost_yuan)) == to_decimal(one.cost_yuan, 2) for one in made)
    assert all(one.minutes <= one.alone_minutes + 0.01 * one.flights for one in made)


def test_who_has_left_is_still_charged(
    make_schedule: Callable[..., Schedule],
    make_flight: Callable[..., ScheduledFlight],
    make_pass: Callable[..., Pass],
    district: District,
) -> None:
    """A department that the catalogue no longer has comes last, by its id; nothing of the total is lost."""
    schedule = make_schedule(2, [make_flight()], [make_pass("a", "+old"), make_pass("b", "water")])
    made = statements([schedule], district)
    assert [one.department_id for one in made] == [*NAMES, "+old"]
    assert made[-1].cost_yuan == 21
    assert rows_of(statement_csv(made, district))[-2][:2] == ["'+old", "'+old"]


def test_errors_of_flights_add_as_squares(
    make_schedule: Callable[..., Schedule],
    make_flight: Callable[..., ScheduledFlight],
    make_pass: Callable[..., Pass],
    district: District,
) -> None:
    """Two flights with eleven departments are sampled apart: the error grows by about the root of two, and cents add up."""
    passes = [make_pass("a", *(f"d{number}" for number in range(10))), make_pass("b", "water")]
    once = statements([make_schedule(2, [make_flight()], passes)], district)
    twice = statements([make_schedule(2, [make_flight(), make_flight(id="f-2")], passes)], district)
    assert once[1].share_error_yuan > 0
    assert twice[1].share_error_yuan / once[1].share_error_yuan == pytest.approx(2**0.5, rel=0.1)
    assert twice[1].cost_yuan != 2 * once[1].cost_yuan
    assert sum(to_decimal(one.cost_yuan, 2) for one in twice) == 84


def test_csv(two_days: list[Schedule], district: District) -> None:
    """A header in both languages, a row a department, and the total, whose flights stay empty since they are shared."""
    text = statement_csv(statements(two_days, district), district)
    rows = rows_of(text)
    assert text.count("\r\n") == len(rows) == 6
    assert rows[0] == list(HEADER)
    assert rows[0][1] == "部门 department"
    period = ["2025-06-02", "2025-06-04"]
    amounts = ["15.00", "63.00", "17.08", "75.25", "12.25", "0.00"]
    assert rows[1] == ["urban", "城管局 Urban", *period, "2", "3", *amounts]
    assert rows[5] == ["", "合计 total", "", "", "", "", "20.00", "84.00", "24.16", "108.50", "24.50", "0.00"]


def test_csv_is_safe_in_a_spreadsheet(two_days: list[Schedule], district: District) -> None:
    """A name that begins like a formula gets an apostrophe; a negative amount stays a number."""
    made = statements(two_days, district)
    loss = made[0].model_copy(update={"saved_yuan": -3.5})
    rows = rows_of(statement_csv([loss, *made[1:]], district))
    assert rows[4][1] == "'=消防 Fire"
    assert rows[1][10] == "-3.50"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", " =1", "＝1"])
def test_formula_starts(name: str, district: District) -> None:
    """Every sign that begins a formula is covered, behind spaces and full width too; quotes and commas are kept."""
    id = f'{name},"x"'
    one = DepartmentStatement(
        department_id=id,
        first_day=date(2025, 6, 2),
        last_day=date(2025, 6, 2),
        flights=0,
        passes=0,
        minutes=0,
        cost_yuan=0,
        alone_minutes=0,
        alone_cost_yuan=0,
        saved_yuan=0,
        share_error_yuan=0,
    )
    assert rows_of(statement_csv([one], district))[1][:2] == [f"'{id}", f"'{id}"]


def test_no_days(district: District) -> None:
    """No schedules give no statements, and a table of a header and zeroes."""
    assert statements([], district) == []
    assert rows_of(statement_csv([], district))[1][6:] == ["0.00"] * 6


def test_refusals(two_days: list[Schedule], district: District, make_schedule: Callable[..., Schedule]) -> None:
    """The same day twice would be charged twice; another district's day is not this one's."""
    with pytest.raises(InvalidInput, match="charged twice"):
        statements([*two_days, two_days[0]], district)
    with pytest.raises(InvalidInput, match="not of 'small'"):
        statements([make_schedule(2, [], [], district_id="large")], district)
