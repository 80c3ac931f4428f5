"""The ground station as a process: web server, broker link and ingest, started and ended in order."""

import logging
import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from ground_station.app import build_app
from ground_station.config import GroundSettings, HttpSettings
from ground_station.ingest.intake import Intake
from ground_station.ingest.link import MqttLink
from ground_station.ingest.worker import Inbox, IngestWorker
from ground_station.live.hub import Hub
from ground_station.ports import utc_now
from ground_station.station import Station, open_station
from missions.catalog import load
from missions.errors import InvalidInput

logger = logging.getLogger(__name__)

GRACE_S = 5
"""Requests under way get this long when the server is asked to end."""


class GroundServer(uvicorn.Server):
    """Uvicorn that ends the consoles' streams first, since it waits for every open request."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """On SIGINT and SIGTERM."""
        self._hub.close()
        super().handle_exit(sig, frame)


def serve(settings: GroundSettings, announce: Callable[[str], None]) -> None:
    """Runs the ground station until it is asked to end. `announce` gets its URL once it listens."""
    district = load(settings.catalog.directory)
    inbox = Inbox()
    link = MqttLink(settings.broker, district.id, utc_now, inbox.put)
    listener = _listen(settings.http)
    station = open_station(settings, district, link)
    worker = IngestWorker(station, inbox, Intake(station, link))
    link.when_connected(lambda: _send_waiting_commands(station))
    worker.start()
    link.start()
    try:
        _serve_http(station, listener, announce)
    finally:
        link.stop()
        worker.stop()
        station.planner.close()
        station.database.close()
        logger.info("the ground station has ended")


def _serve_http(station: Station, listener: socket.socket, announce: Callable[[str], None]) -> None:
    server = GroundServer(web_config(station), station.hub)
    host, port = listener.getsockname()[:2]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _note_signal)  # uvicorn raises the signal again once it has ended: what follows must still run
    announce(f"http://{f'[{host}]' if ':' in host else host}:{port}")
    server.run(sockets=[listener])


def web_config(station: Station) -> uvicorn.Config:
    """How the station is served. Who asks is told by the connection; by a header only where it comes from a trusted proxy."""
    trusted = [str(network) for network in station.settings.http.trusted_proxies]
    return uvicorn.Config(
        build_app(station),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE_S,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=trusted,
    )


def _note_signal(number: int, _frame: FrameType | None) -> None:
    logger.info("asked to end (%s)", signal.Signals(number).name)


def _listen(settings: HttpSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=256)
    except OSError as error:
        raise InvalidInput("http", f"{settings.host}:{settings.port}", f"cannot listen there: {error.strerror}") from error


def _send_waiting_commands(station: Station) -> None:
    """Commands that an earlier process recorded and may not have sent; the aircraft answers each id once."""
    with station.database.reading() as session:
        count = station.desk.send_again(session, station.district.id)
    if count:
        logger.info("sent %d commands again that wait for their answer", count)
