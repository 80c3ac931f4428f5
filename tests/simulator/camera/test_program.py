"""The camera on a real payload link, with an aircraft played by the test."""

import socket
from collections.abc import Iterator
from math import radians
from pathlib import Path
from threading import Event, Thread

import pytest

from missions.aircraft import Camera
from missions.geometry import Attitude, GeoPoint
from simulator.aircraft.dialect import Message, mavlink
from simulator.camera.gimbal import YAW_IN_EARTH_FRAME, pitch_and_yaw
from simulator.camera.payload_link import CAMERA, GIMBAL
from simulator.camera.program import CameraProgram, CameraSettings
from simulator.camera.views import read_views
from simulator.world.matter import Matter, World

PLACE = GeoPoint(lat_deg=31.78, lon_deg=119.9)
SHED = Matter(id="m1", class_key="blue_steel_shed", position=PLACE, heading_deg=0, size_m=14, seed=1)
WORLD = World(seed=2, district_id="here", origin=PLACE, matters=(SHED,))
SYSTEM = 8


class Aircraft:
    """Plays the autopilot on the payload link."""

    def __init__(self, program: CameraProgram) -> None:
        self._to = ("127.0.0.1", program.link.port)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(10)
        self._packer = mavlink.MAVLink(None, srcSystem=SYSTEM, srcComponent=1)
        self._parser = mavlink.MAVLink(None)

    def send(self, message: Message) -> None:
        self._socket.sendto(message.pack(self._packer), self._to)

    def beat(self, *, armed: bool) -> None:
        mode = mavlink.MAV_MODE_FLAG_SAFETY_ARMED if armed else 0
        self.send(mavlink.MAVLink_heartbeat_message(2, 12, mode, 0, 4, 3))

    def be_at(self, time_ms: float, height_m: float, heading_deg: float = 0.0) -> None:
        q = Attitude.from_euler(5, -5, heading_deg)
        lat, lon, alt = round(PLACE.lat_deg * 1e7), round(PLACE.lon_deg * 1e7), round((height_m + 6) * 1000)
        rest = [0] * 8
        self.send(
            mavlink.MAVLink_hil_state_quaternion_message(
                int(time_ms * 1000), [q.w, q.x, q.y, q.z], 0.0, 0.0, 0.0, lat, lon, alt, *rest
            )
        )

    def wait_for(self, kind: str, component: int) -> Message:
        while True:
            for message in self._parser.parse_buffer(self._socket.recv(4096)) or ():
                if message.get_type() == kind and message.get_srcComponent() == component:
                    return message

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[tuple[CameraProgram, Aircraft, Path]]:
    """A running camera and an aircraft that stands disarmed on its ground, 6 m above the sea."""
    views = tmp_path / "views.jsonl"
    settings = CameraSettings(mavlink_port=0, http_port=0, frames_per_s=2.0, views=views)
    program = CameraProgram(WORLD, Camera(width_px=320, height_px=180, hfov_deg=60), settings)
    stop = Event()
    thread = Thread(target=program.run, args=(stop,))
    thread.start()
    aircraft = Aircraft(program)
    aircraft.beat(armed=False)
    aircraft.be_at(100, 0.0)
    yield program, aircraft, views
    stop.set()
    thread.join(10)
    program.close()
    aircraft.close()


def test_frames_are_taken_at_whole_periods_of_the_autopilot_s_clock(camera: tuple[CameraProgram, Aircraft, Path]) -> None:
    """At two a second, with poses every 70 ms: frames at 500, 1000 and 1500 ms, from 80 m over the ground it took off from."""
    program, aircraft, views = camera
    aircraft.beat(armed=True)
    with program.video.watch() as frames:
        for time_ms in range(140, 1700, 70):
            aircraft.be_at(time_ms, 80.0)
        times = [frame.time_boot_ms for _ in range(3) if (frame := frames.get(timeout=20))]
    assert times == [500, 1000, 1500]
    logged = read_views(views)
    assert [view.time_boot_ms for view in logged][-3:] == times
    assert logged[-1].pose.height_m == pytest.approx(80)
    assert logged[-1].matters["m1"].foot == pytest.approx((160, 90), abs=1)


def test_the_gimbal_turns_as_ordered_and_tells_its_attitude(camera: tuple[CameraProgram, Aircraft, Path]) -> None:
    """After an order of -45 degrees the status says so, against north, though the aircraft is banked."""
    _, aircraft, _ = camera
    q = Attitude.from_euler(0, -45, 0)
    aircraft.send(mavlink.MAVLink_gimbal_device_set_attitude_message(0, 0, 12, [q.w, q.x, q.y, q.z], 0.0, 0.0, 0.0))
    for time_ms in range(200, 1400, 100):
        aircraft.be_at(time_ms, 30.0, heading_deg=90)
    status = aircraft.wait_for("GIMBAL_DEVICE_ATTITUDE_STATUS", GIMBAL)
    while status.time_boot_ms < 1200:
        status = aircraft.wait_for("GIMBAL_DEVICE_ATTITUDE_STATUS", GIMBAL)
    w, x, y, z = status.q
    assert status.flags & YAW_IN_EARTH_FRAME
    assert pitch_and_yaw(Attitude(w=w, x=x, y=y, z=z)) == pytest.approx((-45, 90), abs=0.01)
    assert status.get_srcSystem() == SYSTEM


@pytest.mark.parametrize(
    ("command", "params"),
    [(1000, (-30, 0, 0, 0, 0, 0, 0)), (205, (-30, 0, 0, 0, 0, 0, 2))],
)
def test_commands_to_the_gimbal_are_obeyed_and_answered(
    camera: tuple[CameraProgram, Aircraft, Path], command: int, params: tuple[float, ...]
) -> None:
    """Both ways to order a pitch are accepted; the aim is taken."""
    program, aircraft, _ = camera
    aircraft.send(mavlink.MAVLink_command_long_message(SYSTEM, GIMBAL, command, 0, *params))
    ack = aircraft.wait_for("COMMAND_ACK", GIMBAL)
    assert (ack.command, ack.result) == (command, mavlink.MAV_RESULT_ACCEPTED)
    assert program.gimbal.aim.pitch_deg == -30


def test_gimbal_information_is_given_and_other_requests_are_refused(camera: tuple[CameraProgram, Aircraft, Path]) -> None:
    """Message 283 on request; what camera and gimbal do not know is unsupported; others' commands are left alone."""
    _, aircraft, _ = camera
    aircraft.send(mavlink.MAVLink_command_long_message(SYSTEM, 1, 400, 0, 1, 0, 0, 0, 0, 0, 0))
    aircraft.send(mavlink.MAVLink_command_long_message(SYSTEM, GIMBAL, 512, 0, 283, 0, 0, 0, 0, 0, 0))
    assert aircraft.wait_for("GIMBAL_DEVICE_INFORMATION", GIMBAL).pitch_min == pytest.approx(radians(-90))
    assert aircraft.wait_for("COMMAND_ACK", GIMBAL).command == 512
    aircraft.send(mavlink.MAVLink_command_long_message(SYSTEM, CAMERA, 2000, 0, 0, 0, 0, 0, 0, 0, 0))
    assert aircraft.wait_for("COMMAND_ACK", CAMERA).result == mavlink.MAV_RESULT_UNSUPPORTED


def test_a_restarted_autopilot_is_followed(camera: tuple[CameraProgram, Aircraft, Path]) -> None:
    """When the clock runs back, frames go on at the new times."""
    program, aircraft, _ = camera
    aircraft.beat(armed=True)
    with program.video.watch() as frames:
        for time_ms in (60_000, 60_600, 100, 400, 700):
            aircraft.be_at(time_ms, 50.0)
        times = [frame.time_boot_ms for _ in range(3) if (frame := frames.get(timeout=20))]
    assert times == [60_000, 60_500, 500]


def test_garbage_on_the_link_is_counted_and_left(camera: tuple[CameraProgram, Aircraft, Path]) -> None:
    """Bytes that are no message do not stop the camera."""
    program, aircraft, _ = camera
    aircraft._socket.sendto(b"\xfd\x02garbage" * 20, ("127.0.0.1", program.link.port))
    aircraft.be_at(400, 1.0)
    while aircraft.wait_for("GIMBAL_DEVICE_ATTITUDE_STATUS", GIMBAL).time_boot_ms < 400:
        pass
    assert program.link.malformed > 0
