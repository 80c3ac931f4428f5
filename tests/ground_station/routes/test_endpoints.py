"""The district and its routes over HTTP, and the import of files."""

import json

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
