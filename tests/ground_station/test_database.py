"""The database: who commits, what happens after, and that models and migrations say the same on both engines."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import mkdtemp

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from ground_station.config import DatabaseSettings
from ground_station.database import Database, after_commit
from ground_station.routes.tables import CatalogueStateRow
from ground_station.schema import METADATA
from ground_station.station import open_station
from tests.ground_station.conftest import record_flights

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
POSTGRES = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'a' / 'ground.sqlite3'}")
    opened.upgrade()
    yield opened
    opened.close()


def state(district_id: str = "z", at: datetime = NOW) -> CatalogueStateRow:
    return CatalogueStateRow(district_id=district_id, routes_sha256="0" * 64, loaded_at=at)


def test_a_transaction_is_whole_or_nothing(database: Database) -> None:
    """Raised inside: nothing is stored and nothing told; else both, in that order."""
    told: list[int] = []

    def stored() -> int:
        with database.reading() as session:
            return session.query(CatalogueStateRow).count()

    def fail() -> None:
        with database.transaction() as session:
            session.add(state())
            session.flush()
            after_commit(session, lambda: told.append(stored()))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (stored(), told) == (0, [])
    with database.transaction() as session:
        session.add(state())
        after_commit(session, lambda: told.append(stored()))
    assert (stored(), told) == (1, [1])


def test_times_are_utc_and_need_a_zone(database: Database) -> None:
    """Stored from Shanghai's zone, read in UTC; a time without zone is refused."""
    shanghai = NOW.astimezone(timezone(timedelta(hours=8)))
    with database.transaction() as session:
        session.add(state(at=shanghai))
    with database.reading() as session:
        read = session.get_one(CatalogueStateRow, "z").loaded_at
    assert (read, read.utcoffset()) == (NOW, timedelta(0))
    with pytest.raises(Exception, match="needs its zone"), database.transaction() as session:
        session.add(state("y", NOW.replace(tzinfo=None)))


def test_sqlite_is_safe_against_a_power_cut(database: Database) -> None:
    """WAL with synchronous FULL, and foreign keys are enforced."""
    with database.connection() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert settings == ["wal", 2, 1]


def test_every_table_carries_its_district() -> None:
    """So that a larger station can be spread by it."""
    assert [table.name for table in METADATA.tables.values() if "district_id" not in table.columns] == []


def assert_models_and_migrations_agree(database: Database) -> None:
    with database.connection() as connection:
        difference = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)
    assert difference == []


def test_migrations_make_what_the_models_say(database: Database) -> None:
    """On SQLite; and running them again changes nothing."""
    database.upgrade()
    assert_models_and_migrations_agree(database)


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of our own, on a free port; skipped where none can be started."""
    pytest.importorskip("psycopg", reason="the extra 'postgresql' is not installed")
    if not (POSTGRES / "initdb").exists():
        pytest.skip(f"no PostgreSQL in {POSTGRES}")
    folder = Path(mkdtemp(prefix="oneflight-pg-"))
    become: dict[str, object] = {"cwd": "/"}
    if os.getuid() == 0:
        if "postgres" not in {entry.pw_name for entry in pwd.getpwall()}:
            shutil.rmtree(folder)
            pytest.skip("PostgreSQL does not run as root, and there is no user 'postgres'")
        shutil.chown(folder, "postgres")
        become["user"] = "postgres"
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **become}
    subprocess.run([POSTGRES / "initdb", "-D", data, "-A", "trust", "-U", "ground", "-N"], check=True, **quiet)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    subprocess.run([POSTGRES / "pg_ctl", "-D", data, "-w", "-o", options, "start"], check=True, **quiet)
    try:
        yield f"postgresql+psycopg://ground@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([POSTGRES / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, **quiet)
        shutil.rmtree(folder)


def test_a_station_on_postgresql(postgres_url: str, settings, district, clock, ears, make_finding) -> None:
    """Schema as the models say; routes, a finding, its incident and work order are stored and read; NUL texts never arrive."""
    on_postgres = settings.model_copy(update={"database": DatabaseSettings(url=postgres_url)})
    station = open_station(on_postgres, district, ears, clock=clock)
    try:
        assert_models_and_migrations_agree(station.database)
        record_flights(station, "zl-01")
        for north_m in (0.0, 3.0, 60.0):
            with station.database.transaction() as session:
                assert station.findings.take_finding(session, make_finding(north_m=north_m))
        with station.database.transaction() as session:
            assert len(station.work_orders._rows(session).page([], 10)) == 2
            assert station.routes.get(session, district.routes[0].id) == district.routes[0]
            station.rejected.put(session, "t\x00", b"\x00\xff", "r\x00")
            station.fleet.save(session)
    finally:
        station.database.close()
