"""`oneflight ground ...`: set up and run the ground station and its broker; accounts and keys."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from ground_station.access.permissions import Role
from ground_station.access.schemas import NewApiKey, NewUser
from ground_station.access.secrets import new_password
from ground_station.access.service import AccessService
from ground_station.config import GroundSettings, example, load_settings
from ground_station.database import Database
from ground_station.labels.cli import export_labels
from ground_station.log_format import ForgeryProofFormatter
from ground_station.ports import utc_now
from ground_station.station_folder import SETTINGS_FILE, Account, init_station
from missions.catalog import load
from missions.errors import InvalidInput

app = typer.Typer(no_args_is_help=True, help="Run the ground station and its broker; accounts and keys.")
user = typer.Typer(no_args_is_help=True, help="Accounts.")
key = typer.Typer(no_args_is_help=True, help="API keys.")
app.add_typer(user, name="user")
app.add_typer(key, name="key")
app.command("export-labels")(export_labels)

ConfigOption = Annotated[Path, typer.Option("--config", help="The station's settings file.")]
DepartmentOption = Annotated[str | None, typer.Option("--department", help="Department id, for the role 'department'.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("init")
def init(
    directory: Annotated[Path, typer.Argument(help="Folder to make.")],
    port: Annotated[int, typer.Option(help="TCP port of the web server.")] = 8080,
    broker_port: Annotated[int, typer.Option(help="TCP port of the broker.")] = 1883,
    catalog: Annotated[Path | None, typer.Option(help="Catalogue folder; without it the shipped example.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Makes a station's folder: settings, random secrets, accounts. Their passwords are shown this once."""
    overrides: dict[str, object] = {"http.port": port, "broker.port": broker_port, "broker_server.port": broker_port}
    if catalog is not None:
        overrides["catalog.directory"] = catalog.resolve()
    accounts = init_station(directory, overrides)
    if as_json:
        print(json.dumps({"config": str(directory / SETTINGS_FILE), "accounts": [asdict(one) for one in accounts]}))
        return
    Console().print(_table(accounts))
    print(f"Settings: {directory / SETTINGS_FILE}\nStart:    oneflight ground broker --config {directory / SETTINGS_FILE}")
    print(f"          oneflight ground serve --config {directory / SETTINGS_FILE}")


@app.command("serve")
def serve(config: ConfigOption) -> None:
    """Runs the ground station until it is asked to end."""
    settings = _settings(config)
    from ground_station.server import serve as run

    run(settings, lambda url: print(f"ground station: {url}", flush=True))


@app.command("broker")
def broker(config: ConfigOption) -> None:
    """Runs the station's broker: Mosquitto where installed, else an embedded one."""
    settings = _settings(config)
    from ground_station.broker.server import run_broker

    run_broker(settings.broker_server)


@app.command("migrate")
def migrate(config: ConfigOption) -> None:
    """Brings the database up to date (`serve` does so too)."""
    Database(_settings(config).database.url).upgrade()


@app.command("config-example")
def config_example() -> None:
    """Prints a settings file with every key, its default and what it means."""
    print(example(), end="")


@user.command("add")
def add_user(
    username: str,
    config: ConfigOption,
    role: Annotated[Role, typer.Option(help="What the user may do.")],
    department: DepartmentOption = None,
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input; else a random one.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Makes an account, and shows a random password once."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else new_password()
    with _checked("user"):
        new = NewUser(username=username, password=password, role=role, department_id=department)
    with _access(config) as (access, session):
        access.add_user(session, new)
    shown = "" if password_stdin else password
    print(json.dumps(asdict(Account(username, shown, role, department))) if as_json else f"{username}  {shown}".rstrip())


@key.command("add")
def add_key(
    name: str,
    config: ConfigOption,
    role: Annotated[Role, typer.Option(help="What the program may do.")],
    department: DepartmentOption = None,
    as_json: JsonOption = False,
) -> None:
    """Makes an API key, and shows it once."""
    with _checked("key"):
        new = NewApiKey(name=name, role=role, department_id=department)
    with _access(config) as (access, session):
        created = access.add_key(session, new)
    print(created.model_dump_json() if as_json else created.key)


@contextmanager
def _access(config: Path) -> Iterator[tuple[AccessService, Session]]:
    settings = _settings(config)
    database = Database(settings.database.url)
    database.upgrade()
    access = AccessService(load(settings.catalog.directory), settings.access, utc_now)
    with database.transaction() as session:
        yield access, session
    database.close()


@contextmanager
def _checked(what: str) -> Iterator[None]:
    """Has a wrong argument named, instead of a traceback."""
    from pydantic import ValidationError

    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(what, ".".join(str(part) for part in first["loc"]), first["msg"]) from error


def _settings(config: Path) -> GroundSettings:
    settings = load_settings(config)
    handler = logging.StreamHandler()
    handler.setFormatter(ForgeryProofFormatter())
    logging.basicConfig(level=settings.log_level, handlers=[handler])
    return settings


def _table(accounts: list[Account]) -> Table:
    table = Table(title="Accounts: shown this once")
    for column in ("user", "password", "role", "department"):
        table.add_column(column, overflow="fold")
    for one in accounts:
        table.add_row(one.username, one.password, one.role, one.department_id or "")
    return table
