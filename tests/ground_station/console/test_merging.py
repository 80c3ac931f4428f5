"""How demands came to their passes, in the console."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from missions.district import District
from missions.route import Area, Route
from missions.working_time import DISTRICT_TIME
from tests.ground_station.console.conftest import SignIn
from tests.ground_station.console.running_station import RunningStation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]
PLANS_WITHIN_S = 120.0
JOINS, SLANTED, STRAIGHT = "call-seen-anyway", "call-slanted", "call-straight-down"


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    """A ground station of its own: what other tests have planned would decide what is due."""
    running = RunningStation(tmp_path_factory.mktemp("station"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def route(district: District) -> Route:
    """An area that is due every day."""
    return next(one for one in district.routes if isinstance(one.geometry, Area))


@pytest.fixture
def schedule(station: RunningStation, route: Route) -> dict[str, Any]:
    """The fifth day from today, with a call inside the route's ground and two of all of it that no one angle serves."""
    day = str((datetime.now(UTC).astimezone(DISTRICT_TIME) + timedelta(days=5)).date())
    ground = route.geometry.model_dump(mode="json")
    corners = ground["outline"]
    inside = {axis: sum(corner[axis] for corner in corners) / len(corners) for axis in ("lat_deg", "lon_deg")}
    calls = [
        {"id": JOINS, "category": "fire_hazard", "geometry": {"kind": "waypoints", "points": [inside]}},
        {"id": SLANTED, "category": "fire_hazard", "geometry": ground, "steepest_deg": -50},
        {"id": STRAIGHT, "category": "fire_hazard", "geometry": ground, "flattest_deg": -80},
    ]
    with httpx.Client(base_url=f"{station.url}/api", timeout=PLANS_WITHIN_S) as pilot:
        credentials = {"username": "pilot", "password": station.passwords["pilot"]}
        pilot.post("/session", json=credentials).raise_for_status()
        for call in calls:
            pilot.post("/demands", json=call).raise_for_status()
        made = pilot.post("/schedules", json={"day": day, "time_limit_s": 0})
        plan: dict[str, Any] = made.raise_for_status().json()["schedule"]
        return plan


def flight_of(page: Page, schedule: dict[str, Any], pass_id: str) -> Locator:
    """The bar of the flight that flies a pass."""
    flown = next(one for one in schedule["flights"] if pass_id in {visit["pass_id"] for visit in one["visits"]})
    return page.locator(f'[data-flight="{flown["id"]}"]')


def test_a_flight_tells_how_demands_came_to_its_passes(sign_in: SignIn, schedule: dict[str, Any]) -> None:
    """Its note has for whom, how high and for which demand so, and what joined; what flies apart has its reason in a list."""
    notes = {note["demand_id"]: note for note in schedule["merging"]}
    assert notes[JOINS]["kind"] == "joined"
    [split] = [note for note in notes.values() if note["kind"] == "split"]
    assert split["demand_id"] in (SLANTED, STRAIGHT)
    page = sign_in()
    page.get_by_role("button", name="Day plan").click()
    view = page.get_by_test_id("day-plan")
    view.get_by_label("Another day").fill(schedule["day"])
    flight_of(page, schedule, notes[JOINS]["pass_id"]).hover()
    note = page.get_by_test_id("flight-note")
    expect(note).to_contain_text(f"joined: {JOINS} (Fire and Rescue Brigade): seen by the pass")
    expect(note).to_contain_text("finest demand:")
    view.get_by_role("tab", name="Not this day").click()
    expect(view.locator("tbody tr")).to_have_count(len(schedule["unserved"]))
    view.get_by_role("button", name="flown apart").click()
    row = view.locator("tbody tr").filter(has_text=split["demand_id"])
    expect(row).to_contain_text(split["reason"])
