"""Keys as aircraft say them, over the ingest and over HTTP."""

from ground_station.access.permissions import Role
from ground_station.aircraft_keys.service import MAX_KEYS
from missions.contracts.messages import BORN, Born
from missions.contracts.topics import Channel
from missions.evidence.keys import PublicKey, SigningKey
from missions.finding import ModelRef

MODEL = ModelRef(name="district-33", version="1", weights_sha256="b" * 64)


def born(key: SigningKey | None) -> Born:
    text = key.public.text if key else None
    return Born(session="s", software_version="1", model=MODEL, classes=(), public_key=text)


def keys_of(station, drone_id: str = "zl-01") -> list[tuple[str, bool]]:
    """Key ids of a drone, and whether each is accepted."""
    with station.database.reading() as session:
        return [(key.key_id, key.accepted_at is not None) for key in station.keys.all(session) if key.drone_id == drone_id]


def test_the_first_key_is_trusted_and_the_next_waits(station, say, clock) -> None:
    """An aircraft's first key counts at once, said however often; another one waits, and the first stays trusted."""
    first, second = SigningKey.generate(), SigningKey.generate()
    for key in (first, first, second, first):
        clock.forward(1)
        assert say(Channel.PRESENCE, BORN, born(key))
    assert keys_of(station) == [(first.public.id, True), (second.public.id, False)]


def test_keys_are_an_aircrafts_own(station, say) -> None:
    """The same key said by another aircraft is that one's first: it is kept for each."""
    key = SigningKey.generate()
    say(Channel.PRESENCE, BORN, born(key))
    say(Channel.PRESENCE, BORN, born(key), drone_id="zl-02")
    assert keys_of(station) == keys_of(station, "zl-02") == [(key.public.id, True)]


def test_an_agent_without_a_key_is_as_before(station, say) -> None:
    """Agents of before there were keys are heard, and have none."""
    assert say(Channel.PRESENCE, BORN, born(None))
    assert keys_of(station) == []


def test_a_person_accepts_a_new_key(station, say, client_of) -> None:
    """A dispatcher vouches for it, which is kept with the name; a reviewer may not, and a key never said is not there."""
    first, second = SigningKey.generate(), SigningKey.generate()
    say(Channel.PRESENCE, BORN, born(first))
    say(Channel.PRESENCE, BORN, born(second))
    path = f"/api/aircraft-keys/zl-01/{second.public.id}/accept"
    assert client_of(Role.REVIEWER).post(path).status_code == 403
    accepted = client_of(Role.DISPATCHER).post(path).json()
    assert accepted["accepted_by"].startswith("key:")
    assert client_of(Role.DISPATCHER).post(f"/api/aircraft-keys/zl-01/{'0' * 64}/accept").status_code == 404
    listed = client_of(Role.PILOT).get("/api/aircraft-keys").json()["items"]
    assert {key["key_id"]: key["accepted_by"] for key in listed}[first.public.id] is None
    assert PublicKey.from_text(listed[0]["public_key_pem"]) in (first.public, second.public)


def test_keys_without_end_are_not_kept(station, say) -> None:
    """Whoever has an aircraft's account cannot fill the database with keys."""
    for _ in range(MAX_KEYS + 3):
        assert say(Channel.PRESENCE, BORN, born(SigningKey.generate()))
    assert len(keys_of(station)) == MAX_KEYS
