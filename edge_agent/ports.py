"""The seams inside the agent: what the pipeline and the flight control need of the world outside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from edge_agent.aircraft import AircraftState
from missions.errors import OneFlightError
from missions.finding import Detection, ModelRef
from missions.plan import Plan
from missions.planning.mission_items import MissionItem, Parameter

Image = NDArray[np.uint8]
"""(height, width, 3), blue-green-red."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture, with the time of its exposure on the autopilot's clock and on ours."""

    image: Image
    time_boot_ms: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Observing:
    """What a frame is looked at for: the flight, its plan, and the leg flown then (None: on the way)."""

    flight_id: str
    plan: Plan
    leg_index: int | None

    @property
    def route_id(self) -> str | None:
        """The route of the leg."""
        return None if self.leg_index is None else self.plan.legs[self.leg_index].route_id

    @property
    def camera_pitch_deg(self) -> float:
        """How the leg points the camera; straight down between legs."""
        return -90.0 if self.leg_index is None else self.plan.legs[self.leg_index].camera_pitch_deg


class FrameSource(Protocol):
    """Gives frames."""

    def next(self, timeout_s: float) -> Frame | None:
        """The oldest frame waiting; None where none comes in time."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at a frame gave: what is reported, and (people, vehicles) what is only there to be masked."""

    detections: list[Detection]
    auxiliary: list[Detection] = field(default_factory=list)


class Detector(Protocol):
    """Finds objects in a picture."""

    @property
    def classes(self) -> tuple[str, ...]:
        """What it knows."""

    @property
    def model(self) -> ModelRef:
        """Which network it is."""

    def detect(self, image: Image, classes: frozenset[str], ground_m_per_px: float | None = None) -> Seen:
        """The objects of `classes` in `image`, a pixel in whose middle shows so many metres of ground (None: not known)."""


class FlightView(Protocol):
    """Tells the pipeline what is being flown."""

    def observing(self, time_boot_ms: float | None) -> Observing | None:
        """What a frame of that time (None: now) is for; None while nothing is to be observed."""


class AutopilotError(OneFlightError):
    """The autopilot refused or did not answer."""


class Autopilot(Protocol):
    """What flying needs of an autopilot. Commands raise AutopilotError where it refuses, and return when it has obeyed."""

    @property
    def state(self) -> AircraftState:
        """What it last said."""

    async def upload(
        self, fence: Sequence[MissionItem], parameters: Sequence[Parameter], mission: Sequence[MissionItem]
    ) -> None:
        """Takes a flight on board, the mission last."""

    async def mission_on_board(self) -> int:
        """How many items the mission on board has."""

    async def clear_mission(self) -> None:
        """Forgets the mission."""

    async def start_mission(self) -> None:
        """Begins the mission, or goes on with it."""

    async def arm(self) -> None:
        """Arms."""

    async def disarm(self) -> None:
        """Disarms on the ground."""

    async def hold(self) -> None:
        """Stops in the air."""

    async def return_home(self) -> None:
        """Turns for home."""

    async def stop_camera_trigger(self) -> None:
        """Stops triggering the camera."""

    async def wait_until(self, holds: Callable[[AircraftState], bool], timeout_s: float) -> bool:
        """Whether the state came to fulfil `holds` in time."""
