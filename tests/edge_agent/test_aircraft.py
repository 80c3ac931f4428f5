import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.aircraft import AircraftState, read_message
from edge_agent.telemetry import MovementHistory, NoPose, TakenPose


def read(*messages: tuple[str, dict[str, object]], history: MovementHistory | None = None) -> AircraftState:
    state = AircraftState()
    for name, fields in messages:
        state = read_message(state, history or MovementHistory(), name, dict(fields), 5.0)
    return state


POSITION = {
    "time_boot_ms": 1000,
    "lat": 317800000,
    "lon": 1199000000,
    "alt": 75000,
    "relative_alt": 70000,
    "vx": 300,
    "vy": -400,
    "vz": 0,
    "hdg": 9050,
}


def test_nothing_heard_is_nothing_known() -> None:
    """Before any message all is unknown, and the aircraft neither flies nor stands."""
    state = AircraftState()
    assert not any((state.is_known, state.is_in_air, state.has_landed))


@pytest.mark.parametrize(
    ("main", "sub", "base", "mode", "armed"),
    [(4, 4, 209, "MISSION", True), (4, 3, 81, "HOLD", False), (4, 5, 209, "RETURN", True), (3, 2, 81, "POSITION", False)],
)
def test_a_heartbeat_tells_mode_and_arming(main: int, sub: int, base: int, mode: str, armed: bool) -> None:
    """PX4's main and sub mode stand in the third and fourth byte of custom_mode; 128 in base_mode is armed."""
    state = read(("HEARTBEAT", {"custom_mode": main << 16 | sub << 24, "base_mode": base}))
    assert (state.mode, state.armed, state.heard_s) == (mode, armed, 5.0)


def test_a_position_is_in_degrees_and_metres() -> None:
    """1e-7 degrees, millimetres and centimetres a second become degrees, metres and metres a second."""
    state = read(("GLOBAL_POSITION_INT", POSITION))
    assert state.point is not None
    assert (state.point.lat_deg, state.point.lon_deg) == (31.78, 119.9)
    assert (state.height_m, state.altitude_m, state.ground_speed_mps, state.heading_deg) == (70, 75, 5, 90.5)


def test_no_position_is_not_the_gulf_of_guinea() -> None:
    """0, 0 is what autopilots send before they know: it stays unknown. So does a heading of 65535."""
    assert read(("GLOBAL_POSITION_INT", POSITION | {"lat": 0, "lon": 0})).point is None
    assert read(("GLOBAL_POSITION_INT", POSITION | {"hdg": 65535})).heading_deg is None


@pytest.mark.parametrize(("remaining", "share"), [(77, 0.77), (-1, None), (0, 0.0)])
def test_an_unknown_charge_stays_unknown(remaining: int, share: float | None) -> None:
    """A remaining charge of -1 is no charge of zero."""
    assert read(("BATTERY_STATUS", {"battery_remaining": remaining})).battery_share == share


def test_flying_and_standing() -> None:
    """Armed and in the air is flying; disarmed and on the ground is landed; anything between is neither."""
    armed = ("HEARTBEAT", {"custom_mode": 0, "base_mode": 128})
    disarmed = ("HEARTBEAT", {"custom_mode": 0, "base_mode": 0})
    air, ground = ("EXTENDED_SYS_STATE", {"landed_state": 2}), ("EXTENDED_SYS_STATE", {"landed_state": 1})
    assert read(armed, air).is_in_air
    assert read(disarmed, ground).has_landed
    between = read(armed, ground)
    assert not any((between.is_in_air, between.has_landed))


@pytest.mark.parametrize(("flags", "heading_deg"), [(32, 100), (64, 10), (64 | 16, 10), (16, 10), (0, 100), (2, 100)])
def test_the_gimbals_yaw_has_its_frame(flags: int, heading_deg: float) -> None:
    """In the vehicle's frame (32, or no flag) the aircraft's heading of 90 is added to the yaw of 10; in the earth's (64, or
    yaw lock alone) it is not.
    """
    history = MovementHistory()
    half = 0.0871557427
    gimbal = {"time_boot_ms": 1000, "flags": flags, "q": [0.9961946981, 0, 0, half]}
    attitude = {"time_boot_ms": 1000, "q1": 0.7071067812, "q2": 0, "q3": 0, "q4": 0.7071067812}
    read(
        ("GLOBAL_POSITION_INT", POSITION),
        ("ATTITUDE_QUATERNION", attitude),
        ("GIMBAL_DEVICE_ATTITUDE_STATUS", gimbal),
        history=history,
    )
    taken = history.pose_at(1000, -90, 0)
    assert isinstance(taken, TakenPose)
    assert taken.pose.camera.euler_deg()[2] == pytest.approx(heading_deg)


@settings(deadline=None)
@given(st.sampled_from(["HEARTBEAT", "GLOBAL_POSITION_INT", "GIMBAL_DEVICE_ATTITUDE_STATUS", "ATTITUDE_QUATERNION"]))
def test_a_message_without_its_fields_is_refused(name: str) -> None:
    """A message that lacks what it must have raises one of the errors that the receiver counts, and changes nothing."""
    history = MovementHistory()
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_message(AircraftState(), history, name, {"flags": 0, "q": [0, 0, 0, 0], "time_boot_ms": 1}, 0.0)
    assert isinstance(history.pose_at(1, -90, 0), NoPose)


def test_only_grave_words_of_the_autopilot_are_kept() -> None:
    """Warnings and worse (severity 4 and below) explain what happens; information does not, and would be taken for a reason."""
    state = read(
        ("STATUSTEXT", {"severity": 6, "text": "Armed by external command"}),
        ("STATUSTEXT", {"severity": 4, "text": "Low battery, returning"}),
    )
    assert state.texts == ("Low battery, returning",)
