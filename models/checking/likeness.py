"""Pictures that are the same, or look it."""

from collections.abc import Iterator, Sequence

import numpy as np

from models.checking.picture_look import PictureLook

MAX_BITS = 8
"""Looks that differ in at most this many of 64 bits may be the same picture, saved or scaled anew ..."""

MIN_LIKENESS = 0.97
"""... and are it where their thumbnails correlate this much. Turned and mirrored pictures are not recognised."""

_AT_ONCE = 512

Pair = tuple[int, int]


def same_pairs(looks: Sequence[PictureLook]) -> list[Pair]:
    """(earlier, later) for each picture whose bytes an earlier one has."""
    first: dict[str, int] = {}
    return [(first[one.sha256], i) for i, one in enumerate(looks) if first.setdefault(one.sha256, i) != i]


def like_pairs(looks: Sequence[PictureLook]) -> Iterator[Pair]:
    """(earlier, later) of pictures that look the same but are not the same bytes. n pictures cost n squared / 2 comparisons."""
    hashes = np.array([one.look for one in looks], np.uint64)
    for start in range(0, len(looks), _AT_ONCE):
        rows = hashes[start : start + _AT_ONCE]
        near = np.bitwise_count(rows[:, None] ^ hashes[None, start:]) <= MAX_BITS
        for row, column in zip(*np.nonzero(near), strict=True):
            one, other = looks[start + row], looks[start + column]
            if row < column and one.sha256 != other.sha256 and _likeness(one, other) >= MIN_LIKENESS:
                yield start + int(row), start + int(column)


def _likeness(one: PictureLook, other: PictureLook) -> float:
    return float(one.thumbnail @ other.thumbnail)
