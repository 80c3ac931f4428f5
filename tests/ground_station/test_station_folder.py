"""Setting up a station: whole or not at all, secrets readable by the owner alone."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ground_station.access.schemas import SignIn
from ground_station.access.service import AccessService
from ground_station.cli import app
from ground_station.config import load_settings
from ground_station.database import Database
from ground_station.ports import utc_now
from ground_station.station_folder import init_station
from missions.errors import Conflict


def test_a_new_station_has_accounts_that_open_it(tmp_path: Path, district) -> None:
    """One a role and one a department; the passwords differ, and sign in."""
    accounts = init_station(tmp_path / "station", {"http.port": 0})
    assert {one.username for one in accounts} >= {"admin", "dispatcher", "pilot", "reviewer"}
    assert len(accounts) == 4 + 9
    assert len({one.password for one in accounts}) == len(accounts)
    settings = load_settings(tmp_path / "station" / "ground.toml")
    database = Database(settings.database.url)
    access = AccessService(district, settings.access, utc_now)
    with database.transaction() as session:
        for one in (accounts[0], accounts[-1]):
            stored = access.password_hash(session, one.username)
            access.check_password(SignIn(username=one.username, password=one.password), stored)
            _, principal = access.open_session(session, one.username, stored)
            assert (principal.role, principal.department_id) == (one.role, one.department_id)
    database.close()


def test_secrets_are_for_the_owner_alone(tmp_path: Path) -> None:
    """The folder is closed to others, and so is every file with a secret; each drone has a broker account."""
    folder = tmp_path / "station"
    init_station(folder, {})
    assert folder.stat().st_mode & 0o077 == 0
    secrets = sorted((folder / "broker").glob("*.secret"))
    assert {"ground.secret", "zl-01.secret"} <= {path.name for path in secrets}
    assert all(path.stat().st_mode & 0o077 == 0 for path in [*secrets, folder / "ground.toml"])


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    """A folder with anything in it is refused and not touched; a faulty catalogue leaves nothing behind."""
    (tmp_path / "kept").write_text("mine")
    with pytest.raises(Conflict):
        init_station(tmp_path, {})
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    with pytest.raises(Exception, match="nowhere"):
        init_station(tmp_path / "station", {"catalog.directory": tmp_path / "nowhere"})
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_keys_and_users_from_the_command_line(tmp_path: Path) -> None:
    """`key add` prints a key, `user add` a random password; a wrong department is named."""
    init_station(tmp_path / "station", {})
    config = ["--config", str(tmp_path / "station" / "ground.toml")]
    run = CliRunner()
    made = run.invoke(app, ["key", "add", "ci", "--role", "administrator", *config])
    assert (made.exit_code, made.stdout.strip()[:3]) == (0, "of_")
    user = run.invoke(app, ["user", "add", "li.na", "--role", "pilot", *config])
    assert user.stdout.split()[0] == "li.na"
    assert len(user.stdout.split()[1]) == 16
    wrong = run.invoke(app, ["user", "add", "wang", "--role", "department", "--department", "moon", *config])
    assert wrong.exit_code != 0
    assert "'moon' is none of" in str(wrong.exception)
