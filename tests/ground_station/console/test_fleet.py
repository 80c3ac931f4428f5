"""The fleet panel: what is known, how old it is, and what is not known."""

import pytest
from playwright.sync_api import expect

from tests.ground_station.console.conftest import Connect, SignIn
from tests.ground_station.console.running_station import RunningStation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]


def test_an_unknown_value_is_shown_as_unknown(sign_in: SignIn) -> None:
    """A drone that was never heard says so and shows dashes, never zeros."""
    page = sign_in()
    card = page.locator('[data-drone="zl-14"]')
    expect(card).to_have_attribute("data-link", "never")
    card.get_by_role("button").first.click()
    expect(card).to_contain_text("nothing heard yet")
    expect(card.locator("dd").first).to_have_text("—")
    expect(card).not_to_contain_text("0 m")


def test_a_drone_that_falls_silent_looks_stale(sign_in: SignIn, connect: Connect) -> None:
    """While it reports it is online; some seconds after its last word it is marked, striped, and tells its age."""
    page = sign_in()
    aircraft = connect(2)
    card = page.locator(f'[data-drone="{aircraft.drone.id}"]')
    expect(card).to_have_attribute("data-link", "online")
    card.get_by_role("button").first.click()
    expect(card).to_contain_text("64 %")
    aircraft.silent()
    expect(card).to_have_attribute("data-link", "stale")
    expect(card.locator(".heard")).to_contain_text("last heard")
    assert "repeating-linear-gradient" in card.evaluate("card => getComputedStyle(card).backgroundImage")


def test_a_lost_connection_is_plain_and_mends_itself(sign_in: SignIn, connect: Connect, station: RunningStation) -> None:
    """When the ground station goes the console says so at once; when it is back the console is live again by itself."""
    page = sign_in()
    aircraft = connect(3)
    card = page.locator(f'[data-drone="{aircraft.drone.id}"]')
    expect(card).to_have_attribute("data-link", "online")
    station.stop_server()
    expect(page.get_by_test_id("connection-lost")).to_be_visible()
    expect(card).to_have_attribute("data-link", "stale")
    station.start_server()
    expect(page.get_by_test_id("connection-lost")).to_have_count(0)
    expect(card).to_have_attribute("data-link", "online")
