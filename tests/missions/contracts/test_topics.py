"""Topics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.contracts.topics import CHANNELS, Channel, Topic, drone_subscriptions, ground_subscriptions, parse_topic
from missions.errors import MessageError

names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True)
SHA = "a" * 64


@given(district=names, drone=names, channel=st.sampled_from(Channel))
def test_written_and_read(district: str, drone: str, channel: Channel) -> None:
    """Every topic is read as it was written."""
    topic = Topic(district, drone, channel, SHA if channel is Channel.EVIDENCE else None)
    assert parse_topic(str(topic)) == topic


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("other/1/d/x/finding", "topic"),
        ("oneflight/2/d/x/finding", "topic"),
        ("oneflight/1/d/x", "topic"),
        ("oneflight/1/d/x/finding/more/levels", "topic"),
        ("oneflight/1/+/x/finding", "district"),
        ("oneflight/1/d//finding", "drone"),
        ("oneflight/1/d/x/gossip", "channel"),
        ("oneflight/1/d/x/evidence", "evidence"),
        (f"oneflight/1/d/x/finding/{SHA}", "evidence"),
        ("oneflight/1/d/x/evidence/abc", "evidence"),
    ],
)
def test_wrong_level_is_named(text: str, where: str) -> None:
    """A topic that is none says which level is wrong."""
    with pytest.raises(MessageError) as caught:
        parse_topic(text)
    assert caught.value.where == where


@given(text=st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Any text is a topic or a MessageError."""
    try:
        parsed = parse_topic(text)
    except MessageError:
        return
    assert str(parsed) == text


def test_subscriptions_follow_the_table() -> None:
    """The ground hears what goes up, a drone what comes down, each with its quality of service."""
    assert len(ground_subscriptions("d")) == sum(rule.direction == "up" for rule in CHANNELS.values())
    assert ("oneflight/1/d/+/evidence/+", 1) in ground_subscriptions("d")
    assert dict(drone_subscriptions("d", "x")) == {"oneflight/1/d/x/command": 1, "oneflight/1/d/x/ack": 1}
