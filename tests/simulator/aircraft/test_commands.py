"""Commands and their answers, without sockets."""

from math import nan

import pytest

from simulator.aircraft.autopilot import Autopilot
from simulator.aircraft.commands import ACCEPTED, DENIED, REJECTED, UNSUPPORTED, Command, Commander
from simulator.aircraft.modes import Mode
from simulator.aircraft.streams import API, Streams


@pytest.fixture
def desk(settings):
    sent = []
    autopilot, streams = Autopilot(settings), Streams(API, 1.0)
    return Commander(autopilot, streams, sent.append), autopilot, streams, sent


def give(desk, number, *params):
    p = (*params, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)[:7]
    return desk[0].carry_out(Command(number, p, p[4], p[5]))


@pytest.mark.parametrize(
    ("number", "params", "result"),
    [
        (400, (1, nan), ACCEPTED),  # arm
        (400, (2,), UNSUPPORTED),
        (176, (129, 4, 3), ACCEPTED),  # hold
        (176, (129, 4, 4), ACCEPTED),  # mission while disarmed: checked at arming
        (176, (129, 4, 99), REJECTED),
        (176, (129, 6, 0), REJECTED),  # offboard
        (20, (), ACCEPTED),
        (21, (), ACCEPTED),
        (22, (0, 0, 0, nan, nan, nan, nan), ACCEPTED),
        (192, (-1, 0), UNSUPPORTED),  # without the mode switch
        (300, (0, 0), DENIED),  # no mission
        (511, (33, 100_000), ACCEPTED),
        (511, (77_777, 100_000), DENIED),
        (512, (148,), ACCEPTED),
        (512, (9_999,), DENIED),
        (31_000, (), UNSUPPORTED),
    ],
)
def test_the_answers_are_px4s(desk, number, params, result):
    """On the ground, disarmed, with no mission."""
    assert give(desk, number, *params) == result


def test_a_mode_that_cannot_run_in_flight_is_temporarily_rejected(desk):
    """Armed and without a mission: mission mode is refused, and the mode stays."""
    assert give(desk, 400, 1) == ACCEPTED
    assert give(desk, 176, 129, 4, 4) == REJECTED
    assert desk[1].state.mode is Mode.HOLD


def test_an_asked_for_message_comes_once(desk):
    """AUTOPILOT_VERSION, with the capability without which MAVSDK does not upload missions (MISSION_INT, 4)."""
    give(desk, 512, 148)
    assert [m.get_type() for m in desk[3]] == ["AUTOPILOT_VERSION"]
    assert desk[3][0].capabilities & 4


def test_an_interval_changes_a_stream_and_zero_gives_the_default_back(desk):
    """In microseconds of autopilot time; -1 switches it off."""
    streams = desk[2]
    give(desk, 511, 33, 1_000_000)
    assert streams.interval_s(33) == 1.0
    give(desk, 511, 33, -1)
    assert streams.interval_s(33) < 0
    give(desk, 511, 33, 0)
    assert streams.interval_s(33) == API[33]


def test_a_stream_keeps_its_rate():
    """At 20 steps a second, one of 0.2 s is due 50 times in ten seconds."""
    streams = Streams({74: 0.2}, 1.0)
    assert sum(74 in streams.due(step * 0.05) for step in range(200)) == 50
