"""The aircraft's recent movement on the autopilot's clock, and the camera's pose at the time of a frame between samples."""

import threading
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from math import hypot
from typing import Protocol, TypeVar

import numpy as np

from edge_agent.placement.staleness import SETTLED_AFTER_S, PositionSamples, jitter_m
from missions.geometry import Array, Attitude, GeoPoint
from missions.telemetry import Pose

KEPT = 3000
"""Samples kept of each kind: a minute at 50 Hz."""

MAX_GAP_MS = 1500.0
"""Two samples further apart than this are not interpolated between."""

METRES_A_DEGREE = 111_195.0
"""Of latitude, on a sphere of 6371 km: exact enough for how steady a position is."""


@dataclass(frozen=True, slots=True)
class PositionSample:
    """GLOBAL_POSITION_INT. `velocity_mps` is (north, east, down)."""

    time_boot_ms: float
    lat_deg: float
    lon_deg: float
    height_m: float
    velocity_mps: tuple[float, float, float]

    @property
    def ground_speed_mps(self) -> float:
        """Over the ground."""
        return hypot(self.velocity_mps[0], self.velocity_mps[1])


@dataclass(frozen=True, slots=True)
class AttitudeSample:
    """ATTITUDE_QUATERNION (of the aircraft) or GIMBAL_DEVICE_ATTITUDE_STATUS (of the camera).

    `earth_yaw` of False: yaw is relative to the aircraft's heading.
    """

    time_boot_ms: float
    attitude: Attitude
    earth_yaw: bool = True


class _Timed(Protocol):
    @property
    def time_boot_ms(self) -> float: ...


T = TypeVar("T", bound=_Timed)


@dataclass(frozen=True, slots=True)
class NoPose:
    """Why there is no pose for a frame."""

    reason: str


@dataclass(frozen=True, slots=True)
class TakenPose:
    """The pose of a frame. `velocity_mps` is (north, east, down); `jitter_m` what sparse, stale or jumping samples add to the
    standard deviation of its position (edge_agent/placement/staleness.py).
    """

    pose: Pose
    velocity_mps: tuple[float, float, float]
    jitter_m: float


class MovementHistory:
    """Samples by their time, from any thread; poses out, interpolated, never extrapolated and never the newest."""

    def __init__(self) -> None:
        self._position: deque[PositionSample] = deque(maxlen=KEPT)
        self._attitude: deque[AttitudeSample] = deque(maxlen=KEPT)
        self._gimbal: deque[AttitudeSample] = deque(maxlen=KEPT)
        self._arrived = threading.Condition()

    def add_position(self, sample: PositionSample) -> None:
        """Takes a position; samples that go back in time by over a second mean a new start of the autopilot."""
        self._add(self._position, sample)

    def add_attitude(self, sample: AttitudeSample) -> None:
        """Takes the aircraft's attitude."""
        self._add(self._attitude, sample)

    def add_gimbal(self, sample: AttitudeSample) -> None:
        """Takes the camera's attitude."""
        self._add(self._gimbal, sample)

    def newest_ms(self) -> float | None:
        """Time of the newest position; None before the first."""
        with self._arrived:
            return self._position[-1].time_boot_ms if self._position else None

    def pose_at(self, time_boot_ms: float, gimbal_pitch_deg: float, timeout_s: float) -> TakenPose | NoPose:
        """The camera's pose at `time_boot_ms`, waiting up to `timeout_s` for samples newer than it.

        `gimbal_pitch_deg` holds where the gimbal does not report itself.
        """
        with self._arrived:
            if not self._arrived.wait_for(lambda: self._covers(time_boot_ms), timeout_s):
                return NoPose("no telemetry newer than the frame")
            position, attitude = _around(self._position, time_boot_ms), _around(self._attitude, time_boot_ms)
            gimbal = _around(self._gimbal, time_boot_ms) if self._gimbal else None
            if position is None or attitude is None or (self._gimbal and gimbal is None):
                return NoPose("telemetry has a gap at the frame's time")
            near = _near(self._position, time_boot_ms)
        pose = _pose(time_boot_ms, position, attitude, gimbal, gimbal_pitch_deg)
        return TakenPose(pose, _velocity(*position), _jitter_m(near, time_boot_ms))

    def _covers(self, time_boot_ms: float) -> bool:
        needed = (self._position, self._attitude, self._gimbal) if self._gimbal else (self._position, self._attitude)
        return all(samples and samples[-1].time_boot_ms >= time_boot_ms for samples in needed)

    def _add(self, samples: deque[T], sample: T) -> None:
        with self._arrived:
            last = samples[-1].time_boot_ms if samples else -1.0
            if sample.time_boot_ms <= last - 1000.0:
                for kind in (self._position, self._attitude, self._gimbal):
                    kind.clear()
            elif sample.time_boot_ms <= last:
                return
            samples.append(sample)
            self._arrived.notify_all()


def _around(samples: deque[T], time_boot_ms: float) -> tuple[T, T, float] | None:
    """The samples before and after, and the share of the way between them; None outside, or over a gap."""
    listed = list(samples)
    after = bisect_left(listed, time_boot_ms, key=lambda sample: sample.time_boot_ms)
    if after == len(listed):
        return None
    if listed[after].time_boot_ms == time_boot_ms:
        return listed[after], listed[after], 0.0
    if after == 0:
        return None
    one, two = listed[after - 1], listed[after]
    gap_ms = two.time_boot_ms - one.time_boot_ms
    return None if gap_ms > MAX_GAP_MS else (one, two, (time_boot_ms - one.time_boot_ms) / gap_ms)


def _near(samples: deque[PositionSample], time_boot_ms: float) -> list[PositionSample]:
    """Those that say whether the position is steady round a time."""
    near_ms = 1000.0 * SETTLED_AFTER_S
    return [sample for sample in samples if abs(sample.time_boot_ms - time_boot_ms) <= near_ms]


def _jitter_m(near: list[PositionSample], time_boot_ms: float) -> float:
    if len(near) < 2:
        return 0.0
    lat_deg, lon_deg = near[0].lat_deg, near[0].lon_deg
    degree_m = METRES_A_DEGREE * np.array([np.cos(np.radians(lat_deg)), 1.0])
    xy_m = np.array([(sample.lon_deg - lon_deg, sample.lat_deg - lat_deg) for sample in near]) * degree_m
    times_s = np.array([sample.time_boot_ms for sample in near]) / 1000.0
    samples = PositionSamples(times_s, xy_m, np.array([sample.ground_speed_mps for sample in near]))
    return float(jitter_m(samples, np.array([time_boot_ms / 1000.0]))[0])


def _velocity(one: PositionSample, two: PositionSample, share: float) -> tuple[float, float, float]:
    north, east, down = (a + (b - a) * share for a, b in zip(one.velocity_mps, two.velocity_mps, strict=True))
    return north, east, down


def _pose(
    time_boot_ms: float,
    position: tuple[PositionSample, PositionSample, float],
    attitude: tuple[AttitudeSample, AttitudeSample, float],
    gimbal: tuple[AttitudeSample, AttitudeSample, float] | None,
    gimbal_pitch_deg: float,
) -> Pose:
    one, two, share = position
    heading_deg = slerp(attitude[0].attitude, attitude[1].attitude, attitude[2]).euler_deg()[2]
    if gimbal is None:
        camera = Attitude.from_euler(0.0, gimbal_pitch_deg, heading_deg)
    else:
        camera = slerp(gimbal[0].attitude, gimbal[1].attitude, gimbal[2])
        if not gimbal[1].earth_yaw:
            camera = turned(camera, heading_deg)
    return Pose(
        time_boot_ms=time_boot_ms,
        point=GeoPoint(
            lat_deg=one.lat_deg + (two.lat_deg - one.lat_deg) * share, lon_deg=one.lon_deg + (two.lon_deg - one.lon_deg) * share
        ),
        height_m=one.height_m + (two.height_m - one.height_m) * share,
        camera=camera,
        ground_speed_mps=hypot(*_velocity(one, two, share)[:2]),
    )


def slerp(one: Attitude, two: Attitude, share: float) -> Attitude:
    """Spherical interpolation between two attitudes along the shorter way (Shoemake 1985)."""
    a, b = _unit(one), _unit(two)
    cosine = float(a @ b)
    if cosine < 0:
        b, cosine = -b, -cosine
    if cosine > 0.9999999:
        mixed = a + share * (b - a)
    else:
        angle = np.arccos(cosine)
        mixed = (np.sin((1 - share) * angle) * a + np.sin(share * angle) * b) / np.sin(angle)
    w, x, y, z = mixed / np.linalg.norm(mixed)
    return Attitude(w=float(w), x=float(x), y=float(y), z=float(z))


def turned(attitude: Attitude, heading_deg: float) -> Attitude:
    """`attitude` turned about the vertical by `heading_deg`, clockwise seen from above."""
    half = np.radians(heading_deg) / 2
    c, s = float(np.cos(half)), float(np.sin(half))
    q = attitude
    return Attitude(w=c * q.w - s * q.z, x=c * q.x - s * q.y, y=c * q.y + s * q.x, z=c * q.z + s * q.w)


def _unit(attitude: Attitude) -> Array:
    values = np.array([attitude.w, attitude.x, attitude.y, attitude.z])
    return np.asarray(values / np.linalg.norm(values), dtype=np.float64)
