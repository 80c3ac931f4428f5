"""The map: drawn without anything from the internet."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page

from tests.ground_station.console.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]
DRAWN_WITHIN_MS = 15_000
GROUND_RGB = (0x10, 0x1A, 0x24)
"""Colour of the district's ground in the map's style."""
ILLEGAL_CONSTRUCTION_RGB = (0xE4, 0x57, 0x2E)
"""Colour of the category in the catalogue; its routes are thin lines, drawn half transparent at this scale."""


def snapshot(page: Page) -> NDArray[np.int16]:
    """The map as RGB."""
    image = cv2.imdecode(np.frombuffer(page.locator(".map-canvas canvas").screenshot(), np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return image[:, :, ::-1].astype(np.int16)


def share_near(image: NDArray[np.int16], rgb: tuple[int, int, int], reach: int) -> float:
    """The share of pixels whose channels all lie within `reach` of a colour."""
    return float((np.abs(image - np.array(rgb)).max(axis=2) <= reach).mean())


def wait_until_drawn(page: Page, fits: str) -> NDArray[np.int16]:
    """The first picture in which `routes` are there or gone."""
    for _ in range(DRAWN_WITHIN_MS // 250):
        image = snapshot(page)
        reddish = ((image[:, :, 0] - image[:, :, 2] > 60) & (image[:, :, 1] < 140)).mean()
        if (reddish > 0.001) == (fits == "routes"):
            return image
        page.wait_for_timeout(250)
    raise AssertionError(f"the map never shows: {fits}")


def test_the_map_shows_district_and_routes(sign_in: SignIn) -> None:
    """The district's ground covers a good part of the canvas, and routes are drawn on it in many colours."""
    page = sign_in()
    image = wait_until_drawn(page, "routes")
    assert 0.2 < share_near(image, GROUND_RGB, 6) < 0.8
    assert len(np.unique((image // 16).reshape(-1, 3), axis=0)) > 60


def test_routes_can_be_hidden_by_category(sign_in: SignIn) -> None:
    """With every category off the routes are gone; the district stays."""
    page = sign_in()
    wait_until_drawn(page, "routes")
    page.get_by_text("Legend and route filter").click()
    page.get_by_role("button", name="Hide all").click()
    page.get_by_label("No-fly zones").uncheck()
    page.get_by_role("checkbox", name="Work orders").uncheck()
    page.get_by_text("Legend and route filter").click()
    image = wait_until_drawn(page, "no routes")
    assert share_near(image, GROUND_RGB, 6) > 0.2


def test_nothing_is_asked_of_another_host(sign_in: SignIn) -> None:
    """Without a configured tile address every request goes to the ground station itself."""
    page = sign_in()
    wait_until_drawn(page, "routes")
    hosts = page.evaluate("() => [...new Set(performance.getEntriesByType('resource').map(one => new URL(one.name).host))]")
    assert [host for host in hosts if host] == [page.url.split("/")[2]]
