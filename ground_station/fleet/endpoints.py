"""The fleet over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from ground_station.access.guard import Looker, ReadSession
from ground_station.fleet.schemas import FleetEntry
from ground_station.fleet.service import FleetService
from ground_station.flights.service import FlightService
from ground_station.paging import Page
from ground_station.parts import given

router = APIRouter(tags=["fleet"])


@router.get("/fleet")
def list_fleet(
    principal: Looker,
    fleet: Annotated[FleetService, Depends(given(FleetService))],
    flights: Annotated[FlightService, Depends(given(FlightService))],
    session: ReadSession,
) -> Page[FleetEntry]:
    """Every drone of the district, with how fresh what is known of it is."""
    return Page(items=fleet.entries(flights.active_by_drone(session)))
