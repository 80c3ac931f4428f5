"""The agent's disk: what awaits the ground's acknowledgement, tracks still open, the flight, and commands answered.

One SQLite file in WAL mode with full synchronisation: what a method has returned from is on the disk. Every method is one
transaction and may be called from any thread.
"""

import json
import logging
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from edge_agent.following import Proof
from edge_agent.track import Track
from missions.contracts.messages import ADVANCED, RAISED, CommandResult
from missions.contracts.topics import Channel
from missions.errors import OneFlightError
from missions.finding import Finding
from missions.flight import Flight, FlightEvent
from missions.noun import new_id

logger = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, type TEXT NOT NULL,
    payload BLOB NOT NULL, created TEXT NOT NULL, refused TEXT);
CREATE INDEX IF NOT EXISTS message_waiting ON message (number) WHERE refused IS NULL;
CREATE TABLE IF NOT EXISTS open_track (id TEXT PRIMARY KEY, track TEXT NOT NULL, jpeg BLOB);
CREATE TABLE IF NOT EXISTS people_picture (track_id TEXT PRIMARY KEY, jpeg BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS flight (one INTEGER PRIMARY KEY CHECK (one = 1), flight TEXT NOT NULL, events INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS answered (command_id TEXT PRIMARY KEY, result TEXT NOT NULL, at TEXT NOT NULL);
"""

ANSWERS_KEPT = 1000


class StorageError(OneFlightError):
    """The disk refused: full, read-only or damaged."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that the ground has not acknowledged. `payload` is the data's JSON, or the JPEG of evidence."""

    id: str
    channel: Channel
    type: str
    payload: bytes
    created: datetime

    def data(self) -> dict[str, Any]:
        """The payload as an envelope carries it."""
        data: dict[str, Any] = json.loads(self.payload)
        return data


@dataclass(frozen=True, slots=True)
class StoredFlight:
    """The flight the agent last had, and how many events it has told of it."""

    flight: Flight
    events: int


class Outbox:
    """Everything that must outlive the process."""

    def __init__(self, directory: Path) -> None:
        self._lock = threading.RLock()
        path = directory / "agent.sqlite"
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=FULL")
            self._database.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise StorageError(f"storage {path}: {error}") from error

    def close(self) -> None:
        """Ends the connection."""
        with self._lock:
            self._database.close()

    def waiting(self, limit: int, *, besides: Collection[str] = (), among: Collection[str] | None = None) -> list[Waiting]:
        """The oldest messages that await acknowledgement, in the order they were stored: without the ids of `besides`, and only
        those of `among` where it is given.
        """
        with self._transaction() as database:
            rows = database.execute(
                "SELECT id, channel, type, payload, created FROM message WHERE refused IS NULL "
                "AND id NOT IN (SELECT value FROM json_each(:besides)) "
                "AND (:among IS NULL OR id IN (SELECT value FROM json_each(:among))) ORDER BY number LIMIT :limit",
                {
                    "besides": json.dumps(list(besides)),
                    "among": None if among is None else json.dumps(list(among)),
                    "limit": limit,
                },
            ).fetchall()
        return [Waiting(i, Channel(c), t, bytes(p), datetime.fromisoformat(at)) for i, c, t, p, at in rows]

    def count_waiting(self) -> int:
        """How many messages await acknowledgement."""
        return self._count("SELECT count(*) FROM message WHERE refused IS NULL")

    def count_refused(self) -> int:
        """How many messages the ground will never take; they are kept for inspection."""
        return self._count("SELECT count(*) FROM message WHERE refused IS NOT NULL")

    def acknowledge(self, message_id: str) -> None:
        """Forgets a message that the ground has stored."""
        with self._transaction() as database:
            database.execute("DELETE FROM message WHERE id = ?", (message_id,))

    def refuse(self, message_id: str, reason: str) -> None:
        """Keeps a message that the ground will never take, but sends it no more."""
        with self._transaction() as database:
            database.execute("UPDATE message SET refused = ? WHERE id = ?", (reason, message_id))

    def save_tracks(self, tracks: Iterable[tuple[Track, Proof | None]]) -> None:
        """Stores open tracks after a frame; a proof of None leaves the one that is there."""
        kept = list(tracks)
        with self._transaction() as database:
            for track, proof in kept:
                if proof is not None:
                    self._save_people_picture(track.id, proof.people_jpeg)
            database.executemany(
                "INSERT INTO open_track (id, track, jpeg) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                "track = excluded.track, jpeg = coalesce(excluded.jpeg, open_track.jpeg)",
                [(track.id, track.model_dump_json(), proof.jpeg if proof else None) for track, proof in kept],
            )

    def open_tracks(self) -> list[Track]:
        """The tracks that no finding was made of yet. A row that cannot be read is left, and logged."""
        with self._transaction() as database:
            rows = database.execute("SELECT id, track FROM open_track").fetchall()
        tracks = []
        for id, text in rows:
            try:
                tracks.append(Track.model_validate_json(text))
            except ValidationError:
                logger.exception("storage: the open track %s cannot be read", id)
        return tracks

    def close_track(self, track_id: str, finding: Finding | None, at: datetime) -> None:
        """Ends a track: its evidence and then its finding, if there is one, go into the outbox, all in one transaction."""
        with self._transaction() as database:
            row = database.execute("SELECT jpeg FROM open_track WHERE id = ?", (track_id,)).fetchone()
            if finding is not None and row is not None and row[0] is not None:
                self._put(finding.evidence_sha256, Channel.EVIDENCE, "evidence", bytes(row[0]), at)
                self._put_people_picture(finding, at)
                self._put(finding.id, Channel.FINDING, RAISED, finding.model_dump_json().encode(), at)
            database.execute("DELETE FROM open_track WHERE id = ?", (track_id,))
            database.execute("DELETE FROM people_picture WHERE track_id = ?", (track_id,))

    def _save_people_picture(self, track_id: str, jpeg: bytes | None) -> None:
        self._database.execute("DELETE FROM people_picture WHERE track_id = ?", (track_id,))
        if jpeg is not None:
            self._database.execute("INSERT INTO people_picture (track_id, jpeg) VALUES (?, ?)", (track_id, jpeg))

    def _put_people_picture(self, finding: Finding, at: datetime) -> None:
        row = self._database.execute("SELECT jpeg FROM people_picture WHERE track_id = ?", (finding.id,)).fetchone()
        if row is not None and finding.people_evidence_sha256 is not None:
            self._put(finding.people_evidence_sha256, Channel.EVIDENCE, "evidence", bytes(row[0]), at)

    def save_flight(self, flight: Flight, events: int, event: FlightEvent | None = None) -> None:
        """Stores the flight and, in the same transaction, the event that brought it there."""
        with self._transaction() as database:
            database.execute(
                "INSERT INTO flight (one, flight, events) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET "
                "flight = excluded.flight, events = excluded.events",
                (flight.model_dump_json(), events),
            )
            if event is not None:
                self._put(new_id(), Channel.FLIGHT, ADVANCED, event.model_dump_json().encode(), event.at)

    def flight(self) -> StoredFlight | None:
        """The flight the agent last had; raises StorageError where it cannot be read."""
        with self._transaction() as database:
            row = database.execute("SELECT flight, events FROM flight").fetchone()
        if row is None:
            return None
        try:
            return StoredFlight(Flight.model_validate_json(row[0]), row[1])
        except ValidationError as error:
            raise StorageError(f"storage: the flight on disk cannot be read: {error}") from error

    def answer_to(self, command_id: str) -> CommandResult | None:
        """What was answered to a command, if it was answered."""
        with self._transaction() as database:
            row = database.execute("SELECT result FROM answered WHERE command_id = ?", (command_id,)).fetchone()
        return CommandResult.model_validate_json(row[0]) if row else None

    def save_answer(self, result: CommandResult, at: datetime) -> None:
        """Remembers an answer, so that the command is not carried out twice; old answers are forgotten."""
        with self._transaction() as database:
            database.execute(
                "INSERT OR IGNORE INTO answered (command_id, result, at) VALUES (?, ?, ?)",
                (result.command_id, result.model_dump_json(), at.isoformat()),
            )
            database.execute(
                "DELETE FROM answered WHERE rowid <= (SELECT max(rowid) FROM answered) - ?",
                (ANSWERS_KEPT,),
            )

    def _put(self, id: str, channel: Channel, type: str, payload: bytes, at: datetime) -> None:
        self._database.execute(
            "INSERT OR IGNORE INTO message (id, channel, type, payload, created) VALUES (?, ?, ?, ?, ?)",
            (id, channel.value, type, payload, at.isoformat()),
        )

    def _count(self, query: str) -> int:
        with self._transaction() as database:
            return int(database.execute(query).fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; a refusal of the disk becomes a StorageError."""
        with self._lock:
            try:
                self._database.execute("BEGIN")
                yield self._database
                self._database.execute("COMMIT")
            except sqlite3.Error as error:
                raise StorageError(f"storage: {error}") from error
            finally:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
