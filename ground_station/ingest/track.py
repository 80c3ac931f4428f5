"""Picks the points of a flight's track from telemetry: about one a second, written in batches."""

from datetime import datetime

from ground_station.flights.tables import TrackPointRow
from missions.telemetry import Telemetry


class TrackBuffer:
    """Points that wait to be written. They may be lost with the process: the flight record is on the aircraft."""

    def __init__(self, district_id: str, interval_s: float) -> None:
        self._district_id = district_id
        self._interval_s = interval_s
        self._last: dict[str, datetime] = {}
        self._waiting: list[TrackPointRow] = []

    def add(self, drone_id: str, telemetry: Telemetry) -> None:
        """Takes a point, if the flight and the place are known and enough time has passed since the last."""
        if telemetry.flight_id is None or telemetry.point is None:
            return
        last = self._last.get(drone_id)
        if last is not None and 0 <= (telemetry.at - last).total_seconds() < self._interval_s:
            return
        self._last[drone_id] = telemetry.at
        self._waiting.append(
            TrackPointRow(
                district_id=self._district_id,
                flight_id=telemetry.flight_id[:64],
                at=telemetry.at,
                lat_deg=telemetry.point.lat_deg,
                lon_deg=telemetry.point.lon_deg,
                height_m=telemetry.height_m,
                battery_share=telemetry.battery_share,
            )
        )

    def drain(self) -> list[TrackPointRow]:
        """The points that wait, which wait no longer."""
        waiting, self._waiting = self._waiting, []
        return waiting
