"""How far a real drone's word about itself is from the truth: what is wrong, how much, and for how long it stays so."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from missions.geometry import Array, Attitude
from missions.noun import StrictNoun

Sigma = Annotated[float, Field(ge=0)]


class Drift(StrictNoun):
    """An error with a memory (first-order Gauss-Markov: Gelb, Applied Optimal Estimation, 1974, ch. 3.8) and one without.

    `bias` is the standard deviation of what wanders, within `lasts_s`; `noise` of what is new at each reading.
    """

    bias: Sigma = 0.0
    lasts_s: Annotated[float, Field(gt=0)] = 1e6
    noise: Sigma = 0.0

    def draw(self, times_s: Array, rng: np.random.Generator) -> Array:
        """The error at each of (n,) ascending times."""
        wander = np.empty(len(times_s))
        state = rng.normal(0, self.bias)
        for index, passed_s in enumerate(np.diff(times_s, prepend=times_s[:1])):
            keeps = np.exp(-passed_s / self.lasts_s)
            state = keeps * state + rng.normal(0, self.bias * np.sqrt(1 - keeps**2))
            wander[index] = state
        return wander + rng.normal(0, self.noise, len(times_s))


class SensorErrors(StrictNoun):
    """Standard deviations of what an aircraft tells, each drawn anew for every flight.

    `position_m` each horizontal axis, `height_m`, `heading_deg` about the vertical, `tilt_deg` about each horizontal axis,
    `time_s` of a picture's time against the pose told with it, `focal_share` of the focal length, `range_m` and
    `range_share` of a laser's distance; `relief_share` of how far the ground looked at rises or falls against that below the
    camera, by their distance: the simulated ground is flat, so it counts as height.
    """

    position_m: Drift = Drift()
    height_m: Drift = Drift()
    heading_deg: Drift = Drift()
    tilt_deg: Drift = Drift()
    time_s: Drift = Drift()
    focal_share: Sigma = 0.0
    range_m: Sigma = 0.0
    range_share: Sigma = 0.0
    relief_share: Sigma = 0.0


class ToldError(StrictNoun):
    """What is wrong in one pose: told less true. `tilt_..._deg` are turns about the horizontal axes ahead and to the right; a
    `time_s` above zero tells of a later moment than the picture's; `focal_share` of the focal length stays for a flight.
    """

    east_m: float = 0.0
    north_m: float = 0.0
    height_m: float = 0.0
    heading_deg: float = 0.0
    tilt_ahead_deg: float = 0.0
    tilt_right_deg: float = 0.0
    time_s: float = 0.0
    focal_share: float = 0.0


def draw_errors(sigmas: SensorErrors, times_s: Sequence[float], rng: np.random.Generator) -> list[ToldError]:
    """The errors of one flight at ascending times."""
    times = np.asarray(times_s, dtype=np.float64)
    columns = {
        "east_m": sigmas.position_m.draw(times, rng),
        "north_m": sigmas.position_m.draw(times, rng),
        "height_m": sigmas.height_m.draw(times, rng),
        "heading_deg": sigmas.heading_deg.draw(times, rng),
        "tilt_ahead_deg": sigmas.tilt_deg.draw(times, rng),
        "tilt_right_deg": sigmas.tilt_deg.draw(times, rng),
        "time_s": sigmas.time_s.draw(times, rng),
        "focal_share": np.full(len(times), rng.normal(0, sigmas.focal_share)),
    }
    return [ToldError(**{name: float(values[i]) for name, values in columns.items()}) for i in range(len(times))]


def hung(attitude: Attitude, heading_deg: float, error: ToldError) -> Attitude:
    """How a camera truly hangs that tells `attitude`; `heading_deg` is where the nose points, which the tilts are about."""
    nose = np.radians(heading_deg)
    ahead, right = np.array([np.cos(nose), np.sin(nose), 0.0]), np.array([-np.sin(nose), np.cos(nose), 0.0])
    turn = -(error.tilt_ahead_deg * ahead + error.tilt_right_deg * right)
    angle = float(np.radians(np.linalg.norm(turn)))
    if angle == 0.0:
        return attitude
    x, y, z = turn / np.linalg.norm(turn) * np.sin(angle / 2)
    return _product(Attitude(w=float(np.cos(angle / 2)), x=float(x), y=float(y), z=float(z)), attitude)


def _product(a: Attitude, b: Attitude) -> Attitude:
    """First `b`, then `a` (Hamilton's product)."""
    return Attitude(
        w=a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
        x=a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
        y=a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
        z=a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w,
    )


NO_ERRORS = SensorErrors()
"""A drone that knows exactly."""

MULTIROTOR = SensorErrors(
    position_m=Drift(bias=1.0, lasts_s=180.0, noise=0.1),
    height_m=Drift(bias=1.5, lasts_s=900.0, noise=0.1),
    heading_deg=Drift(bias=1.4, noise=0.5),
    tilt_deg=Drift(bias=0.6, noise=0.3),
    time_s=Drift(bias=0.03, noise=0.005),
    focal_share=0.005,
    range_m=0.2,
    range_share=0.0015,
    relief_share=0.01,
)
"""An inspection drone with a multi-band receiver, a barometer, a compass and a stabilised gimbal.

Position: 95 % within 2.5 m, which 1.0 m an axis gives (FAA, GPS SPS Performance Analysis Reports: 2 to 3 m); such errors stay
for minutes. Height: 0.18 hPa of weather since take-off, at 8.3 m a hPa. Heading: a calibrated compass, 1 to 2 degrees.
Tilt: how a camera is mounted on its gimbal, and an accelerometer's bias of 5 mg (0.3 degrees). Time: a photo's position is read
within one or two cycles of 20 ms. Laser: 0.2 m and 0.15 % (DJI, specifications of M30 and Zenmuse H20). Relief: a
delta's plain with its dykes and ramps.
"""

RTK = MULTIROTOR.model_copy(
    update={
        "position_m": Drift(bias=0.05, lasts_s=60.0, noise=0.02),
        "height_m": Drift(bias=0.3, lasts_s=60.0, noise=0.05),
        "heading_deg": Drift(bias=0.6, noise=0.3),
        "tilt_deg": Drift(bias=0.25, noise=0.15),
        "time_s": Drift(bias=0.015, noise=0.005),
        "focal_share": 0.002,
    }
)
"""With corrections from a base (1 cm and 1 ppm: DJI, specifications of M3E, and as much for the antenna's lever arm), two
antennas for the heading, and a calibrated camera; the ground is as level as 0.3 m.
"""

CONSUMER = MULTIROTOR.model_copy(
    update={
        "position_m": Drift(bias=1.5, lasts_s=180.0, noise=0.2),
        "height_m": Drift(bias=2.0, lasts_s=900.0, noise=0.2),
        "heading_deg": Drift(bias=2.4, noise=0.5),
        "tilt_deg": Drift(bias=0.75, noise=0.3),
        "time_s": Drift(bias=0.05, noise=0.01),
        "focal_share": 0.015,
    }
)
"""A small drone with one band, and a focal length rounded to a millimetre of 35 mm equivalent."""

CLASSES = {"none": NO_ERRORS, "rtk": RTK, "multirotor": MULTIROTOR, "consumer": CONSUMER}
"""By the names of the aircraft's classes."""

VIDEO_TIME_S = Drift(bias=0.06, noise=0.01)
"""A video's frames against its subtitles, which are filled between positions that come five to ten times a second."""
