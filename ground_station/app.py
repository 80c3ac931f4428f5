"""The web application: all rooms' endpoints under /api, the console at /."""

from fastapi import APIRouter, Depends, FastAPI

from ground_station import api_docs, health
from ground_station.access import endpoints as access
from ground_station.access.door import Door
from ground_station.access.guard import signed_in
from ground_station.access.service import AccessService
from ground_station.aircraft_keys import endpoints as aircraft_keys
from ground_station.aircraft_keys.service import AircraftKeys
from ground_station.body_limit import BodyLimit
from ground_station.config import GroundSettings
from ground_station.console_files import SecurityHeaders, install_console
from ground_station.database import Database
from ground_station.demands import endpoints as demands
from ground_station.demands.service import DemandRegister
from ground_station.errors import Problem, install_error_handlers
from ground_station.findings import endpoints as findings
from ground_station.findings.service import FindingService
from ground_station.fleet import endpoints as fleet
from ground_station.fleet.service import FleetService
from ground_station.flights import endpoints as flights
from ground_station.flights.service import FlightService
from ground_station.head import HeadAsGet
from ground_station.ingest import endpoints as ingest
from ground_station.ingest.rejected import RejectedShelf
from ground_station.live import endpoints as live
from ground_station.live.hub import Hub
from ground_station.notices import endpoints as notices
from ground_station.notices.service import NoticeBoard
from ground_station.routes import endpoints as routes
from ground_station.routes.service import RouteService
from ground_station.scheduling import endpoints as scheduling
from ground_station.scheduling.dispatching import ScheduleDispatcher
from ground_station.scheduling.service import ScheduleService
from ground_station.statements import endpoints as statements
from ground_station.statements.service import StatementService
from ground_station.station import Station
from ground_station.work_orders import endpoints as work_orders
from ground_station.work_orders.service import WorkOrderService
from missions.district import District

_PROBLEMS: dict[int | str, dict[str, object]] = {status: {"model": Problem} for status in (401, 403, 404, 409, 422, 503)}

_ROOMS = (
    *(access, routes, fleet, aircraft_keys, flights, demands, scheduling, statements),
    *(notices, findings, work_orders, live, ingest),
)


def build_app(station: Station) -> FastAPI:
    """The application that serves a station. Everything but signing in asks for a signed-in user or an API key."""
    app = FastAPI(
        title="OneFlight ground station",
        description="One flight, many uses. Errors are RFC 9457 problems.",
        version=station.software_version,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.parts = _parts(station)
    app.state.clock = station.clock
    install_error_handlers(app)
    guarded = APIRouter(prefix="/api", dependencies=[Depends(signed_in)], responses=_PROBLEMS)
    for room in _ROOMS:
        guarded.include_router(room.router)
    app.include_router(access.open_router, prefix="/api", responses=_PROBLEMS)
    app.include_router(guarded)
    app.include_router(api_docs.router)
    app.include_router(health.router)
    install_console(app)
    app.add_middleware(Door)
    app.add_middleware(BodyLimit)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders, tile_url=station.settings.http.tile_url)
    return app


def _parts(station: Station) -> dict[type, object]:
    """What endpoints may ask for, by class."""
    return {
        GroundSettings: station.settings,
        District: station.district,
        Database: station.database,
        Hub: station.hub,
        AccessService: station.access,
        RouteService: station.routes,
        FlightService: station.flights,
        FleetService: station.fleet,
        AircraftKeys: station.keys,
        FindingService: station.findings,
        WorkOrderService: station.work_orders,
        DemandRegister: station.demands,
        ScheduleService: station.schedules,
        StatementService: station.statements,
        ScheduleDispatcher: station.dispatcher,
        NoticeBoard: station.notices,
        RejectedShelf: station.rejected,
    }
