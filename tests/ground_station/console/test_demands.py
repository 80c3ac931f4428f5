"""The demand register in the browser: looked through, registered, refused with the nearest possible, changed, proposed."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ground_station.console.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]


def open_register(page: Page) -> Locator:
    """The register, with its demands on screen."""
    page.get_by_role("button", name="Demands").click()
    register = page.get_by_test_id("demands")
    expect(register.locator("[data-demand]").first).to_be_visible()
    return register


def click_map(page: Page, right: float, down: float) -> None:
    """A click at shares of the map's width and height."""
    box = page.locator(".map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * right, box["y"] + box["height"] * down)


def test_a_call_is_registered_and_withdrawn(sign_in: SignIn) -> None:
    """A place on the map and a note are enough; it is listed before all standing demands, and gone once withdrawn."""
    page = sign_in("pilot")
    register = open_register(page)
    register.get_by_role("button", name="New demand").click()
    click_map(page, 0.5, 0.5)
    register.get_by_label("Note").fill("Smoke behind the market")
    register.get_by_role("button", name="Register").click()
    first = register.locator("[data-demand]").first
    expect(first).to_contain_text("Smoke behind the market")
    expect(first).to_contain_text("due")
    register.get_by_role("button", name="Withdraw").click()
    page.get_by_test_id("confirm").click()
    expect(register.get_by_text("Smoke behind the market")).to_have_count(0)


def test_the_nearest_possible_is_taken(sign_in: SignIn) -> None:
    """Two millimetres a pixel are refused with the finest that is possible; at a click that is registered."""
    page = sign_in("pilot")
    register = open_register(page)
    register.get_by_role("button", name="New demand").click()
    click_map(page, 0.5, 0.5)
    register.get_by_label("Resolution, cm a pixel").fill("0.2")
    register.get_by_role("button", name="Register").click()
    expect(register.get_by_role("alert")).to_contain_text("Nearest possible: 3.29 cm")
    register.get_by_role("button", name="Use it").click()
    expect(register.get_by_label("Resolution, cm a pixel")).to_have_value("3.29")
    register.get_by_role("button", name="Register").click()
    expect(register.locator("[data-demand]").first).to_contain_text("hotline")


def test_a_standing_demand_is_suspended_and_restored(sign_in: SignIn) -> None:
    """The change is marked; restored, it is as the catalogue has it."""
    page = sign_in("pilot")
    register = open_register(page)
    register.get_by_label("Origin").select_option("catalogue")
    register.locator("[data-demand] button").first.click()
    register.get_by_role("button", name="Edit").click()
    register.get_by_role("button", name="Suspend").click()
    register.get_by_role("button", name="suspended 1").click()
    expect(register.locator("[data-demand]")).to_have_count(1)
    register.locator("[data-demand] button").first.click()
    register.get_by_role("button", name="Edit").click()
    register.get_by_role("button", name="As in the catalogue").click()
    expect(register.get_by_role("button", name="suspended")).to_have_count(0)


def test_a_reviewer_only_looks(sign_in: SignIn) -> None:
    """No button to register or to edit."""
    register = open_register(sign_in("reviewer"))
    expect(register.get_by_role("button", name="New demand")).to_have_count(0)
    register.locator("[data-demand] button").first.click()
    expect(register.get_by_role("button", name="Edit")).to_have_count(0)
