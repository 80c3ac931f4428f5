"""The day's plan flown from the console: flights dispatched and followed on the chart, and what has happened meanwhile."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from missions.catalog import SHIPPED
from missions.district import District
from missions.flight import FlightEventKind
from missions.working_time import DISTRICT_TIME
from tests.ground_station.console.running_station import RunningStation
from tests.ground_station.console.wire_aircraft import WireAircraft

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]
PLANS_WITHIN_S = 120.0
DRONE, OTHER = "zl-01", "zl-03"
HOURS = 'day_begins = "00:00:00"\nday_ends = "23:59:59"\nnight_flights = true\n'
"""So that there is something to fly at whatever time the test runs."""


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    """A ground station of a district that flies round the clock."""
    now = datetime.now(UTC).astimezone(DISTRICT_TIME)
    if (now + timedelta(hours=2)).date() != now.date():
        pytest.skip("less than two hours are left of the district's day: its plan may be empty")
    folder = tmp_path_factory.mktemp("flying")
    catalog = folder / "catalog"
    shutil.copytree(SHIPPED, catalog)
    operations = catalog / "operations.toml"
    kept = [line for line in operations.read_text("utf-8").splitlines() if not line.startswith(("day_", "night_"))]
    operations.write_text(HOURS + "\n".join(kept) + "\n", "utf-8")
    running = RunningStation(folder, catalog)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def pilot(station: RunningStation) -> Iterator[httpx.Client]:
    """The pilot, beside the console."""
    with httpx.Client(base_url=station.url, timeout=PLANS_WITHIN_S) as client:
        credentials = {"username": "pilot", "password": station.passwords["pilot"]}
        client.post("/api/session", json=credentials).raise_for_status()
        yield client


@pytest.fixture(scope="module")
def schedule(pilot: httpx.Client, district: District) -> dict[str, Any]:
    """Today's plan of two drones; the others stay on the ground."""
    grounded = [drone.id for drone in district.drones if drone.id not in (DRONE, OTHER)]
    today = str(datetime.now(UTC).astimezone(DISTRICT_TIME).date())
    made = pilot.post("/api/schedules", json={"day": today, "time_limit_s": 0, "grounded_drones": grounded})
    made.raise_for_status()
    plan: dict[str, Any] = made.json()["schedule"]
    return plan


def first_of(schedule: dict[str, Any], drone_id: str) -> str:
    """The id of a drone's first flight."""
    id: str = next(one["id"] for one in schedule["flights"] if one["drone_id"] == drone_id)
    return id


def open_plan(page: Page) -> Locator:
    """The day's plan, with its flights on screen."""
    page.get_by_role("button", name="Day plan").click()
    view = page.get_by_test_id("day-plan")
    expect(view.locator("[data-flight]").first).to_be_visible()
    return view


def test_a_flight_is_dispatched_and_followed_on_the_chart(
    sign_in: Callable[..., Page],
    connect: Callable[[int], WireAircraft],
    schedule: dict[str, Any],
    district: District,
    pilot: httpx.Client,
) -> None:
    """A click sends it; its bar turns as the aircraft tells: dispatched, in the air, landed."""
    aircraft = connect([drone.id for drone in district.drones].index(DRONE))
    page = sign_in("pilot")
    view = open_plan(page)
    bar = view.locator(f'[data-flight="{first_of(schedule, DRONE)}"]')
    bar.click()
    expect(page.locator(f'[data-drone="{DRONE}"]')).to_have_class("drone link-online idle selected")
    strip = view.get_by_test_id("flight-strip")
    strip.get_by_role("button", name="Dispatch").click()
    assert aircraft.commands.get(timeout=20) == "load"
    expect(bar).to_have_attribute("data-standing", "dispatched")
    expect(strip).to_contain_text("by pilot")

    page.locator(f'[data-drone="{DRONE}"]').get_by_role("button", name="Take off").click()
    page.get_by_test_id("confirm").click()
    assert aircraft.commands.get(timeout=20) == "start"
    expect(bar).to_have_attribute("data-standing", "air")
    expect(view.locator(".flown-line")).to_have_count(1)
    again = pilot.post(f"/api/schedules/{schedule['day']}/flights/{first_of(schedule, DRONE)}/dispatch")
    assert again.status_code == 409
    aircraft.happen(FlightEventKind.COMPLETED)
    expect(bar).to_have_attribute("data-standing", "landed")
    expect(strip).to_contain_text("ended")


def test_what_has_happened_is_shown_before_it_is_in_force(
    sign_in: Callable[..., Page], schedule: dict[str, Any], district: District
) -> None:
    """A lost drone and a closed area drawn on the map: the preview counts what is lost; only a second yes changes the plan."""
    page = sign_in("pilot")
    view = open_plan(page)
    view.get_by_role("button", name="What has happened").click()
    form = view.get_by_role("form", name="What has happened")
    form.get_by_label(district.drone(OTHER).name).check()
    form.get_by_label("until").fill("23:59")
    form.get_by_role("button", name="Draw on the map").click()
    box = page.locator(".map").bounding_box()  # the canvas follows its size a little later
    assert box is not None
    for corners, (x, y) in enumerate(((0.45, 0.45), (0.5, 0.45), (0.5, 0.5)), 1):
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        expect(form).to_contain_text(f"{corners} so far")
    form.get_by_role("button", name="Close the area").click()
    expect(page.locator(".map")).to_have_attribute("data-closed", "1")
    form.get_by_role("button", name="What would change?").click()
    expect(form.get_by_test_id("happened-outcome")).to_contain_text("dropped", timeout=PLANS_WITHIN_S * 1000)
    expect(view.locator(".preview")).to_have_count(1)
    form.get_by_role("button", name="Put into force").click()
    page.get_by_test_id("confirm").click()
    expect(form.locator(".made")).to_contain_text("In force", timeout=PLANS_WITHIN_S * 1000)
    expect(view.locator(f'[data-lane="{OTHER}"]')).to_contain_text("does not fly")
