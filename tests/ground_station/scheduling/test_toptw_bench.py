"""Gaps on published instances: counted right, told and kept as they come, refused where files do not fit."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from ground_station.scheduling import toptw_bench
from ground_station.scheduling.bench import app
from ground_station.scheduling.toptw_bench import gaps
from missions.errors import FormatError, InvalidInput

PAIR = """\
0 2 2 0
0 0
 0 0 0 0 0 0 0 0 60
 1 10 0 5 7 0 1 1 10 12
 2 -10 0 5 4 0 1 1 10 12
"""
"""One path serves 1 or 2, as it is at 1 at 10, gone at 15, and at 2 at 35, after 12; two paths serve both: 7, and 11."""

SECONDS = 0.1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The pair, with a best value for two paths that is 1 too high, so that its gap is 1 of 12."""
    (tmp_path / "Pair01.txt").write_text(PAIR, "utf-8")
    (tmp_path / "best.csv").write_text("name,m,best\npair01,2,12\npair01,1,7\n", "utf-8")
    return tmp_path


def _console() -> Console:
    return Console(file=StringIO(), width=200)


def _told(console: Console) -> str:
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_gaps(folder: Path) -> None:
    """None for one path and 1 of 12 for two: 4.17 % in the mean, by series and by number of paths."""
    console = _console()
    found = gaps(folder, SECONDS, console)
    assert (found["instances"], found["of"], found["mean_gap"]) == (2, 2, 0.0417)
    assert found["gaps"] == {"pair01 m=1": 0.0, "pair01 m=2": 0.0833}
    assert found["values"] == {"pair01 m=1": 7, "pair01 m=2": 11}
    assert found["by_series"] == {"pair m=1": 0.0, "pair m=2": 0.0833}
    assert found["worst"] == {"case": "pair01 m=2", "gap": 0.0833}
    assert "2 of 2: pair01 with 2: 11 of 12, gap 8.3%" in _told(console)


def test_figures_are_kept_as_they_come(folder: Path) -> None:
    """After each case, with all before it."""
    kept: list[dict[str, Any]] = []
    gaps(folder, SECONDS, _console(), kept.append)
    assert [one["instances"] for one in kept] == [1, 2]


def test_an_interrupted_run_says_what_it_had(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C in the second case leaves the first, in the report too; the exit code is the shells' for that."""
    solved = toptw_bench.improve

    def improve_once(problem: Any, start: Any, *, time_limit_s: float) -> Any:
        if len(problem.vehicles) > 1:
            raise KeyboardInterrupt
        return solved(problem, start, time_limit_s=SECONDS)

    monkeypatch.setattr(toptw_bench, "improve", improve_once)
    report = folder / "report.json"
    done = CliRunner().invoke(app, ["--toptw", str(folder), "--report", str(report)])
    assert done.exit_code == 130
    assert "interrupted after 1 of 2 cases" in done.output
    assert json.loads(report.read_text("utf-8"))["gaps"] == {"pair01 m=1": 0.0}


def test_a_line_without_its_instance_is_refused(folder: Path) -> None:
    """Before anything is solved."""
    with (folder / "best.csv").open("a", encoding="utf-8") as file:
        file.write("c101,1,320\n")
    with pytest.raises(InvalidInput, match=r"names instances of which there is no file: c101"):
        gaps(folder, SECONDS, _console())


def test_an_instance_without_its_line_is_told(folder: Path) -> None:
    """And not measured; other files are none."""
    (folder / "c101.txt").write_text(PAIR, "utf-8")
    (folder / "notes.md").write_text("", "utf-8")
    console = _console()
    assert gaps(folder, SECONDS, console)["of"] == 2
    assert "not measured, as best.csv has no line for them: c101\n" in _told(console)


def test_a_malformed_instance_is_refused_at_once(folder: Path) -> None:
    """With its file and line, before anything is solved."""
    (folder / "Pair01.txt").write_text(PAIR.replace("-10 0", "-10 west"), "utf-8")
    with pytest.raises(FormatError, match=r"Pair01\.txt: line 5: a point is"):
        gaps(folder, SECONDS, _console())


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    """Saying what is missed there."""
    with pytest.raises(FormatError, match=r"best\.csv: cannot be read"):
        gaps(tmp_path / "nowhere", SECONDS, _console())
