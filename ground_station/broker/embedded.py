"""The embedded broker (amqtt): for trying OneFlight where Mosquitto is not installed. See docs/deployment.md for its limits."""

import asyncio
import logging
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amqtt.broker import Broker
from amqtt.contexts import Action, BaseContext
from amqtt.plugins.base import BaseTopicPlugin
from amqtt.session import Session
from paho.mqtt.client import topic_matches_sub

from ground_station.broker.accounts import Grant, read_grants
from ground_station.broker.config import BrokerServerSettings

logger = logging.getLogger(__name__)


class GrantsPlugin(BaseTopicPlugin):
    """Holds every client to the grants of its account."""

    @dataclass
    class Config:
        """Where the accounts lie."""

        folder: str

    def __init__(self, context: BaseContext) -> None:
        super().__init__(context)
        folder = Path(self._get_config_option("folder", None))
        self._grants = {grant.user: grant for grant in read_grants(folder)}

    async def topic_filtering(
        self, *, session: Session | None = None, topic: str | None = None, action: Action | None = None
    ) -> bool:
        """Whether the session may do this with the topic (for a subscription: the topic filter)."""
        grant = self._grants.get(session.username or "") if session else None
        return bool(grant and topic and is_granted(grant, topic, writes=action is Action.PUBLISH))


def is_granted(grant: Grant, topic: str, *, writes: bool) -> bool:
    """Whether a grant covers a topic, or a topic filter no wider than its own."""
    allowed = grant.write if writes else grant.read
    if any(sign in topic for sign in "+#"):
        return topic in allowed
    return any(topic_matches_sub(one, topic) for one in allowed)


def configuration(settings: BrokerServerSettings) -> dict[str, Any]:
    """Amqtt's configuration: the same accounts and rules as Mosquitto's."""
    listener: dict[str, Any] = {"type": "tcp", "bind": f"{settings.host}:{settings.port}"}
    if settings.certificate_file and settings.key_file:
        listener |= {"ssl": True, "certfile": str(settings.certificate_file), "keyfile": str(settings.key_file)}
    return {
        "listeners": {"default": listener},
        "plugins": {
            "amqtt.plugins.authentication.FileAuthPlugin": {"password_file": str(settings.folder / "embedded.passwd")},
            f"{__name__}.GrantsPlugin": {"folder": str(settings.folder)},
        },
    }


async def serve(settings: BrokerServerSettings) -> None:
    """Runs the embedded broker until the process is asked to end."""
    broker = Broker(configuration(settings))
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    await broker.start()
    logger.info("embedded broker listens on %s:%s", settings.host, settings.port)
    await ended.wait()
    await broker.shutdown()
