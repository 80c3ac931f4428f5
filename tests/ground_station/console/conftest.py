"""The console in a real Chromium, against a real ground station and broker."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from missions.catalog import SHIPPED, load
from missions.district import District
from tests.ground_station.console.running_station import RunningStation
from tests.ground_station.console.wire_aircraft import WireAircraft

CHROMIUM = Path("/usr/bin/chromium")
DIST = Path(__file__).parents[3] / "ground_station" / "console" / "dist" / "index.html"
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SHOWS_WITHIN_MS = 20_000

SignIn = Callable[..., Page]
Connect = Callable[[int], WireAircraft]


@pytest.fixture(scope="session")
def district() -> District:
    """The shipped example."""
    return load(SHIPPED)


@pytest.fixture(scope="session")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    """One ground station for all tests here; each uses its own drone."""
    assert DIST.is_file(), "the console is not built: run 'make console'"
    running = RunningStation(tmp_path_factory.mktemp("console"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium with software WebGL; one a module, since its event loop must not outlive the module."""
    if not CHROMIUM.is_file():
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Browser, station: RunningStation) -> Iterator[Callable[..., Page]]:
    """Opens the console; an error that the page does not catch fails the test."""
    faults: list[str] = []
    contexts = []

    def open_page(locale: str = "en-GB") -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale=locale, timezone_id="Asia/Shanghai")
        contexts.append(context)
        context.set_default_timeout(SHOWS_WITHIN_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(station.url)
        return page

    expect.set_options(timeout=SHOWS_WITHIN_MS)
    yield open_page
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def sign_in(visit: Callable[..., Page], station: RunningStation) -> SignIn:
    """Opens the console, signs in (as the administrator unless told otherwise) and waits for the map."""

    def enter(username: str = "admin", locale: str = "en-GB") -> Page:
        page = visit(locale)
        page.fill("[name=username]", username)
        page.fill("[name=password]", station.passwords[username])
        page.click("button[type=submit]")
        expect(page.locator(".map")).to_have_attribute("data-ready", "true")
        return page

    return enter


@pytest.fixture
def connect(station: RunningStation, district: District) -> Iterator[Connect]:
    """Connects the aircraft of this number."""
    connected: list[WireAircraft] = []

    def one(number: int) -> WireAircraft:
        connected.append(WireAircraft(station, district, district.drones[number]))
        return connected[-1]

    yield one
    for aircraft in connected:
        aircraft.close()
