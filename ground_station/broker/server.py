"""Chooses the broker and runs it."""

import asyncio
import logging

from ground_station.broker.accounts import read_grants
from ground_station.broker.config import BrokerServerSettings
from ground_station.broker.mosquitto import become_mosquitto, find_mosquitto
from missions.errors import NotFound

logger = logging.getLogger(__name__)


def run_broker(settings: BrokerServerSettings) -> None:
    """Runs the station's broker in the foreground. Raises NotFound where Mosquitto is asked for and not installed."""
    read_grants(settings.folder)
    executable = find_mosquitto() if settings.engine != "embedded" else None
    if executable:
        become_mosquitto(executable, settings)
    if settings.engine == "mosquitto":
        raise NotFound("Mosquitto is not installed; on Debian and Ubuntu: sudo apt-get install mosquitto")
    logger.warning("Mosquitto is not installed: the embedded broker runs in its place (not for operations)")
    from ground_station.broker.embedded import serve

    asyncio.run(serve(settings))
