"""Who may connect to the broker, and what each may touch: one account a drone, one for the ground station.

A folder of accounts holds `<user>.secret` (the password, for the process that signs in), `mosquitto.passwd`, `mosquitto.acl`
and `embedded.passwd` (hashes, for the two brokers). All are readable by their owner alone.
"""

import base64
import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher

from missions.contracts.topics import CHANNELS, PREFIX, Channel, Topic
from missions.errors import InvalidInput

GROUND_USER = "ground"
_PBKDF2_ROUNDS = 101
"""Mosquitto's own default; these passwords are random, 32 bytes long, so that stretching adds nothing."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What one user may do: topic filters it may write and read."""

    user: str
    write: tuple[str, ...]
    read: tuple[str, ...]


def drone_grant(district_id: str, drone_id: str) -> Grant:
    """A drone writes its own upward channels and reads its own downward ones; nothing else."""

    def filters(direction: str) -> tuple[str, ...]:
        return tuple(_filter(district_id, drone_id, c) for c, rule in CHANNELS.items() if rule.direction == direction)

    return Grant(drone_id, write=filters("up"), read=filters("down"))


def ground_grant(district_id: str) -> Grant:
    """The ground station reads every upward channel of its district and writes every downward one."""

    def filters(direction: str) -> tuple[str, ...]:
        return tuple(_filter(district_id, "+", c) for c, rule in CHANNELS.items() if rule.direction == direction)

    return Grant(GROUND_USER, write=filters("down"), read=filters("up"))


def _filter(district_id: str, drone_id: str, channel: Channel) -> str:
    tail = "/+" if channel is Channel.EVIDENCE else ""
    return f"{PREFIX}/{district_id}/{drone_id}/{channel}{tail}"


def write_accounts(folder: Path, district_id: str, drone_ids: Sequence[str]) -> None:
    """Makes the accounts of a district; passwords that are there already are kept, so that this may be run again."""
    for drone_id in drone_ids:
        str(Topic(district_id, drone_id, Channel.ACK))
        if drone_id == GROUND_USER:
            raise InvalidInput("broker accounts", drone_id, f"'{GROUND_USER}' is the ground station's own account")
    folder.mkdir(parents=True, exist_ok=True)
    grants = [ground_grant(district_id), *(drone_grant(district_id, drone_id) for drone_id in drone_ids)]
    passwords = {grant.user: _password(folder, grant.user) for grant in grants}
    hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    _write(folder / "mosquitto.passwd", "".join(f"{user}:{mosquitto_hash(word)}\n" for user, word in passwords.items()))
    _write(folder / "mosquitto.acl", "\n".join(mosquitto_rules(grant) for grant in grants))
    _write(folder / "embedded.passwd", "".join(f"{user}:{hasher.hash(word)}\n" for user, word in passwords.items()))
    _write(folder / "users", "".join(f"{district_id} {grant.user}\n" for grant in grants))


def read_grants(folder: Path) -> list[Grant]:
    """The grants of a folder that `write_accounts` made; raises InvalidInput where it did not."""
    listing = folder / "users"
    if not listing.is_file():
        raise InvalidInput(str(folder), "users", "no broker accounts here; make them with 'oneflight ground init'")
    pairs = [line.split() for line in listing.read_text().splitlines()]
    return [ground_grant(district) if user == GROUND_USER else drone_grant(district, user) for district, user in pairs]


def mosquitto_rules(grant: Grant) -> str:
    """The user's part of Mosquitto's ACL file."""
    rules = [f"user {grant.user}"]
    rules += [f"topic write {topic}" for topic in grant.write]
    rules += [f"topic read {topic}" for topic in grant.read]
    return "\n".join(rules) + "\n"


def mosquitto_hash(password: str) -> str:
    """A password as Mosquitto 2 stores it: `$7$rounds$salt$hash`, PBKDF2 with SHA-512, Base64."""
    salt = secrets.token_bytes(12)
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _PBKDF2_ROUNDS)
    return f"$7${_PBKDF2_ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def secret_file(folder: Path, user: str) -> Path:
    """Where the password of a user lies."""
    return folder / f"{user}.secret"


def _password(folder: Path, user: str) -> str:
    path = secret_file(folder, user)
    if not path.exists():
        _write(path, secrets.token_urlsafe(32) + "\n")
    return path.read_text().strip()


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".new")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    temporary.replace(path)
