"""How late a video's pictures are against its subtitles, from one pass over the stretch in which the telemetry moves most."""

from pathlib import Path

import numpy as np

from edge_agent.material.video_frames import VideoFrames
from edge_agent.placement.image_motion import SeenMotion, ViewAt, told_motion
from edge_agent.placement.latency import LEAST_PX_S, Latency, Unknown, latency_of
from missions.errors import InvalidInput
from missions.geometry import Array

STRETCH_S = 15.0
"""So much of a video is looked at: some seconds of work."""

PICTURES_PER_S = 8.0
LEAST_PICTURES_PER_S = 4.0
"""Of a slower video, neighbouring pictures lie too far apart to be followed."""

SURVEYED_S = 0.5
"""The telemetry of the whole video is looked at in steps of so much."""


def latency_of_video(path: Path, lasts_s: float, frames_per_s: float, view_at: ViewAt) -> Latency | Unknown:
    """Decodes no picture where the telemetry alone says that there is nothing to be told."""
    if frames_per_s < LEAST_PICTURES_PER_S:
        return Unknown(f"{frames_per_s:g} pictures a second are too few to be followed")
    start_s = _liveliest_s(lasts_s, view_at)
    if isinstance(start_s, Unknown):
        return start_s
    until_s = min(start_s + STRETCH_S, lasts_s)
    return latency_of(*_seen(path, start_s, until_s), view_at)


def _liveliest_s(lasts_s: float, view_at: ViewAt) -> float | Unknown:
    """Where the stretch begins in which the told motion varies most."""
    times_s = np.arange(SURVEYED_S, max(lasts_s - SURVEYED_S, 0.0), SURVEYED_S)
    width = round(STRETCH_S / SURVEYED_S)
    if not len(times_s):
        return Unknown("the video is too short")
    told = told_motion(view_at, times_s, SURVEYED_S)
    starts = range(0, max(len(told) - width, 0) + 1)
    variations = [_variation(told[start : start + width]) for start in starts]
    best = int(np.argmax(variations))
    if variations[best] < LEAST_PX_S:
        return Unknown("the telemetry tells of no turn and no change of speed, or not of all that is needed")
    return float(times_s[best])


def _variation(told: Array) -> float:
    """Pixels a second, rms; 0 where something is not told."""
    return float(np.sqrt(told.var(axis=0).sum())) if not np.isnan(told).any() else 0.0


def _seen(path: Path, start_s: float, until_s: float) -> tuple[Array, Array]:
    """The motion of every so many frames, as far as they can be decoded."""
    video, seen = VideoFrames(path), SeenMotion()
    step = max(round(video.frames_per_s / PICTURES_PER_S), 1)
    first, last = (1 + int(np.ceil(time_s * video.frames_per_s)) for time_s in (start_s, until_s))
    for number in range(first, last, step):
        try:
            image = video.read(number)
        except InvalidInput:
            break
        seen.add(image, (number - 1) / video.frames_per_s)
    video.close()
    return seen.rows()
