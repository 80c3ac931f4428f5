"""A video as a DJI drone leaves it: H.264 in MP4, and beside it a .SRT with a line of telemetry for each frame.

The notation is that of M30, H20 and M3 Enterprise ("gb_yaw", "rel_alt"); the focal length is the 35 mm equivalent.
"""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
from cv2.typing import MatLike

from missions.errors import InvalidInput
from simulator.footage.exposure import Exposure
from simulator.footage.photo import equivalent_mm
from simulator.footage.told import LOCAL_TIME

_TICKS_PER_S = 90_000
_QUALITY = "20"
"""x264's constant rate factor: near to what a drone's 30 Mbit/s gives."""


def write_video(path: Path, pictures: Iterable[MatLike], frames_per_s: float, size_px: tuple[int, int]) -> None:
    """Encodes pictures (blue, green, red) of `size_px` (width, height) as they come.

    Raises InvalidInput where the file cannot be written.
    """
    try:
        container = av.open(str(path), "w")
    except OSError as error:
        raise InvalidInput(str(path), "", f"cannot be written: {error}") from error
    with container:
        stream = container.add_stream("libx264", rate=Fraction(frames_per_s).limit_denominator(1000))
        stream.width, stream.height = size_px
        stream.pix_fmt, stream.options = "yuv420p", {"crf": _QUALITY, "preset": "veryfast"}
        stream.time_base = Fraction(1, _TICKS_PER_S)
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            frame.pts, frame.time_base = round(number * _TICKS_PER_S / frames_per_s), stream.time_base
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def subtitles(exposures: Iterable[Exposure], frames_per_s: float) -> str:
    """The .SRT of a video's frames."""
    lasts_ms = round(1000 / frames_per_s)
    return "\n".join(_entry(exposure, lasts_ms) for exposure in exposures)


def _entry(exposure: Exposure, lasts_ms: int) -> str:
    number, told, lens = exposure.number, exposure.told, exposure.lens
    yaw_deg = (told.yaw_deg + 180) % 360 - 180
    local = told.at.astimezone(LOCAL_TIME)
    span = f"{_clock((number - 1) * lasts_ms)} --> {_clock(number * lasts_ms)}"
    place = f"[latitude: {told.point.lat_deg:.8f}] [longitude: {told.point.lon_deg:.8f}]"
    height = f"[rel_alt: {told.relative_altitude_m:.3f} abs_alt: {told.altitude_m:.3f}]"
    camera = f"[focal_len: {equivalent_mm(lens):.3f}] [dzoom_ratio: 1.00]"
    gimbal = f"[gb_yaw: {yaw_deg:.2f} gb_pitch: {told.pitch_deg:.2f} gb_roll: 0.00]"
    first = f'<font size="28">FrameCnt: {number}, DiffTime: {lasts_ms}ms'
    stamp = f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 1000:03d}"
    what = f"[iso: 100] [shutter: 1/1000.0] [fnum: 2.8] [ev: 0] {camera} {place} {height} {gimbal}"
    return f"{number}\n{span}\n{first}\n{stamp}\n{what} </font>\n"


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d},{ms % 1000:03d}"
