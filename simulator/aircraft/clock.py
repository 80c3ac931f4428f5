"""Runs a vehicle at a multiple of wall-clock time until it is told to stop."""

import logging
import selectors
import time
from collections.abc import Callable

from simulator.aircraft.vehicle import Vehicle

logger = logging.getLogger(__name__)

STEP_S = 0.05
"""Autopilot time of one step: 20 Hz, the rate of its position and attitude messages."""

SHORTEST_WAIT_S = 0.01
"""The process wakes up at most 100 times a second; at a high speed factor it then makes several steps."""

GIVE_WAY_S = 0.5
"""Further behind than this (the machine is busy), lost time is given up instead of being made up for in a burst."""


def run(vehicle: Vehicle, should_stop: Callable[[], bool]) -> None:
    """Steps and listens until `should_stop`. Messages are answered when they come, not at the next step."""
    step_wall_s = STEP_S / vehicle.settings.speed_factor
    with selectors.DefaultSelector() as selector:
        for link in vehicle.links:
            selector.register(link.socket, selectors.EVENT_READ)
        due = wake_at = time.monotonic()
        while not should_stop():
            if selector.select(max(wake_at - time.monotonic(), 0.0)):
                vehicle.listen()
            now = time.monotonic()
            if now - due > GIVE_WAY_S:
                logger.warning("%.1f s behind: given up", now - due)
                due = now
            while due <= now:
                vehicle.step(STEP_S)
                due += step_wall_s
            wake_at = max(due, now + SHORTEST_WAIT_S)
