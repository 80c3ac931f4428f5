"""The mission protocol without sockets: messages in, messages out."""

from math import nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.aircraft.dialect import mavlink
from simulator.aircraft.mission_item import Cmd, Kind
from simulator.aircraft.mission_store import Store
from simulator.aircraft.mission_transfer import GIVE_UP_S, RETRY_S, Transfer


class Client:
    """Speaks to a transfer as system 245, component 190."""

    def __init__(self):
        self.store, self.sent = Store(), []
        self.transfer = Transfer(1, self.store, self.sent.append)

    def say(self, message, time_s=0.0, partner=(245, 190)):
        message._header = mavlink.MAVLink_header(message.get_msgId(), srcSystem=partner[0], srcComponent=partner[1])
        self.sent.clear()
        assert self.transfer.receive(message, time_s)
        return list(self.sent)

    def count(self, n, kind=0, **more):
        return self.say(mavlink.MAVLink_mission_count_message(1, 1, n, kind), **more)

    def item(self, seq, command=Cmd.WAYPOINT, frame=6, kind=0, p1=0.0, **more):
        args = (1, 1, seq, frame, command, 0, 1, p1, 0.0, 0.0, nan, 317800000, 1199000000, 30.0, kind)
        return self.say(mavlink.MAVLink_mission_item_int_message(*args), **more)

    def result(self, replies):
        assert [r.get_type() for r in replies] == ["MISSION_ACK"]
        return replies[0].type


@pytest.fixture
def client():
    return Client()


def test_a_list_is_asked_for_item_by_item_and_given_back_the_same(client):
    """Upload of three, then download: the same items in the same order."""
    assert client.count(3)[0].seq == 0
    assert client.item(0)[0].seq == 1
    assert client.item(1)[0].seq == 2
    assert client.result(client.item(2)) == mavlink.MAV_MISSION_ACCEPTED
    assert client.say(mavlink.MAVLink_mission_request_list_message(1, 1, 0))[0].count == 3
    given = client.say(mavlink.MAVLink_mission_request_int_message(1, 1, 2, 0))[0]
    assert (given.seq, given.command, given.x, given.z) == (2, 16, 317800000, 30.0)


def test_an_unsupported_command_ends_the_upload_and_keeps_the_old_list(client):
    """MAV_MISSION_UNSUPPORTED, and nothing of the new list is stored."""
    client.count(1)
    client.item(0)
    before = client.store[Kind.MISSION]
    client.count(2)
    client.item(0)
    assert client.result(client.item(1, command=31000)) == mavlink.MAV_MISSION_UNSUPPORTED
    assert client.store[Kind.MISSION] == before
    assert not client.transfer.is_uploading


@pytest.mark.parametrize(
    ("command", "frame", "kind", "p1", "result"),
    [
        (Cmd.WAYPOINT, 3, 0, 0, mavlink.MAV_MISSION_ACCEPTED),
        (Cmd.RETURN_TO_LAUNCH, 2, 0, 0, mavlink.MAV_MISSION_ACCEPTED),
        (Cmd.RETURN_TO_LAUNCH, 6, 0, 0, mavlink.MAV_MISSION_UNSUPPORTED),
        (Cmd.WAYPOINT, 2, 0, 0, mavlink.MAV_MISSION_UNSUPPORTED),
        (Cmd.WAYPOINT, 11, 0, 0, mavlink.MAV_MISSION_UNSUPPORTED_FRAME),
        (Cmd.FENCE_INCLUSION, 0, 0, 4, mavlink.MAV_MISSION_ERROR),
        (Cmd.FENCE_INCLUSION, 0, 1, 2, mavlink.MAV_MISSION_ERROR),
        (Cmd.FENCE_INCLUSION, 0, 1, 3, mavlink.MAV_MISSION_ACCEPTED),
        (Cmd.RALLY_POINT, 3, 2, 0, mavlink.MAV_MISSION_ACCEPTED),
    ],
)
def test_what_px4_takes_and_refuses(client, command, frame, kind, p1, result):
    """Commands fit their frame and their list, as PX4 v1.17 has it."""
    client.count(1, kind)
    assert client.result(client.item(0, command=command, frame=frame, kind=kind, p1=float(p1))) == result


def test_an_item_out_of_order_is_ignored(client):
    """Neither stored nor acknowledged; the expected one still comes."""
    client.count(2)
    assert client.item(1) == []
    assert client.item(0)[0].seq == 1


def test_a_missing_item_is_asked_for_again_and_then_given_up(client):
    """After a quarter of a second once more, after five the transfer is dropped."""
    client.count(2, time_s=0.0)
    client.sent.clear()
    client.transfer.tick(RETRY_S + 0.01)
    assert [m.get_type() for m in client.sent] == ["MISSION_REQUEST_INT"]
    client.transfer.tick(GIVE_UP_S + 0.01)
    assert not client.transfer.is_uploading


def test_another_client_has_to_wait(client):
    """MAV_MISSION_ERROR for a second uploader, and the first one goes on."""
    client.count(2)
    assert client.result(client.count(5, partner=(255, 190))) == mavlink.MAV_MISSION_ERROR
    assert client.item(0)[0].seq == 1


def test_a_lost_acknowledgement_is_given_again(client):
    """The last item once more after the end: accepted again, without another transfer."""
    client.count(1)
    client.item(0)
    assert client.result(client.item(0)) == mavlink.MAV_MISSION_ACCEPTED
    assert client.result(client.item(7)) == mavlink.MAV_MISSION_ERROR


def test_too_many_and_none(client):
    """No space for 10,001; a count of zero clears; an item that is not there is an invalid sequence."""
    assert client.result(client.count(10_001)) == mavlink.MAV_MISSION_NO_SPACE
    client.count(1)
    client.item(0)
    assert client.result(client.count(0)) == mavlink.MAV_MISSION_ACCEPTED
    assert client.store[Kind.MISSION] == ()
    request = mavlink.MAVLink_mission_request_int_message(1, 1, 0, 0)
    assert client.result(client.say(request)) == mavlink.MAV_MISSION_INVALID_SEQUENCE


def test_clearing_everything_clears_all_three(client):
    """MAV_MISSION_TYPE_ALL."""
    for kind, command, p1 in ((0, Cmd.WAYPOINT, 0.0), (2, Cmd.RALLY_POINT, 0.0)):
        client.count(1, kind)
        client.item(0, command=command, frame=3, kind=kind, p1=p1)
    client.say(mavlink.MAVLink_mission_clear_all_message(1, 1, 255))
    assert all(client.store[kind] == () for kind in Kind)


def test_other_systems_missions_are_not_taken(client):
    """Addressed to system 2: no answer."""
    assert client.say(mavlink.MAVLink_mission_count_message(2, 1, 1, 0)) == []


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(0, 3)), max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_sequence_of_messages_breaks_it(steps):
    """Any order of counts, items, requests and clears is answered, and a stored list is always complete from 0 on."""
    client = Client()
    makers = [
        lambda n, k: mavlink.MAVLink_mission_count_message(1, 1, n, k),
        lambda n, k: mavlink.MAVLink_mission_item_int_message(1, 1, n, 6, 16, 0, 1, 0, 0, 0, nan, 0, 0, 9.0, k),
        lambda n, k: mavlink.MAVLink_mission_request_int_message(1, 1, n, k),
        lambda n, k: mavlink.MAVLink_mission_request_list_message(1, 1, k),
        lambda n, k: mavlink.MAVLink_mission_clear_all_message(1, 1, k),
        lambda n, k: mavlink.MAVLink_mission_ack_message(1, 1, 0, k),
    ]
    for time_s, (which, n, kind) in enumerate(steps):
        client.say(makers[which](n, kind), time_s=float(time_s))
    for kind in Kind:
        assert [item.seq for item in client.store[kind]] == list(range(len(client.store[kind])))
