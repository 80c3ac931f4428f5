"""What people say of material that it does not say itself."""

from dataclasses import dataclass

from edge_agent.material.camera_file import CameraFile
from missions.geometry import GeoPoint


@dataclass(frozen=True, slots=True)
class Given:
    """`camera`: a camera file. `assume_nadir`: pictures without gimbal angles looked straight down. `gimbal_pitch_deg`: how a
    video without gimbal angles looked, along the way it flew. `near`: a place nearby, which tells latitude from longitude.
    `frames_per_s`: how many frames of a video are looked at in a second. `utc_offset_h`: zone of clocks that tell none.
    """

    camera: CameraFile | None = None
    assume_nadir: bool = False
    gimbal_pitch_deg: float | None = None
    near: GeoPoint | None = None
    frames_per_s: float = 1.0
    utc_offset_h: float | None = None


NOTHING = Given()
"""The material speaks for itself."""
