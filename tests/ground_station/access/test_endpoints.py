"""Signing in and out, accounts and keys over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest

from ground_station.access.permissions import Role
from ground_station.access.schemas import NewApiKey, NewUser
from ground_station.access.tables import ApiKeyRow, SessionRow, UserRow
from ground_station.config import AccessSettings, HttpSettings
from ground_station.station import open_station

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


def test_asking_in_parallel_is_no_way_past_the_limit(station, client_of) -> None:
    """Twelve guesses at once: three (the test's limit) are looked at, all others wait."""
    add_user(station, "li.na")
    client = client_of(None)

    def guess(number: int) -> int:
        return client.post("/api/session", json={"username": "li.na", "password": f"wrong {number}"}).status_code

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(guess, range(12)))
    assert sorted(answers) == [401] * 3 + [429] * 9


def test_nobody_is_somebody_else_by_a_header(station, client_of) -> None:
    """X-Forwarded-For of a stranger counts for nothing, from this computer too: the address's limit holds."""
    client = client_of(None)
    answers = [
        client.post(
            "/api/session",
            json={"username": f"user{number}", "password": "x"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        ).status_code
        for number in range(station.settings.access.attempts_per_address + 1)
    ]
    assert answers[-2:] == [401, 429]


def test_a_trusted_proxy_says_who_asks(settings, district, ears, clock, serving) -> None:
    """Where the proxy is named in the settings, each address behind it has a limit of its own."""
    behind = settings.model_copy(
        update={
            "http": HttpSettings(trusted_proxies=("127.0.0.0/8",)),
            "access": AccessSettings(attempts_per_account=9, attempts_per_address=1),
        }
    )
    station = open_station(behind, district, ears, clock=clock)
    with serving(station) as url, httpx.Client(base_url=url) as client:
        for address, expected in (("10.0.0.1", 401), ("10.0.0.1", 429), ("10.0.0.2", 401), ("10.0.0.9, 10.0.0.2", 429)):
            answer = client.post("/api/session", json={"username": "u", "password": "x"}, headers={"X-Forwarded-For": address})
            assert answer.status_code == expected, address
    station.database.close()


def test_passwords_are_checked_outside_of_transactions(station, client_of, monkeypatch) -> None:
    """While a password is hashed, others can write."""
    add_user(station, "li.na")
    written: list[bool] = []

    def write_meanwhile(password: str, password_hash: str | None) -> bool:
        with station.database.transaction() as session:
            station.access.add_key(session, NewApiKey(name="meanwhile", role=Role.PILOT))
        written.append(True)
        return True

    monkeypatch.setattr("ground_station.access.service.password_fits", write_meanwhile)
    assert client_of(None).post("/api/session", json={"username": "li.na", "password": PASSWORD}).status_code == 200
    assert written == [True]


def test_a_user_deleted_while_signing_in_stays_out(station, client_of, monkeypatch) -> None:
    """What held when the password was looked at is looked at again when the session is opened."""
    add_user(station, "li.na")

    def delete_meanwhile(password: str, password_hash: str | None) -> bool:
        with station.database.transaction() as session:
            station.access.remove_user(session, "li.na")
        return True

    monkeypatch.setattr("ground_station.access.service.password_fits", delete_meanwhile)
    assert client_of(None).post("/api/session", json={"username": "li.na", "password": PASSWORD}).status_code == 401


def test_a_revoked_keys_name_is_free_again(client_of) -> None:
    """A name is taken while its key is good; after that the next key has it, and the list shows that one alone."""
    client = client_of()
    first = client.post("/api/api-keys", json={"name": "ci", "role": "pilot"}).json()
    assert client.post("/api/api-keys", json={"name": "ci", "role": "pilot"}).status_code == 409
    client.delete(f"/api/api-keys/{first['id']}")
    second = client.post("/api/api-keys", json={"name": "ci", "role": "reviewer"})
    assert second.status_code == 201
    listed = [one for one in client.get("/api/api-keys").json()["items"] if one["name"] == "ci"]
    assert [(one["id"], one["revoked_at"]) for one in listed] == [(second.json()["id"], None)]
    nobody = client_of(None)
    assert nobody.get("/api/session", headers={"Authorization": f"Bearer {first['key']}"}).status_code == 401
    assert nobody.get("/api/session", headers={"Authorization": f"Bearer {second.json()['key']}"}).status_code == 200


@pytest.mark.parametrize("name", ["a b", "a", ".ab", "ab\n", "名字", "a" * 65])
def test_a_name_that_is_none_is_refused_in_words(client_of, name: str) -> None:
    """What a name may have is said, not as a regular expression."""
    answer = client_of().post("/api/users", json={"username": name, "password": PASSWORD, "role": "pilot"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["cause"].startswith("a name has 2 to 64 characters: Latin letters, digits")
