"""What of the station the ingest works with."""

from typing import Protocol

from ground_station.aircraft_keys.service import AircraftKeys
from ground_station.config import GroundSettings
from ground_station.database import Database
from ground_station.findings.service import FindingService
from ground_station.fleet.service import FleetService
from ground_station.flights.commands import CommandDesk
from ground_station.flights.service import FlightService
from ground_station.ingest.rejected import RejectedShelf
from missions.district import District


class IngestParts(Protocol):
    """The rooms a message may end in; the assembled station has them all."""

    @property
    def settings(self) -> GroundSettings:
        """The limits of what is taken."""

    @property
    def district(self) -> District:
        """Whose messages these are."""

    @property
    def database(self) -> Database:
        """Where they are kept."""

    @property
    def fleet(self) -> FleetService:
        """Takes presence and telemetry."""

    @property
    def keys(self) -> AircraftKeys:
        """Takes the keys that aircraft say are their own."""

    @property
    def flights(self) -> FlightService:
        """Takes flight events and tracks."""

    @property
    def desk(self) -> CommandDesk:
        """Takes the answers to commands."""

    @property
    def findings(self) -> FindingService:
        """Takes findings and their pictures."""

    @property
    def rejected(self) -> RejectedShelf:
        """Takes what nobody else does."""
