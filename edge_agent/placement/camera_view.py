"""One picture's camera in the air: where it was, how it looked, through which lens, and how well that is known."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from edge_agent.shot import PoseAccuracy, Shot, ShotPose
from missions.errors import InvalidInput
from missions.geometry import Array
from missions.optics import Intrinsics


@dataclass(frozen=True, slots=True)
class CameraView:
    """What placing needs of a picture. `assumptions` says, for people, where pose, lens and accuracy come from."""

    pose: ShotPose
    intrinsics: Intrinsics
    accuracy: PoseAccuracy
    assumptions: tuple[str, ...] = ()

    @classmethod
    def of(cls, shot: Shot) -> Self:
        """Of a picture from a file; raises InvalidInput where it cannot be placed (`shot.unplaced` says why)."""
        if shot.unplaced is not None or shot.pose is None or shot.intrinsics is None:
            raise InvalidInput(shot.name, "pose", shot.unplaced or "has no pose or no intrinsics")
        told = (f"pose: {shot.pose.source}", f"lens: {shot.intrinsics.source}", f"accuracy: {shot.accuracy.source}")
        return cls(shot.pose.value, shot.intrinsics.value, shot.accuracy.value, (*told, *shot.assumptions))

    def rays(self, pixels: Array) -> Array:
        """(n, 3) rays in north-east-down of (n, 2) pixels; not a number where the lens maps nothing to a pixel."""
        return np.asarray(self.intrinsics.rays(pixels) @ self.pose.attitude.matrix().T)

    def pixels(self, sights_m: Array) -> Array:
        """(n, 2) pixels of (n, 3) places in north-east-down of the camera; not a number for those behind it."""
        return self.intrinsics.project(sights_m @ self.pose.attitude.matrix())
