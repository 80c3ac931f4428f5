"""The aircraft's state as MAVLink messages, one maker a message."""

from collections.abc import Callable
from math import radians

from missions.geometry import Attitude
from simulator.aircraft.autopilot import Autopilot
from simulator.aircraft.dialect import Message, mavlink
from simulator.aircraft.mission_item import Kind
from simulator.aircraft.modes import Mode
from simulator.aircraft.physics import GRAVITY_MPS2
from simulator.aircraft.vector import Vector

SOFTWARE_VERSION = 1 << 24 | 17 << 16 | 0 << 8 | 255
"""1.17.0, release: the PX4 whose behaviour is followed."""

CAPABILITIES = (
    mavlink.MAV_PROTOCOL_CAPABILITY_MISSION_INT
    | mavlink.MAV_PROTOCOL_CAPABILITY_COMMAND_INT
    | mavlink.MAV_PROTOCOL_CAPABILITY_PARAM_ENCODE_BYTEWISE
    | mavlink.MAV_PROTOCOL_CAPABILITY_MAVLINK2
    | mavlink.MAV_PROTOCOL_CAPABILITY_MISSION_FENCE
    | mavlink.MAV_PROTOCOL_CAPABILITY_MISSION_RALLY
)

SENSORS = (
    mavlink.MAV_SYS_STATUS_SENSOR_3D_GYRO
    | mavlink.MAV_SYS_STATUS_SENSOR_3D_ACCEL
    | mavlink.MAV_SYS_STATUS_SENSOR_3D_MAG
    | mavlink.MAV_SYS_STATUS_SENSOR_ABSOLUTE_PRESSURE
    | mavlink.MAV_SYS_STATUS_SENSOR_GPS
    | mavlink.MAV_SYS_STATUS_SENSOR_BATTERY
    | mavlink.MAV_SYS_STATUS_PREARM_CHECK
)

UNKNOWN_U16 = 65535
ESTIMATOR_ALL_GOOD = 831
"""ESTIMATOR_STATUS_FLAGS: attitude, velocities, positions, predicted positions: as PX4 reports with a GNSS fix."""


def boot_ms(autopilot: Autopilot) -> int:
    """The autopilot's clock in milliseconds."""
    return round(autopilot.time_s * 1000)


def boot_us(autopilot: Autopilot) -> int:
    """The autopilot's clock in microseconds."""
    return round(autopilot.time_s * 1e6)


def degrees_e7(autopilot: Autopilot, place: Vector) -> tuple[int, int]:
    """Latitude and longitude of a place, in 1e-7 degrees."""
    point = autopilot.site.point(place)
    return round(point.lat_deg * 1e7), round(point.lon_deg * 1e7)


def _centi(value: float) -> int:
    return round(value * 100)


def _quaternion(attitude: Attitude) -> tuple[float, float, float, float]:
    return attitude.w, attitude.x, attitude.y, attitude.z


def heartbeat(a: Autopilot) -> Message:
    """HEARTBEAT: type, mode, armed."""
    base = mavlink.MAV_MODE_FLAG_CUSTOM_MODE_ENABLED | mavlink.MAV_MODE_FLAG_AUTO_ENABLED
    base |= mavlink.MAV_MODE_FLAG_STABILIZE_ENABLED | mavlink.MAV_MODE_FLAG_GUIDED_ENABLED
    base |= mavlink.MAV_MODE_FLAG_SAFETY_ARMED if a.state.armed else 0
    status = mavlink.MAV_STATE_ACTIVE if a.state.armed else mavlink.MAV_STATE_STANDBY
    kind, brand = mavlink.MAV_TYPE_QUADROTOR, mavlink.MAV_AUTOPILOT_PX4
    return mavlink.MAVLink_heartbeat_message(kind, brand, base, a.state.mode.custom_mode, status, 3)


def sys_status(a: Autopilot) -> Message:
    """SYS_STATUS: sensors, their health, and the battery."""
    healthy = SENSORS if not a.checks().arming else SENSORS & ~mavlink.MAV_SYS_STATUS_PREARM_CHECK
    b = a.battery
    power = (round(b.voltage_v * 1000), _centi(b.current_a), round(b.share * 100))
    return mavlink.MAVLink_sys_status_message(SENSORS, SENSORS, healthy, 250, *power, 0, 0, 0, 0, 0, 0)


def battery_status(a: Autopilot) -> Message:
    """BATTERY_STATUS: voltage, current, what is left and for how long."""
    b = a.battery
    voltages = [round(b.voltage_v * 1000)] + [UNKNOWN_U16] * 9
    used_mah = round(b.used_wh / b.voltage_v * 1000)
    left_s = round(b.share * b.of.battery_wh / b.power_w * 3600)
    charge = b.warning(a.parameters) + 1
    return mavlink.MAVLink_battery_status_message(
        0, 1, 1, 2500, voltages, _centi(b.current_a), used_mah, round(b.used_wh * 36), round(b.share * 100), left_s, charge
    )


def global_position_int(a: Autopilot) -> Message:
    """GLOBAL_POSITION_INT: the estimate."""
    e = a.estimate
    lat, lon = degrees_e7(a, e.position)
    altitude_mm = round(a.site.altitude_m(e.position) * 1000)
    relative_mm = round((e.position.up - a.site.home.up) * 1000)
    v = e.velocity
    speeds = (_centi(v.north), _centi(v.east), _centi(-v.up))
    heading = _centi(e.heading_deg) % 36000
    return mavlink.MAVLink_global_position_int_message(boot_ms(a), lat, lon, altitude_mm, relative_mm, *speeds, heading)


def attitude_quaternion(a: Autopilot) -> Message:
    """ATTITUDE_QUATERNION: the estimate."""
    e = a.estimate
    q = _quaternion(Attitude.from_euler(e.roll_deg, e.pitch_deg, e.heading_deg))
    return mavlink.MAVLink_attitude_quaternion_message(boot_ms(a), *q, 0.0, 0.0, radians(a.body.yaw_rate_dps))


def attitude(a: Autopilot) -> Message:
    """ATTITUDE: the estimate, as angles."""
    e = a.estimate
    yaw = radians((e.heading_deg + 180.0) % 360.0 - 180.0)
    rates = (0.0, 0.0, radians(a.body.yaw_rate_dps))
    return mavlink.MAVLink_attitude_message(boot_ms(a), radians(e.roll_deg), radians(e.pitch_deg), yaw, *rates)


def hil_state_quaternion(a: Autopilot) -> Message:
    """HIL_STATE_QUATERNION: the truth, for cameras that render what is really below."""
    b = a.body
    lat, lon = degrees_e7(a, b.position)
    q = _quaternion(Attitude.from_euler(b.roll_deg, b.pitch_deg, b.heading_deg))
    v, acc = b.velocity, b.acceleration
    speeds = (_centi(v.north), _centi(v.east), _centi(-v.up))
    airspeed = min(_centi(v.minus(a.air.mean).horizontal), UNKNOWN_U16)
    pull = [round(x / GRAVITY_MPS2 * 1000) for x in (acc.north, acc.east, -acc.up)]
    altitude_mm = round(a.site.altitude_m(b.position) * 1000)
    rates = (0.0, 0.0, radians(b.yaw_rate_dps))
    return mavlink.MAVLink_hil_state_quaternion_message(
        boot_us(a), q, *rates, lat, lon, altitude_mm, *speeds, airspeed, airspeed, *pull
    )


def home_position(a: Autopilot) -> Message:
    """HOME_POSITION: where it was armed."""
    lat, lon = degrees_e7(a, a.site.home)
    altitude_mm = round(a.site.altitude_m(a.site.home) * 1000)
    local = (a.site.home.north, a.site.home.east, -a.site.home.up)
    level = [1.0, 0.0, 0.0, 0.0]
    return mavlink.MAVLink_home_position_message(lat, lon, altitude_mm, *local, level, 0.0, 0.0, 0.0, boot_us(a))


def local_position_ned(a: Autopilot) -> Message:
    """LOCAL_POSITION_NED: the estimate over the place it was switched on at."""
    p, v = a.estimate.position, a.estimate.velocity
    return mavlink.MAVLink_local_position_ned_message(boot_ms(a), p.north, p.east, -p.up, v.north, v.east, -v.up)


def gps_raw_int(a: Autopilot) -> Message:
    """GPS_RAW_INT: a 3D fix with its accuracies."""
    lat, lon = degrees_e7(a, a.estimate.position)
    altitude_mm = round(a.site.altitude_m(a.estimate.position) * 1000)
    v = a.estimate.velocity
    course = _centi(v.bearing_deg) if v.horizontal > 0.5 else UNKNOWN_U16
    motion = (_centi(v.horizontal), course, 16)
    accuracy = (altitude_mm, 500, 800, 100, 0, 0)
    return mavlink.MAVLink_gps_raw_int_message(boot_us(a), 3, lat, lon, altitude_mm, 70, 100, *motion, *accuracy)


def extended_sys_state(a: Autopilot) -> Message:
    """EXTENDED_SYS_STATE: on the ground, taking off, in the air, or landing."""
    if a.state.landed:
        landed = mavlink.MAV_LANDED_STATE_ON_GROUND
    elif a.is_landing:
        landed = mavlink.MAV_LANDED_STATE_LANDING
    else:
        landed = mavlink.MAV_LANDED_STATE_TAKEOFF if a.is_taking_off else mavlink.MAV_LANDED_STATE_IN_AIR
    return mavlink.MAVLink_extended_sys_state_message(mavlink.MAV_VTOL_STATE_UNDEFINED, landed)


def vfr_hud(a: Autopilot) -> Message:
    """VFR_HUD: speeds, heading, height."""
    e = a.estimate
    airspeed = e.velocity.minus(a.air.mean).horizontal if not a.state.landed else 0.0
    throttle = 0 if a.state.landed else 50
    altitude_m = a.site.altitude_m(e.position)
    heading = round(e.heading_deg) % 360
    return mavlink.MAVLink_vfr_hud_message(airspeed, e.velocity.horizontal, heading, throttle, altitude_m, e.velocity.up)


def estimator_status(a: Autopilot) -> Message:
    """ESTIMATOR_STATUS: all well."""
    return mavlink.MAVLink_estimator_status_message(boot_us(a), ESTIMATOR_ALL_GOOD, 0.1, 0.1, 0.1, 0.1, 0.0, 0.0, 0.5, 0.6)


def altitude(a: Autopilot) -> Message:
    """ALTITUDE: above sea level, and over home."""
    amsl, local = a.site.altitude_m(a.estimate.position), a.estimate.position.up
    over_home = local - a.site.home.up
    return mavlink.MAVLink_altitude_message(boot_us(a), amsl, amsl, local, over_home, float("nan"), float("nan"))


def wind_cov(a: Autopilot) -> Message:
    """WIND_COV: the steady wind, as the estimator would find it."""
    w = a.air.mean
    return mavlink.MAVLink_wind_cov_message(boot_us(a), w.north, w.east, 0.0, 0.5, 0.2, a.site.altitude_m(Vector()), 0.5, 1.0)


def mission_current(a: Autopilot) -> Message:
    """MISSION_CURRENT: the item being flown, of how many, and in what state."""
    total = len(a.store[Kind.MISSION])
    run = a.mission
    flying = a.state.armed and a.state.mode is Mode.MISSION
    if not total:
        state = mavlink.MISSION_STATE_NO_MISSION
    elif run.finished:
        state = mavlink.MISSION_STATE_COMPLETE
    elif flying:
        state = mavlink.MISSION_STATE_ACTIVE
    else:
        state = mavlink.MISSION_STATE_PAUSED if run.was_activated else mavlink.MISSION_STATE_NOT_STARTED
    mode = 1 if a.state.mode is Mode.MISSION else 2
    return mavlink.MAVLink_mission_current_message(run.current, total or UNKNOWN_U16, state, mode)


def autopilot_version(a: Autopilot) -> Message:
    """AUTOPILOT_VERSION: what it can do."""
    uid = a.settings.system_id
    none = [0] * 8
    return mavlink.MAVLink_autopilot_version_message(
        CAPABILITIES, SOFTWARE_VERSION, SOFTWARE_VERSION, 0, 0, none, none, none, 0, 0, uid, [0] * 18
    )


def gimbal_manager_information(a: Autopilot) -> Message:
    """GIMBAL_MANAGER_INFORMATION: one gimbal, pitch and yaw."""
    able = 1 | 2 | 4 | 8 | 16 | 32 | 256 | 512 | 1024
    limits = (0.0, 0.0, radians(-90), radians(30), radians(-180), radians(180))
    return mavlink.MAVLink_gimbal_manager_information_message(boot_ms(a), able, 1, *limits)


def gimbal_manager_status(a: Autopilot) -> Message:
    """GIMBAL_MANAGER_STATUS: in control by the mission."""
    return mavlink.MAVLink_gimbal_manager_status_message(boot_ms(a), a.gimbal.pointing.flags, 1, a.settings.system_id, 1, 0, 0)


def gimbal_device_set_attitude(a: Autopilot) -> Message:
    """GIMBAL_DEVICE_SET_ATTITUDE: the order to the gimbal on the payload link."""
    q = _quaternion(a.gimbal.pointing.attitude)
    nan = float("nan")
    return mavlink.MAVLink_gimbal_device_set_attitude_message(0, 0, a.gimbal.pointing.flags, q, nan, nan, nan)


def gimbal_device_attitude_status(a: Autopilot) -> Message:
    """GIMBAL_DEVICE_ATTITUDE_STATUS: what is asked for, where no gimbal answers."""
    q = _quaternion(a.gimbal.pointing.attitude)
    return mavlink.MAVLink_gimbal_device_attitude_status_message(0, 0, boot_ms(a), a.gimbal.pointing.flags, q, 0.0, 0.0, 0.0, 0)


def camera_trigger(a: Autopilot, number: int) -> Message:
    """CAMERA_TRIGGER: a picture was ordered now."""
    return mavlink.MAVLink_camera_trigger_message(boot_us(a), number)


def camera_image_captured(a: Autopilot, number: int) -> Message:
    """CAMERA_IMAGE_CAPTURED: with the estimated pose of the camera at that moment."""
    lat, lon = degrees_e7(a, a.estimate.position)
    altitude_mm = round(a.site.altitude_m(a.estimate.position) * 1000)
    relative_mm = round((a.estimate.position.up - a.site.home.up) * 1000)
    q = _quaternion(a.gimbal.pointing.camera(a.estimate.heading_deg))
    return mavlink.MAVLink_camera_image_captured_message(
        boot_ms(a), 0, 0, lat, lon, altitude_mm, relative_mm, q, number, 1, b""
    )


Maker = Callable[[Autopilot], Message]

MAKERS: dict[int, Maker] = {
    0: heartbeat,
    1: sys_status,
    24: gps_raw_int,
    30: attitude,
    31: attitude_quaternion,
    32: local_position_ned,
    33: global_position_int,
    42: mission_current,
    74: vfr_hud,
    115: hil_state_quaternion,
    141: altitude,
    147: battery_status,
    148: autopilot_version,
    230: estimator_status,
    231: wind_cov,
    242: home_position,
    245: extended_sys_state,
    280: gimbal_manager_information,
    281: gimbal_manager_status,
    284: gimbal_device_set_attitude,
    285: gimbal_device_attitude_status,
}
"""Message id -> its maker: what can be streamed and asked for."""
