"""The district and its routes over HTTP, and the import of files."""

import json

import pytest

from ground_station.access.permissions import Role

LINE = {"type": "LineString", "coordinates": [[119.90, 31.78], [119.905, 31.78]]}


def geojson(geometry: object) -> bytes:
    feature = {"type": "Feature", "properties": {"name": "South bank", "width_m": 40}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_the_district_comes_without_its_routes(client_of, district) -> None:
    """Everything the map needs, once; routes have a list of their own, in pages."""
    client = client_of(Role.PILOT)
    shown = client.get("/api/district").json()
    assert "routes" not in shown
    assert len(shown["departments"]) == 9
    assert len(shown["categories"]) == 13
    first = client.get("/api/routes", params={"limit": 15}).json()
    rest = client.get("/api/routes", params={"limit": 15, "cursor": first["next_cursor"]}).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == sorted(route.id for route in district.routes)
    assert rest["next_cursor"] is None
    assert client.get(f"/api/routes/{district.routes[0].id}").json() == district.routes[0].model_dump(mode="json")


def test_the_settings_are_those_of_the_station(client_of, settings) -> None:
    """What the console asks before it draws."""
    shown = client_of(Role.PILOT).get("/api/settings").json()
    assert (shown["stale_after_s"], shown["offline_after_s"], shown["tile_url"]) == (5.0, 30.0, None)


def test_a_file_becomes_routes(client_of) -> None:
    """A GeoJSON line with a category becomes a corridor with the category's defaults, and can be read back."""
    client = client_of(Role.DISPATCHER)
    answer = client.post(
        "/api/routes/import",
        files={"file": ("south.geojson", geojson(LINE))},
        data={"categories": "river_bank", "height_m": "90"},
    )
    assert answer.status_code == 201, answer.text
    [route] = answer.json()["items"]
    assert (route["geometry"]["kind"], route["categories"], route["height_m"]) == ("corridor", ["river_bank"], 90)
    assert client.get(f"/api/routes/{route['id']}").json() == route


def test_a_malformed_file_is_refused_with_its_place(client_of) -> None:
    """Not JSON, a geometry that is none, an unknown category, no file at all: 422 that says where; nothing is stored."""
    client = client_of(Role.DISPATCHER)
    before = client.get("/api/routes", params={"limit": 1000}).json()
    for name, content, categories, part in (
        ("a.geojson", b"{", "river_bank", "a.geojson"),
        ("b.geojson", geojson({"type": "LineString", "coordinates": [[1]]}), "river_bank", "b.geojson"),
        ("c.geojson", geojson(LINE), "astronomy", "astronomy"),
        ("d.kml", b"<kml><", "river_bank", "d.kml"),
        ("e.plan", b'{"fileType": "Plan"}', "river_bank", "e.plan"),
        ("f.xyz", b"\x00\x01", "river_bank", "f.xyz"),
    ):
        answer = client.post("/api/routes/import", files={"file": (name, content)}, data={"categories": categories})
        assert answer.status_code == 422, (name, answer.text)
        assert part in answer.json()["detail"]
    assert client.get("/api/routes", params={"limit": 1000}).json() == before


def take_in(client, name: str = "south.geojson", geometry: object = LINE):
    return client.post(
        "/api/routes/import", files={"file": (name, geojson(geometry))}, data={"categories": "river_bank", "height_m": "90"}
    )


def test_a_mistaken_import_can_be_deleted(client_of) -> None:
    """By a dispatcher and by an administrator, not by others; then its name is free, and a second deletion finds nothing."""
    for role in (Role.DISPATCHER, Role.ADMINISTRATOR):
        client = client_of(role)
        [route] = take_in(client).json()["items"]
        assert take_in(client).status_code == 409
        for other in (Role.PILOT, Role.REVIEWER):
            assert client_of(other).delete(f"/api/routes/{route['id']}").status_code == 403
        assert client.delete(f"/api/routes/{route['id']}").status_code == 204
        assert client.delete(f"/api/routes/{route['id']}").status_code == 404
    operation = client_of().get("/openapi.json").json()["paths"]["/api/routes/{route_id}"]["delete"]
    assert "409" in operation["responses"]


def test_a_catalogues_route_is_not_deleted(client_of, district) -> None:
    """It would come back: 409 that says where to take it out."""
    answer = client_of().delete(f"/api/routes/{district.routes[0].id}")
    assert answer.status_code == 409
    assert "catalogue" in answer.json()["detail"]


def test_a_route_that_is_to_be_flown_is_not_deleted(client_of, district) -> None:
    """While a flight over it is not over the route stays, and the answer names the flight; once it is cancelled, it goes."""
    client = client_of()
    dock = district.dock(district.drone("zl-01").dock_id).point
    near = [dock.moved(0, 60), dock.moved(0, 160)]
    line = {"type": "LineString", "coordinates": [[place.lon_deg, place.lat_deg] for place in near]}
    [route] = take_in(client, geometry=line).json()["items"]
    flight = client.post("/api/flights", json={"drone_id": "zl-01", "route_ids": [route["id"]]})
    assert flight.status_code == 201, flight.text
    id = flight.json()["id"]
    answer = client.delete(f"/api/routes/{route['id']}")
    assert (answer.status_code, id in answer.json()["detail"]) == (409, True)
    client.post(f"/api/flights/{id}/commands", json={"command": "cancel"})
    assert client.delete(f"/api/routes/{route['id']}").status_code == 204
    assert client.get(f"/api/flights/{id}").json()["plan"]["legs"][0]["route_id"] == route["id"]


@pytest.mark.parametrize(
    ("geometry", "status"),
    [
        ({"type": "LineString", "coordinates": [[31.78, 60.0], [31.79, 60.0]]}, 422),
        ({"type": "Point", "coordinates": [0, 0]}, 422),
        ({"type": "LineString", "coordinates": [[119.90, 31.78], [120.60, 31.30]]}, 422),
        ({"type": "LineString", "coordinates": [[119.90, 31.78], [119.90, 31.70]]}, 201),
    ],
)
def test_another_towns_routes_are_refused(client_of, geometry: object, status: int) -> None:
    """What reaches more than 5 km beyond the district is another place's, and the route is named; what crosses the border is
    taken.
    """
    answer = take_in(client_of(), geometry=geometry)
    assert answer.status_code == status, answer.text
    if status == 422:
        assert answer.json()["detail"].startswith("route south: geometry: reaches ")
        assert "km beyond the district; at most 5 km" in answer.json()["detail"]


def test_true_in_the_form_is_no_height(client_of) -> None:
    """`height_m=true` is refused by its name, in the form and in the file."""
    client = client_of()
    answer = client.post(
        "/api/routes/import",
        files={"file": ("a.geojson", geojson(LINE))},
        data={"categories": "river_bank", "height_m": "true"},
    )
    assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, "body.height_m")
    content = geojson(LINE).replace(b'"width_m": 40', b'"height_m": true')
    answer = client.post("/api/routes/import", files={"file": ("a.geojson", content)}, data={"categories": "river_bank"})
    assert answer.json()["detail"] == "a.geojson: feature 1 (South bank): height_m: a number is expected (given: True)"
