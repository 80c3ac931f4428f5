"""Work orders and review: live, with their proof, and moved through the phases."""

from typing import Protocol

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from missions.district import District
from missions.evidence.keys import SigningKey
from missions.geometry import GeoPoint
from tests.ground_station.console.conftest import Connect, SignIn
from tests.ground_station.console.running_station import RunningStation
from tests.ground_station.console.test_flights import ANSWERS_WITHIN_S
from tests.ground_station.console.test_map import snapshot
from tests.ground_station.console.wire_aircraft import WireAircraft

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]
CLASS_KEY = "smoke_plume"
"""Of a department with a long English name."""
BEYOND_THE_EDGE = """() => [...document.querySelectorAll('.workspace .panel *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1).length"""
"""How many parts of the panels stick out of the window."""


@pytest.fixture
def spot(district: District) -> GeoPoint:
    """A place inside the first sub-district."""
    return district.docks[0].point


class Find(Protocol):
    """Has an aircraft fly and see something."""

    def __call__(self, number: int, point: GeoPoint, *, confidence: float = 0.9, altered: bool = False) -> WireAircraft:
        """The aircraft's number, where the thing lies, and whether its picture was changed on the way."""


@pytest.fixture
def find(station: RunningStation, connect: Connect) -> Find:
    """Sends an aircraft on a route near its dock; it reports smoke."""

    def do(number: int, point: GeoPoint, *, confidence: float = 0.9, altered: bool = False) -> WireAircraft:
        aircraft = connect(number)
        station.dispatch(aircraft.drone.id, nearest_route(aircraft))
        assert aircraft.commands.get(timeout=ANSWERS_WITHIN_S) == "load"
        assert aircraft.flight_id is not None
        aircraft.find(CLASS_KEY, point, aircraft.flight_id, confidence=confidence, seed=number, altered=altered)
        return aircraft

    return do


def nearest_route(aircraft: WireAircraft) -> str:
    """The corridor that begins nearest to where the aircraft stands."""
    lines = {route.id: route.geometry.line[0] for route in aircraft.district.routes if route.geometry.kind == "corridor"}
    return min(lines, key=lambda route_id: lines[route_id].distance_m(aircraft.point))


def shown_order(page: Page, point: GeoPoint) -> Locator:
    """The card of the work order at a place."""
    return page.locator("[data-order]", has_text=f"{point.lat_deg:.5f}°N {point.lon_deg:.5f}°E")


def test_a_work_order_appears_by_itself_with_its_proof(sign_in: SignIn, find: Find, spot: GeoPoint) -> None:
    """Without any reloading: class, department, place, confidence, phase, time left, and a picture that is really there."""
    page = sign_in()
    point = spot.moved(90, 400)
    find(9, point)
    card = shown_order(page, point)
    expect(card).to_contain_text("90 %")
    expect(card).to_contain_text("dispatch")
    expect(card).to_contain_text("left")
    expect(card.locator("img")).to_have_js_property("complete", value=True)
    assert card.locator("img").evaluate("picture => picture.naturalWidth") == 320

    assert page.evaluate(BEYOND_THE_EDGE) == 0

    card.click()
    drawer = page.get_by_test_id("drawer")
    expect(drawer).to_contain_text("±3.0 × 2.0 m, major axis 30°")
    expect(drawer).to_contain_text("frames: 7")
    expect(drawer).to_contain_text("oneflight-n 1")
    expect(drawer.locator(".steps li")).to_have_count(2)
    expect(drawer.locator("[data-proof=verified]").first).to_have_text("signature verified")


def test_clicking_a_work_order_centres_the_map_on_it(sign_in: SignIn, find: Find, spot: GeoPoint) -> None:
    """The marker's white ring, 15 px wide when selected, ends up round the middle of the map."""
    page = sign_in()
    point = spot.moved(0, 700)
    find(10, point)
    shown_order(page, point).click()
    for _ in range(40):
        image = snapshot(page)
        y, x = image.shape[0] // 2, image.shape[1] // 2
        ring = [image[y, x - 20 : x - 10], image[y, x + 10 : x + 20], image[y - 20 : y - 10, x], image[y + 10 : y + 20, x]]
        if all(np.any(side.min(axis=1) > 200) for side in ring):
            return
        page.wait_for_timeout(250)
    raise AssertionError("no ring round the middle of the map")


def test_a_department_moves_its_work_order_on(sign_in: SignIn, find: Find, spot: GeoPoint) -> None:
    """The lead department sees its work order, must give a reason to send back, and accepts it; the step is recorded."""
    page = sign_in("ecology")
    point = spot.moved(180, 500)
    find(11, point)
    shown_order(page, point).click()
    drawer = page.get_by_test_id("drawer")
    expect(drawer.get_by_role("button", name="Send back")).to_be_disabled()
    drawer.get_by_label("Reason").fill("not ours")
    expect(drawer.get_by_role("button", name="Send back")).to_be_enabled()
    drawer.get_by_role("button", name="Accept").click()
    expect(drawer.locator(".steps li").first).to_contain_text("ecology")
    expect(shown_order(page, point)).to_contain_text("handling")


def test_dismissing_a_work_order_is_asked_again(sign_in: SignIn, find: Find, spot: GeoPoint) -> None:
    """It needs a reason and a second yes; then it is closed and leaves the open list."""
    page = sign_in()
    point = spot.moved(270, 600)
    find(12, point)
    shown_order(page, point).click()
    drawer = page.get_by_test_id("drawer")
    drawer.get_by_label("Reason").fill("a permitted renovation")
    drawer.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_role("dialog")).to_contain_text("closed for good")
    page.get_by_test_id("confirm").click()
    expect(drawer.locator(".steps li").first).to_contain_text("a permitted renovation")
    expect(shown_order(page, point)).to_have_count(0)


def test_an_unsure_finding_waits_for_a_person(sign_in: SignIn, find: Find, spot: GeoPoint) -> None:
    """Below its class's limit a finding is offered for review; only a person's yes makes it a work order."""
    page = sign_in()
    point = spot.moved(45, 900)
    find(13, point, confidence=0.12)
    page.get_by_role("tab", name="Review").click()
    review = page.locator("[data-incident]", has_text=f"{point.lat_deg:.5f}°N")
    expect(review).to_contain_text("12 %")
    review.get_by_role("button", name="Confirm").click()
    expect(review).to_have_count(0)
    page.get_by_role("tab", name="Work orders").click()
    expect(shown_order(page, point)).to_be_visible()


def test_a_picture_that_was_changed_says_so(sign_in: SignIn, find: Find, spot: GeoPoint) -> None:
    """One byte is another than the aircraft signed: the review, the work order and its finding say "altered"."""
    page = sign_in()
    point = spot.moved(135, 800)
    find(0, point, confidence=0.12, altered=True)
    page.get_by_role("tab", name="Review").click()
    review = page.locator("[data-incident]", has_text=f"{point.lat_deg:.5f}°N")
    expect(review.locator("[data-proof=altered]")).to_have_text("altered")
    review.get_by_role("button", name="Confirm").click()
    page.get_by_role("tab", name="Work orders").click()
    shown_order(page, point).click()
    drawer = page.get_by_test_id("drawer")
    expect(drawer.locator("[data-proof=altered]")).to_have_count(2)
    expect(drawer).to_contain_text("Do not rely on this picture")


def test_a_new_key_counts_once_a_person_accepts_it(sign_in: SignIn, find: Find, spot: GeoPoint) -> None:
    """An aircraft signs with another key: its card says so, its evidence is of an unknown key until a pilot accepts it."""
    page, point = sign_in("pilot"), spot.moved(225, 800)
    aircraft = find(1, spot.moved(225, 400))
    key = SigningKey.generate()
    aircraft.change_key(key)
    card = page.locator(f'[data-drone="{aircraft.drone.id}"]')
    expect(card.locator(f'[data-key="{key.public.id}"]')).to_contain_text(key.public.id[:12])

    assert aircraft.flight_id is not None
    aircraft.find(CLASS_KEY, point, aircraft.flight_id, seed=100)
    shown_order(page, point).click()
    drawer = page.get_by_test_id("drawer")
    expect(drawer.locator("[data-proof=unknown_key]")).to_have_count(2)
    card.get_by_role("button", name="Accept key").click()
    expect(page.get_by_role("dialog")).to_contain_text("show-key")
    page.get_by_test_id("confirm").click()
    expect(card.locator("[data-key]")).to_have_count(0)
    expect(drawer.locator("[data-proof=verified]")).to_have_count(2)
