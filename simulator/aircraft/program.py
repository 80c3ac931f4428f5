"""The aircraft as a process: from settings to a clean end at a signal."""

import logging
import signal
from threading import Event

from missions.errors import OneFlightError
from simulator.aircraft.clock import run
from simulator.aircraft.link import ports_of
from simulator.aircraft.settings import Settings
from simulator.aircraft.vehicle import Vehicle

READY = "Ready for takeoff!"
"""On standard output once the links are open; PX4 says the same."""


def fly_until_signal(settings: Settings) -> None:
    """Flies until SIGINT or SIGTERM. Raises OneFlightError where a port is taken."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    vehicle = _open(settings)
    print(READY, flush=True)  # noqa: T201 - the line that whoever starts the process waits for
    try:
        run(vehicle, ended.is_set)
    finally:
        vehicle.close()


def _open(settings: Settings) -> Vehicle:
    ports = ports_of(settings.instance)
    try:
        return Vehicle(settings, ports)
    except OSError as error:
        bound = ", ".join(str(one.local) for one in ports.values())
        raise OneFlightError(f"aircraft {settings.instance} cannot bind one of the UDP ports {bound}: {error}") from error
