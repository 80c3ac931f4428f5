"""The camera as a process: hears the aircraft, turns the gimbal, takes frames at exact times, shows and logs them."""

import logging
import signal
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic

import cv2

from missions.aircraft import Camera
from missions.telemetry import Pose
from simulator.aircraft.dialect import AUTOPILOT, Message, mavlink
from simulator.camera.aircraft_watch import AircraftWatch
from simulator.camera.gimbal import Gimbal
from simulator.camera.orders import Orders
from simulator.camera.payload_link import CAMERA, GIMBAL, PayloadLink
from simulator.camera.pose_history import AircraftPose
from simulator.camera.stream import Frame, LiveVideo, VideoServer
from simulator.camera.views import ViewsLog
from simulator.world.matter import World
from simulator.world.renderer import Renderer

logger = logging.getLogger(__name__)

ON_GROUND_EVERY_MS = 2000.0
STATUS_EVERY_MS = 100.0
HEARTBEAT_EVERY_S = 1.0
_HIL_STATE_QUATERNION = 115
_TRUTH_EVERY_US = 50_000


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """Ports of 0 take any free one. `frames_per_s` counts the autopilot's seconds."""

    mavlink_port: int
    http_port: int
    frames_per_s: float
    views: Path
    jpeg_quality: int = 88


class CameraProgram:
    """One camera on one aircraft."""

    def __init__(self, world: World, camera: Camera, settings: CameraSettings) -> None:
        self._settings = settings
        self._renderer = Renderer(world, camera)
        self.gimbal = Gimbal()
        self.watch = AircraftWatch()
        self.link = PayloadLink(settings.mavlink_port)
        self._orders = Orders(self.link, self.gimbal)
        self.video = LiveVideo()
        self.server = VideoServer(self.video, settings.http_port)
        self._views = ViewsLog(settings.views)
        self._newest_frame_ms = -1.0
        self._next_status_ms = 0.0
        self._heartbeat_at = 0.0
        self.frames = 0

    def run(self, stop: Event) -> None:
        """Works until `stop` is set."""
        logger.info("payload link on port %d, video on port %d", self.link.port, self.server.port)
        while not stop.is_set():
            if monotonic() >= self._heartbeat_at:
                self._announce()
            for message in self.link.receive(timeout_s=0.2):
                self._hear(message)

    def close(self) -> None:
        """Frees ports and files."""
        self.server.close()
        self.link.close()
        self._views.close()

    def _hear(self, message: Message) -> None:
        before_ms = self.watch.history.newest_ms
        self._orders.hear(message, before_ms or 0.0)
        if not self.watch.hear(message):
            return
        now_ms = self.watch.history.newest_ms or 0.0
        if before_ms is not None and now_ms < before_ms:
            logger.info("the autopilot's clock ran back from %.0f to %.0f ms: it has started anew", before_ms, now_ms)
            self._newest_frame_ms, self._next_status_ms = -1.0, 0.0
        self._take_due_frame(now_ms)
        self._report_gimbal(now_ms)

    def _take_due_frame(self, now_ms: float) -> None:
        """Takes the newest frame whose time has come; after a stall the ones before it are left out."""
        period_ms = 1000 / self._settings.frames_per_s if self.watch.armed else ON_GROUND_EVERY_MS
        exposed_ms = float(int(now_ms // period_ms * period_ms))
        if exposed_ms <= self._newest_frame_ms:
            return
        self._newest_frame_ms = exposed_ms
        aircraft = self.watch.history.at(exposed_ms)
        ground_m = self.watch.ground_altitude_m
        if aircraft is None or ground_m is None:
            return
        self.gimbal.advance(exposed_ms)
        self._take(aircraft, aircraft.altitude_m - ground_m)

    def _take(self, aircraft: AircraftPose, height_m: float) -> None:
        attitude = self.gimbal.attitude(aircraft.attitude)
        pose = Pose(time_boot_ms=aircraft.time_boot_ms, point=aircraft.point, height_m=max(height_m, 0.5), camera=attitude)
        done, jpeg = cv2.imencode(".jpg", self._renderer.frame(pose), [cv2.IMWRITE_JPEG_QUALITY, self._settings.jpeg_quality])
        if not done:
            logger.error("the frame at %.0f ms could not be encoded", pose.time_boot_ms)
            return
        size = self._renderer.camera
        self._views.write(pose, self._renderer.in_view(pose))
        self.video.publish(Frame(int(pose.time_boot_ms), jpeg.tobytes(), size.width_px, size.height_px))
        self.frames += 1

    def _report_gimbal(self, now_ms: float) -> None:
        if now_ms < self._next_status_ms:
            return
        self._next_status_ms = now_ms + STATUS_EVERY_MS
        aircraft = self.watch.history.at(now_ms)
        if aircraft is None:
            return
        self.gimbal.advance(now_ms)
        q = self.gimbal.attitude(aircraft.attitude)
        status = mavlink.MAVLink_gimbal_device_attitude_status_message(
            0, 0, int(now_ms), self.gimbal.status_flags, [q.w, q.x, q.y, q.z], 0.0, 0.0, 0.0, 0
        )
        self.link.send(status, GIMBAL)

    def _announce(self) -> None:
        """Heartbeats of both components; and asks for the true pose while none comes."""
        self._heartbeat_at = monotonic() + HEARTBEAT_EVERY_S
        for component, kind in ((GIMBAL, mavlink.MAV_TYPE_GIMBAL), (CAMERA, mavlink.MAV_TYPE_CAMERA)):
            beat = mavlink.MAVLink_heartbeat_message(kind, mavlink.MAV_AUTOPILOT_INVALID, 0, 0, mavlink.MAV_STATE_ACTIVE, 3)
            self.link.send(beat, component)
        if self.link.vehicle_system is not None and not self.watch.truth_heard:
            wanted = (self.link.vehicle_system, AUTOPILOT, mavlink.MAV_CMD_SET_MESSAGE_INTERVAL, 0)
            ask = mavlink.MAVLink_command_long_message(*wanted, _HIL_STATE_QUATERNION, _TRUTH_EVERY_US, 0, 0, 0, 0, 0)
            self.link.send(ask, CAMERA)


def run_camera(world: World, camera: Camera, settings: CameraSettings) -> None:
    """Runs until SIGINT or SIGTERM."""
    cv2.setNumThreads(1)
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    program = CameraProgram(world, camera, settings)
    try:
        program.run(stop)
    finally:
        program.close()
        logger.info("%d frames taken, %d lost by slow clients", program.frames, program.video.dropped)
