"""What others may ask of gimbal and camera on the link: an aim, or who they are."""

from math import degrees, nan, radians

from simulator.aircraft.dialect import Message, mavlink
from simulator.camera.gimbal import PITCH_DEG, Gimbal
from simulator.camera.payload_link import CAMERA, GIMBAL, PayloadLink

_REQUEST_MESSAGE, _MOUNT_CONTROL, _GIMBAL_PITCHYAW = 512, 205, 1000
_GIMBAL_DEVICE_INFORMATION = 283
_MOUNT_TARGETING = 2
"""MAV_MOUNT_MODE_MAVLINK_TARGETING: pitch and yaw are given."""


class Orders:
    """Carries out what is addressed to the gimbal and answers every command addressed to it or the camera."""

    def __init__(self, link: PayloadLink, gimbal: Gimbal) -> None:
        self._link, self._gimbal = link, gimbal

    def hear(self, message: Message, time_boot_ms: float) -> None:
        """Takes one message; what is meant for others is left alone."""
        kind = message.get_type()
        if kind == "GIMBAL_DEVICE_SET_ATTITUDE" and self._link.is_for(message, GIMBAL):
            self._gimbal.point_by_quaternion(tuple(message.q), message.flags)
        elif kind == "GIMBAL_MANAGER_SET_PITCHYAW" and self._link.is_for(message, GIMBAL):
            self._gimbal.point(degrees(message.pitch), degrees(message.yaw), message.flags)
        elif kind == "COMMAND_LONG":
            self._hear_command(message, time_boot_ms)

    def _hear_command(self, message: Message, time_boot_ms: float) -> None:
        if self._link.is_for(message, GIMBAL) and self._obey(message, time_boot_ms):
            self._answer(message, GIMBAL, mavlink.MAV_RESULT_ACCEPTED)
        elif message.target_component in (GIMBAL, CAMERA) and self._link.is_for(message, message.target_component):
            self._answer(message, message.target_component, mavlink.MAV_RESULT_UNSUPPORTED)

    def _obey(self, message: Message, time_boot_ms: float) -> bool:
        if message.command == _GIMBAL_PITCHYAW:
            self._gimbal.point(message.param1, message.param2, int(message.param5))
        elif message.command == _MOUNT_CONTROL and message.param7 == _MOUNT_TARGETING:
            self._gimbal.point(message.param1, message.param3, 0)
        elif message.command == _REQUEST_MESSAGE and int(message.param1) == _GIMBAL_DEVICE_INFORMATION:
            self._link.send(device_information(time_boot_ms), GIMBAL)
        else:
            return False
        return True

    def _answer(self, message: Message, component: int, result: int) -> None:
        to = message.get_srcSystem(), message.get_srcComponent()
        self._link.send(mavlink.MAVLink_command_ack_message(message.command, result, 0, 0, *to), component)


def device_information(time_boot_ms: float) -> Message:
    """GIMBAL_DEVICE_INFORMATION: pitch and yaw, yaw without end."""
    able = (
        mavlink.GIMBAL_DEVICE_CAP_FLAGS_HAS_PITCH_AXIS
        | mavlink.GIMBAL_DEVICE_CAP_FLAGS_HAS_PITCH_LOCK
        | mavlink.GIMBAL_DEVICE_CAP_FLAGS_HAS_YAW_AXIS
        | mavlink.GIMBAL_DEVICE_CAP_FLAGS_HAS_YAW_FOLLOW
        | mavlink.GIMBAL_DEVICE_CAP_FLAGS_HAS_YAW_LOCK
        | mavlink.GIMBAL_DEVICE_CAP_FLAGS_SUPPORTS_INFINITE_YAW
        | mavlink.GIMBAL_DEVICE_CAP_FLAGS_SUPPORTS_YAW_IN_EARTH_FRAME
    )
    low, high = (radians(pitch) for pitch in PITCH_DEG)
    names = (b"OneFlight", b"simulated gimbal", b"")
    return mavlink.MAVLink_gimbal_device_information_message(
        int(time_boot_ms), *names, 1, 1, 0, able, 0, nan, nan, low, high, nan, nan
    )
