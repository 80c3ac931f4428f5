"""`oneflight plan`."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from ground_station.scheduling import background
from ground_station.scheduling.cli import _told, app
from missions.catalog import load
from missions.errors import InvalidInput, OneFlightError
from missions.route import Frequency
from missions.schedule import MergeKind, MergeNote
from tests.ground_station.scheduling.failing_planners import is_killed
from tests.missions.made_ground import geotiff

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped day, greedily planned: day.json and its report.json."""
    folder = tmp_path_factory.mktemp("plan")
    files = ["--out", str(folder / "day.json"), "--report", str(folder / "report.json")]
    done = RUNNER.invoke(app, ["day", "--date", "2026-11-24", "--time-limit", "0", *files])
    assert done.exit_code == 0, done.output
    return folder


def test_a_day_is_planned_without_a_fault(planned: Path) -> None:
    """The report counts no violation and every pass; `check` finds the written plan sound."""
    report = json.loads((planned / "report.json").read_text(encoding="utf-8"))
    assert report["violations"] == 0
    assert 0 <= report["unserved"] < report["passes"]
    assert RUNNER.invoke(app, ["check", str(planned / "day.json")]).exit_code == 0


def test_a_spoilt_plan_is_found_out(planned: Path, tmp_path: Path) -> None:
    """A flight taken out of the file leaves its passes unaccounted for: exit code 1, and the rule is named."""
    plan = json.loads((planned / "day.json").read_text(encoding="utf-8"))
    plan["flights"] = plan["flights"][1:]
    (tmp_path / "spoilt.json").write_text(json.dumps(plan), encoding="utf-8")
    done = RUNNER.invoke(app, ["check", str(tmp_path / "spoilt.json"), "--json"])
    assert done.exit_code == 1
    assert {one["rule"] for one in json.loads(done.stdout)} == {"accounting"}


def test_a_lost_drone_is_replanned(planned: Path, tmp_path: Path) -> None:
    """From then on the lost drone takes off no more, and the repaired plan is sound."""
    out = tmp_path / "after.json"
    done = RUNNER.invoke(app, ["replan", str(planned / "day.json"), "--at", "09:00", "--lost", "zl-04", "--out", str(out)])
    assert done.exit_code == 0, done.output
    flights = json.loads(out.read_text(encoding="utf-8"))["flights"]
    assert not [one for one in flights if one["drone_id"] == "zl-04" and one["takes_off_at"] > "2026-11-24T01:00:00Z"]


def test_costs_are_a_table(planned: Path) -> None:
    """A header, a line for each of the nine departments, and the total."""
    done = RUNNER.invoke(app, ["statement", str(planned / "day.json")])
    assert done.exit_code == 0, done.output
    assert len(done.stdout.strip().splitlines()) == 11


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["day", "--date", "tomorrow"], "tomorrow: is no day: write YYYY-MM-DD"),
        (["day", "--date", "9999-12-31"], "must lie from 2000 to 2099"),
        (["week", "--date", "0001-01-01"], "must lie from 2000 to 2099"),
        (["day", "--report", "/nowhere/report.json"], "/nowhere/report.json: cannot be written: No such file or directory"),
        (["week", "--out", "/"], "cannot be written"),
        (["day", "--grounded", "zl-99"], "zl-99: there is no such drone; there are zl-01"),
        (["check", "/nowhere/day.json"], "cannot be read"),
        (["check", __file__], "line 1: is no JSON"),
        (["check", "EMPTY"], "holds 0 schedules"),
        (["replan", "DAY", "--at", "25:00"], "write HH:MM"),
        (["replan", "DAY", "--at", "10:00", "--lost", "zl-99"], "there is no such drone"),
        (["replan", "DAY", "--at", "10:00", "--urgent", "131,119"], "LAT lies between -90 and 90"),
        (["replan", "DAY", "--at", "10:00", "--urgent", "here"], "write LAT,LON"),
        (["replan", "DAY", "--at", "10:00", "--urgent", "31.77,119.9", "--category", "ufo"], "no category 'ufo'"),
        (["replan", "DAY", "--at", "10:00", "--report", "/nowhere/report.json"], "cannot be written"),
        (["statement", "DAY", "DAY"], "would be charged twice"),
        (["statement", "DAY", "--out", "/nowhere/costs.csv"], "cannot be written"),
    ],
)
def test_wrong_words_are_told(arguments: list[str], words: str, planned: Path, tmp_path: Path) -> None:
    """Each as an error of ours that names it, before anything is planned; never as a traceback."""
    (tmp_path / "empty.json").write_text("[]", encoding="utf-8")
    files = {"DAY": str(planned / "day.json"), "EMPTY": str(tmp_path / "empty.json")}
    done = RUNNER.invoke(app, [files.get(one, one) for one in arguments])
    assert isinstance(done.exception, OneFlightError)
    assert words in str(done.exception)


@pytest.mark.parametrize("limit", ["-1", "nan"])
def test_no_time_is_less_than_none(limit: str) -> None:
    """A negative time limit is a wrong use: exit code 2."""
    assert RUNNER.invoke(app, ["day", "--time-limit", limit]).exit_code == 2


def test_a_week_carries_what_is_left(tmp_path: Path) -> None:
    """Seven days in a row, each without a fault; what waits on one is due again on the next, and the totals add up."""
    report, out = tmp_path / "report.json", tmp_path / "week.json"
    files = ["--report", str(report), "--out", str(out)]
    done = RUNNER.invoke(app, ["week", "--date", "2026-11-24", "--time-limit", "0", *files])
    assert done.exit_code == 0, done.output
    week = json.loads(report.read_text(encoding="utf-8"))
    assert [day["date"] for day in week["days"]] == [f"2026-11-{number}" for number in range(24, 31)]
    assert [day["violations"] for day in week["days"]] == [0] * 7
    for before, after in pairwise(week["days"]):
        assert after["carried_over"] <= before["unserved"]
    assert week["total"]["flights"] == sum(day["flights"] for day in week["days"])
    schedules = json.loads(out.read_text(encoding="utf-8"))
    flown = [{visit["pass_id"] for flight in one["flights"] for visit in flight["visits"]} for one in schedules]
    weekly = {route.id for route in load().routes if route.frequency == Frequency(times=1, per="week")}
    twice = [id for day, later in pairwise(flown) for id in day & later if id.split("@")[0] in weekly]
    assert twice == []
    assert RUNNER.invoke(app, ["statement", str(out)]).exit_code == 0


@pytest.mark.parametrize("text", ["strong", "8@west", "-1", "8@400", "61", "nan"])
def test_a_wrong_wind_is_refused_by_name(text: str) -> None:
    """With how to write it."""
    done = RUNNER.invoke(app, ["day", "--wind", text])
    assert isinstance(done.exception, InvalidInput)
    assert "--wind" in str(done.exception)


def test_what_drops_out_of_a_repair_is_told(planned: Path) -> None:
    """The flights of a drone that is lost with all others: each look says when it was planned, and whom it concerns."""
    drones = [f"--lost={drone.id}" for drone in load().drones]
    done = RUNNER.invoke(app, ["replan", str(planned / "day.json"), "--at", "06:40", *drones])
    assert done.exit_code == 0, done.output
    lines = [line for line in done.output.splitlines() if line.startswith("not today: ")]
    assert lines
    assert all("it was planned for" in " ".join(done.output.split()) for line in lines)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"kind": MergeKind.JOINED, "pass_id": "road@1"}, "joined: hotline-7 (police) in pass road@1: why"),
        (
            {"kind": MergeKind.SPLIT, "pass_id": "road@2", "with_demand_id": "a"},
            "split: hotline-7 (police) in pass road@2, apart from a: why",
        ),
        ({"kind": MergeKind.LEFT}, "no pass: hotline-7 (police): why"),
    ],
)
def test_how_demands_were_merged_is_told(changes: dict[str, object], line: str) -> None:
    """Joined, split off, left."""
    note = MergeNote(demand_id="hotline-7", department_id="police", category="event", reason="why", **changes)
    assert _told(note) == line


def test_a_day_over_a_raster_is_planned_and_checked_with_it(tmp_path: Path) -> None:
    """A slope from 0 to 30 m over the district, written as a GeoTIFF: planned, named, sound with it, and not without it."""
    heights = np.tile(np.linspace(0, 30, 120, dtype=np.float32), (120, 1))
    (tmp_path / "slope.tif").write_bytes(geotiff(heights, 119.80, 31.87, 0.0017, compression="zlib"))
    out, terrain = str(tmp_path / "day.json"), ["--terrain", str(tmp_path / "slope.tif")]
    done = RUNNER.invoke(app, ["day", "--date", "2026-11-24", "--time-limit", "0", "--out", out, *terrain])
    assert done.exit_code == 0, done.output
    assert "terrain: slope.tif" in done.output
    assert RUNNER.invoke(app, ["check", out, *terrain]).exit_code == 0
    assert RUNNER.invoke(app, ["check", out]).exit_code == 1


def test_a_raster_of_elsewhere_is_refused(tmp_path: Path) -> None:
    """With a place that it does not know."""
    (tmp_path / "far.tif").write_bytes(geotiff(np.zeros((9, 9), np.float32), 10.0, 50.0, 0.01))
    done = RUNNER.invoke(app, ["day", "--time-limit", "0", "--terrain", str(tmp_path / "far.tif")])
    assert isinstance(done.exception, InvalidInput)
    assert "far.tif: terrain: knows no ground at 31." in str(done.exception)


def test_a_solver_that_crashes_leaves_the_greedy_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process is killed: the greedy plan is written, sound, and the report says why it is no better."""
    monkeypatch.setattr(background.BackgroundPlanner.__init__, "__defaults__", (is_killed, 60.0))
    files = ["--out", str(tmp_path / "day.json"), "--report", str(tmp_path / "report.json")]
    done = RUNNER.invoke(app, ["day", "--date", "2026-11-24", "--time-limit", "9", *files])
    assert done.exit_code == 0, done.output
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report["method"], report["violations"]) == ("greedy", 0)
    assert "exit code -9" in report["note"]
    assert "exit code -9" in done.stdout
