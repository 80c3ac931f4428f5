"""The files that an inspection leaves in its folder, each whole or not at all."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from edge_agent.inspection.geojson import findings_geojson, not_seen_geojson
from edge_agent.inspection.report.page import report_html
from edge_agent.inspection.result import Result
from edge_agent.inspection.state import writing_to
from edge_agent.inspection.table import findings_csv, left_out_csv
from edge_agent.inspection.writing import write_whole

EVIDENCE_FOLDER = "evidence"
REPORT = "report.html"


def write_all(result: Result, jpegs: Sequence[bytes], out: Path, made_at: datetime) -> None:
    """Writes them. Raises DiskFull or InvalidInput naming the folder; what was there stays then."""
    with writing_to(out):
        for found, jpeg in zip(result.found, jpegs, strict=True):
            write_whole(out / EVIDENCE_FOLDER / found.evidence_name, jpeg)
        write_whole(out / "findings.geojson", findings_geojson(result))
        write_whole(out / "findings.csv", findings_csv(result))
        write_whole(out / "left_out.csv", left_out_csv(result))
        write_whole(out / "not_seen.geojson", not_seen_geojson(result))
        write_whole(out / REPORT, report_html(result, jpegs, made_at))
        _remove_stale(out / EVIDENCE_FOLDER, {found.evidence_name for found in result.found})


def _remove_stale(folder: Path, names: set[str]) -> None:
    """Evidence of an earlier result; only files that an inspection would name so."""
    for file in folder.glob("[0-9][0-9][0-9]-*.jpg"):
        if file.name not in names:
            file.unlink()
