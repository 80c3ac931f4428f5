"""A camera's boresight from marked points whose places are known: an adjustment with all that is doubtful as an unknown.

Unknown are the four errors (`Aim`), what the pictures of a flight share (position north and east, height, clock) and what each
has of its own (three small turns, and its position where telemetry jumps), each in its standard deviations, with a prior of
N(0, 1) from the pose's accuracy. Minimised are the pixels between marked and computed points, by Huber's loss, and the priors
(Kraus, Photogrammetry, 2007, ch. B 5). What the points cannot tell so stays near zero, with the prior's sigma.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from edge_agent.placement.boresight import Aim, rotation
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.uncertainty import HEADING_JITTER_SHARE, TILT_JITTER_SHARE, level_axes
from missions.errors import InvalidInput
from missions.geometry import Array

HUBER = 1.345
OUTLIER = 4.0
"""Standard deviations beyond which a point is named as an outlier."""
TOLD_BELOW = 0.7
"""An error is told where its sigma falls below this share of the prior's."""
NAMES = ("yaw", "pitch", "roll", "scale")
SHARED, OWN = 8, 5


@dataclass(frozen=True, slots=True)
class Marked:
    """The points of one picture: (n, 2) `pixels`, and (n, 3) `sights_m` north-east-down of where the camera is said to be."""

    view: CameraView
    pixels: Array
    sights_m: Array
    height_sigma_m: float


@dataclass(frozen=True, slots=True)
class Calibrated:
    """`residuals_px` (n, 2) before and after, with the four errors alone taken out; `is_outlier` (n,)."""

    error: Aim
    sigma: Aim
    untold: tuple[str, ...]
    before_px: Array
    after_px: Array
    is_outlier: NDArray[np.bool_]

    def rms_px(self) -> tuple[float, float]:
        """Before and after, outliers left out."""
        before, after = (
            float(np.sqrt((px[~self.is_outlier] ** 2).sum(axis=1).mean())) for px in (self.before_px, self.after_px)
        )
        return before, after


def calibrate(pictures: Sequence[Marked]) -> Calibrated:
    """The errors that fit; raises InvalidInput with fewer than two points, or where they tell nothing."""
    bundle = _Bundle(pictures)
    if bundle.count < 2:
        raise InvalidInput("points", "", f"{bundle.count} of them: at least 2 are needed, 6 in several pictures are good")
    solved = least_squares(bundle.residuals, np.zeros(bundle.unknowns), loss=bundle.loss, x_scale="jac")
    residuals = bundle.residuals(solved.x)[: 2 * bundle.count].reshape(-1, 2)
    worse = max(1.0, 1.4826 * float(np.median(np.abs(residuals))) * np.sqrt(2 * bundle.count / bundle.freedom))
    sigmas = np.minimum(worse * np.sqrt(np.diag(np.linalg.inv(solved.jac.T @ solved.jac))[:4]), 1.0)
    untold = tuple(name for name, sigma in zip(NAMES, sigmas, strict=True) if sigma > TOLD_BELOW)
    if len(untold) == len(NAMES):
        cause = "tell none of yaw, pitch, roll and scale apart from the doubt about the position"
        raise InvalidInput("points", "", f"{cause}: mark some near the pictures' edges, in pictures of opposite headings")
    error = bundle.aim(solved.x[:4])
    alone = bundle.off_px(np.concatenate([solved.x[:4], np.zeros(bundle.unknowns - 4)]))
    is_outlier = np.hypot(*residuals.T) > OUTLIER * worse
    return Calibrated(error, bundle.aim(sigmas), untold, bundle.off_px(np.zeros(bundle.unknowns)), alone, is_outlier)


class _Bundle:
    """All marked points as residuals of the unknowns."""

    def __init__(self, pictures: Sequence[Marked]) -> None:
        self._pictures = pictures
        self.count = sum(len(one.pixels) for one in pictures)
        self.unknowns = SHARED + OWN * len(pictures)
        self.freedom = max(2 * self.count - 4, 1)

    @cached_property
    def _priors(self) -> Array:
        """(8,) standard deviations of yaw, pitch, roll (degrees), scale, north, east, height (m) and clock (s): the widest."""
        known = [one.view.accuracy for one in self._pictures]
        tilt_deg = np.sqrt(1 - TILT_JITTER_SHARE) * max(one.tilt_deg for one in known)
        heading_deg = np.sqrt(1 - HEADING_JITTER_SHARE) * max(one.heading_deg for one in known)
        position_m, timing_s = max(one.position_m for one in known), max(one.timing_s for one in known)
        focal, height_m = max(one.focal_share for one in known), max(one.height_sigma_m for one in self._pictures)
        return np.array([heading_deg, tilt_deg, tilt_deg, focal, position_m, position_m, height_m, timing_s])

    def aim(self, shares: Array) -> Aim:
        """The four errors, from standard deviations of their priors."""
        yaw, pitch, roll, scale = (shares * self._priors[:4]).tolist()
        return Aim(yaw_deg=yaw, pitch_deg=pitch, roll_deg=roll, scale=scale)

    def residuals(self, state: Array) -> Array:
        """Pixels in their standard deviations, then the priors."""
        sigmas = np.concatenate([np.full(len(one.pixels), max(one.view.accuracy.pixel_px, 0.1)) for one in self._pictures])
        return np.concatenate([(self.off_px(state) / sigmas[:, None]).ravel(), state])

    def loss(self, squares: Array) -> Array:
        """Huber's of the pixels, none of the priors: value, first and second derivative by the square (as scipy takes it)."""
        far = (squares > HUBER**2) & (np.arange(len(squares)) < 2 * self.count)
        root = np.sqrt(np.where(far, squares, 1.0))
        value = np.where(far, 2 * HUBER * root - HUBER**2, squares)
        return np.stack([value, np.where(far, HUBER / root, 1.0), np.where(far, -HUBER / (2 * root**3), 0.0)])

    def off_px(self, state: Array) -> Array:
        """(n, 2) marked less computed pixels."""
        own = state[SHARED:].reshape(-1, OWN)
        return np.concatenate([self._off_px(one, state[:SHARED], own[index]) for index, one in enumerate(self._pictures)])

    def _off_px(self, one: Marked, shared: Array, own: Array) -> Array:
        view, known = one.view, one.view.accuracy
        aim, (north, east, height, clock) = self.aim(shared[:4]), (shared * self._priors)[4:]
        own_tilt = np.sqrt(TILT_JITTER_SHARE) * known.tilt_deg
        turn = np.radians(own[:3] * [np.sqrt(HEADING_JITTER_SHARE) * known.heading_deg, own_tilt, own_tilt])
        said = view.pose.attitude
        attitude = rotation(turn @ level_axes(said.matrix()[None])[0]).after(aim.turned(said))
        camera_m = np.array([north, east, -height]) + clock * np.array(view.pose.velocity_mps or (0.0, 0.0, 0.0))
        camera_m[:2] += own[3:] * known.jitter_m
        true = replace(view, pose=replace(view.pose, attitude=attitude), intrinsics=aim.stretched(view.intrinsics))
        return np.nan_to_num(one.pixels - true.pixels(one.sights_m - camera_m), nan=1e6)
