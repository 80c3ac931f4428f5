"""What the camera learns of its aircraft."""

import pytest

from simulator.aircraft.dialect import Message, mavlink
from simulator.camera.aircraft_watch import AircraftWatch


def _heard(message: Message) -> Message:
    """The message as it comes off the wire."""
    data = message.pack(mavlink.MAVLink(None, srcSystem=1, srcComponent=1))
    return mavlink.MAVLink(None).parse_buffer(data)[0]


def _truth(time_ms: int, altitude_m: float) -> Message:
    rest = [0] * 8
    return _heard(
        mavlink.MAVLink_hil_state_quaternion_message(
            time_ms * 1000, [1.0, 0.0, 0.0, 0.0], 0.0, 0.0, 0.0, 317_800_000, 1_199_000_000, int(altitude_m * 1000), *rest
        )
    )


def _estimate(time_ms: int, altitude_m: float, relative_m: float) -> Message:
    return _heard(
        mavlink.MAVLink_global_position_int_message(
            time_ms, 317_900_000, 1_199_000_000, int(altitude_m * 1000), int(relative_m * 1000), 0, 0, 0, 0
        )
    )


def _attitude(time_ms: int) -> Message:
    return _heard(mavlink.MAVLink_attitude_quaternion_message(time_ms, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))


def _beat(*, armed: bool) -> Message:
    return _heard(mavlink.MAVLink_heartbeat_message(2, 12, 128 if armed else 0, 0, 4, 3))


def test_without_the_truth_the_estimate_serves() -> None:
    """Position and attitude make a pose; the ground lies the relative altitude below."""
    watch = AircraftWatch()
    assert not watch.hear(_estimate(900, 50, 40))
    watch.hear(_attitude(950))
    assert watch.hear(_estimate(1000, 50, 40))
    assert watch.ground_altitude_m == pytest.approx(10)
    pose = watch.history.at(1000)
    assert pose is not None
    assert pose.altitude_m == pytest.approx(50)


def test_once_the_truth_is_heard_estimates_are_left_out() -> None:
    """The history then holds true poses alone."""
    watch = AircraftWatch()
    watch.hear(_attitude(950))
    watch.hear(_estimate(1000, 50, 40))
    assert watch.hear(_truth(1010, 52))
    assert not watch.hear(_estimate(1020, 50, 40))
    assert watch.history.at(1000) is None
    assert watch.history.newest_ms == 1010


def test_a_truth_without_a_time_is_left_out() -> None:
    """A HIL_STATE_QUATERNION whose time is 0, as PX4 v1.17 sends it, makes no pose and does not shut the estimates out."""
    watch = AircraftWatch()
    assert not watch.hear(_truth(0, 52))
    watch.hear(_attitude(950))
    assert watch.hear(_estimate(1000, 50, 40))
    assert watch.history.newest_ms == 1000


def test_the_ground_is_where_it_stood_disarmed() -> None:
    """The true altitude while disarmed is the ground's, whatever the autopilot estimates; in the air it stays."""
    watch = AircraftWatch()
    watch.hear(_beat(armed=False))
    watch.hear(_truth(100, 6.0))
    watch.hear(_beat(armed=True))
    watch.hear(_truth(200, 90.0))
    watch.hear(_estimate(210, 91, 82))
    assert watch.armed
    assert watch.ground_altitude_m == pytest.approx(6.0)
