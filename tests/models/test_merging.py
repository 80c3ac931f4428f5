"""Boxes of overlapping tiles become those of the frame."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.boxes import Boxes
from models.merging import Pieces, merge

FRAME = (1000, 400)
LEFT, RIGHT = np.array([0, 0, 600, 400], np.float32), np.array([400, 0, 1000, 400], np.float32)
"""Two tiles that overlap by 200 px."""


def found(tile: np.ndarray, *rows: tuple[float, float, float, float, float, int]) -> Pieces:
    array = np.array(rows, dtype=np.float32).reshape(-1, 6)
    return Pieces.of_tile(Boxes(array[:, :4], array[:, 4], array[:, 5].astype(np.int64)), tile, FRAME)


def rows(boxes: Boxes) -> list[tuple[float, ...]]:
    triples = zip(boxes.xyxy.tolist(), boxes.scores, boxes.classes, strict=True)
    return [(*box, round(float(score), 2), int(kind)) for box, score, kind in triples]


def test_what_both_tiles_see_whole_is_one() -> None:
    """The same thing, found whole in both tiles a pixel apart, is reported once, by the surer."""
    merged = merge([found(LEFT, (450, 100, 550, 200, 0.7, 0)), found(RIGHT, (451, 100, 551, 200, 0.8, 0))])
    assert rows(merged) == [(451, 100, 551, 200, 0.8, 0)]


def test_a_cut_box_gives_way_to_the_whole_one() -> None:
    """A thing that ends at the left tile's border (600) and is whole in the right tile is the right one's, though less sure."""
    merged = merge([found(LEFT, (560, 100, 600, 200, 0.9, 1)), found(RIGHT, (560, 100, 680, 200, 0.5, 0))])
    assert rows(merged) == [(560, 100, 680, 200, 0.5, 0)]


def test_what_is_larger_than_the_overlap_is_united() -> None:
    """A thing from 100 to 900 is seen up to 600 by one tile and from 400 by the other: one box, as sure as the surer part."""
    merged = merge([found(LEFT, (100, 50, 600, 300, 0.6, 2)), found(RIGHT, (400, 55, 900, 300, 0.7, 2))])
    assert rows(merged) == [(100, 50, 900, 300, 0.7, 2)]


def test_two_things_at_a_border_stay_two() -> None:
    """Cut boxes of one class that disagree about what both tiles see, here one above the other, are two things."""
    merged = merge([found(LEFT, (300, 50, 600, 120, 0.6, 2)), found(RIGHT, (400, 200, 900, 300, 0.7, 2))])
    assert len(merged) == 2


def test_a_part_without_a_partner_is_kept() -> None:
    """Where the neighbour missed it, the part at the border is all there is, and is reported."""
    assert rows(merge([found(LEFT, (300, 50, 600, 120, 0.6, 2)), found(RIGHT)])) == [(300, 50, 600, 120, 0.6, 2)]


def test_the_frames_own_edge_cuts_nothing() -> None:
    """A box at the frame's edge has no other part to wait for: a larger one of another class does not take its place."""
    merged = merge([found(LEFT, (0, 100, 50, 150, 0.6, 0), (0, 50, 300, 300, 0.9, 1))])
    assert len(merged) == 2


def test_no_boxes_are_no_boxes() -> None:
    """Tiles in which nothing was found give nothing."""
    assert len(merge([found(LEFT), found(RIGHT)])) == 0


COORDINATE = st.integers(0, 60).map(lambda tens: 10.0 * tens)
ROW = st.tuples(COORDINATE, COORDINATE, st.integers(1, 60), st.integers(1, 40), st.integers(1, 9), st.integers(0, 2))


@st.composite
def pieces(draw: st.DrawFn) -> list[Pieces]:
    """Boxes of whole tens in both tiles, many of them at the borders, with equal scores among them."""
    out = []
    for tile in (LEFT, RIGHT):
        drawn = draw(st.lists(ROW, max_size=8))
        boxes = [
            (tile[0] + x, min(y, 390), min(tile[0] + x + 10 * w, tile[2]), min(y + 10 * h, 400), s / 10, c)
            for x, y, w, h, s, c in drawn
            if tile[0] + x < tile[2]
        ]
        out.append(found(tile, *boxes))
    return out


@given(pieces(), st.randoms(use_true_random=False))
def test_the_order_plays_no_part(given_pieces: list[Pieces], random) -> None:
    """Tiles in another order, and boxes in another order within them, merge to the same boxes in the same order."""
    shuffled = []
    for piece in given_pieces[::-1]:
        order = list(range(len(piece.boxes)))
        random.shuffle(order)
        indices = np.array(order, np.int64)
        shuffled.append(Pieces(piece.boxes.taken(indices), piece.areas[indices], piece.cut[indices]))
    assert rows(merge(shuffled)) == rows(merge(given_pieces))


@given(pieces())
def test_merging_again_changes_nothing(given_pieces: list[Pieces]) -> None:
    """What is merged holds nothing twice: as boxes of one whole frame it merges to itself."""
    once = merge(given_pieces)
    assert rows(merge([Pieces.of_tile(once, np.array([0, 0, *FRAME], np.float32), FRAME)])) == rows(once)


@given(pieces())
def test_merging_invents_nothing(given_pieces: list[Pieces]) -> None:
    """Every side of every box, and every score, is that of a box that was found."""
    every = Pieces.together(given_pieces).boxes
    merged = merge(given_pieces)
    for side in range(4):
        assert set(merged.xyxy[:, side].tolist()) <= set(every.xyxy[:, side].tolist())
    assert set(merged.scores.tolist()) <= set(every.scores.tolist())
