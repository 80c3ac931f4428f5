"""Where a camera truly flies: legs at one height and speed, with the camera along them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from missions.geometry import Array, Attitude, LocalFrame
from missions.telemetry import Pose

TURN_S = 2.0
"""Seconds before and after a corner in which the aircraft turns its nose."""

LANE_SHARE = 0.7
"""Lanes of a lawn-mower lie this share of a picture's width apart."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is flown: height over the ground, speed, and the camera's pitch (-90 straight down)."""

    height_m: float
    speed_mps: float
    pitch_deg: float


@dataclass(frozen=True)
class Course:
    """Straight legs through (n, 2) `corners`, metres east and north of the world's origin, from `starts_s` on."""

    corners: Array
    manner: Manner
    starts_s: float = 0.0

    @cached_property
    def _reached_s(self) -> Array:
        lengths_m = np.hypot(*np.diff(self.corners, axis=0).T)
        return self.starts_s + np.concatenate([[0.0], np.cumsum(lengths_m)]) / self.manner.speed_mps

    @property
    def ends_s(self) -> float:
        """When the last corner is reached."""
        return float(self._reached_s[-1])

    def heading_deg(self, time_s: float) -> float:
        """Where the nose points: along the leg, and turning evenly round a corner."""
        legs = np.diff(self.corners, axis=0)
        headings = np.degrees(np.unwrap(np.arctan2(legs[:, 0], legs[:, 1])))
        inner_s = self._reached_s[1:-1]
        times = np.column_stack([inner_s - TURN_S, inner_s + TURN_S]).ravel()
        values = np.column_stack([headings[:-1], headings[1:]]).ravel()
        return float(np.interp(time_s, times, values) if len(times) else headings[0]) % 360.0

    def velocity_mps(self, time_s: float) -> tuple[float, float, float]:
        """North, east and down."""
        leg = np.diff(self.corners, axis=0)[self._leg(time_s)]
        east, north = leg / np.hypot(*leg) * self.manner.speed_mps
        return float(north), float(east), 0.0

    def place(self, time_s: float) -> tuple[float, float]:
        """East and north; before the beginning and after the end the outer legs go on."""
        leg = self._leg(time_s)
        north_mps, east_mps, _ = self.velocity_mps(time_s)
        east, north = self.corners[leg] + (time_s - self._reached_s[leg]) * np.array([east_mps, north_mps])
        return float(east), float(north)

    def pose(self, time_s: float, frame: LocalFrame) -> Pose:
        """The camera's true pose."""
        return Pose(
            time_boot_ms=1000.0 * time_s,
            point=frame.to_geo(*self.place(time_s)),
            height_m=self.manner.height_m,
            camera=Attitude.from_euler(0.0, self.manner.pitch_deg, self.heading_deg(time_s)),
            ground_speed_mps=self.manner.speed_mps,
        )

    def _leg(self, time_s: float) -> int:
        return int(np.clip(np.searchsorted(self._reached_s, time_s, side="right") - 1, 0, len(self.corners) - 2))


def lawn_mower(middle: Array, side_m: float, lane_m: float) -> Array:
    """Corners of lanes that cover a square, at least one lane."""
    lanes = max(1, int(np.ceil(side_m / lane_m)))
    across = (np.arange(lanes) - (lanes - 1) / 2) * lane_m
    ends = np.array([-side_m / 2, side_m / 2])
    corners = [(x, y) for i, x in enumerate(across) for y in (ends if i % 2 == 0 else ends[::-1])]
    return np.asarray(middle + np.array(corners), dtype=np.float64)


def straight(middle: Array, length_m: float, heading_deg: float) -> Array:
    """Corners of one leg through `middle`."""
    ahead = np.array([np.sin(np.radians(heading_deg)), np.cos(np.radians(heading_deg))])
    return np.array([middle - ahead * length_m / 2, middle + ahead * length_m / 2])
