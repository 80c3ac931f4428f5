"""What an autopilot's log tells of the pictures that were taken: by name, by number, or by the moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import acos, degrees
from pathlib import PurePosixPath
from statistics import median

from edge_agent.material.given import Given
from edge_agent.material.pose_track import AttitudeTrack, PositionSample, PositionTrack
from edge_agent.shot import Shot, ShotPose, Sourced
from missions.geometry import Attitude, GeoPoint

SINCE_2000_S, UNTIL_2100_S = 946_684_800.0, 4_102_444_800.0

NADIR = Attitude.from_euler(0.0, -90.0, 0.0)
"""A camera that is fixed under an aircraft."""

SAME_MOMENT_S = 1.0
"""A picture's clock and a capture's this near mean the same picture."""

ORDER_FITS_S = 2.0
"""Pictures matched by their number were taken as far apart as the log says, to this."""

AIRCRAFTS_OWN_DEG = 2.0
"""Without a gimbal PX4 writes the aircraft's attitude in the place of the camera's (msg/camera_capture), ArduPilot always: an
attitude this near to the aircraft's is not the camera's.
"""

CLOCK_S = 0.3
"""Doubt (1 sigma) about a moment that is only known by the camera's clock in whole seconds."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A picture that a log tells of. `time_s` on the log's clock (UTC); `attitude` is the camera's."""

    time_s: float
    name: str | None = None
    point: GeoPoint | None = None
    altitude_m: float | None = None
    relative_altitude_m: float | None = None
    attitude: Attitude | None = None


@dataclass(frozen=True, slots=True)
class LoggedPose:
    """A pose out of a log, its moment (None: the log's clock is not the calendar's), and the doubts from how it was found."""

    pose: Sourced[ShotPose]
    at: datetime | None = None
    jitter_m: float = 0.0
    timing_s: float = 0.0


@dataclass(frozen=True, slots=True)
class CameraLog:
    """A log: its captures in order of time, and where the aircraft was, how it lay and how its gimbal looked in between."""

    name: str
    captures: tuple[Capture, ...]
    positions: tuple[PositionSample, ...]
    aircraft: tuple[tuple[float, Attitude], ...] = ()
    cameras: tuple[tuple[float, Attitude], ...] = ()

    def poses_of(self, shots: Sequence[Shot], given: Given) -> list[LoggedPose | str]:
        """For each picture its pose, or in words why the log has none."""
        tracks = _Tracks(self, given)
        named = {PurePosixPath(capture.name).name.lower(): capture for capture in self.captures if capture.name}
        if named:
            return [tracks.pose_of(named.get(shot.path.name.lower()), shot) for shot in shots]
        if self.captures and len(self.captures) == len(shots):
            if not _times_fit(shots, self.captures):
                return [f"the pictures' times do not fit those of the {len(shots)} captures in {self.name}" for _ in shots]
            return [tracks.pose_of(capture, shot) for capture, shot in zip(self.captures, shots, strict=True)]
        return [tracks.pose_of(self._at_moment_of(shot), shot) for shot in shots]

    def _at_moment_of(self, shot: Shot) -> Capture | None:
        if shot.at is None or not self.captures:
            return None
        nearest = min(self.captures, key=lambda capture: abs(capture.time_s - shot.time_s))
        return nearest if abs(nearest.time_s - shot.time_s) <= SAME_MOMENT_S else None


class _Tracks:
    """The log's telemetry at any time."""

    def __init__(self, log: CameraLog, given: Given) -> None:
        self._log, self._given = log, given
        self._positions = PositionTrack(log.positions) if log.positions else None
        self._aircraft = AttitudeTrack(log.aircraft) if log.aircraft else None
        self._cameras = AttitudeTrack(log.cameras) if log.cameras else None

    def pose_of(self, capture: Capture | None, shot: Shot) -> LoggedPose | str:
        """Of the capture; without one, of the moment that the picture's clock tells."""
        if capture is None and shot.at is None:
            return f"{self._log.name} does not name it, and it tells no time"
        moment = capture if capture is not None else Capture(shot.time_s)
        attitude = self._attitude(moment)
        if attitude is None:
            return f"{self._log.name} does not say how the camera looked at {moment.time_s:.1f} s; `--assume-nadir` says down"
        how = "capture" if capture is not None else "telemetry at the time of the picture's clock"
        return self._placed(moment, attitude, f"{self._log.name}: {how}", 0.0 if capture is not None else CLOCK_S)

    def _attitude(self, moment: Capture) -> Attitude | None:
        """The capture's own, the gimbal's, or, where people say so, that of a camera fixed under the aircraft."""
        aircraft = self._aircraft.at(moment.time_s) if self._aircraft is not None else None
        if moment.attitude is not None and (aircraft is None or _apart_deg(moment.attitude, aircraft) > AIRCRAFTS_OWN_DEG):
            return moment.attitude
        camera = self._cameras.at(moment.time_s) if self._cameras is not None else None
        if camera is not None or not self._given.assume_nadir or aircraft is None:
            return camera
        return aircraft.after(NADIR)

    def _placed(self, moment: Capture, attitude: Attitude, source: str, timing_s: float) -> LoggedPose | str:
        track = self._positions.at(moment.time_s) if self._positions is not None else None
        velocity = track.velocity_mps if track is not None else None
        if moment.point is not None:
            pose = ShotPose(moment.point, attitude, moment.altitude_m, moment.relative_altitude_m, velocity_mps=velocity)
            return LoggedPose(Sourced(pose, source), _calendar(moment.time_s), timing_s=timing_s)
        if track is None:
            return f"{self._log.name} knows no position at the picture's time{self._span()}"
        pose = ShotPose(track.point, attitude, track.altitude_m, track.relative_altitude_m, velocity_mps=velocity)
        return LoggedPose(Sourced(pose, source), _calendar(moment.time_s), track.jitter_m, timing_s)

    def _span(self) -> str:
        return "; is the clock of another zone (`--utc-offset`)?" if self._positions is not None else ""


def _apart_deg(one: Attitude, other: Attitude) -> float:
    inner = one.w * other.w + one.x * other.x + one.y * other.y + one.z * other.z
    return degrees(2 * acos(min(abs(inner), 1.0)))


def _calendar(time_s: float) -> datetime | None:
    return datetime.fromtimestamp(time_s, UTC) if SINCE_2000_S < time_s < UNTIL_2100_S else None


def _times_fit(shots: Sequence[Shot], captures: Sequence[Capture]) -> bool:
    """Whether the pictures were taken as far apart as the log says; where they tell no times, nothing speaks against it."""
    apart_s = [shot.time_s - capture.time_s for shot, capture in zip(shots, captures, strict=True) if shot.at is not None]
    return not apart_s or max(abs(one - median(apart_s)) for one in apart_s) <= ORDER_FITS_S
