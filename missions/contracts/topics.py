"""Every topic on the broker, in one table. Topics are `oneflight/1/{district}/{drone}/{channel}`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from missions.errors import MessageError

PREFIX = "oneflight/1"
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")


class Channel(StrEnum):
    """The channels of one drone."""

    PRESENCE = "presence"
    TELEMETRY = "telemetry"
    FLIGHT = "flight"
    FINDING = "finding"
    EVIDENCE = "evidence"
    RESULT = "result"
    COMMAND = "command"
    ACK = "ack"


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """How a channel is used. `acknowledged`: kept in the outbox until the ground's database has it."""

    direction: Literal["up", "down"]
    qos: Literal[0, 1]
    retained: bool = False
    acknowledged: bool = False


CHANNELS: dict[Channel, ChannelRule] = {
    Channel.PRESENCE: ChannelRule("up", qos=1, retained=True),
    Channel.TELEMETRY: ChannelRule("up", qos=0),
    Channel.FLIGHT: ChannelRule("up", qos=1, acknowledged=True),
    Channel.FINDING: ChannelRule("up", qos=1, acknowledged=True),
    Channel.EVIDENCE: ChannelRule("up", qos=1, acknowledged=True),
    Channel.RESULT: ChannelRule("up", qos=1),
    Channel.COMMAND: ChannelRule("down", qos=1),
    Channel.ACK: ChannelRule("down", qos=1),
}
"""`evidence` has the JPEG's SHA-256 as one more level and the bare JPEG as its payload; all others carry an Envelope."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, taken apart. `sha256` only for evidence."""

    district_id: str
    drone_id: str
    channel: Channel
    sha256: str | None = None

    def __str__(self) -> str:
        tail = f"/{self.sha256}" if self.sha256 else ""
        return f"{PREFIX}/{self.district_id}/{self.drone_id}/{self.channel}{tail}"


def parse_topic(text: str) -> Topic:
    """Takes a topic apart; raises MessageError naming the level that is wrong."""
    levels = text.split("/")
    if "/".join(levels[:2]) != PREFIX or len(levels) not in (5, 6):
        raise MessageError(text, "topic", f"expected {PREFIX}/<district>/<drone>/<channel>")
    district_id, drone_id, channel = levels[2:5]
    for what, name in (("district", district_id), ("drone", drone_id)):
        if not _NAME.match(name):
            raise MessageError(text, what, f"'{name}' is not a valid name")
    if channel not in Channel._value2member_map_:
        raise MessageError(text, "channel", f"'{channel}' is unknown; known: {', '.join(Channel)}")
    sha256 = levels[5] if len(levels) == 6 else None
    if (channel == Channel.EVIDENCE) != (sha256 is not None) or (sha256 and not re.fullmatch(r"[0-9a-f]{64}", sha256)):
        raise MessageError(text, "evidence", "evidence, and only it, has a SHA-256 as its last level")
    return Topic(district_id, drone_id, Channel(channel), sha256)


def ground_subscriptions(district_id: str) -> list[tuple[str, int]]:
    """(filter, QoS) for everything the ground station hears of a district."""
    up = [(channel, rule) for channel, rule in CHANNELS.items() if rule.direction == "up"]
    return [(f"{PREFIX}/{district_id}/+/{c}{'/+' if c is Channel.EVIDENCE else ''}", rule.qos) for c, rule in up]


def drone_subscriptions(district_id: str, drone_id: str) -> list[tuple[str, int]]:
    """(filter, QoS) for everything one drone hears."""
    return [(str(Topic(district_id, drone_id, c)), rule.qos) for c, rule in CHANNELS.items() if rule.direction == "down"]
