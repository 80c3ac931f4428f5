"""Checks of one picture's labels."""

from pathlib import Path

import pytest

from models.checking.label_check import box_troubles, read_rows
from models.checking.trouble import TroubleKind


@pytest.mark.parametrize(
    "line", ["crane 0.5 0.5 0.1 0.1", "0 0.5 0.5 0.1", "0.5 0.5 0.5 0.1 0.1", "0 0.5 0.5 0.1 nan", "0 9 0 1 1"]
)
def test_a_line_that_is_no_label_is_named(tmp_path: Path, line: str) -> None:
    """Words, too few numbers, half a class and numbers out of all bounds are broken; the sound line is kept."""
    file = tmp_path / "a.txt"
    file.write_text(f"0 0.5 0.5 0.1 0.1\n{line}\n\n")
    rows, troubles = read_rows(file, "a.txt", 2)
    assert rows == [(0, 0.5, 0.5, 0.1, 0.1)]
    assert [(trouble.kind, trouble.where) for trouble in troubles] == [(TroubleKind.BROKEN_LABEL, "a.txt: line 2")]


def test_labels_in_another_encoding_are_named(tmp_path: Path) -> None:
    """Bytes that are no text end the file's reading, not the check."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xff\xfe0")
    assert read_rows(file, "a.txt", 1)[1][0].kind == TroubleKind.BROKEN_LABEL


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ((0, 0.95, 0.5, 0.2, 0.2), TroubleKind.BOX_OUTSIDE),
        ((0, 0.5, 0.05, 0.2, 0.2), TroubleKind.BOX_OUTSIDE),
        ((0, 0.5, 0.5, 0.009, 0.2), TroubleKind.BOX_WITHOUT_SIZE),
        ((0, 0.5, 0.5, 0.2, 0.0), TroubleKind.BOX_WITHOUT_SIZE),
    ],
)
def test_a_box_that_cannot_be_is_named(row: tuple[int, float, float, float, float], kind: TroubleKind) -> None:
    """In a picture of 100 x 100: out at the right and at the top; 0.9 px wide; not high at all."""
    assert [trouble.kind for trouble in box_troubles([row], (100, 100), "a.txt")] == [kind]


def test_a_box_at_the_edge_is_sound() -> None:
    """A box that ends at the picture's edge, as nearly as six digits tell, is no trouble."""
    assert not list(box_troubles([(0, 0.95, 0.9, 0.1000004, 0.2)], (100, 100), "a.txt"))


def test_the_same_box_twice_is_named() -> None:
    """Twice the same class and box; the same box of another class may be."""
    box = (0.5, 0.5, 0.2, 0.2)
    found = list(box_troubles([(0, *box), (1, *box), (0, *box)], (100, 100), "a.txt"))
    assert [trouble.kind for trouble in found] == [TroubleKind.LABEL_TWICE]
