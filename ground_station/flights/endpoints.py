"""Flights over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi import Path as PathParameter

from ground_station.access.guard import Dispatcher, Looker, Pilot, Planner, ReadSession, WriteSession
from ground_station.flights.schemas import CommandOut, FlightDetail, FlightOut, NewCommand, NewFlight
from ground_station.flights.service import FlightService
from ground_station.paging import Page, Paging
from ground_station.parts import TheDatabase, given
from ground_station.routes.service import RouteService
from missions.flight import FlightState
from missions.wind import Wind

router = APIRouter(tags=["flights"])
FlightId = Annotated[str, PathParameter(max_length=64)]
TheFlights = Annotated[FlightService, Depends(given(FlightService))]
TheRoutes = Annotated[RouteService, Depends(given(RouteService))]


@router.get("/flights")
def list_flights(
    principal: Looker,
    flights: TheFlights,
    session: ReadSession,
    paging: Paging,
    drone_id: str | None = None,
    state: FlightState | None = None,
) -> Page[FlightOut]:
    """Flights, newest first."""
    return flights.page(session, paging, drone_id=drone_id, state=state)


@router.get("/flights/{flight_id}")
def get_flight(flight_id: FlightId, principal: Looker, flights: TheFlights, session: ReadSession) -> FlightDetail:
    """A flight with its events, commands and track."""
    return flights.get(session, flight_id)


@router.post("/flights", status_code=201)
def plan_flight(
    body: NewFlight, principal: Planner, flights: TheFlights, routes: TheRoutes, database: TheDatabase
) -> FlightOut:
    """Plans a flight; 422 with each reason where it cannot be flown."""
    with database.reading() as session:
        district = routes.district_with(session, body.route_ids)
    plan = flights.plan(district, body.drone_id, body.route_ids, Wind(body.wind_mps, body.wind_from_deg))
    with database.transaction() as session:
        routes.check_unchanged(session, district.routes)
        return flights.add(session, plan, principal.name)


@router.post("/flights/{flight_id}/dispatch")
def dispatch_flight(flight_id: FlightId, principal: Dispatcher, flights: TheFlights, session: WriteSession) -> FlightOut:
    """Sends the plan to the aircraft."""
    return flights.dispatch(session, flight_id, principal.name)


@router.post("/flights/{flight_id}/commands", status_code=202)
def command_flight(
    flight_id: FlightId, body: NewCommand, principal: Pilot, flights: TheFlights, session: WriteSession
) -> CommandOut | None:
    """Gives a command; its answer comes on the stream. A flight that was never dispatched is cancelled at once (null)."""
    return flights.command(session, flight_id, body.command, principal.name)
