"""Objects of one class that agree in place, within their ellipses, and are on no picture together: one object after all."""

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np
from scipy.spatial import cKDTree

from edge_agent.following import Watch
from edge_agent.inspection.thing import Thing
from missions.geometry import CHI2_95_2D, Array


def merged(things: Iterable[Thing], watch: Watch) -> list[Thing]:
    """The objects with those that are one put together; the nearest pairs first."""
    by_class = sorted(things, key=lambda thing: thing.track.class_key)
    groups = (list(group) for _, group in groupby(by_class, key=lambda thing: thing.track.class_key))
    return [thing for group in groups for thing in _merged_of_class(group, watch)]


def _merged_of_class(things: Sequence[Thing], watch: Watch) -> list[Thing]:
    groups = {index: {index} for index in range(len(things))}
    for one, other in _agreeing_pairs(things):
        if groups[one] is not groups[other] and _are_apart(things, groups[one], groups[other]):
            both = groups[one] | groups[other]
            groups.update(dict.fromkeys(both, both))
    distinct = {min(group): group for group in groups.values()}
    return [_joined([things[index] for index in sorted(group)], watch) for group in distinct.values()]


def _agreeing_pairs(things: Sequence[Thing]) -> list[tuple[int, int]]:
    """Pairs whose difference in place lies within its own 95 % ellipse, by how well they agree."""
    places = [thing.track.place() for thing in things]
    places_m, covariances = np.array([place.xy_m for place in places]), np.array([place.covariance_m2 for place in places])
    reach_m = 2 * float(np.sqrt(CHI2_95_2D * np.linalg.eigvalsh(covariances).max()))
    pairs = cKDTree(places_m).query_pairs(reach_m, output_type="ndarray")
    squares = _mahalanobis_squares(places_m[pairs[:, 0]] - places_m[pairs[:, 1]], covariances[pairs].sum(axis=1))
    order = np.lexsort((pairs[:, 1], pairs[:, 0], squares))
    return [(int(pairs[index, 0]), int(pairs[index, 1])) for index in order if squares[index] <= CHI2_95_2D]


def _mahalanobis_squares(differences_m: Array, covariances_m2: Array) -> Array:
    """(n,) of (n, 2) differences and (n, 2, 2) covariances."""
    return np.asarray(np.einsum("ni,nij,nj->n", differences_m, np.linalg.inv(covariances_m2), differences_m), dtype=np.float64)


def _are_apart(things: Sequence[Thing], some: set[int], others: set[int]) -> bool:
    """Whether no picture shows objects of both groups: one that does shows that they are two."""
    pictures = [frozenset[int]().union(*(things[index].pictures for index in group)) for group in (some, others)]
    return pictures[0].isdisjoint(pictures[1])


def _joined(things: Sequence[Thing], watch: Watch) -> Thing:
    return things[0] if len(things) == 1 else Thing.of([member for thing in things for member in thing.members], watch)
