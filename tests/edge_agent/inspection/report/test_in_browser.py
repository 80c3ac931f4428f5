import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from edge_agent.inspection.inspection import conclude, look_at_all
from edge_agent.inspection.report.page import report_html
from edge_agent.inspection.state import State
from edge_agent.inspection.stopping import Stopping
from tests.edge_agent.inspection.made_flight import NOON, MadeFlight, MadeThing, job_of

CHROMIUM = shutil.which("chromium")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_map_answers_and_nothing_is_fetched(tmp_path: Path) -> None:
    """As a file: no error, no request beyond it; zooming changes the view and keeps the marks' size; a card's button
    brings its mark to the middle, and a mark chooses its card.
    """
    (tmp_path / "photos").mkdir()
    things = [MadeThing("garbage_pile", 20, 5), MadeThing("crowd", 25, -10)]
    bench, state = MadeFlight(tmp_path / "photos", [(0.0, 0.0), (40.0, 0.0)], things).bench(), State(tmp_path / "out")
    job = job_of(bench)
    state.begin(job)
    look_at_all(bench, state, Stopping(), lambda shot: None)
    page_file = tmp_path / "report.html"
    page_file.write_text(report_html(*conclude(bench, job, state), NOON), encoding="utf-8")
    state.close()
    troubles: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text))
        page.on("request", lambda request: troubles.append(request.url) if request.url.startswith("http") else None)
        page.goto(page_file.as_uri())
        whole = page.get_attribute(".map svg", "viewBox")
        before = page.locator(".mark circle").first.bounding_box()
        page.click("[data-zoom=in]")
        assert page.get_attribute(".map svg", "viewBox") != whole
        after = page.locator(".mark circle").first.bounding_box()
        assert before is not None
        assert after is not None
        assert after["width"] == pytest.approx(before["width"], rel=0.05)
        page.click("[data-show='2']")
        box, mark = page.locator(".map").bounding_box(), page.locator(".mark[data-number='2'] circle").bounding_box()
        assert box is not None
        assert mark is not None
        assert mark["x"] + mark["width"] / 2 == pytest.approx(box["x"] + box["width"] / 2, abs=3)
        page.click("[data-zoom=whole]")
        page.locator(".mark[data-number='1']").click(force=True)
        assert "chosen" in (page.get_attribute("#finding-1", "class") or "")
        browser.close()
    assert troubles == []
