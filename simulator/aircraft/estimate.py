"""What the autopilot believes: the truth with a slowly drifting position bias and a little noise in attitude."""

from dataclasses import dataclass
from random import Random

from simulator.aircraft.physics import Body
from simulator.aircraft.vector import Vector
from simulator.aircraft.wind import Correlated

HORIZONTAL_BIAS_M = 0.35
"""Standard deviation of the position bias on each horizontal axis: about 0.45 m in all, as of a multi-band GNSS receiver."""

VERTICAL_BIAS_M = 0.4
POSITION_DRIFT_S = 120.0
ATTITUDE_BIAS_DEG = 0.25
ATTITUDE_DRIFT_S = 30.0
ATTITUDE_NOISE_DEG = 0.1
"""White noise; with the bias about 0.3 degrees an axis."""

VELOCITY_NOISE_MPS = 0.03


@dataclass(frozen=True, slots=True)
class Estimate:
    """Position over home's ground, velocity and attitude, as estimated."""

    position: Vector
    velocity: Vector
    heading_deg: float
    roll_deg: float
    pitch_deg: float


class Estimator:
    """Makes estimates from the truth."""

    def __init__(self, random: Random) -> None:
        self._random = random
        sigmas = (HORIZONTAL_BIAS_M, HORIZONTAL_BIAS_M, VERTICAL_BIAS_M)
        self._bias = tuple(Correlated(random, sigma, POSITION_DRIFT_S) for sigma in sigmas)
        self._tilt = tuple(Correlated(random, ATTITUDE_BIAS_DEG, ATTITUDE_DRIFT_S) for _ in range(3))

    def step(self, body: Body, dt_s: float) -> Estimate:
        """The estimate of `body`, `dt_s` after the last."""
        bias = Vector(*(axis.step(dt_s) for axis in self._bias))
        tilts = [axis.step(dt_s) + self._random.gauss(0.0, ATTITUDE_NOISE_DEG) for axis in self._tilt]
        noise = Vector(*(self._random.gauss(0.0, VELOCITY_NOISE_MPS) for _ in range(3)))
        return Estimate(
            position=body.position.plus(bias),
            velocity=body.velocity.plus(noise),
            heading_deg=(body.heading_deg + tilts[0]) % 360.0,
            roll_deg=body.roll_deg + tilts[1],
            pitch_deg=body.pitch_deg + tilts[2],
        )
