"""A new station's folder: settings, the broker's accounts, a database with the first users."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from ground_station.access.permissions import Role
from ground_station.access.schemas import NewUser
from ground_station.access.secrets import new_password
from ground_station.access.service import AccessService
from ground_station.broker.accounts import write_accounts
from ground_station.config import example, load_settings
from ground_station.database import Database
from ground_station.ports import utc_now
from missions.catalog import load
from missions.district import District
from missions.errors import Conflict

SETTINGS_FILE = "ground.toml"


@dataclass(frozen=True, slots=True)
class Account:
    """A user with the password, to be shown once."""

    username: str
    password: str
    role: Role
    department_id: str | None = None


def init_station(folder: Path, overrides: dict[str, object]) -> list[Account]:
    """Makes the folder, whole or not at all, and tells the accounts made. Raises Conflict where there is something already.

    `overrides` maps `section.key` of the settings to values other than the defaults.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(f"{folder} is there already and not empty")
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        accounts = _fill(building, overrides)
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return accounts


def first_accounts(district: District) -> list[Account]:
    """One user a role, and one for each department, each with a random password."""
    own = (
        ("admin", Role.ADMINISTRATOR),
        ("dispatcher", Role.DISPATCHER),
        ("pilot", Role.PILOT),
        ("reviewer", Role.REVIEWER),
    )
    departments = (Account(one.id, new_password(), Role.DEPARTMENT, one.id) for one in district.departments)
    return [*(Account(name, new_password(), role) for name, role in own), *departments]


def _fill(folder: Path, overrides: dict[str, object]) -> list[Account]:
    with os.fdopen(os.open(folder / SETTINGS_FILE, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.write(example(overrides))
    settings = load_settings(folder / SETTINGS_FILE)
    district = load(settings.catalog.directory)
    write_accounts(settings.broker_server.folder, district.id, [drone.id for drone in district.drones])
    database = Database(settings.database.url)
    database.upgrade()
    access = AccessService(district, settings.access, utc_now)
    accounts = first_accounts(district)
    with database.transaction() as session:
        for one in accounts:
            new = NewUser(username=one.username, password=one.password, role=one.role, department_id=one.department_id)
            access.add_user(session, new)
    database.close()
    return accounts
