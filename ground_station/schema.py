"""Every table of the ground station, gathered."""

from ground_station.access import tables as access_tables
from ground_station.database import Base
from ground_station.demands import tables as demands_tables
from ground_station.findings import tables as findings_tables
from ground_station.fleet import tables as fleet_tables
from ground_station.flights import tables as flights_tables
from ground_station.ingest import tables as ingest_tables
from ground_station.notices import tables as notices_tables
from ground_station.routes import tables as routes_tables
from ground_station.scheduling import tables as scheduling_tables
from ground_station.statements import tables as statements_tables
from ground_station.work_orders import tables as work_orders_tables

ROOMS = (
    access_tables,
    routes_tables,
    fleet_tables,
    flights_tables,
    findings_tables,
    work_orders_tables,
    ingest_tables,
    demands_tables,
    scheduling_tables,
    statements_tables,
    notices_tables,
)
"""Importing a room's tables registers them."""

METADATA = Base.metadata
