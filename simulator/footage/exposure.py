"""The pictures of a flight before they are taken: the true pose of each, and what is told of it."""

from dataclasses import dataclass

import numpy as np

from missions.geometry import LocalFrame
from missions.optics import Intrinsics
from missions.telemetry import Pose
from simulator.footage.flight_log import TELEMETRY_PER_S
from simulator.footage.flights import Flight
from simulator.footage.order import Order
from simulator.footage.sensor_errors import ToldError, draw_errors
from simulator.footage.told import LOCAL_TIME, Told, laser_range_m, tell, told_lens, true_pose


@dataclass(frozen=True, slots=True)
class Exposure:
    """Picture `number` (from 1) of a flight. `lens` is the lens as it is told."""

    flight: Flight
    number: int
    pose: Pose
    told: Told
    lens: Intrinsics
    error: ToldError

    @property
    def stem(self) -> str:
        """A file's name as DJI has it, without its ending."""
        return f"DJI_{self.told.at.astimezone(LOCAL_TIME):%Y%m%d%H%M%S}_{self.number:04d}_W"


class FlightTelling:
    """What one flight's aircraft tells, with errors drawn for all of it at once."""

    def __init__(self, order: Order, flight: Flight, frame: LocalFrame) -> None:
        self._order, self._flight, self._frame = order, flight, frame
        first_s, last_s = flight.times_s[0], flight.times_s[-1]
        steps = np.arange(first_s - 1.0, last_s + 1.0, 1.0 / TELEMETRY_PER_S) if order.kind == "log" else ()
        self._telemetry_s = tuple(float(time_s) for time_s in steps)
        times = sorted({*flight.times_s, *self._telemetry_s})
        drawn = draw_errors(order.sigmas, times, self._chance(1))
        rise_m = float(self._chance(3).normal(0, order.sigmas.relief_share * flight.reach_m))
        higher = (error.model_copy(update={"height_m": error.height_m + rise_m}) for error in drawn)
        self._errors = dict(zip(times, higher, strict=True))

    def exposures(self) -> list[Exposure]:
        """The flight's pictures."""
        laser = self._chance(2)
        return [self._exposure(number, time_s, laser) for number, time_s in enumerate(self._flight.times_s, start=1)]

    def telemetry(self) -> list[Told]:
        """Poses as the autopilot of a log sends them, on its own clock."""
        timely = {time_s: self._errors[time_s].model_copy(update={"time_s": 0.0}) for time_s in self._telemetry_s}
        return [tell(self._flight.course, time_s, error, self._frame) for time_s, error in timely.items()]

    def _exposure(self, number: int, time_s: float, laser: np.random.Generator) -> Exposure:
        course, error = self._flight.course, self._errors[time_s]
        pose = true_pose(course, time_s, error, self._frame)
        range_m = laser_range_m(pose, self._order.sigmas, laser) if self._order.rangefinder else None
        told = tell(course, time_s, error, self._frame, range_m)
        return Exposure(self._flight, number, pose, told, told_lens(self._order.lens, error), error)

    def _chance(self, purpose: int) -> np.random.Generator:
        return np.random.default_rng([self._order.seed, 23, self._flight.number, purpose])
