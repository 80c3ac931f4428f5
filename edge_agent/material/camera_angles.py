"""How a photo says its camera looked, in each maker's convention, turned into north-east-down.

DJI: "NED coordinate system, the rotation order is ZYX" (user manuals of Mavic 3E and 3M, XMP list), pitch -90 straight
down; Autel's newer firmware, Parrot's own tags and Skydio's CameraOrientationNED alike. Pix4D's namespace `Camera`, which
older Autel, Parrot and senseFly cameras write: 0 straight down, 90 forwards to the horizon, of a body whose down is the
optical axis (Pix4D, Specifications of XMP camera tags; Yaw, Pitch, Roll and Omega, Phi, Kappa angles).
"""

from dataclasses import dataclass

from edge_agent.material.photo_tags import PhotoTags
from missions.geometry import Attitude

BACKWARDS_DEG = -45.0
"""A pitch below this in Pix4D's convention would look backwards and up: the writer meant another convention."""


@dataclass(frozen=True, slots=True)
class Convention:
    """How the tags of yaw, pitch and roll are named (`{}` for the angle), and whether a pitch of 0 is straight down."""

    name: str
    tags: str
    down_is_zero: bool = False


CONVENTIONS = (
    Convention("DJI gimbal angles", "drone-dji:Gimbal{}Degree"),
    Convention("Autel gimbal angles", "drone:Gimbal{}Degree"),
    Convention("Parrot camera angles", "drone-parrot:Camera{}Degree"),
    Convention("Skydio camera angles", "drone-skydio:CameraOrientationNED/{}"),
    Convention("Pix4D camera angles", "Camera:{}", down_is_zero=True),
    Convention("senseFly camera angles", "senseFly:{}", down_is_zero=True),
)


@dataclass(frozen=True, slots=True)
class Angles:
    """How the camera looked, and by which convention."""

    attitude: Attitude
    source: str


def read_angles(tags: PhotoTags) -> Angles | str:
    """The camera's attitude, or in words why there is none."""
    for convention in CONVENTIONS:
        yaw, pitch, roll = (tags.xmp_number(convention.tags.format(angle)) for angle in ("Yaw", "Pitch", "Roll"))
        if yaw is not None and pitch is not None:
            return _angles(convention, yaw, pitch, roll or 0.0)
    return "it does not say how the camera looked (no gimbal angles)"


def _angles(convention: Convention, yaw_deg: float, pitch_deg: float, roll_deg: float) -> Angles | str:
    if max(abs(yaw_deg), abs(pitch_deg), abs(roll_deg)) > 360:
        return f"its {convention.name} are out of range ({yaw_deg:g}, {pitch_deg:g}, {roll_deg:g})"
    if not convention.down_is_zero:
        return Angles(Attitude.from_euler(roll_deg, pitch_deg, yaw_deg), convention.name)
    if pitch_deg < BACKWARDS_DEG:
        return f"its {convention.name} have a pitch of {pitch_deg:g}, which does not fit their convention (0 is straight down)"
    return Angles(looking_down(yaw_deg, pitch_deg, roll_deg), convention.name)


def looking_down(yaw_deg: float, pitch_deg: float, roll_deg: float) -> Attitude:
    """The camera's attitude from that of a body whose down is the optical axis and whose front is the picture's top."""
    body = Attitude.from_euler(roll_deg, pitch_deg, yaw_deg)
    return body.after(Attitude.from_euler(0.0, -90.0, 0.0))
