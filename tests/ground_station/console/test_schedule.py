"""The day's plan: by dock and drone, on the map, what is due, what does not fly, what it costs, and urgent tasks."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from missions.district import District
from missions.working_time import DISTRICT_TIME
from tests.ground_station.console.conftest import SignIn
from tests.ground_station.console.running_station import RunningStation
from tests.ground_station.console.test_map import share_near, snapshot, wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]
PLANS_WITHIN_S = 120.0
WHITE_RGB = (0xFF, 0xFF, 0xFF)
"""Colour of the selected flight's way on the map; nothing else there is quite white before a flight is selected."""
BEYOND_THE_EDGE = """() => [...document.querySelectorAll('.day-plan *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1).length"""


def day_after(days: int) -> date:
    """So many days from today, as the district counts days."""
    return (datetime.now(UTC).astimezone(DISTRICT_TIME) + timedelta(days=days)).date()


@pytest.fixture(scope="module")
def plan(station: RunningStation) -> dict[str, Any]:
    """Tomorrow's plan, in force before the console is opened."""
    with httpx.Client(base_url=station.url, timeout=PLANS_WITHIN_S) as pilot:
        credentials = {"username": "pilot", "password": station.passwords["pilot"]}
        pilot.post("/api/session", json=credentials).raise_for_status()
        made = pilot.post("/api/schedules", json={"day": str(day_after(1)), "time_limit_s": 0})
        made.raise_for_status()
        schedule: dict[str, Any] = made.json()["schedule"]
        return schedule


def open_plan(page: Page) -> Locator:
    """The day's plan, open beside the map."""
    page.get_by_role("button", name="Day plan").click()
    return page.get_by_test_id("day-plan")


def tomorrows(page: Page) -> Locator:
    """Tomorrow's plan, with its flights on screen."""
    view = open_plan(page)
    view.get_by_role("button", name="Tomorrow").click()
    expect(view.locator("[data-flight]").first).to_be_visible()
    return view


def idle(view: Locator) -> None:
    """Waits until no request is under way."""
    expect(view.locator("[aria-busy=true]")).to_have_count(0, timeout=PLANS_WITHIN_S * 1000)


def test_the_flights_stand_by_dock_and_drone(sign_in: SignIn, plan: dict[str, Any], district: District) -> None:
    """Every drone has its lane under its dock, with as many bars as it has flights; nothing sticks out of the window."""
    view = tomorrows(sign_in())
    flights = Counter(flight["drone_id"] for flight in plan["flights"])
    assert flights.total() > 50
    for drone in district.drones:
        lane = view.locator(f'[data-dock="{drone.dock_id}"] [data-lane="{drone.id}"]')
        expect(lane.locator("[data-flight]")).to_have_count(flights[drone.id])
    expect(view.locator(".day-figures")).to_contain_text(f"{flights.total()} flights")
    assert view.page.evaluate(BEYOND_THE_EDGE) == 0


def test_a_selected_flight_is_drawn_on_the_map(sign_in: SignIn, plan: dict[str, Any], district: District) -> None:
    """A click draws the flight's way in white and names what it visits; another click lets it go."""
    page = sign_in()
    view = tomorrows(page)
    flight = plan["flights"][0]
    before = share_near(wait_until_drawn(page, "routes"), WHITE_RGB, 12)
    bar = view.locator(f'[data-flight="{flight["id"]}"]')
    bar.click()
    expect(page.locator(".map")).to_have_attribute("data-scheduled", flight["id"])
    expect(view.get_by_test_id("flight-strip")).to_contain_text(district.drone(flight["drone_id"]).name)
    names = {route.id: route.name for route in district.routes}
    visited = view.get_by_test_id("flight-strip").locator("li")
    expect(visited).to_have_count(len(flight["visits"]))
    expect(visited.first).to_have_attribute("title", names[flight["visits"][0]["route_id"]])
    for _ in range(40):
        if share_near(snapshot(page), WHITE_RGB, 12) > before + 0.001:
            break
        page.wait_for_timeout(250)
    else:
        raise AssertionError("the flight's way never shows on the map")
    bar.click()
    expect(page.locator(".map")).not_to_have_attribute("data-scheduled", flight["id"])


def test_the_chart_is_used_by_the_keyboard_alone(sign_in: SignIn, plan: dict[str, Any]) -> None:
    """Arrow keys go from bar to bar, the note tells what has the focus, Enter selects it."""
    page = sign_in()
    view = tomorrows(page)
    lane = view.locator("[data-lane]").first.locator("[data-flight]")
    lane.first.focus()
    page.keyboard.press("ArrowRight")
    expect(lane.nth(1)).to_be_focused()
    note = page.get_by_test_id("flight-note")
    flight = next(one for one in plan["flights"] if one["id"] == lane.nth(1).get_attribute("data-flight"))
    expect(note).to_contain_text(f"{datetime.fromisoformat(flight['takes_off_at']).astimezone(DISTRICT_TIME):%H:%M}")
    expect(note).to_contain_text("of the battery")
    expect(note.locator("li")).to_have_count(len(flight["visits"]))
    page.keyboard.press("ArrowDown")
    expect(view.locator("[data-lane]").nth(1).locator(":focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-flight][aria-pressed=true]")).to_be_focused()


def test_due_inspections_stand_by_department_and_category(sign_in: SignIn, plan: dict[str, Any]) -> None:
    """A row for each category that is asked for; with the language all words of the view change."""
    page = sign_in()
    view = tomorrows(page)
    view.get_by_role("tab", name="Due").click()
    rows = view.locator("tbody tr")
    expect(rows.filter(has_text="Waste and sanitation")).to_contain_text("162")
    expect(rows.first).to_contain_text("Urban Management")
    page.get_by_role("button", name="切换到中文").click()
    expect(view.get_by_role("heading")).to_have_text("日计划")
    expect(view.get_by_role("tab", name="到期与超期")).to_be_visible()
    expect(rows.filter(has_text="市容环卫")).to_contain_text("162")
    expect(rows.first).to_contain_text("城管局")


def test_what_does_not_fly_says_why(sign_in: SignIn, plan: dict[str, Any], district: District) -> None:
    """Each pass left over is listed with its reason and until when it waits; its route is shown on the map at a click."""
    view = tomorrows(sign_in())
    left = plan["unserved"]
    view.get_by_role("tab", name=f"Not this day {len(left)}").click()
    rows = view.locator("tbody tr")
    expect(rows).to_have_count(len(left))
    expect(rows.first).to_contain_text(left[0]["text"])
    route = rows.first.get_by_role("button")
    expect(route).to_have_text({one.id: one.name for one in district.routes}[left[0]["route_id"]])
    route.click()
    expect(route).to_have_attribute("aria-pressed", "true")


def test_costs_are_shared_among_departments(sign_in: SignIn, plan: dict[str, Any], district: District) -> None:
    """The month's statement has a line a department, and is to be had as CSV; a department sees its own line alone."""
    page = sign_in()
    view = tomorrows(page)
    view.get_by_role("tab", name="Costs").click()
    expect(view.locator("tbody tr")).to_have_count(len(district.departments))
    link = view.get_by_role("link", name="Download CSV").get_attribute("href")
    answer = page.request.get(page.url.rstrip("/") + str(link))
    assert answer.headers["content-type"].startswith("text/csv")

    own = tomorrows(sign_in("ecology"))
    own.get_by_role("tab", name="Costs").click()
    expect(own.locator("tbody tr")).to_have_count(1)
    expect(own.get_by_role("button", name="Plan anew")).to_have_count(0)
    expect(own.get_by_role("button", name="Urgent task")).to_have_count(0)


def test_an_urgent_task_is_shown_before_it_is_in_force(sign_in: SignIn, plan: dict[str, Any]) -> None:
    """A click on the map gives the place; who reaches it when is shown first, and only a second yes changes the plan."""
    page = sign_in("dispatcher")
    view = tomorrows(page)
    view.get_by_role("button", name="Urgent task").click()
    form = view.get_by_role("form", name="Urgent task")
    expect(form.get_by_role("button", name="Who gets there first?")).to_be_disabled()
    page.locator(".map.asks-place").click()  # the canvas follows its size a little later
    expect(page.locator(".map")).to_have_attribute("data-spot", "true")
    form.get_by_label("Category").select_option("fire_hazard")
    form.get_by_role("button", name="Who gets there first?").click()
    idle(view)
    expect(form.get_by_test_id("urgent-outcome")).to_contain_text("is there at")
    expect(view.locator(".preview")).to_have_text("Preview: not in force")
    expect(view.locator("[data-flight].mark-added")).to_have_count(1)
    expect(view.locator(".day-figures")).to_contain_text(f"/{len(plan['passes'])} passes")

    form.get_by_role("button", name="Put into force").click()
    page.get_by_test_id("confirm").click()
    idle(view)
    expect(form.locator(".made")).to_contain_text("In force")
    expect(view.locator(".preview")).to_have_count(0)
    expect(view.locator(".day-figures")).to_contain_text(f"/{len(plan['passes']) + 1} passes")


def test_a_day_is_planned_from_the_console(sign_in: SignIn) -> None:
    """A day without a plan says so; one press plans it, and the plan in force says that it is still being improved."""
    page = sign_in("pilot")
    view = open_plan(page)
    view.get_by_label("Another day").fill(str(day_after(3)))
    expect(view.locator(".empty")).to_contain_text("no plan for this day")
    view.get_by_role("button", name="Plan this day").click()
    expect(view.locator("[data-flight]").first).to_be_visible(timeout=PLANS_WITHIN_S * 1000)
    expect(view.locator(".day-figures")).to_contain_text("improving")
    view.get_by_role("button", name="Plan anew").click()
    expect(page.get_by_role("dialog")).to_contain_text("are not kept")
    page.get_by_role("button", name="Leave as it is").click()
