"""Findings, and what was left out, as CSV that spreadsheets open: UTF-8 with a mark, so that Chinese is read as such."""

import csv
import io
from collections.abc import Iterable, Sequence

from edge_agent.inspection.geojson import properties_of
from edge_agent.inspection.result import Result

MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    "number",
    "id",
    "class",
    "class_zh",
    "class_en",
    "category",
    "category_zh",
    "department",
    "department_zh",
    "confidence",
    "calibrated",
    "needs_review",
    "lat",
    "lon",
    "alt_m",
    "ellipse_95_semi_major_m",
    "ellipse_95_semi_minor_m",
    "ellipse_95_orientation_deg",
    "pictures",
    "first_seen_at",
    "last_seen_at",
    "picture",
    "evidence",
    "evidence_sha256",
    "model",
    "model_sha256",
    "software_version",
    "assumptions",
)


def findings_csv(result: Result) -> str:
    """A row for each finding."""
    properties = [properties_of(found, result) for found in result.found]
    return _csv(COLUMNS, ([one[column] for column in COLUMNS] for one in properties))


def left_out_csv(result: Result) -> str:
    """A row for each picture or file that was left out, or not seen; frames of a video for one reason share a row."""
    rows = [(one.name, one.pictures, one.what, one.why) for one in result.shortfalls()]
    return _csv(("name", "pictures", "what", "why"), rows)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return MARK + text.getvalue()


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula (a file may be named so) gets a quote ahead of it."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else "" if value is None else value
