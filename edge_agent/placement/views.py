"""Several views of one thing as one place: least squares over the place and over the errors that the views share.

View i puts the thing at x_i = x + J_i c + e_i, with c the shared errors in standard deviations (J_i: `Doubt.common`) and e_i
its own, of covariance R_i. With W_i = R_i^-1 and c ~ N(0, I) the normal equations are sums over views,

    [sum W_i          sum W_i J_i          ] [x]   [sum W_i x_i      ]
    [sum J_i^T W_i    sum J_i^T W_i J_i + I] [c] = [sum J_i^T W_i x_i]

(Gelb, Applied Optimal Estimation, 1974, ch. 4: a bias as a further state), so that what is shared never averages out, except
where views from several sides contradict each other about it. c of the height is what the views tell of the ground's height.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from edge_agent.placement.uncertainty import Common
from missions.geometry import Array
from missions.noun import Noun

N = len(Common)
LEAST_OWN_M2 = 1e-6
"""Added to what a view has of its own: a millimetre, so that a perfect view can be weighed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One view's place: `xy_m` (2,) on the caller's plane, `common` (2, 8) and `own_m2` (2, 2) as in `Doubt`.

    `alt_m` is the ground's altitude as it was assumed (None: unknown), `height_sigma_m` its standard deviation.
    """

    xy_m: Array
    common: Array
    own_m2: Array
    alt_m: float | None
    height_sigma_m: float

    def covariance_m2(self) -> Array:
        """(2, 2), of this view alone."""
        return np.asarray(self.common @ self.common.T + self.own_m2)


@dataclass(frozen=True, slots=True)
class Combined:
    """What all views say: place, (2, 2) covariance, the ground's altitude (None: unknown) and its standard deviation."""

    xy_m: Array
    covariance_m2: Array
    alt_m: float | None
    alt_sigma_m: float


class ViewSums(Noun):
    """The sums over views, flat and row by row, so that a track stays small and survives on disk after each view."""

    views: int = 0
    normal: tuple[float, ...] = (0.0,) * (2 + N) ** 2
    weighted: tuple[float, ...] = (0.0,) * (2 + N)
    alt_sum_m: float | None = 0.0
    height_sigma_sum_m: float = 0.0

    @classmethod
    def of_places(cls, views: int, information: Sequence[float], weighted: Sequence[float]) -> Self:
        """Of the sums of inverse covariances (n00, n01, n11), and of those times the places: all errors as each view's."""
        normal = np.zeros((2 + N, 2 + N))
        normal[:2, :2] = [[information[0], information[1]], [information[1], information[2]]]
        return cls(views=views, normal=tuple(normal.ravel().tolist()), weighted=(*weighted, *[0.0] * N), alt_sum_m=None)

    def with_view(self, view: Placed) -> "ViewSums":
        """With one more."""
        design = np.hstack([np.eye(2), view.common])
        pull = design.T @ np.linalg.inv(view.own_m2 + LEAST_OWN_M2 * np.eye(2))
        normal = np.array(self.normal) + (pull @ design).ravel()
        weighted = np.array(self.weighted) + pull @ view.xy_m
        alt_sum_m = None if self.alt_sum_m is None or view.alt_m is None else self.alt_sum_m + view.alt_m
        return ViewSums(
            views=self.views + 1,
            normal=tuple(normal.tolist()),
            weighted=tuple(weighted.tolist()),
            alt_sum_m=alt_sum_m,
            height_sigma_sum_m=self.height_sigma_sum_m + view.height_sigma_m,
        )

    def combined(self) -> Combined:
        """The place that fits all views best; there has to be one view at least."""
        prior = np.diag([0.0, 0.0] + [1.0] * N)
        covariance = np.linalg.inv(np.reshape(self.normal, (2 + N, 2 + N)) + prior)
        state = covariance @ np.array(self.weighted)
        height = 2 + Common.HEIGHT
        sigma_m = self.height_sigma_sum_m / self.views
        alt_m = None if self.alt_sum_m is None else self.alt_sum_m / self.views + sigma_m * float(state[height])
        return Combined(state[:2], covariance[:2, :2], alt_m, sigma_m * float(np.sqrt(covariance[height, height])))
