"""Statements over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from ground_station.access.guard import Looker, ReadSession
from ground_station.parts import TheDistrict, given
from ground_station.statements.schemas import StatementOut
from ground_station.statements.service import Period, StatementService
from missions.accounting import FlightStatement, flight_csv, statement_csv

router = APIRouter(tags=["statements"])
TheStatements = Annotated[StatementService, Depends(given(StatementService))]


def _period(
    first: Annotated[date, Query(alias="from", description="first day")],
    last: Annotated[date, Query(alias="until", description="last day, included")],
) -> Period:
    return Period(first, last)


ThePeriod = Annotated[Period, Depends(_period)]


@router.get("/statements")
def list_statements(period: ThePeriod, principal: Looker, service: TheStatements, session: ReadSession) -> list[StatementOut]:
    """What each department bears of the flights of a period (Shapley value); a department sees its own line."""
    return service.statements(session, period, principal)


@router.get("/statements/flights")
def list_flights(period: ThePeriod, principal: Looker, service: TheStatements, session: ReadSession) -> list[FlightStatement]:
    """The period's flights with their shares; a department sees its own."""
    return service.flights(session, period, principal)


@router.get("/statements.csv", response_class=Response)
def statements_csv(
    period: ThePeriod, principal: Looker, service: TheStatements, session: ReadSession, district: TheDistrict
) -> Response:
    """The statements as CSV, for a spreadsheet."""
    return _csv(statement_csv(service.statements(session, period, principal), district), "statement", period)


@router.get("/statements/flights.csv", response_class=Response)
def flights_csv(
    period: ThePeriod,
    principal: Looker,
    service: TheStatements,
    session: ReadSession,
    department: Annotated[str | None, Query(max_length=64, description="this department's shares alone")] = None,
) -> Response:
    """A row for each department's share of each flight, as CSV."""
    flights = [
        one.model_copy(update={"shares": tuple(share for share in one.shares if department in (None, share.department_id))})
        for one in service.flights(session, period, principal)
    ]
    return _csv(flight_csv(flights), f"flights-{department}" if department else "flights", period)


def _csv(text: str, name: str, period: Period) -> Response:
    safe = "".join(character for character in name if character.isascii() and (character.isalnum() or character in "-_"))
    headers = {"Content-Disposition": f'attachment; filename="{safe}-{period.first}-{period.last}.csv"'}
    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers=headers)
