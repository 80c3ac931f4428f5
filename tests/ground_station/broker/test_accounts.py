"""Broker accounts as files."""

import base64
import hashlib
import stat
from pathlib import Path

import pytest

from ground_station.broker.accounts import drone_grant, mosquitto_hash, read_grants, secret_file, write_accounts
from missions.errors import InvalidInput


def test_accounts_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    """No file of a folder of accounts can be read by group or others."""
    write_accounts(tmp_path, "testland", ["dr-01"])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}, modes


def test_running_again_keeps_passwords_and_adds_drones(tmp_path: Path) -> None:
    """A second run with one drone more leaves the first drone's password as it was."""
    write_accounts(tmp_path, "testland", ["dr-01"])
    before = secret_file(tmp_path, "dr-01").read_text()
    write_accounts(tmp_path, "testland", ["dr-01", "dr-02"])
    assert secret_file(tmp_path, "dr-01").read_text() == before
    assert [grant.user for grant in read_grants(tmp_path)] == ["ground", "dr-01", "dr-02"]


def test_a_drone_writes_nothing_it_reads() -> None:
    """A drone's writable and readable topics do not overlap, and all of them carry its own name."""
    grant = drone_grant("testland", "dr-01")
    assert not set(grant.write) & set(grant.read)
    assert all("/dr-01/" in topic for topic in grant.write + grant.read)


def test_the_hash_is_the_one_that_mosquitto_computes() -> None:
    """The stored hash is PBKDF2-SHA512 of the password under the stored salt and rounds."""
    _, kind, rounds, salt, digest = mosquitto_hash("secret").split("$")
    expected = hashlib.pbkdf2_hmac("sha512", b"secret", base64.b64decode(salt), int(rounds))
    assert kind == "7"
    assert base64.b64decode(digest) == expected


def test_no_drone_may_take_the_ground_stations_name(tmp_path: Path) -> None:
    """A drone called 'ground' is refused before anything is written."""
    with pytest.raises(InvalidInput, match="ground station's own account"):
        write_accounts(tmp_path / "broker", "testland", ["ground"])
    assert not (tmp_path / "broker").exists()


def test_a_folder_without_accounts_is_named(tmp_path: Path) -> None:
    """Starting a broker on an empty folder says what is missing and how to make it."""
    with pytest.raises(InvalidInput, match="oneflight ground init"):
        read_grants(tmp_path)
