"""A video with its subtitles as shots: frames at a stated rate or distance, each with the pose of its moment."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from edge_agent.material.given import Given
from edge_agent.material.lens import Lens, of_35mm
from edge_agent.material.srt import read_srt
from edge_agent.material.srt_track import SrtPose, SrtTrack
from edge_agent.material.stated_accuracy import class_of, with_stated
from edge_agent.material.video_frames import VideoFrames
from edge_agent.material.video_latency import latency_of_video
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.latency import Latency, Unknown
from edge_agent.shot import PoseAccuracy, Shot, ShotPose, Sourced
from missions.errors import InvalidInput

VIDEOS = {".mp4", ".mov", ".mkv", ".avi", ".m4v", ".ts"}
UNTOLD_TIMING_S = 0.06
"""Doubt (1 sigma) about the pictures' time against the subtitles where their motion does not tell it: two frames."""

STALE_FROM_M = 3.0
"""Doubt about a position from which on its telemetry is said to be stale or jumping."""


def is_video(path: Path) -> bool:
    """By its suffix."""
    return path.suffix.lower() in VIDEOS


def subtitles_of(path: Path) -> Path | None:
    """The .SRT beside a video, in any case."""
    beside = (path.with_suffix(suffix) for suffix in (".SRT", ".srt", ".Srt"))
    return next((file for file in beside if file.is_file()), None)


def read_video(path: Path, given: Given) -> list[Shot]:
    """The shots of a video; raises InvalidInput where it cannot be opened or its subtitles hold nothing."""
    film = open_film(path, given)
    return [film.shot(number) for number in film.numbers()]


def open_film(path: Path, given: Given) -> "Film":
    """A video with its subtitles; raises InvalidInput where it cannot be opened or they hold nothing."""
    video = VideoFrames(path)
    rate, size, duration_s = video.frames_per_s, video.size_px, video.duration_s
    video.close()
    subtitles = subtitles_of(path)
    entries = read_srt(subtitles.name, subtitles.read_bytes()) if subtitles is not None else []
    lasts_s = duration_s if duration_s is not None else entries[-1].end_s if entries else None
    if lasts_s is None:
        raise InvalidInput(str(path), "", "does not tell how long it lasts, and has no subtitles that would")
    film = Film(path, size, rate, lasts_s, SrtTrack(entries, given) if entries else None, given)
    if film.track is None or film.track.why_not is not None:
        return film
    return replace(film, latency=latency_of_video(path, lasts_s, rate, film.view_at))


def frame_number(shot: Shot) -> int:
    """The frame of a video that a shot is of, from 1, as subtitles count them (FrameCnt)."""
    return int(shot.name.rpartition("#")[2])


@dataclass(frozen=True, slots=True)
class Film:
    """A video and what its subtitles tell; `size_px` is (width, height)."""

    path: Path
    size_px: tuple[int, int]
    frames_per_s: float
    lasts_s: float
    track: SrtTrack | None
    given: Given
    latency: Latency | Unknown | None = None

    @property
    def count(self) -> int:
        """How many frames it has."""
        return max(round(self.lasts_s * self.frames_per_s), 1)

    def numbers(self) -> Iterator[int]:
        """The frames that are looked at: so many a second, or one every so many metres flown."""
        if self.given.every_m is None or self.track is None or self.track.positions is None:
            step = max(self.frames_per_s / self.given.frames_per_s, 1.0)
            yield from (1 + round(index * step) for index in range(int(np.ceil(self.count / step))))
            return
        flown_m = self.track.positions.flown_m(np.arange(self.count) / self.frames_per_s)
        yield from (1 + np.flatnonzero(np.diff(np.floor(flown_m / self.given.every_m), prepend=-1.0) > 0)).tolist()

    def shot(self, number: int) -> Shot:
        """Frame `number`, from 1. A boresight is taken out as it is given: a video does not tell its camera."""
        shot = self._said(number)
        boresight = self.given.boresight
        return shot if boresight is None else boresight.of_shot(shot, boresight.camera)

    def view_at(self, time_s: float) -> CameraView | None:
        """What the subtitles say of a time of the video; None where they do not say all of it."""
        found = "" if self.track is None else self.track.pose_at(time_s)
        lens = self._lens(time_s)
        if isinstance(found, str) or isinstance(lens, str):
            return None
        return CameraView(found.pose.value, lens.intrinsics, class_of(self.given).value)

    def _said(self, number: int) -> Shot:
        time_s = (number - 1) / self.frames_per_s
        late_s = self.latency.latency_s if isinstance(self.latency, Latency) else 0.0
        found = "it has no subtitles (.SRT) beside it" if self.track is None else self.track.pose_at(time_s - late_s)
        pose = self._stated_pose() if isinstance(found, str) else found.pose
        lens = self._lens(time_s)
        why_not = [why for why in (found if pose is None else None, lens) if isinstance(why, str)]
        local = self.track.moment_at(time_s) if self.track is not None else None
        at = None if local is None else local - timedelta(hours=self.given.utc_offset_h or 0.0)
        return Shot(
            name=f"{self.path.name}#{number:06d}",
            path=self.path,
            at=at,
            time_s=at.timestamp() if at is not None else time_s,
            pose=pose,
            intrinsics=None if isinstance(lens, str) else Sourced(lens.intrinsics, lens.source),
            accuracy=self._accuracy(found, lens),
            unplaced="; ".join(why_not) or None,
            assumptions=self._assumptions(lens),
            flags=self._flags(found),
        )

    def _stated_pose(self) -> Sourced[ShotPose] | None:
        camera = self.given.camera
        return Sourced(camera.pose.shot_pose(), f"camera file {camera.name}") if camera is not None and camera.pose else None

    def _lens(self, time_s: float) -> Lens | str:
        camera = self.given.camera
        if camera is not None and camera.lens is not None:
            lens = camera.lens.intrinsics()
            if abs(lens.width_px / lens.height_px / (self.size_px[0] / self.size_px[1]) - 1) > 0.01:
                size = f"{lens.width_px} x {lens.height_px}"
                return f"is {self.size_px[0]} x {self.size_px[1]} pixels, but {camera.name} describes pictures of {size}"
            return Lens(lens.scaled(*self.size_px), f"camera file {camera.name}", 0.002)
        entry = self.track.entry_at(time_s) if self.track is not None else None
        if entry is None or entry.equivalent_mm is None:
            return "nothing tells its focal length; `--camera FILE` gives the lens"
        lens_of_35mm = of_35mm(*self.size_px, entry.equivalent_mm * entry.zoom)
        return replace(lens_of_35mm, source=f"subtitles' 35 mm equivalent {entry.equivalent_mm:g} mm")

    def _accuracy(self, found: SrtPose | str, lens: Lens | str) -> Sourced[PoseAccuracy]:
        base = class_of(self.given)
        doubts = base.value if isinstance(lens, str) else replace(base.value, focal_share=lens.focal_share)
        if isinstance(found, SrtPose):
            doubts = replace(
                doubts,
                jitter_m=found.jitter_m,
                heading_deg=max(doubts.heading_deg, found.heading_deg),
                tilt_deg=max(doubts.tilt_deg, found.tilt_deg),
                timing_s=self._timing_s(doubts.timing_s),
            )
        return with_stated(Sourced(doubts, base.source), self.given)

    def _timing_s(self, of_class_s: float) -> float:
        """Doubt about a picture's time against its subtitles."""
        return self.latency.sigma_s if isinstance(self.latency, Latency) else max(of_class_s, UNTOLD_TIMING_S)

    def _timing_note(self) -> str | None:
        if isinstance(self.latency, Latency):
            late = f"{self.latency.latency_s:+.3f} s +- {self.latency.sigma_s:.3f} s"
            return f"pictures are taken to be late by {late} against the subtitles, as their motion tells"
        if isinstance(self.latency, Unknown):
            return f"whether pictures are late against the subtitles is not told, taken as 0: {self.latency.reason}"
        return None

    def _assumptions(self, lens: Lens | str) -> tuple[str, ...]:
        zone = "the video's clock tells no time zone: taken as UTC" if self.given.utc_offset_h is None else None
        of_track = self.track.assumptions if self.track is not None else ()
        return tuple(
            text
            for text in (zone, self._timing_note(), *of_track, *(() if isinstance(lens, str) else lens.assumptions))
            if text
        )

    def _flags(self, found: SrtPose | str) -> tuple[str, ...]:
        of_track = self.track.flags if self.track is not None else ()
        if isinstance(found, str) or found.jitter_m < STALE_FROM_M:
            return of_track
        return (*of_track, f"telemetry is stale, coarse or jumping here: {found.jitter_m:.1f} m of further doubt")
