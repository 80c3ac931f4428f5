"""What departments are told of the day plan, in the console."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from missions.district import District
from missions.working_time import DISTRICT_TIME
from tests.ground_station.console.conftest import SignIn
from tests.ground_station.console.running_station import RunningStation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]
PLANS_WITHIN_S = 120.0
DRONE = "zl-01"


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    """A ground station of its own: other tests may have had something told."""
    running = RunningStation(tmp_path_factory.mktemp("station"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def pilot(station: RunningStation) -> Iterator[httpx.Client]:
    """The pilot, beside the console."""
    with httpx.Client(base_url=f"{station.url}/api", timeout=PLANS_WITHIN_S) as client:
        credentials = {"username": "pilot", "password": station.passwords["pilot"]}
        client.post("/session", json=credentials).raise_for_status()
        yield client


@pytest.fixture
def day() -> str:
    """The fourth day from today, as the district counts days."""
    return str((datetime.now(UTC).astimezone(DISTRICT_TIME) + timedelta(days=4)).date())


@pytest.fixture
def schedule(pilot: httpx.Client, district: District, day: str) -> dict[str, Any]:
    """The day flown by one drone alone."""
    grounded = [drone.id for drone in district.drones if drone.id != DRONE]
    made = pilot.post("/schedules", json={"day": day, "time_limit_s": 0, "grounded_drones": grounded})
    plan: dict[str, Any] = made.raise_for_status().json()["schedule"]
    return plan


def test_a_department_is_told_what_a_repair_dropped(
    sign_in: SignIn, pilot: httpx.Client, schedule: dict[str, Any], day: str, district: District
) -> None:
    """The only drone is lost: its passes appear with their reason, unread until they are opened; planned again they go."""
    flown = {visit["pass_id"] for flight in schedule["flights"] for visit in flight["visits"]}
    dropped = [one for one in schedule["passes"] if one["id"] in flown]
    department, count = Counter(id for one in dropped for id in one["departments"]).most_common(1)[0]
    page = sign_in(department)
    bell = page.get_by_role("button", name="Notices")
    expect(page.get_by_test_id("unread")).to_have_count(0)

    pilot.post(f"/schedules/{day}/replan", json={"lost_drones": [DRONE], "confirm": True}).raise_for_status()
    expect(page.get_by_test_id("unread")).to_have_text(str(count))
    bell.click()
    rows = page.get_by_test_id("notices").locator("tbody tr")
    expect(rows).to_have_count(count)
    expect(page.get_by_test_id("unread")).to_have_count(0)
    first = next(one for one in dropped if department in one["departments"])
    name = next(route.name for route in district.routes if route.id == first["route_id"])
    told = rows.filter(has_text=name).first
    expect(told).to_contain_text("no able drone")
    expect(told).to_contain_text("it was planned for")
    expect(told).to_have_attribute("data-fresh", "true")

    page.get_by_role("button", name="切换到中文").click()
    expect(told).to_contain_text("没有可用的无人机")
    again = {"day": day, "time_limit_s": 0, "grounded_drones": schedule["conditions"]["grounded_drones"]}
    pilot.post("/schedules", json=again).raise_for_status()
    expect(rows).to_have_count(0)
    expect(page.get_by_test_id("notices")).to_contain_text("没有需要告知")
