"""The ground station, assembled: its parts and what each is given."""

from dataclasses import dataclass
from importlib.metadata import version

from ground_station.access.service import AccessService
from ground_station.aircraft_keys.service import AircraftKeys
from ground_station.config import GroundSettings
from ground_station.database import Database
from ground_station.demands.service import DemandRegister
from ground_station.findings.evidence_store import EvidenceStore
from ground_station.findings.service import FindingService, Neighbours
from ground_station.fleet.service import FleetService
from ground_station.flights.commands import CommandDesk
from ground_station.flights.service import FlightService
from ground_station.ingest.rejected import RejectedShelf
from ground_station.live.hub import Hub
from ground_station.notices.service import NoticeBoard
from ground_station.ports import Clock, CommandSender, utc_now
from ground_station.routes.service import RouteService
from ground_station.scheduling.background import BackgroundPlanner
from ground_station.scheduling.dispatching import ScheduleDispatcher, StartGate
from ground_station.scheduling.service import ScheduleNeighbours, ScheduleService
from ground_station.statements.service import StatementService
from ground_station.work_orders.service import WorkOrderService
from missions.district import District
from missions.formats.geotiff import read_elevation
from missions.ground import on_ground


@dataclass(frozen=True, slots=True)
class Station:
    """Everything that endpoints and ingest work with. Only the assembly knows it: a room is given the parts it needs."""

    settings: GroundSettings
    district: District
    database: Database
    clock: Clock
    hub: Hub
    access: AccessService
    routes: RouteService
    desk: CommandDesk
    flights: FlightService
    fleet: FleetService
    keys: AircraftKeys
    findings: FindingService
    work_orders: WorkOrderService
    demands: DemandRegister
    schedules: ScheduleService
    statements: StatementService
    dispatcher: ScheduleDispatcher
    notices: NoticeBoard
    planner: BackgroundPlanner
    rejected: RejectedShelf
    software_version: str


def open_station(settings: GroundSettings, district: District, sender: CommandSender, *, clock: Clock = utc_now) -> Station:
    """The station of a district: its database brought up to date, its routes those of the catalogue. Raises InvalidInput where
    the elevation cannot be read or does not know all of the district.
    """
    database = Database(settings.database.url)
    database.upgrade()
    hub = Hub()
    desk = CommandDesk(settings.fleet, clock, sender, hub.publish)
    work_orders = WorkOrderService(district, clock, hub.publish)
    store = EvidenceStore(settings.storage.evidence_directory)
    ground = read_elevation(settings.catalog.terrain) if settings.catalog.terrain else None
    on_ground(district, ground)
    flights = FlightService(district, clock, desk, hub.publish, StartGate(district, clock, ground).check, ground)
    planner = BackgroundPlanner()
    routes = RouteService(district, clock, flights.open_over)
    statements = StatementService(district, database, clock, hub.publish, planner.apart)
    demands = DemandRegister(district, clock, hub.publish, routes.get)
    notices = NoticeBoard(district, clock, hub.publish)
    neighbours = ScheduleNeighbours(demands, notices, flights, statements.compare_later, work_orders.to_verify)
    station = Station(
        settings=settings,
        district=district,
        database=database,
        clock=clock,
        hub=hub,
        access=AccessService(district, settings.access, clock),
        routes=routes,
        desk=desk,
        flights=flights,
        fleet=FleetService(district, settings.fleet, clock, sender, hub.publish),
        keys=AircraftKeys(district, clock, hub.publish),
        findings=FindingService(district, clock, store, hub.publish, Neighbours(work_orders.open_for, flights.is_flight_of)),
        work_orders=work_orders,
        demands=demands,
        schedules=ScheduleService(district, database, clock, hub.publish, planner.plan, neighbours, ground),
        dispatcher=ScheduleDispatcher(district, database, clock, demands, flights, ground),
        statements=statements,
        notices=notices,
        planner=planner,
        rejected=RejectedShelf(district.id, settings.storage.max_rejected_messages, clock),
        software_version=version("oneflight"),
    )
    with database.transaction() as session:
        station.routes.load_catalogue(session)
        station.fleet.restore(session)
    return station
