"""The application as a whole: nobody gets past the door unknown, and errors are problems."""

import httpx
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import text

from ground_station.access.permissions import PERMISSIONS, Role
from ground_station.access.schemas import NewApiKey
from ground_station.app import build_app
from ground_station.config import DatabaseSettings
from ground_station.station import Station, open_station

OPEN = {("POST", "/api/session"), ("GET", "/healthz")}


def api_operations(station: Station) -> list[tuple[str, str]]:
    app = build_app(station)
    documented = [(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods]
    return sorted({*documented, ("GET", "/docs"), ("GET", "/openapi.json")})


def test_every_endpoint_asks_who_you_are(station: Station, client_of) -> None:
    """Without credentials all but signing in and the health check answer 401, as does a wrong key; among them the stream."""
    operations = [one for one in api_operations(station) if one not in OPEN]
    assert ("GET", "/api/stream") in operations
    assert len(operations) >= 30
    nobody = client_of(None)
    for headers in ({}, {"Authorization": "Bearer of_wrong"}, {"Cookie": "oneflight_session=wrong"}):
        for method, path in operations:
            answer = nobody.request(method, path.replace("{", "").replace("}", ""), headers=headers)
            assert answer.status_code == 401, (method, path)
            assert answer.json()["title"] == "Sign in first"


def test_no_endpoint_is_hidden_from_that_test(station: Station) -> None:
    """All routes of the application are either in its description, or the two that describe it, or the console."""
    hidden = {route.path for route in _routes(build_app(station).routes) if not route.include_in_schema}
    assert hidden == {"/docs", "/openapi.json", "/{path:page}"}


def _routes(routes) -> list[APIRoute]:
    found = []
    for route in routes:
        if isinstance(route, APIRoute):
            found.append(route)
        inner = getattr(route, "original_router", None)
        if inner is not None:
            found.extend(_routes(inner.routes))
    return found


def test_every_role_is_in_the_table() -> None:
    """Each role has its permissions, and only the administrator has all."""
    assert set(PERMISSIONS) == set(Role)
    assert [role for role in Role if PERMISSIONS[role] == PERMISSIONS[Role.ADMINISTRATOR]] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize(
    ("path", "body", "where"),
    [
        ("/api/flights", b"{", "body"),
        ("/api/flights", b'{"drone_id": "zl-01"}', "body.route_ids"),
        ("/api/flights", b'{"drone_id": "zl-01", "route_ids": [], "x": 1}', "body.route_ids"),
        ("/api/flights", b'{"drone_id": 7, "route_ids": ["a"]}', "body.drone_id"),
        ("/api/users", b'{"username": "a b", "password": "long enough to be", "role": "pilot"}', "body.username"),
        ("/api/users", b'{"username": "ab", "password": "long enough to be", "role": "king"}', "body.role"),
        ("/api/incidents/x/review", b'{"verdict": "maybe"}', "body.verdict"),
        ("/api/work-orders/x/actions", b'{"action": "extend", "reason": "r", "extend_hours": -1}', "body.extend_hours"),
        ("/api/work-orders/x/actions", b'{"action": "extend", "reason": "r", "extend_hours": NaN}', "body"),
        ("/api/routes/import", b"no multipart", "body.file"),
    ],
)
def test_malformed_bodies_name_the_key(client_of, path: str, body: bytes, where: str) -> None:
    """A malformed body is a 422 problem that names the key, never a 500."""
    answer = client_of().post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert any(one["where"].startswith(where) for one in answer.json()["errors"]), answer.text


@pytest.mark.parametrize("cursor", ["x", "2026-01-01~a", "~", "2026-01-01T00:00:00Z"])
def test_a_made_up_cursor_is_refused(client_of, cursor: str) -> None:
    """A cursor that no page gave is a 422 that names it."""
    client: httpx.Client = client_of()
    answer = client.get("/api/findings", params={"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "query.cursor"


def test_nothing_there_is_404(client_of) -> None:
    """Unknown things are 404 problems that name them."""
    client = client_of()
    for path in ("routes/x", "flights/x", "findings/x", "incidents/x", "work-orders/x", f"evidence/{'0' * 64}", "nothing"):
        answer = client.get(f"/api/{path}")
        assert answer.status_code == 404, path
        assert answer.json()["status"] == 404


def test_docs_need_no_internet(client_of) -> None:
    """The page of the interface loads nothing from elsewhere and lists every path."""
    client = client_of()
    page = client.get("/docs").text
    assert "http://" not in page.replace("http://127.0.0.1", "")
    assert "https://" not in page
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in page


def test_every_answer_has_the_security_headers(client_of) -> None:
    """The browser is told to load from this origin alone, and that workers may be blobs (the map's)."""
    headers = client_of(None).get("/api/session").headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "worker-src 'self' blob:" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_body_without_end_is_cut_off(client_of) -> None:
    """Even unknown callers can send no more than the bound: 413, long before the memory is full."""
    answer = client_of(None).post("/api/session", content=b"[" * 22_000_000, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["status"] == 413


@pytest.mark.parametrize("body", [b"{", b'{"drone_id": 1}', b"x" * 20_000_000])
def test_unknown_callers_are_refused_before_their_body_is_read(client_of, body: bytes) -> None:
    """Malformed, wrong or as long as may be: 401 for those who have not signed in, on paths that exist and that do not."""
    nobody = client_of(None)
    for path in ("/api/flights", "/api/routes/import", "/api/nothing"):
        try:
            answer = nobody.post(path, content=body, headers={"Content-Type": "application/json"})
        except (httpx.WriteError, httpx.ReadError):  # answered and hung up on while the rest was still being sent
            assert len(body) > 1_000_000
            continue
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b'{"drone_id": "zl-01",\n  "route_ids": [}', "body: is not JSON: line 2, column 17: Expecting value"),
        (b"", "body: Field required"),
        (b'{"drone_id": "zl-01"} x', "body: is not JSON: line 1, column 23: Extra data"),
    ],
)
def test_broken_json_is_told_by_line_and_column(client_of, body: bytes, cause: str) -> None:
    """Where it breaks, as people count, and why."""
    answer = client_of().post("/api/flights", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"] == cause


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", None])
def test_a_wrong_content_type_is_told(client_of, kind: str | None) -> None:
    """What is expected, and what was given."""
    headers = {"Content-Type": kind} if kind else {}
    answer = client_of().post("/api/flights", content=b'{"drone_id": "zl-01", "route_ids": ["x"]}', headers=headers)
    assert answer.status_code == 422
    expected = f"body: expected JSON with Content-Type: application/json (given: {kind or 'none'})"
    assert answer.json()["detail"] == expected


def test_refusals_can_always_be_sent(client_of) -> None:
    """Half a surrogate pair in a key or in a name comes back as a problem, not as a fault of ours."""
    client = client_of(Role.DISPATCHER)
    for body in (
        b'{"drone_id": "zl-01", "route_ids": ["\\ud800"]}',
        b'{"drone_id": "zl-01", "route_ids": ["x"], "\\ud800": 1}',
    ):
        assert client.post("/api/flights", content=body, headers={"Content-Type": "application/json"}).status_code == 422
    feature = b'{"type": "Feature", "properties": {"%s": "\\ud800"}, "geometry": {"type": "%s", "coordinates": [119.9, %s]}}'
    for inside in (
        (b"name", b"Point", b"31.78"),
        (b"id", b"Point", b"31.78"),
        (b"name", b"Point", b"310"),
        (b"a", b"\\ud800", b"1"),
    ):
        answer = client.post(
            "/api/routes/import", files={"file": ("a.geojson", feature % inside)}, data={"categories": "river_bank"}
        )
        assert answer.status_code == 422
        assert "feature 1" in answer.json()["detail"]


@pytest.mark.parametrize("cursor", ["0001-01-01T00:00:00+14:00~x", "9999-12-31T23:59:59-14:00~x", "2026-01-01T00:00:00Z~\x00"])
def test_a_cursor_out_of_the_calendar_is_refused(client_of, cursor: str) -> None:
    """A time that is none in UTC, an id that is none: 422, in words."""
    answer = client_of().get("/api/flights", params={"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"where": "query.cursor", "cause": "is not a next_cursor of this list"}]


@pytest.mark.parametrize("cursor", ["", "garbage", "after~", "after~\x00", "2026-01-01T00:00:00Z~x"])
def test_routes_take_no_foreign_cursor(client_of, cursor: str) -> None:
    """The list of routes takes its own cursors alone."""
    answer = client_of().get("/api/routes", params={"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["cause"] == "is not a next_cursor of this list"


def test_head_is_answered_as_get(client_of) -> None:
    """The same status and headers without a body; of a stream too, which then ends; nobody unknown gets past."""
    client = client_of()
    for path in ("/api/session", "/api/routes", "/api/stream", "/docs", "/healthz", "/api/nothing"):
        answer = client.head(path)
        assert (answer.status_code, answer.content) == (404 if path == "/api/nothing" else 200, b""), path
    assert client.get("/api/session").status_code == 200
    assert client_of(None).head("/api/session").status_code == 401


def test_a_busy_database_is_no_fault(settings, district, clock, ears, serving) -> None:
    """While another holds SQLite's lock for longer than is waited, changes are answered 503 in words, with a time to wait."""
    impatient = settings.model_copy(update={"database": DatabaseSettings(url=f"{settings.database.url}?timeout=0.2")})
    station = open_station(impatient, district, ears, clock=clock)
    with station.database.transaction() as session:
        key = station.access.add_key(session, NewApiKey(name="busy", role=Role.ADMINISTRATOR)).key
    with serving(station) as url, httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}) as client:
        with station.database.transaction() as session:
            session.execute(text("SELECT 1"))
            answer = client.delete("/api/users/nobody")
            assert client.get("/api/session").status_code == 200
        assert (answer.status_code, answer.json()["title"]) == (503, "Not available now")
        assert answer.json()["detail"] == "the database is busy with other changes; try again in a few seconds"
        assert answer.headers["retry-after"] == "5"
        assert client.delete("/api/users/nobody").status_code == 404
    station.database.close()
