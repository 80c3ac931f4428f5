"""Bytes on the wire: whatever arrives, the link goes on."""

import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.aircraft.dialect import mavlink
from simulator.aircraft.link import Link, LinkName, Ports, ports_of


@pytest.fixture
def link():
    link = Link(LinkName.API, Ports(0, 9), 1)
    yield link
    link.close()


def heartbeat(seq=0):
    packer = mavlink.MAVLink(None, srcSystem=255, srcComponent=190)
    packer.seq = seq
    return bytes(mavlink.MAVLink_heartbeat_message(6, 8, 0, 0, 4, 3).pack(packer))


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_bytes_the_next_datagram_is_understood(link, junk):
    """Noise never completes or swallows the message that comes after it."""
    link.parse(junk)
    assert [m.get_type() for m in link.parse(heartbeat())] == ["HEARTBEAT"]


@given(st.integers(0, 20), st.integers(1, 255))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flipped_bit_is_counted(link, place, flip):
    """A message with one byte changed is not passed on as if it were right, unless only its place in the sequence changed."""
    data = bytearray(heartbeat())
    data[place % len(data)] ^= flip
    before = link.malformed
    good = link.parse(bytes(data))
    assert link.malformed > before or good == []


def test_a_truncated_message_is_counted_as_malformed(link):
    """Half a heartbeat is one malformed message."""
    assert link.parse(heartbeat()[:10]) == []
    assert link.malformed == 1


def test_several_messages_in_one_datagram(link):
    """All are read."""
    assert len(link.parse(heartbeat(0) + heartbeat(1))) == 2


def test_whoever_spoke_last_is_answered(link):
    """Over a real socket: a client on any port that sends a heartbeat gets what the aircraft sends next."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.bind(("127.0.0.1", 0))
        client.settimeout(5)
        client.sendto(heartbeat(), ("127.0.0.1", link.local_port))
        link.socket.setblocking(True)
        link.socket.settimeout(5)
        data, sender = link.socket.recvfrom(2048)
        link.socket.setblocking(False)
        client.sendto(data, ("127.0.0.1", link.local_port))
        while not link.read():
            pass
        link.send(mavlink.MAVLink_heartbeat_message(2, 12, 0, 0, 4, 3))
        assert client.recv(2048)
        assert sender == client.getsockname()


def test_the_ports_are_px4s():
    """Instance 3 as in the table of docs/architecture.md; from 10 on every API link goes to 14549."""
    assert ports_of(3) == {
        LinkName.API: Ports(14583, 14543),
        LinkName.PAYLOAD: Ports(14283, 14033),
        LinkName.GROUND: Ports(18573, 14550),
    }
    assert ports_of(10)[LinkName.API].remote == 14549
