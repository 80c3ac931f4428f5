"""Troubles in one picture's labels."""

from collections.abc import Iterator
from pathlib import Path

from models.checking.trouble import Trouble, TroubleKind

EDGE_SLACK = 0.002
"""Shares of the picture's side that a box may reach out of it: rounding to six digits, and half a pixel of 320."""

Row = tuple[int, float, float, float, float]
"""Class, centre x, centre y, width, height: the last four as shares of the picture."""


def read_rows(file: Path, shown_as: str, class_count: int) -> tuple[list[Row], list[Trouble]]:
    """The sound lines of a label file, and a trouble for each that is not."""
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        return [], [Trouble(kind=TroubleKind.BROKEN_LABEL, where=shown_as, detail=str(error))]
    rows: list[Row] = []
    troubles: list[Trouble] = []
    for number, line in enumerate(lines, 1):
        row = _row(line)
        where = f"{shown_as}: line {number}"
        if row is None:
            troubles += [Trouble(kind=TroubleKind.BROKEN_LABEL, where=where, detail=line[:60])] if line.strip() else []
        elif not 0 <= row[0] < class_count:
            troubles.append(Trouble(kind=TroubleKind.UNKNOWN_CLASS, where=where, detail=f"{row[0]} of {class_count} classes"))
        else:
            rows.append(row)
    return rows, troubles


def box_troubles(rows: list[Row], size_px: tuple[int, int], shown_as: str) -> Iterator[Trouble]:
    """Boxes without size, out of the picture of (width, height), or named twice."""
    seen: set[Row] = set()
    for row in rows:
        _, x, y, width, height = row
        detail = " ".join(f"{value:g}" for value in row)
        if width * size_px[0] < 1 or height * size_px[1] < 1:
            yield Trouble(kind=TroubleKind.BOX_WITHOUT_SIZE, where=shown_as, detail=detail)
        if min(x - width / 2, y - height / 2) < -EDGE_SLACK or max(x + width / 2, y + height / 2) > 1 + EDGE_SLACK:
            yield Trouble(kind=TroubleKind.BOX_OUTSIDE, where=shown_as, detail=detail)
        if row in seen:
            yield Trouble(kind=TroubleKind.LABEL_TWICE, where=shown_as, detail=detail)
        seen.add(row)


def _row(line: str) -> Row | None:
    parts = line.split()
    try:
        number, x, y, width, height = (float(part) for part in parts)
    except ValueError:
        return None
    is_sound = number.is_integer() and all(-1 <= value <= 2 for value in (x, y, width, height))
    return (int(number), x, y, width, height) if is_sound else None
