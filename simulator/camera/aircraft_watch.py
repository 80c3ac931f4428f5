"""What the camera learns of its aircraft: the true pose over time, whether it is armed, and how high the ground lies."""

from missions.geometry import Attitude, GeoPoint
from simulator.aircraft.dialect import AUTOPILOT, Message, mavlink
from simulator.camera.pose_history import AircraftPose, PoseHistory


class AircraftWatch:
    """Listens to HIL_STATE_QUATERNION (the truth), or while none comes to ATTITUDE_QUATERNION and GLOBAL_POSITION_INT.

    A truth without a time is no use: PX4 v1.17 leaves `time_usec` at 0, so that its estimates are taken.
    """

    def __init__(self) -> None:
        self.history = PoseHistory()
        self.armed = False
        self.truth_heard = False
        self._attitude: Attitude | None = None
        self._truth_on_ground_m: float | None = None
        self._estimated_ground_m: float | None = None

    @property
    def ground_altitude_m(self) -> float | None:
        """The take-off ground above sea level: where the aircraft last stood disarmed, else as the autopilot estimates it."""
        return self._estimated_ground_m if self._truth_on_ground_m is None else self._truth_on_ground_m

    def hear(self, message: Message) -> bool:
        """Takes note of a message; True where a new pose came of it."""
        kind = message.get_type()
        if kind == "HEARTBEAT" and message.get_srcComponent() == AUTOPILOT:
            self.armed = bool(message.base_mode & mavlink.MAV_MODE_FLAG_SAFETY_ARMED)
        elif kind == "ATTITUDE_QUATERNION":
            self._attitude = Attitude(w=message.q1, x=message.q2, y=message.q3, z=message.q4)
        elif kind == "GLOBAL_POSITION_INT":
            return self._hear_estimate(message)
        elif kind == "HIL_STATE_QUATERNION":
            return self._hear_truth(message)
        return False

    def _hear_truth(self, message: Message) -> bool:
        if message.time_usec == 0:
            return False
        if not self.truth_heard:
            self.history.clear()
            self.truth_heard = True
        w, x, y, z = message.attitude_quaternion
        altitude_m = message.alt / 1000
        if not self.armed:
            self._truth_on_ground_m = altitude_m
        self._add(message.time_usec / 1000, message, altitude_m, Attitude(w=w, x=x, y=y, z=z))
        return True

    def _hear_estimate(self, message: Message) -> bool:
        self._estimated_ground_m = (message.alt - message.relative_alt) / 1000
        if self.truth_heard or self._attitude is None:
            return False
        self._add(float(message.time_boot_ms), message, message.alt / 1000, self._attitude)
        return True

    def _add(self, time_boot_ms: float, message: Message, altitude_m: float, attitude: Attitude) -> None:
        point = GeoPoint(lat_deg=message.lat / 1e7, lon_deg=message.lon / 1e7)
        self.history.add(AircraftPose(time_boot_ms, point, altitude_m, attitude))
