"""Signing in and out, accounts and keys over HTTP."""

from datetime import timedelta

from ground_station.access.permissions import Role
from ground_station.access.schemas import NewUser
from ground_station.access.tables import ApiKeyRow, SessionRow, UserRow

PASSWORD = "correct horse battery"


def add_user(station, username: str, role: Role = Role.PILOT, department_id: str | None = None) -> None:
    with station.database.transaction() as session:
        new = NewUser(username=username, password=PASSWORD, role=role, department_id=department_id)
        station.access.add_user(session, new)


def test_signing_in_makes_a_session_that_ends(station, clock, client_of) -> None:
    """The cookie is HttpOnly and SameSite=Strict; it opens the house until the session's hours are over."""
    add_user(station, "li.na")
    client = client_of(None)
    answer = client.post("/api/session", json={"username": "li.na", "password": PASSWORD})
    assert answer.json() == {"username": "li.na", "role": "pilot", "department_id": None}
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    clock.now += timedelta(hours=11.9)
    assert client.get("/api/session").status_code == 200
    clock.now += timedelta(hours=0.2)
    assert client.get("/api/session").status_code == 401


def test_signing_out_ends_the_session_at_once(station, client_of) -> None:
    """The token is worth nothing afterwards, even to somebody who has copied it."""
    add_user(station, "li.na")
    client = client_of(None)
    client.post("/api/session", json={"username": "li.na", "password": PASSWORD})
    token = client.cookies["oneflight_session"]
    assert client.delete("/api/session").status_code == 204
    assert client.get("/api/session", headers={"Cookie": f"oneflight_session={token}"}).status_code == 401


def test_guessing_is_slowed_down(station, clock, client_of) -> None:
    """After three failures (the test's limit) in a minute even the right password waits; a minute later it opens."""
    add_user(station, "li.na")
    client = client_of(None)
    for _ in range(3):
        assert client.post("/api/session", json={"username": "li.na", "password": "wrong"}).status_code == 401
    answer = client.post("/api/session", json={"username": "li.na", "password": PASSWORD})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "60"
    clock.forward(60)
    assert client.post("/api/session", json={"username": "li.na", "password": PASSWORD}).status_code == 200


def test_no_secret_is_stored_readable(station, client_of) -> None:
    """Neither password nor token nor key stands in the database."""
    add_user(station, "li.na")
    client = client_of(None)
    client.post("/api/session", json={"username": "li.na", "password": PASSWORD})
    key = client_of().post("/api/api-keys", json={"name": "ci", "role": "pilot"}).json()["key"]
    with station.database.reading() as session:
        stored = [
            *(row.password_hash for row in session.query(UserRow)),
            *(row.token_hash for row in session.query(SessionRow)),
            *(row.key_hash for row in session.query(ApiKeyRow)),
        ]
    assert stored[0].startswith("$argon2id$")
    for secret in (PASSWORD, client.cookies["oneflight_session"], key):
        assert not any(secret in text for text in stored)


def test_a_revoked_key_opens_nothing(client_of) -> None:
    """A key works from its making to its revocation."""
    administrator = client_of()
    made = administrator.post("/api/api-keys", json={"name": "ci", "role": "pilot"}).json()
    assert made["key"].startswith("of_")
    nobody = client_of(None)
    headers = {"Authorization": f"Bearer {made['key']}"}
    assert nobody.get("/api/session", headers=headers).json()["username"] == "key:ci"
    assert administrator.delete(f"/api/api-keys/{made['id']}").status_code == 204
    assert nobody.get("/api/session", headers=headers).status_code == 401


def test_accounts_are_made_once_and_go_with_their_sessions(station, client_of) -> None:
    """A name is taken once; deleting the account ends its sessions; the last administrator stays."""
    administrator = client_of()
    new = {"username": "chief", "password": PASSWORD, "role": "administrator"}
    assert administrator.post("/api/users", json=new).status_code == 201
    assert administrator.post("/api/users", json=new).status_code == 409
    add_user(station, "li.na")
    pilot = client_of(None)
    pilot.post("/api/session", json={"username": "li.na", "password": PASSWORD})
    assert administrator.delete("/api/users/li.na").status_code == 204
    assert pilot.get("/api/session").status_code == 401
    assert administrator.delete("/api/users/chief").status_code == 409


def test_a_department_user_needs_a_department_of_the_catalogue(client_of) -> None:
    """Role 'department' and department_id come together, and the department exists."""
    client = client_of()
    base = {"username": "ab", "password": PASSWORD, "role": "department"}
    assert client.post("/api/users", json=base).status_code == 422
    assert client.post("/api/users", json={**base, "department_id": "moon"}).status_code == 422
    assert client.post("/api/users", json={**base, "role": "pilot", "department_id": "police"}).status_code == 422
    assert client.post("/api/users", json={**base, "department_id": "police"}).status_code == 201
