"""Published instances are read as the literature means them."""

from pathlib import Path

import pytest

from ground_station.scheduling.improving import improve
from ground_station.scheduling.toptw import gap, parse_instance, read_best_known, read_instance
from missions.errors import FormatError
from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Window
from missions.scheduling.timeline import faults

TINY = """\
4 1 4 1
0 100
 0 0.0 0.0 0 0 0 0 0 60
 1 3.0 4.0 2 10 4 1 15 0 40
 2 6.0 8.0 2 20 2 2 5 10 30 50
 3 1.0 1.0 2 5 1 4 1 2 4 8 0 60
 4 -30.0 0.0 2 99 1 4 1 2 4 8 0 20
"""
"""Customers 1 and 2 lie 5 and 10 from the depot on one line, 3 at the root of 2; 4 cannot be reached before it closes."""


def test_points_and_their_lists_of_any_length() -> None:
    """Profit, service, and windows in which service begins, whatever stands between."""
    problem = parse_instance(TINY, 2)
    assert problem.value.tolist() == [10, 20, 5, 99]
    assert problem.service_s.tolist() == [[2, 2, 2, 2]]
    assert problem.windows == ((Window(0, 42),), (Window(30, 52),), (Window(0, 62),), (Window(0, 22),))
    assert (problem.end_s, len(problem.vehicles), problem.max_trips) == (60, 2, 1)


def test_distances_are_rounded_down() -> None:
    """The root of 2 is 1.4 for Solomon's instances and 1.41 for Cordeau's; 5 stays 5."""
    assert parse_instance(TINY, 1).travel_s[0, 2, 4] == pytest.approx(1.4)
    assert parse_instance(TINY, 1, decimals=2).travel_s[0, 4, 2] == pytest.approx(1.41)
    assert parse_instance(TINY, 1).travel_s[0, 0, 4] == 5


def test_cordeaus_are_known_by_name(tmp_path: Path) -> None:
    """Files named pr01 and so on."""
    for name, way in (("pr01.txt", 1.41), ("c101.txt", 1.4)):
        (tmp_path / name).write_text(TINY, "utf-8")
        assert read_instance(tmp_path / name, 1).travel_s[0, 2, 4] == pytest.approx(way)


def test_the_tiny_instance_is_solved() -> None:
    """One path takes 3, 1 and, after waiting for it to open at 30, 2: 35 in all, home at 42."""
    problem = parse_instance(TINY, 1)
    improved = improve(problem, greedy(problem), time_limit_s=0.2)
    assert improved.value(problem) == 35
    assert faults(problem, improved) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: begins with 'k v N t'"),
        ("4 1 4 1\n0 100\n", "has 0 points, and line 1 says 4 customers"),
        (TINY.replace("3.0 4.0", "three 4.0"), "line 4: a point is"),
        (TINY.replace(" 1 3.0 4.0 2 10 4 1 15 0 40\n", " 1 3.0 4.0 2 10 4\n"), "line 4: .* this has 6 numbers"),
        (TINY.replace(" 1 3.0 4.0 2 10 4 1 15 0 40\n", ""), "line 4: is point 2, and point 1 is expected"),
        (TINY.replace("30 50", "50 30"), "line 5: .* O not after C"),
        (TINY.replace("2 99", "2 nan"), "line 7: .* S of 0 or more"),
        (TINY.replace("4 1 4 1", "4 1 5 1"), "has 5 points, and line 1 says 5 customers"),
    ],
)
def test_what_is_no_instance_is_refused(text: str, says: str) -> None:
    """With the name that was given, the line, and what is expected there."""
    with pytest.raises(FormatError, match=f"tiny: {says}"):
        parse_instance(text, 1, name="tiny")


def test_best_known_and_gap(tmp_path: Path) -> None:
    """A table beside the instances; 35 of 50 are 30 % below."""
    (tmp_path / "best.csv").write_text("name,m,best\nC101,1,320\ntiny,2,50\n", "utf-8")
    best = read_best_known(tmp_path)
    assert best == {("c101", 1): 320, ("tiny", 2): 50}
    assert gap(35, best["tiny", 2]) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("name,m,best\nc101,one,320\n", "line 2: needs the columns"),
        ("name,best\nc101,320\n", "line 2: needs the columns"),
        ("name,m,best\nc101,1,320\nc101,0,320\n", "line 3: needs a name, m of 1 or more"),
        ("name,m,best\nc101,1,0\n", "line 2: .* best above 0"),
        ("name,m,best\nc101,1,320\nC101,1,310\n", "line 3: c101 with 1 has a line before"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, lines: str, says: str) -> None:
    """With its line, and what is expected there."""
    (tmp_path / "best.csv").write_text(lines, "utf-8")
    with pytest.raises(FormatError, match=says):
        read_best_known(tmp_path)


def test_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    """Saying what the table is."""
    with pytest.raises(FormatError, match=r"best\.csv: cannot be read; it is a table with the columns name, m and best"):
        read_best_known(tmp_path)
