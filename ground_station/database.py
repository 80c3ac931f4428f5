"""The database: SQLite (WAL) or PostgreSQL through SQLAlchemy; who commits, and what happens after a commit."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar
from zlib import crc32

from alembic import command
from alembic.config import Config
from pydantic import BaseModel
from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, TypeDecorator, create_engine, event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

logger = logging.getLogger(__name__)
N = TypeVar("N", bound=BaseModel)
_AFTER_COMMIT = "after_commit"

LOCK_TIMEOUT_S = 15.0
"""So long a change waits for others' on SQLite, unless the URL says otherwise (`?timeout=`)."""


class Base(DeclarativeBase):
    """Base of every table. Every table carries `district_id`, so that a larger station can be spread by it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored and read in UTC; one without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time needs its zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of the database; SQLite keeps no zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class NounJson(TypeDecorator[N], Generic[N]):
    """A noun kept whole, as JSON."""

    impl = JSON
    cache_ok = True

    def __init__(self, noun: type[N]) -> None:
        self.noun = noun
        super().__init__(none_as_null=True)

    def process_bind_param(self, value: N | None, dialect: Dialect) -> Any:
        """Into the database."""
        return value.model_dump(mode="json") if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> N | None:
        """Out of the database."""
        return self.noun.model_validate(value) if value is not None else None


class Database:
    """One database. Nobody but `transaction` commits."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._read = sessionmaker(self._engine, expire_on_commit=False)
        self._write = sessionmaker(self._engine.execution_options(oneflight_writes=True), expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing."""
        with self._read() as session:
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are committed at its end, or undone where anything is raised.

        On SQLite it is alone in writing.
        """
        with self._write() as session:
            with session.begin():
                yield session
            for action in session.info.pop(_AFTER_COMMIT, []):
                action()

    def upgrade(self) -> None:
        """Brings the schema up to date (Alembic, from the migrations of this package)."""
        with self._engine.execution_options(oneflight_writes=True).begin() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A bare connection, for looking at the schema."""
        with self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Gives all connections back."""
        self._engine.dispose()


def after_commit(session: Session, action: Callable[[], None]) -> None:
    """Has `action` done once the session's changes are committed, and never if they are not."""
    session.info.setdefault(_AFTER_COMMIT, []).append(action)


def is_busy(error: BaseException) -> bool:
    """Whether others held the database, its connections or its lock too long, or it was out of reach: later it may work."""
    if isinstance(error, NoConnection):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    return error.connection_invalidated or (code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))


def hold_lock(session: Session, name: str) -> None:
    """Lets one transaction at a time past here for `name`. On SQLite every writing transaction is alone already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": crc32(name.encode())})


def alembic_config() -> Config:
    """Alembic's configuration for the migrations in this package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    waits = {} if "timeout" in parsed.query else {"timeout": LOCK_TIMEOUT_S}
    engine = create_engine(parsed, pool_size=20, max_overflow=30, connect_args={"check_same_thread": False, **waits})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL, and synchronous FULL: what is acknowledged outlives a power cut. SQLAlchemy, not sqlite3, begins transactions."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: a read that turns into a write could not wait for it."""
    writes = connection.get_execution_options().get("oneflight_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
