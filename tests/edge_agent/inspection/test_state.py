from pathlib import Path

import pytest

from edge_agent.inspection.inspection import conclude, look_at_all
from edge_agent.inspection.job import FileMark
from edge_agent.inspection.look import Look
from edge_agent.inspection.output import write_all
from edge_agent.inspection.state import DiskFull, State
from edge_agent.inspection.stopping import Stopping
from missions.errors import InvalidInput
from tests.edge_agent.inspection.made_flight import NOON, job_of, line_with_things


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    return tmp_path / "photos"


def test_another_job_is_refused_by_name(folder: Path, tmp_path: Path) -> None:
    """Other options, another model, and a photo that was added, changed and removed are each named; nothing is mixed."""
    job = job_of(line_with_things(folder).bench())
    state = State(tmp_path / "out")
    state.begin(job)
    other = FileMark(size_bytes=1, modified_ns=1)
    files = {**dict(list(job.files.items())[1:]), str(folder / "new.jpg"): other, str(folder / "0001.jpg"): other}
    model = job.model.model_copy(update={"version": "2"})
    changed = job.model_copy(update={"asked": {"--classes": "crowd"}, "model": model, "files": files})
    with pytest.raises(InvalidInput) as refused:
        state.begin(changed)
    state.close()
    told = str(refused.value)
    assert "--classes was not given, now crowd" in told
    assert "made-up 1" in told
    assert "made-up 2" in told
    assert "new.jpg was added; 0000.jpg is no longer there; 0001.jpg was changed" in told
    assert "--fresh" in told


def test_a_folder_begun_anew_forgets(folder: Path, tmp_path: Path) -> None:
    """After `forget` another job begins with nothing done."""
    bench = line_with_things(folder).bench()
    job, state = job_of(bench), State(tmp_path / "out")
    state.begin(job)
    state.save(bench.material.shots[0], Look())
    assert state.begin(job) == 1
    state.forget()
    assert state.begin(job.model_copy(update={"asked": {"--classes": "crowd"}})) == 0
    state.close()


def test_two_inspections_of_one_folder_do_not_mix(tmp_path: Path) -> None:
    """While one process writes, another is refused; after it, it is let in."""
    state = State(tmp_path / "out")
    with pytest.raises(InvalidInput, match="another inspection"):
        State(tmp_path / "out")
    state.close()
    State(tmp_path / "out").close()


def test_a_damaged_state_is_told_with_the_way_out(tmp_path: Path) -> None:
    """A state that is no database is refused, naming the folder and --fresh."""
    State(tmp_path / "out").close()
    (tmp_path / "out" / "state" / "inspection.sqlite").write_bytes(b"no database at all, but long enough for a header" * 40)
    with pytest.raises(InvalidInput, match=r"damaged.*--fresh"):
        State(tmp_path / "out")


def test_a_disk_that_fills_while_looking_keeps_what_was_done(folder: Path, tmp_path: Path) -> None:
    """A state that may not grow (SQLite's own bound stands for the disk) ends with DiskFull, naming the folder; with room
    again, the inspection goes on where it was.
    """
    bench, state = line_with_things(folder).bench(), State(tmp_path / "out")
    job = job_of(bench)
    state.begin(job)
    state._database.execute("PRAGMA max_page_count = 8")
    shot = bench.material.shots[0]
    with pytest.raises(DiskFull, match=str(tmp_path / "out")):
        state.save(shot, Look(broken="x" * 60_000))
    state.close()
    again = State(tmp_path / "out")
    assert again.begin(job) == 0
    look_at_all(bench, again, Stopping(), lambda shot: None)
    assert len(again.looks()) == 12
    again.close()


def test_a_disk_that_fills_while_writing_leaves_no_half_file(folder: Path, tmp_path: Path) -> None:
    """The table's draft lands on /dev/full, which has no room: DiskFull, no findings.csv, and no draft is left; with room it is
    written.
    """
    bench, state = line_with_things(folder).bench(), State(tmp_path / "out")
    job = job_of(bench)
    state.begin(job)
    look_at_all(bench, state, Stopping(), lambda shot: None)
    result, jpegs = conclude(bench, job, state)
    state.close()
    (tmp_path / "out" / ".findings.csv.part").symlink_to("/dev/full")
    with pytest.raises(DiskFull):
        write_all(result, jpegs, tmp_path / "out", NOON)
    assert not (tmp_path / "out" / "findings.csv").exists()
    assert not list((tmp_path / "out").glob(".*.part"))
    write_all(result, jpegs, tmp_path / "out", NOON)
    assert (tmp_path / "out" / "findings.csv").stat().st_size > 0
