"""The application as a whole: nobody gets past the door unknown, and errors are problems."""

import httpx
import pytest
from fastapi.routing import APIRoute

from ground_station.access.permissions import PERMISSIONS, Role
from ground_station.app import build_app
from ground_station.station import Station

OPEN = {("POST", "/api/session"), ("GET", "/{path:path}")}


def api_operations(station: Station) -> list[tuple[str, str]]:
    app = build_app(station)
    documented = [(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods]
    return sorted({*documented, ("GET", "/docs"), ("GET", "/openapi.json")})


def test_every_endpoint_asks_who_you_are(station: Station, client_of) -> None:
    """Without credentials every operation but signing in answers 401, as does a wrong key; among them the stream."""
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
    assert hidden == {"/docs", "/openapi.json", "/{path:path}"}


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
        ("/api/flights", b"{", "body.1"),
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
