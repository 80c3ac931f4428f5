import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edge_agent.config import Broker, Identity
from edge_agent.link import Link
from edge_agent.outbox import Outbox
from missions.contracts.envelope import seal, unpack
from missions.contracts.messages import BORN, GIVEN, Born, CommandMessage, Rebirth
from missions.contracts.topics import Channel
from missions.finding import ModelRef
from missions.flight import Flight, FlightEvent, FlightEventKind
from missions.telemetry import Telemetry

AT = datetime(2026, 5, 1, tzinfo=UTC)
IDENTITY = Identity(district_id="zhonglou", drone_id="d1")


class Receiver:
    def __init__(self) -> None:
        self.commands: asyncio.Queue[CommandMessage] = asyncio.Queue()

    def born(self) -> Born:
        model = ModelRef(name="m", version="1", weights_sha256="c" * 64)
        return Born(session="s1", software_version="1", model=model, classes=("garbage_pile",))

    def command(self, command: CommandMessage) -> None:
        self.commands.put_nowait(command)


@asynccontextmanager
async def link_to(broker: Broker | int, outbox: Outbox) -> AsyncIterator[tuple[Link, Receiver]]:
    if isinstance(broker, int):
        broker = Broker(port=broker, resend_after_s=0.5, keepalive_s=5)
    link, receiver = Link(IDENTITY, broker, "s1", outbox), Receiver()
    link.start(receiver)
    running = asyncio.create_task(link.run())
    yield link, receiver
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await asyncio.to_thread(link.stop)
    outbox.close()


def store_event(outbox: Outbox, flight: Flight, number: int) -> None:
    outbox.save_flight(
        flight, number, FlightEvent(flight_id=flight.id, kind=FlightEventKind.LEG_COMPLETED, at=AT, number=number, leg_index=0)
    )


async def drained(outbox: Outbox, *, to: int = 0) -> None:
    async with asyncio.timeout(20):
        while outbox.count_waiting() > to:
            await asyncio.sleep(0.02)


def numbers(ground) -> list[int]:
    return [unpack("flight", envelope, FlightEvent).number for envelope in ground.envelopes(Channel.FLIGHT)]


async def test_what_is_stored_arrives_in_order_and_is_forgotten_when_acknowledged(
    tmp_path: Path, flight: Flight, mosquitto, ground
) -> None:
    """Events stored before there is a link arrive in their order after a birth; the acknowledgements empty the outbox; the
    sequence counts without gaps.
    """
    outbox = Outbox(tmp_path / "agent")
    for number in range(1, 6):
        store_event(outbox, flight, number)
    async with link_to(mosquitto.port, outbox) as (link, _):
        await ground.until(lambda: len(ground.of(Channel.FLIGHT)) >= 5)
        await drained(outbox)
        link.telemetry(Telemetry(at=AT))
        await ground.until(lambda: len(ground.of(Channel.TELEMETRY)) == 1)
    sequences = [json.loads(payload)["sequence"] for topic, payload, _ in ground.heard if topic.channel is not Channel.EVIDENCE]
    assert numbers(ground) == [1, 2, 3, 4, 5]
    assert ground.envelopes(Channel.PRESENCE)[0].type == BORN
    assert sequences == list(range(1, len(sequences) + 1))


async def test_what_is_not_acknowledged_is_sent_again(tmp_path: Path, flight: Flight, mosquitto, ground) -> None:
    """Without an acknowledgement a message comes again, with the same id and a new sequence number, until there is one."""
    outbox = Outbox(tmp_path / "agent")
    store_event(outbox, flight, 1)
    ground.acknowledges = False
    async with link_to(mosquitto.port, outbox):
        await ground.until(lambda: len(ground.of(Channel.FLIGHT)) == 2)
        ground.acknowledges = True
        await drained(outbox)
    envelopes = ground.envelopes(Channel.FLIGHT)
    assert len({envelope.id for envelope in envelopes}) == 1
    assert len({envelope.sequence for envelope in envelopes}) == len(envelopes)


async def test_a_killed_broker_loses_nothing(tmp_path: Path, flight: Flight, mosquitto, ground) -> None:
    """The broker is killed with SIGKILL while messages flow, more are stored meanwhile, and it is started again: everything
    arrives and is acknowledged.
    """
    outbox = Outbox(tmp_path / "agent")
    async with link_to(mosquitto.port, outbox):
        for number in range(1, 11):
            store_event(outbox, flight, number)
        await ground.until(lambda: bool(ground.of(Channel.FLIGHT)))
        mosquitto.kill()
        for number in range(11, 21):
            store_event(outbox, flight, number)
        await asyncio.to_thread(mosquitto.start)
        await ground.until(lambda: set(numbers(ground)) == set(range(1, 21)))
        await drained(outbox)


async def test_a_command_comes_in_and_a_broken_one_is_counted(tmp_path: Path, mosquitto, ground) -> None:
    """A command reaches its receiver; what does not parse is counted and does no harm."""
    command = CommandMessage(id="c1", expires_at=AT + timedelta(days=1), body=Rebirth())
    async with link_to(mosquitto.port, Outbox(tmp_path / "agent")) as (link, receiver):
        await ground.until(lambda: bool(ground.of(Channel.PRESENCE)))
        async with asyncio.timeout(20):
            ground.send(Channel.COMMAND, b"{broken")
            ground.send(Channel.COMMAND, seal(command, type=GIVEN, source="ground", at=AT))
            assert await receiver.commands.get() == command
        assert link.rejected == 1


async def test_the_will_and_the_goodbye_tell_why_the_agent_is_gone(tmp_path: Path, mosquitto, ground) -> None:
    """An agent that ends says so itself; the retained presence then is its death."""
    async with link_to(mosquitto.port, Outbox(tmp_path / "agent")):
        await ground.until(lambda: bool(ground.of(Channel.PRESENCE)))
    await ground.until(lambda: len(ground.of(Channel.PRESENCE)) == 2)
    assert ground.envelopes(Channel.PRESENCE)[-1].data == {"session": "s1", "reason": "shut_down"}


async def test_messages_that_are_never_answered_do_not_block_newer_ones(
    tmp_path: Path, flight: Flight, mosquitto, ground
) -> None:
    """The window is full of messages that the ground never answers: the newer ones are delivered all the same, and the old ones
    stay on the disk and come again, until they are answered.
    """
    outbox = Outbox(tmp_path / "agent")
    for number in range(1, 5):
        store_event(outbox, flight, number)
    ground.ignored = {message.id for message in outbox.waiting(10)}
    for number in range(5, 9):
        store_event(outbox, flight, number)
    broker = Broker(port=mosquitto.port, resend_after_s=0.1, resend_at_most_s=1.0, keepalive_s=5, window=4)
    async with link_to(broker, outbox):
        await ground.until(lambda: set(numbers(ground)) == set(range(1, 9)))
        await drained(outbox, to=4)
        assert {message.id for message in outbox.waiting(10)} == ground.ignored
        ground.ignored = set()
        await drained(outbox)


@pytest.mark.parametrize("text", ["first\n", "first\nsecond\n", " first "])
def test_the_password_is_the_first_line(tmp_path: Path, text: str) -> None:
    """The password file's first line, without blanks, is the password."""
    from edge_agent.link import read_password

    (tmp_path / "password").write_text(text)
    assert read_password(Broker(password_file=tmp_path / "password")) == "first"
