"""Statements over HTTP."""

import csv
from concurrent.futures import Future
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from ground_station.access.permissions import Role
from missions.scheduling.apart import ApartDay, ApartDepartment
from tests.ground_station.scheduling.test_endpoints import DAY, planned

PERIOD = {"from": DAY, "until": DAY}


@pytest.fixture
def planner(client_of):
    """A dispatcher's client."""
    return client_of(Role.DISPATCHER)


@pytest.fixture
def ecology(client_of):
    """A department's client."""
    return client_of(Role.DEPARTMENT, "ecology")


def cents(values) -> Decimal:
    """Added up as money is."""
    return sum((Decimal(f"{value:.2f}") for value in values), Decimal())


def test_statements_add_up_and_are_private(planner, ecology) -> None:
    """The shares add up to the flights' cost; a department sees its own line alone; the CSV has a line for each and a total."""
    made = planned(planner)
    lines = planner.get("/api/statements", params=PERIOD).json()
    assert sum(one["minutes"] for one in lines) == pytest.approx(made["flight_h"] * 60, abs=0.5)
    assert [one["department_id"] for one in ecology.get("/api/statements", params=PERIOD).json()] == ["ecology"]
    table = planner.get("/api/statements.csv", params=PERIOD)
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.text.strip().splitlines()) == len(lines) + 2
    assert planner.get("/api/statements", params=PERIOD | {"until": "2026-01-01"}).status_code == 422


def test_flights_add_up_to_the_statement(planner) -> None:
    """To the cent: the shares of each flight to the flight, those of each department to its statement."""
    planned(planner)
    flights = planner.get("/api/statements/flights", params=PERIOD).json()
    for flight in flights:
        assert cents(one["cost_yuan"] for one in flight["shares"]) == cents([flight["cost_yuan"]])
        assert cents(one["minutes"] for one in flight["shares"]) == cents([flight["minutes"]])
    for line in planner.get("/api/statements", params=PERIOD).json():
        shares = [one for flight in flights for one in flight["shares"] if one["department_id"] == line["department_id"]]
        assert (len(shares), cents(one["cost_yuan"] for one in shares)) == (line["flights"], cents([line["cost_yuan"]]))


def test_flights_of_one_department(planner, ecology) -> None:
    """A department sees its own shares alone, on the page and in the table; a planner may ask for one department's table."""
    planned(planner)
    flights = ecology.get("/api/statements/flights", params=PERIOD).json()
    assert {one["department_id"] for flight in flights for one in flight["shares"]} == {"ecology"}
    text = ecology.get("/api/statements/flights.csv", params=PERIOD).text
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    assert [row["部门编号 department_id"] for row in rows] == ["ecology"] * len(flights)
    asked = planner.get("/api/statements/flights.csv", params=PERIOD | {"department": "ecology"})
    assert asked.text == text
    assert f'filename="flights-ecology-{DAY}-{DAY}.csv"' in asked.headers["content-disposition"]


def test_what_flying_apart_would_have_taken(planner, station, monkeypatch) -> None:
    """Not known until it has been planned; then 30 min in 2 flights are 30 * 3 + 2 * 12 = 114 yuan, beside what the day's share
    was. A newer plan of the day is not compared yet.
    """
    planned(planner)
    before = planner.get("/api/statements", params=PERIOD).json()
    assert {(one["days"], one["compared_days"], one["apart_cost_yuan"]) for one in before} == {(1, 0, 0)}
    apart = ApartDay(departments=(ApartDepartment(department_id="ecology", flights=2, minutes=30.0, missed=1),))
    done: Future = Future()
    done.set_result(apart)
    monkeypatch.setattr(station.statements, "_fly_apart", lambda *_: done)
    with station.database.reading() as session:
        row = station.schedules.get(session, date.fromisoformat(DAY))
    station.statements.compare_later(row.id, row.schedule, (), 1.0)
    [line] = [one for one in planner.get("/api/statements", params=PERIOD).json() if one["department_id"] == "ecology"]
    assert (line["compared_days"], line["apart_flights"], line["apart_minutes"], line["apart_missed"]) == (1, 2, 30, 1)
    assert (line["apart_cost_yuan"], line["compared_cost_yuan"]) == (114, line["cost_yuan"])
    planned(planner)
    assert {one["compared_days"] for one in planner.get("/api/statements", params=PERIOD).json()} == {0}
