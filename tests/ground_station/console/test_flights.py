"""Planning, dispatching and commanding flights."""

import pytest
from playwright.sync_api import Page, expect

from tests.ground_station.console.conftest import Connect, SignIn
from tests.ground_station.console.wire_aircraft import WireAircraft

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]
ANSWERS_WITHIN_S = 10.0


def plan(page: Page, aircraft: WireAircraft, routes: int = 1) -> None:
    """Plans a flight over the routes nearest to the drone's dock."""
    page.get_by_role("button", name="Plan a flight").click()
    page.locator(".plan-form select").first.select_option(aircraft.drone.id)
    for index in range(routes):
        page.locator(".pick input").nth(index).check()
    page.get_by_role("button", name="Check and plan").click()


def ready(page: Page, aircraft: WireAircraft) -> None:
    """Plans and dispatches; the aircraft takes it."""
    plan(page, aircraft)
    expect(page.locator(".made")).to_contain_text("Planned")
    page.locator(".plan").get_by_role("button", name="Close").click()
    card = page.locator(f'[data-drone="{aircraft.drone.id}"]')
    card.get_by_role("button", name="Dispatch").click()
    expect(card).to_contain_text("ready")


def test_a_plan_that_cannot_be_flown_is_refused_with_reasons(sign_in: SignIn, connect: Connect) -> None:
    """More routes than the battery carries: every reason is on screen and no flight is made."""
    page = sign_in("pilot")
    aircraft = connect(4)
    plan(page, aircraft, routes=12)
    expect(page.locator(".plan .refusal")).to_contain_text("This cannot be flown")
    expect(page.locator(".plan .refusal li").first).to_be_visible()
    expect(page.locator(".made")).to_have_count(0)


def test_a_plan_without_routes_is_refused(sign_in: SignIn) -> None:
    """The ground station names the key that is wrong, and the console shows it."""
    page = sign_in("pilot")
    page.get_by_role("button", name="Plan a flight").click()
    page.get_by_role("button", name="Check and plan").click()
    expect(page.locator(".plan .refusal")).to_contain_text("route_ids")


def test_take_off_and_return_are_asked_again(sign_in: SignIn, connect: Connect) -> None:
    """Start and return are sent only after a second yes; the answer and the new state come by themselves."""
    page = sign_in("pilot")
    aircraft = connect(5)
    ready(page, aircraft)
    card = page.locator(f'[data-drone="{aircraft.drone.id}"]')
    assert aircraft.commands.get(timeout=ANSWERS_WITHIN_S) == "load"

    card.get_by_role("button", name="Take off").click()
    expect(page.get_by_role("dialog")).to_contain_text("take off?")
    page.get_by_role("button", name="Leave as it is").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert aircraft.commands.empty()

    card.get_by_role("button", name="Take off").click()
    page.get_by_test_id("confirm").click()
    expect(card).to_contain_text("flying")
    assert aircraft.commands.get(timeout=ANSWERS_WITHIN_S) == "start"
    expect(card).to_contain_text("waypoints 3/12")

    card.get_by_role("button", name="Return").click()
    assert aircraft.commands.empty()
    page.get_by_test_id("confirm").click()
    expect(card).to_contain_text("returning")
    assert aircraft.commands.get(timeout=ANSWERS_WITHIN_S) == "return"


def test_a_refused_command_says_why(sign_in: SignIn, connect: Connect) -> None:
    """What the aircraft answers is shown in its own words."""
    page = sign_in("pilot")
    aircraft = connect(6)
    ready(page, aircraft)
    aircraft.refusal = "wind above the limit"
    card = page.locator(f'[data-drone="{aircraft.drone.id}"]')
    card.get_by_role("button", name="Take off").click()
    page.get_by_test_id("confirm").click()
    expect(card.locator(".command-line")).to_have_text("Take off: refused. wind above the limit")


def test_return_stays_possible_on_a_stale_link(sign_in: SignIn, connect: Connect) -> None:
    """A flying drone that has fallen silent can still be called back; the dialog says how old the picture is."""
    page = sign_in("pilot")
    aircraft = connect(7)
    ready(page, aircraft)
    card = page.locator(f'[data-drone="{aircraft.drone.id}"]')
    card.get_by_role("button", name="Take off").click()
    page.get_by_test_id("confirm").click()
    expect(card).to_contain_text("flying")
    aircraft.silent()
    expect(card).to_have_attribute("data-link", "stale")
    card.get_by_role("button", name="Return").click()
    expect(page.get_by_role("dialog").locator(".warning")).to_contain_text("last heard")
    page.get_by_test_id("confirm").click()
    expect(card).to_contain_text("returning")


def test_a_dispatcher_plans_but_does_not_command(sign_in: SignIn, connect: Connect) -> None:
    """Buttons that the ground station would refuse are not offered."""
    page = sign_in("dispatcher")
    aircraft = connect(8)
    ready(page, aircraft)
    expect(page.locator(f'[data-drone="{aircraft.drone.id}"]').get_by_role("button", name="Take off")).to_have_count(0)
