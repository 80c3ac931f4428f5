"""What people say of material that it does not say itself."""

from dataclasses import dataclass
from enum import StrEnum

from edge_agent.material.camera_file import CameraFile
from edge_agent.placement.boresight import Boresight
from missions.geometry import GeoPoint


class AltitudeIs(StrEnum):
    """Of what an altitude is: above mean sea level, or over the take-off point."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Given:
    """`camera`: a camera file. `assume_nadir`: pictures without gimbal angles looked straight down. `gimbal_pitch_deg`: how a
    video without gimbal angles looked, along the way it flew. `near`: a place nearby, which tells latitude from longitude.
    `frames_per_s`: how many frames of a video are looked at in a second; `every_m` instead: one every so many metres flown.
    `utc_offset_h`: zone of clocks that tell none. `altitude_is`: of what a video's altitude is that does not say so.
    `boresight`: how the camera really looks on its aircraft.
    """

    camera: CameraFile | None = None
    assume_nadir: bool = False
    gimbal_pitch_deg: float | None = None
    near: GeoPoint | None = None
    frames_per_s: float = 1.0
    every_m: float | None = None
    utc_offset_h: float | None = None
    altitude_is: AltitudeIs | None = None
    boresight: Boresight | None = None

    def in_words(self) -> dict[str, str]:
        """Each option of a command line that changes the shots, but for the camera file; empty where it is not given."""
        return {
            "--fps": f"{self.frames_per_s:g}" if self.every_m is None else "",
            "--every": _number(self.every_m),
            "--assume-nadir": "yes" if self.assume_nadir else "",
            "--gimbal-pitch": _number(self.gimbal_pitch_deg),
            "--near": "" if self.near is None else f"{self.near.lat_deg:g},{self.near.lon_deg:g}",
            "--utc-offset": _number(self.utc_offset_h),
            "--altitude-is": self.altitude_is or "",
            "--boresight": "" if self.boresight is None else f"{self.boresight.in_words()} ({self.boresight.id})",
        }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


NOTHING = Given()
"""The material speaks for itself."""
