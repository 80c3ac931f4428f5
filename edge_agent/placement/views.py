"""Several views of one thing as one place: rays from where it was seen, and the errors that the views share, adjusted together.

Unknown are the place x (east, north) and the shared errors c (`Common`, in standard deviations). View i looked from p_i along
the ray d_i. Were all exact, the sight s = x - p_i would lie along d_i; the angle between them is explained by c, which moves
the ray's end by M_i c (`Moves`), and by what the view has of its own, of covariance R_i. Gauss-Newton minimises,
with c ~ N(0, I),

    sum |across d_i (s + M_i c) / (d_i . s)|^2 / R_i + |c|^2

(Kraus, Photogrammetry, 2007, ch. B 5: adjustment of bundles; unknowns with a prior: Gelb, Applied Optimal Estimation, 1974,
ch. 4). So what is shared never averages out, except where views from several sides contradict each other about it. How far
rays from several sides miss each other on the ground that was assumed is told by c of the height: it gives the ground's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from edge_agent.placement.uncertainty import Common, Looks, moves_of
from edge_agent.shot import PoseAccuracy
from missions.geometry import Array, Attitude
from missions.noun import Noun

N = len(Common)
ROUNDS = 4
LEAST_ANGLE = 1e-6
"""Radians that every view has of its own at least: 0.1 mm at 100 m, so that a perfect view can be weighed."""

KEPT = 12
"""Views kept of one thing; beyond it every other one goes: what they share is not better known for more."""


class Bearing(Noun):
    """One view of a thing: from where, and whereto. East, north, up in metres on the caller's plane.

    `camera_m` ends with the height over the ground at the thing, `rise` is that ground's slope to the east and north,
    `accuracy.height_m` the doubt about the height there, `alt_m` the ground's altitude as assumed (None: not known).
    """

    camera_m: tuple[float, float, float]
    place_m: tuple[float, float]
    rise: tuple[float, float]
    attitude: Attitude
    focal_px: tuple[float, float]
    velocity_mps: tuple[float, float, float]
    accuracy: PoseAccuracy
    alt_m: float | None = None


@dataclass(frozen=True, slots=True)
class Combined:
    """What all views say: place, (2, 2) covariance, the ground's altitude (None: unknown) and its standard deviation."""

    xy_m: Array
    covariance_m2: Array
    alt_m: float | None
    alt_sigma_m: float


class Bearings(Noun):
    """The views of one thing, thinned evenly: of `seen` views each `stride`-th is kept."""

    kept: tuple[Bearing, ...] = ()
    seen: int = 0
    stride: int = 1

    def with_view(self, view: Bearing) -> Self:
        """With one more."""
        seen = self.seen + 1
        if self.seen % self.stride:
            return self.model_copy(update={"seen": seen})
        kept = (*self.kept, view)
        if len(kept) <= KEPT:
            return self.model_copy(update={"seen": seen, "kept": kept})
        return self.model_copy(update={"seen": seen, "kept": kept[::2], "stride": 2 * self.stride})

    def combined(self) -> Combined:
        """The place that fits all views best; there has to be one view at least."""
        return combine(self.kept)


def bearing_of_sums(information: Sequence[float], weighted: Sequence[float]) -> Bearing:
    """From the sum of inverse covariances (n00, n01, n11) and of those times the places: a view from above of that doubt."""
    covariance = np.linalg.inv([[information[0], information[1]], [information[1], information[2]]])
    east_m, north_m = (covariance @ np.array(weighted)).tolist()
    doubt_m = float(np.sqrt(np.trace(covariance) / 2))
    return Bearing(
        camera_m=(east_m, north_m, 100.0),
        place_m=(east_m, north_m),
        rise=(0.0, 0.0),
        attitude=Attitude.from_euler(0.0, -90.0, 0.0),
        focal_px=(1.0, 1.0),
        velocity_mps=(0.0, 0.0, 0.0),
        accuracy=PoseAccuracy(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, jitter_m=doubt_m),
    )


def combine(views: Sequence[Bearing]) -> Combined:
    """The place and the ground's altitude that fit views of one thing best."""
    bundle = _Bundle(views)
    state = np.concatenate([bundle.places_m.mean(axis=0), np.zeros(N)])
    for _ in range(ROUNDS):
        covariance, state = bundle.adjusted(state[:2])
    height = 2 + Common.HEIGHT
    sigma_m = float(bundle.height_sigmas_m.mean())
    known = [view.alt_m for view in views if view.alt_m is not None]
    alt_m = float(np.mean(known)) + sigma_m * float(state[height]) if len(known) == len(views) else None
    return Combined(state[:2], covariance[:2, :2], alt_m, sigma_m * float(np.sqrt(covariance[height, height])))


class _Bundle:
    """The rays of n views, in north-east-down."""

    def __init__(self, views: Sequence[Bearing]) -> None:
        self.looks = Looks.stacked(
            [view.attitude for view in views],
            [view.focal_px for view in views],
            [view.velocity_mps for view in views],
            [view.accuracy for view in views],
        )
        self.height_sigmas_m = np.array([view.accuracy.height_m for view in views])
        self.places_m = np.array([view.place_m for view in views])
        self._cameras_m = np.array([view.camera_m for view in views])
        self._rises = np.array([view.rise for view in views])
        sights = self._sights(self.places_m)
        self._along = sights / np.linalg.norm(sights, axis=1, keepdims=True)
        self._across = _across(self._along)
        self._slopes = np.zeros((len(views), 3, 2))
        self._slopes[:, 1, 0] = self._slopes[:, 0, 1] = 1.0
        self._slopes[:, 2, :] = -self._rises

    def adjusted(self, place_m: Array) -> tuple[Array, Array]:
        """(10, 10) covariance and (10,) state of place and shared errors, linearised at (2,) east and north."""
        sights = self._sights(np.broadcast_to(place_m, self.places_m.shape))
        depths = np.einsum("ni,ni->n", sights, self._along)[:, None]
        moves = moves_of(self.looks, sights, self.height_sigmas_m)
        angle = -np.einsum("nij,nj->ni", self._across, sights) / depths
        ahead = np.einsum("ni,nij->nj", self._along, self._slopes) / depths
        by_place = self._across @ self._slopes / depths[:, :, None] + angle[:, :, None] * ahead[:, None, :]
        design = np.concatenate([by_place, self._across @ moves.common / depths[:, :, None]], axis=2)
        own = self._across @ moves.own / depths[:, :, None]
        weights = np.linalg.inv(own @ np.swapaxes(own, 1, 2) + LEAST_ANGLE**2 * np.eye(2))
        pull = np.swapaxes(design, 1, 2) @ weights
        normal = (pull @ design).sum(axis=0) + np.diag([0.0, 0.0] + [1.0] * N)
        covariance = np.linalg.inv(normal)
        step = covariance @ np.einsum("nij,nj->i", pull, angle)
        return covariance, step + np.concatenate([place_m, np.zeros(N)])

    def _sights(self, places_m: Array) -> Array:
        """(n, 3) north, east and down from each camera to (n, 2) east and north, on each view's own ground."""
        east_north = places_m - self._cameras_m[:, :2]
        rise_m = np.einsum("ni,ni->n", places_m - self.places_m, self._rises)
        return np.column_stack([east_north[:, 1], east_north[:, 0], self._cameras_m[:, 2] - rise_m])


def _across(along: Array) -> Array:
    """(n, 2, 3) two unit vectors across each of (n, 3)."""
    level = np.column_stack([-along[:, 1], along[:, 0], np.zeros(len(along))])
    length = np.linalg.norm(level, axis=1, keepdims=True)
    right = np.where(length > 1e-6, level / np.maximum(length, 1e-6), np.array([0.0, 1.0, 0.0]))
    return np.stack([right, np.cross(along, right)], axis=1)
