"""What a video's subtitles tell of the flight: positions, camera angles, focal length and clock, at any time of the video."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import atan2, degrees, hypot

from edge_agent.material.given import AltitudeIs, Given
from edge_agent.material.pose_track import AttitudeTrack, PositionAt, PositionSample, PositionTrack
from edge_agent.material.srt import SrtEntry
from edge_agent.material.srt_order import Orders, points_of
from edge_agent.shot import ShotPose, Sourced
from missions.geometry import Attitude, GeoPoint

METRES_PER_DEGREE = 111_320.0
"""Of latitude; positions are written in steps of this over a power of ten."""

COURSE_FROM_MPS = 2.0
"""From this speed on the direction of flight tells how an aircraft heads, by and large."""

COURSE_DEG = 15.0
"""Doubt (1 sigma) about a camera that is taken to look along the way: aircraft crab and fly sideways."""

TILT_GIVEN_DEG = 2.0
"""Doubt about a camera's pitch that a person has given for a whole video."""


@dataclass(frozen=True, slots=True)
class SrtPose:
    """A pose with the doubts that come from how it was found."""

    pose: Sourced[ShotPose]
    jitter_m: float
    heading_deg: float = 0.0
    tilt_deg: float = 0.0


class SrtTrack:
    """The subtitles of one video. `why_not` says in words why none of it can be placed."""

    def __init__(self, entries: Sequence[SrtEntry], given: Given) -> None:
        self._given = given
        orders = Orders(entries, given.near)
        self.why_not = orders.why_not
        self.assumptions = tuple(text for text in (*orders.assumptions, _height_note(entries, given)) if text)
        self.flags = orders.flags
        self.entries = entries
        self._starts_s = [entry.start_s for entry in entries]
        samples = _samples(entries, points_of(entries, orders), given)
        self.positions = PositionTrack(samples) if samples else None
        if self.positions is None and self.why_not is None:
            self.why_not = "its subtitles hold no position that is on the earth"
        angles = _angles(self.entries)
        self._angles = AttitudeTrack(angles) if angles else None

    def pose_at(self, time_s: float) -> SrtPose | str:
        """The pose at a time of the video, or in words why there is none."""
        if self.why_not is not None or self.positions is None:
            return self.why_not or "its subtitles hold no position"
        position = self.positions.at(time_s)
        if position is None:
            first_s, last_s = self.positions.span_s
            return f"no telemetry at {time_s:.1f} s of the video (there is some from {first_s:.1f} s to {last_s:.1f} s)"
        if self._angles is None:
            return self._without_angles(position)
        attitude = self._angles.at(time_s)
        if attitude is None:
            return f"no camera angles at {time_s:.1f} s of the video"
        return SrtPose(_sourced(position, attitude, "subtitles' position and camera angles"), position.jitter_m)

    def entry_at(self, time_s: float) -> SrtEntry:
        """The subtitle that is shown then, or was last; the first before all."""
        return self.entries[max(bisect_right(self._starts_s, time_s) - 1, 0)]

    def moment_at(self, time_s: float) -> datetime | None:
        """The camera's clock (zone not told)."""
        entry = self.entry_at(time_s)
        return None if entry.at is None else entry.at + timedelta(seconds=time_s - entry.start_s)

    def _without_angles(self, position: PositionAt) -> SrtPose | str:
        """With the pitch that a person gives, along the way; straight down needs no heading but for the picture's top."""
        pitch_deg = -90.0 if self._given.assume_nadir else self._given.gimbal_pitch_deg
        if pitch_deg is None:
            return "its subtitles do not say how the camera looked; `--gimbal-pitch DEG` or `--assume-nadir` does"
        north, east, _ = position.velocity_mps
        if hypot(north, east) < COURSE_FROM_MPS:
            return "its subtitles do not say where the camera looked, and the aircraft hardly moves"
        attitude = Attitude.from_euler(0.0, pitch_deg, degrees(atan2(east, north)))
        told = f"subtitles' position; pitch {pitch_deg:g} as given, heading along the way"
        return SrtPose(_sourced(position, attitude, told), position.jitter_m, COURSE_DEG, TILT_GIVEN_DEG)


def _height_note(entries: Sequence[SrtEntry], given: Given) -> str | None:
    """Some models write an altitude without saying of what."""
    if given.altitude_is is not None or not any(entry.unnamed_altitude_m is not None for entry in entries):
        return None
    return "the subtitles' [altitude] does not say whether it is over the sea or the take-off point: not used (`--altitude-is`)"


def _samples(entries: Sequence[SrtEntry], points: Sequence[GeoPoint | None], given: Given) -> list[PositionSample]:
    samples = []
    for entry, point in zip(entries, points, strict=True):
        if point is None or entry.position is None:
            continue
        altitude_m = entry.unnamed_altitude_m if given.altitude_is is AltitudeIs.ABSOLUTE else None
        relative_m = entry.unnamed_altitude_m if given.altitude_is is AltitudeIs.RELATIVE else None
        samples.append(
            PositionSample(
                time_s=entry.start_s,
                point=point,
                altitude_m=altitude_m if entry.altitude_m is None else entry.altitude_m,
                relative_altitude_m=relative_m if entry.relative_altitude_m is None else entry.relative_altitude_m,
                resolution_m=METRES_PER_DEGREE / 10**entry.position.decimals,
            )
        )
    if samples:
        samples.append(_last_until_its_end(samples[-1], entries[-1]))
    return samples


def _last_until_its_end(sample: PositionSample, entry: SrtEntry) -> PositionSample:
    """A subtitle holds as long as it is shown."""
    return PositionSample(
        max(entry.end_s, sample.time_s), sample.point, sample.altitude_m, sample.relative_altitude_m, sample.resolution_m
    )


def _angles(entries: Sequence[SrtEntry]) -> list[tuple[float, Attitude]]:
    angles = [
        (entry.start_s, Attitude.from_euler(entry.roll_deg or 0.0, entry.pitch_deg, entry.yaw_deg))
        for entry in entries
        if entry.pitch_deg is not None and entry.yaw_deg is not None
    ]
    if angles:
        angles.append((max(entries[-1].end_s, angles[-1][0]), angles[-1][1]))
    return angles


def _sourced(position: PositionAt, attitude: Attitude, source: str) -> Sourced[ShotPose]:
    pose = ShotPose(
        point=position.point,
        attitude=attitude,
        altitude_m=position.altitude_m,
        relative_altitude_m=position.relative_altitude_m,
        velocity_mps=position.velocity_mps,
    )
    return Sourced(pose, source)
