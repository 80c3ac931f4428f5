import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from edge_agent.inspection.inspection import conclude, look_at_all
from edge_agent.inspection.report.page import report_html
from edge_agent.inspection.report.words import area_words, ink_on
from edge_agent.inspection.result import LeftOut, Result
from edge_agent.inspection.state import State
from edge_agent.inspection.stopping import Stopping
from tests.edge_agent.inspection.made_flight import NOON, MadeFlight, MadeThing, job_of

PLACES = [(0.0, 0.0), (40.0, 0.0), (400.0, 0.0)]
THINGS = [MadeThing("garbage_pile", 20, 5), MadeThing("crowd", 25, -10)]


@pytest.fixture
def result(tmp_path: Path) -> tuple[Result, list[bytes]]:
    """Two findings on two photos, a third photo dark."""
    folder = tmp_path / "photos"
    folder.mkdir()
    bench, state = MadeFlight(folder, PLACES, THINGS, dark={2}).bench(), State(tmp_path / "out")
    job = job_of(bench)
    state.begin(job)
    look_at_all(bench, state, Stopping(), lambda shot: None)
    done = conclude(bench, job, state)
    state.close()
    return done


class _Tags(HTMLParser):
    """What a browser would find in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags_of(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(page)
    return parser.found


def test_the_page_shows_each_finding_and_what_was_not_seen(result: tuple[Result, list[bytes]]) -> None:
    """A card with evidence and a mark on the map for each finding, names in two languages, and the dark photo and why."""
    page = report_html(*result, NOON)
    tags = tags_of(page)
    assert sum(tag == "article" for tag, _ in tags) == 2
    assert sum("mark" in (given.get("class") or "").split() for _, given in tags) == 2
    assert sum(tag == "image" for tag, _ in tags) == 2
    assert "垃圾堆" in page
    assert "Garbage pile" in page
    assert re.search(r"0002\.jpg.*?过暗 dark", page, re.DOTALL)
    assert "4,800 m²" in page or "4,799 m²" in page


def test_the_page_needs_no_network(result: tuple[Result, list[bytes]]) -> None:
    """No tag of it names anything outside the file, and a policy in it forbids the browser to fetch."""
    page = report_html(*result, NOON)
    for tag, given in tags_of(page):
        for name in ("src", "href"):
            target = given.get(name) or "#"
            assert target.startswith(("data:", "#")), (tag, target)
    assert "default-src 'none'" in page


def test_a_file_name_cannot_become_script(result: tuple[Result, list[bytes]]) -> None:
    """Names and reasons from outside are shown as they are: the page holds the one script that is its own."""
    whole, jpegs = result
    evil = "<script>alert(1)</script>.jpg"
    page = report_html(replace(whole, left_out=(LeftOut(evil, '"><img src=x onerror=alert(2)>'),)), jpegs, NOON)
    tags = tags_of(page)
    assert sum(tag == "script" for tag, _ in tags) == 1
    assert not any(tag == "img" for tag, _ in tags)
    assert "&lt;script&gt;alert(1)" in page


def test_nothing_placed_gives_a_page_without_a_map(tmp_path: Path) -> None:
    """Photos without a position: no map, no findings, each photo listed."""
    bench, state = MadeFlight(tmp_path, PLACES, THINGS, unplaced={0, 1, 2}).bench(), State(tmp_path / "out")
    job = job_of(bench)
    state.begin(job)
    look_at_all(bench, state, Stopping(), lambda shot: None)
    page = report_html(*conclude(bench, job, state), NOON)
    state.close()
    assert not any(tag == "svg" for tag, _ in tags_of(page))
    assert page.count("tells no position") == 3


@pytest.mark.parametrize(("color", "ink"), [("#ffd43b", "#1c2430"), ("#1f3a93", "#ffffff"), ("#000000", "#ffffff")])
def test_numbers_are_read_on_any_colour(color: str, ink: str) -> None:
    """Dark ink on yellow, white on blue and black."""
    assert ink_on(color) == ink


def test_areas_are_told_in_fitting_units() -> None:
    """A hectare is 10,000 m²."""
    assert [area_words(value) for value in (0.0, 9999.0, 25_000.0)] == ["0 m²", "9,999 m²", "2.50 ha"]
