"""The demand register over HTTP."""

import json

import pytest

from ground_station.access.permissions import Role
from missions.route import Frequency, Route
from tests.ground_station.scheduling.test_endpoints import POINT, planned

DAY = "2026-11-24"
CALL = {"id": "hotline-7", "category": "fire_hazard", "geometry": POINT, "origin": "hotline"}


@pytest.fixture
def planner(client_of):
    """A dispatcher's client."""
    return client_of(Role.DISPATCHER)


@pytest.fixture
def police(client_of):
    """A department's client."""
    return client_of(Role.DEPARTMENT, "police")


def listed(client) -> dict:
    """What the caller sees of the register, by id."""
    return {one["id"]: one for one in client.get("/api/demands").json()}


def on_plan(planner, demand_id: str) -> bool:
    """Whether a pass of the day, planned anew, serves the demand."""
    return any(demand_id in one["demand_ids"] for one in planned(planner)["schedule"]["passes"])


@pytest.fixture
def standing(district) -> str:
    """The id of a standing demand that is wanted on the day."""
    route: Route = next(one for one in district.routes if one.frequency == Frequency(times=1, per="week"))
    return f"{route.id}:{route.categories[0]}"


def test_a_demand_is_registered_planned_and_withdrawn(planner) -> None:
    """A hotline call becomes a demand with a route, is on the next plan, and is gone once withdrawn."""
    assert planner.post("/api/demands", json=CALL).status_code == 201
    assert planner.post("/api/demands", json=CALL).status_code == 409
    call = listed(planner)["hotline-7"]
    assert (call["state"], call["origin"], call["last_seen_at"]) == ("due", "hotline", None)
    assert on_plan(planner, "hotline-7")
    assert planner.delete("/api/demands/hotline-7").status_code == 204
    assert planner.delete("/api/demands/hotline-7").status_code == 404
    assert not on_plan(planner, "hotline-7")


def test_what_is_left_out_is_as_the_category_has_it(planner, district) -> None:
    """Department, priority, view and sensor; an id is made of the origin."""
    made = planner.post("/api/demands", json={key: CALL[key] for key in ("category", "geometry", "origin")}).json()
    category = district.category("fire_hazard")
    assert made["id"].startswith("hotline-")
    assert (made["department_id"], made["priority"]) == (category.department_id, category.priority)
    assert (made["steepest_deg"], made["thermal"]) == (category.camera.pitch_deg, "thermal" in category.camera.sensor)


def test_what_is_given_stays(planner) -> None:
    """Another department may want it, with a view, a window and a resolution of its own."""
    body = CALL | {
        "department_id": "police",
        "steepest_deg": -60,
        "flattest_deg": -40,
        "max_sample_m": 0.04,
        "thermal": False,
        "windows": [{"begins": "09:00:00", "ends": "11:00:00", "weekdays": [0, 2]}],
        "season": {"begins": [5, 1], "ends": [12, 31]},
        "valid_until": "2026-12-31",
        "frequency": {"times": 1, "per": "week"},
        "note": "a smell of smoke",
    }
    made = planner.post("/api/demands", json=body)
    assert made.status_code == 201, made.text
    shown = listed(planner)["hotline-7"]
    assert {key: shown[key] for key in body} == body


def test_the_ground_of_a_route(planner, district) -> None:
    """Over a route that serves the category a demand joins its pass; over another's ground it has a route of its own."""
    route = next(one for one in district.routes if one.frequency.per != "on_call")
    other = next(one.key for one in district.categories if one.key not in route.categories)
    same = {"id": "same", "category": route.categories[0], "route_id": route.id}
    assert planner.post("/api/demands", json=same).json()["route_id"] == route.id
    made = planner.post("/api/demands", json={"id": "else", "category": other, "route_id": route.id})
    assert made.json().get("route_id", "else") == "else"
    both = planner.post("/api/demands", json=same | {"id": "both", "geometry": POINT})
    assert both.status_code == 422
    assert "give one of them" in both.text


@pytest.mark.parametrize(
    ("changes", "code", "nearest"),
    [
        ({"max_sample_m": 0.001}, "too_fine", "max_sample_m"),
        (
            {"geometry": {"kind": "waypoints", "points": [{"lat_deg": 32.5, "lon_deg": 119.90}]}},
            "outside_permitted_area",
            "geometry",
        ),
        ({"windows": [{"begins": "08:00:00", "ends": "08:01:00"}]}, "window_too_short", "windows"),
        ({"windows": [{"begins": "02:00:00", "ends": "03:00:00"}]}, "window_too_short", "windows"),
    ],
)
def test_an_impossible_demand_is_refused_with_the_nearest_possible(planner, changes, code, nearest) -> None:
    """422 names the reason and what to change; nothing is kept. With that change it is registered."""
    answer = planner.post("/api/demands", json=CALL | changes)
    assert answer.status_code == 422, answer.text
    [reason] = answer.json()["errors"]
    assert (reason["where"], list(reason["nearest"])) == (code, [nearest])
    assert "hotline-7" not in listed(planner)
    again = planner.post("/api/demands", json=CALL | changes | reason["nearest"])
    assert again.status_code == 201, again.text


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"steepest_deg": -40, "flattest_deg": -60}, 422, "flattest_deg lies below steepest_deg"),
        ({"valid_from": "2026-12-02", "valid_until": "2026-12-01"}, 422, "valid_until lies before valid_from"),
        ({"category": "ufo"}, 404, "there is no category 'ufo'"),
        ({"origin": "catalogue"}, 422, "only the catalogue's own"),
        ({"colour": "red"}, 422, "Extra inputs"),
    ],
)
def test_what_makes_no_sense_is_told(planner, changes, status, words) -> None:
    """Contradictions, unknown names and fields."""
    answer = planner.post("/api/demands", json=CALL | changes)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text


def test_an_id_that_a_route_has(planner, district) -> None:
    """The route made for a demand must not take a catalogue route's place."""
    answer = planner.post("/api/demands", json=CALL | {"id": district.routes[0].id})
    assert answer.status_code == 409
    assert "choose an id" in answer.text


def test_a_registered_demand_is_edited(planner) -> None:
    """What is put in its place keeps the id; what cannot be served changes nothing."""
    planner.post("/api/demands", json=CALL)
    assert planner.put("/api/demands/hotline-7", json=CALL | {"priority": 5, "note": "urgent"}).status_code == 200
    assert planner.put("/api/demands/hotline-7", json=CALL | {"max_sample_m": 0.001}).status_code == 422
    shown = listed(planner)["hotline-7"]
    assert (shown["priority"], shown["note"]) == (5, "urgent")
    assert planner.put("/api/demands/nothing", json=CALL).status_code == 404


def test_a_standing_demand_is_changed_suspended_and_restored(planner, standing) -> None:
    """The change lies beside the catalogue: another frequency, then nothing at all, then as it was."""
    before = listed(planner)[standing]
    assert on_plan(planner, standing)
    change = {"frequency": {"times": 2, "per": "week"}, "priority": 5, "note": "twice during the works"}
    assert planner.put(f"/api/demands/{standing}/change", json=change).status_code == 200
    changed = listed(planner)[standing]
    assert changed == before | change | {"changed": True}
    assert planner.put(f"/api/demands/{standing}/change", json={"suspended": True}).status_code == 200
    assert listed(planner)[standing]["state"] == "suspended"
    assert not on_plan(planner, standing)
    assert planner.delete(f"/api/demands/{standing}/change").status_code == 204
    assert listed(planner)[standing] == before
    assert planner.delete(f"/api/demands/{standing}/change").status_code == 404
    assert planner.delete(f"/api/demands/{standing}").status_code == 409


def test_an_impossible_change_is_refused(planner, standing) -> None:
    """A window of a minute, a validity that ends before it begins, a demand that is not there."""
    short = planner.put(f"/api/demands/{standing}/change", json={"windows": [{"begins": "08:00", "ends": "08:01"}]})
    assert short.status_code == 422
    assert "windows" in short.json()["errors"][0]["nearest"]
    span = {"valid_from": "2026-12-02", "valid_until": "2026-12-01"}
    assert planner.put(f"/api/demands/{standing}/change", json=span).status_code == 422
    assert planner.put("/api/demands/nothing/change", json={}).status_code == 404
    assert not listed(planner)[standing]["changed"]


def test_a_department_proposes(planner, police, client_of) -> None:
    """Its demand waits for a planner, is seen by no other department, and may be changed by neither."""
    body = {"id": "p-1", "category": "public_gathering", "geometry": POINT, "origin": "event"}
    assert police.post("/api/demands", json=body).status_code == 201
    assert listed(police)["p-1"]["state"] == "proposed"
    assert {one["department_id"] for one in listed(police).values()} == {"police"}
    assert not on_plan(planner, "p-1")
    ecology = client_of(Role.DEPARTMENT, "ecology")
    assert "p-1" not in listed(ecology)
    assert ecology.delete("/api/demands/p-1").status_code == 404
    assert ecology.post("/api/demands", json=body | {"id": "p-2", "department_id": "police"}).status_code == 403
    assert police.post("/api/demands/p-1/accept").status_code == 403
    assert planner.post("/api/demands/p-1/accept").status_code == 200
    assert on_plan(planner, "p-1")
    assert police.put("/api/demands/p-1", json=body | {"priority": 5}).status_code == 200
    assert listed(police)["p-1"]["state"] == "proposed"


def test_who_only_looks(client_of, standing) -> None:
    """A reviewer sees the register and changes nothing of it; a department leaves standing demands alone."""
    reviewer, police = client_of(Role.REVIEWER), client_of(Role.DEPARTMENT, "police")
    assert reviewer.get("/api/demands").status_code == 200
    assert reviewer.post("/api/demands", json=CALL).status_code == 403
    assert police.put(f"/api/demands/{standing}/change", json={"priority": 5}).status_code == 403


def test_grounds_are_read_from_a_file(planner) -> None:
    """A GeoJSON polygon becomes an area; nothing is kept."""
    ring = [[119.90, 31.77], [119.91, 31.77], [119.91, 31.78], [119.90, 31.77]]
    field = {"type": "Feature", "properties": {"name": "field"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    file = json.dumps({"type": "FeatureCollection", "features": [field]}).encode()
    answer = planner.post("/api/demands/ground", files={"file": ("a.geojson", file)})
    assert answer.status_code == 200, answer.text
    [ground] = answer.json()
    assert (ground["name"], ground["geometry"]["kind"], len(ground["geometry"]["outline"])) == ("field", "area", 3)
    assert planner.post("/api/demands/ground", files={"file": ("a.geojson", b"{")}).status_code == 422
