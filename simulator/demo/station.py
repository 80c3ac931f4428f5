"""The ground station as the demonstration sees it: its HTTP interface, signed in as one of its users."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx

from missions.errors import OneFlightError
from missions.finding import Finding
from missions.flight import Flight, FlightState
from missions.incident import Incident
from missions.route import Route
from simulator.demo.report import OrderOnFile, Records

_PAGE = 200


class StationRefusal(OneFlightError):
    """The station answered, and said no; `status` is the HTTP status."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        super().__init__(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:500]}")


class Station:
    """One user's session at a ground station."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=10.0, transport=httpx.HTTPTransport(retries=3))

    def is_up(self) -> bool:
        """Whether the station answers at all (it refuses whoever is not signed in)."""
        try:
            return self._client.get("/api/session").status_code in (200, 401)
        except httpx.TransportError:
            return False

    def sign_in(self, username: str, password: str) -> None:
        """Signs in; the session is kept in a cookie."""
        self._post("/api/session", {"username": username, "password": password})

    def import_routes(self, path: Path, categories: Sequence[str]) -> list[Route]:
        """Imports a plan, KML or GeoJSON file; its routes."""
        answer = self._client.post(
            "/api/routes/import", files={"file": (path.name, path.read_bytes())}, data={"categories": ",".join(categories)}
        )
        return [Route.model_validate(item) for item in _json(answer)["items"]]

    def plan_flight(self, drone_id: str, route_ids: Sequence[str]) -> Flight:
        """Plans a flight; raises StationRefusal with the station's reasons where it refuses."""
        return Flight.model_validate(self._post("/api/flights", {"drone_id": drone_id, "route_ids": list(route_ids)}))

    def dispatch(self, flight_id: str) -> None:
        """Sends the flight's plan to its aircraft."""
        self._post(f"/api/flights/{flight_id}/dispatch", {})

    def command(self, flight_id: str, command: str) -> None:
        """Gives a command: start, hold, resume, return, cancel."""
        self._post(f"/api/flights/{flight_id}/commands", {"command": command})

    def flights(self) -> list[Flight]:
        """All flights."""
        return [Flight.model_validate(item) for item in self._items("/api/flights")]

    def fleet(self) -> list[dict[str, Any]]:
        """All drones with their links and telemetry, as the station tells them."""
        return list(self._items("/api/fleet"))

    def work_order_count(self) -> int:
        """How many work orders there are."""
        return sum(1 for _ in self._items("/api/work-orders"))

    def records(self) -> Records:
        """All that the report needs of the database."""
        return Records(
            flights=self.flights(),
            findings=[Finding.model_validate(item) for item in self._items("/api/findings")],
            incidents=[Incident.model_validate(item) for item in self._items("/api/incidents")],
            work_orders=[
                OrderOnFile(item["id"], item["incident_id"], item["department_id"]) for item in self._items("/api/work-orders")
            ],
        )

    def state_of(self, flight_id: str) -> FlightState:
        """Where a flight stands."""
        return Flight.model_validate(_json(self._client.get(f"/api/flights/{flight_id}"))).state

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return _json(self._client.post(path, json=body))

    def _items(self, path: str) -> Iterator[dict[str, Any]]:
        cursor: str | None = None
        while True:
            page = _json(self._client.get(path, params={"limit": _PAGE} | ({"cursor": cursor} if cursor else {})))
            yield from page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return


def _json(answer: httpx.Response) -> Any:
    """The body of an answer; raises StationRefusal with the problem's own words where it is a refusal."""
    if answer.is_success:
        return answer.json() if answer.content else None
    raise StationRefusal(answer)
