"""Signing in and out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.ground_station.console.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]


def test_a_wrong_password_is_said_to_be_wrong(visit: Callable[..., Page]) -> None:
    """Whoever mistypes the password stays on the sign-in page and reads why."""
    page = visit()
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "not the password")
    page.click("button[type=submit]")
    expect(page.get_by_role("alert")).to_have_text("User name or password is wrong")
    expect(page.locator(".map")).to_have_count(0)


def test_signing_out_ends_the_session(sign_in: SignIn) -> None:
    """After signing out nothing of the district is left on screen, not even after loading the page again."""
    page = sign_in("pilot")
    expect(page.locator(".who")).to_contain_text("pilot")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("form")).to_be_visible()
    page.reload()
    expect(page.locator("form")).to_be_visible()
    expect(page.locator(".workspace")).to_have_count(0)
