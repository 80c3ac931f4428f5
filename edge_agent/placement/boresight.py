"""How a camera really looks, against what its aircraft says: kept with the aircraft, and taken out of every picture.

Errors are angles about the axes of edge_agent/placement/uncertainty.py: yaw about the vertical (clockwise), pitch about the
image's right laid level (the camera looks higher), roll about level ahead (clockwise), and by which share the lens is longer.
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import Field, ValidationError

from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.uncertainty import HEADING_JITTER_SHARE, TILT_JITTER_SHARE, level_axes
from edge_agent.shot import PoseAccuracy, Shot, Sourced
from missions.errors import InvalidInput
from missions.geometry import Array, Attitude
from missions.noun import StrictNoun
from missions.optics import Intrinsics

Sigma = Annotated[float, Field(ge=0)]


class Aim(StrictNoun):
    """Errors of how a camera looks, or their standard deviations."""

    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    scale: Annotated[float, Field(gt=-0.5)]

    def turned(self, attitude: Attitude) -> Attitude:
        """How a camera looks that is said to look like `attitude`."""
        vector = np.radians([self.yaw_deg, self.pitch_deg, self.roll_deg]) @ level_axes(attitude.matrix()[None])[0]
        return rotation(vector).after(attitude)

    def stretched(self, lens: Intrinsics) -> Intrinsics:
        """The lens with its true focal length."""
        longer = {"fx_px": lens.fx_px * (1 + self.scale), "fy_px": lens.fy_px * (1 + self.scale)}
        return lens.model_copy(update=longer)


class Boresight(StrictNoun):
    """The errors of one camera on one aircraft. `camera` is maker and model as the pictures name them; `untold` names what the
    points could not tell; `rms_px` is how far the points lay from where they should, before and after.
    """

    aircraft: str | None = None
    camera: str
    made_at: datetime
    error: Aim
    sigma: Aim
    untold: tuple[str, ...] = ()
    points: Annotated[int, Field(ge=2)]
    rms_before_px: Sigma
    rms_after_px: Sigma

    @property
    def id(self) -> str:
        """The same for the same content: 12 hexadecimal digits."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]

    def in_words(self) -> str:
        """For people."""
        error = self.error
        told = (
            f"yaw {error.yaw_deg:+.2f}°, pitch {error.pitch_deg:+.2f}°, roll {error.roll_deg:+.2f}°, scale {error.scale:+.2%}"
        )
        return f"boresight of {self.made_at:%Y-%m-%d} ({self.points} points): {told} taken out"

    def corrected(self, view: CameraView) -> CameraView:
        """The view as it really was."""
        return CameraView(
            replace(view.pose, attitude=self.error.turned(view.pose.attitude)),
            self.error.stretched(view.intrinsics),
            self.remaining(view.accuracy),
            (*view.assumptions, self.in_words()),
        )

    def of_shot(self, shot: Shot, camera: str) -> Shot:
        """The picture as `corrected`; raises InvalidInput where another camera took it."""
        if camera.casefold() != self.camera.casefold():
            raise InvalidInput(
                shot.name, "boresight", f"is of {self.camera}, but the picture was taken by {camera or 'none known'}"
            )
        if shot.pose is None or shot.intrinsics is None:
            return shot
        pose, lens = shot.pose.value, shot.intrinsics.value
        return replace(
            shot,
            pose=Sourced(replace(pose, attitude=self.error.turned(pose.attitude)), shot.pose.source),
            intrinsics=Sourced(self.error.stretched(lens), shot.intrinsics.source),
            accuracy=Sourced(self.remaining(shot.accuracy.value), f"{shot.accuracy.source}; boresight"),
            assumptions=(*shot.assumptions, self.in_words()),
        )

    def remaining(self, accuracy: PoseAccuracy) -> PoseAccuracy:
        """What is still not known: of the shared part of heading and tilt the boresight's own doubt, and all of what differs
        from frame to frame. The model splits one value by fixed shares, so that it has to hold for the larger of both.
        """
        tilt_deg = max(self.sigma.pitch_deg, self.sigma.roll_deg)
        return replace(
            accuracy,
            heading_deg=_left(accuracy.heading_deg, self.sigma.yaw_deg, HEADING_JITTER_SHARE),
            tilt_deg=_left(accuracy.tilt_deg, tilt_deg, TILT_JITTER_SHARE),
            focal_share=min(accuracy.focal_share, self.sigma.scale),
        )


def _left(sigma: float, shared: float, own_share: float) -> float:
    return min(sigma, float(np.hypot(shared, np.sqrt(own_share) * sigma)))


def rotation(vector: Array) -> Attitude:
    """The turn by |vector| radians about it."""
    angle = float(np.linalg.norm(vector))
    x, y, z = (0.5 * np.sinc(angle / (2 * np.pi)) * vector).tolist()
    return Attitude(w=float(np.cos(angle / 2)), x=x, y=y, z=z)


def read_boresight(path: Path, aircraft: str | None = None) -> Boresight:
    """A file of `oneflight calibrate`; raises InvalidInput where it is none, or of another aircraft than `aircraft`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(str(path), "", f"cannot be read: {error}") from error
    try:
        found = Boresight.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(
            str(path), ".".join(map(str, first["loc"])), f"{first['msg']}; `oneflight calibrate` writes it"
        ) from error
    if aircraft is not None and found.aircraft not in (None, aircraft):
        raise InvalidInput(str(path), "aircraft", f"is {found.aircraft}, but this one is {aircraft}")
    return found


def write_boresight(boresight: Boresight, path: Path) -> None:
    """Raises InvalidInput naming the file where it cannot be written."""
    try:
        path.write_text(boresight.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise InvalidInput(str(path), "", f"cannot be written: {error.strerror}") from error
