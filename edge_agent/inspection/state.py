"""What an inspection has done so far, in one SQLite file: every picture's look, whole or not at all.

A process that is killed loses the picture it was looking at, and nothing else. The journal is flushed by the operating system
in its own time: a power cut may cost some looks, never the file.
"""

import errno
import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from edge_agent.inspection.job import Job
from edge_agent.inspection.look import Look
from edge_agent.shot import Shot
from missions.errors import InvalidInput, OneFlightError

STATE_FOLDER = "state"
_FILE, _LOCK = "inspection.sqlite", "lock"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS job (one INTEGER PRIMARY KEY CHECK (one = 1), job TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS look (picture TEXT PRIMARY KEY, look TEXT NOT NULL);
"""


class DiskFull(OneFlightError):
    """There is no room for what has to be written; what was written stays, and the job can be taken up again."""


class State:
    """The state of one output folder; only one process at a time has it."""

    def __init__(self, out: Path) -> None:
        self._folder = out / STATE_FOLDER
        with writing_to(out), ExitStack() as undo:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = undo.enter_context(_locked(self._folder / _LOCK))
            self._database = undo.enter_context(closing(sqlite3.connect(self._folder / _FILE, timeout=10)))
            _prepare(self._database)
            undo.pop_all()

    def close(self) -> None:
        """Lets others have it."""
        self._database.close()
        self._lock.close()

    def begin(self, job: Job) -> int:
        """Begins the job, or takes it up again; gives how many pictures are done. Raises InvalidInput for another job."""
        row = self._database.execute("SELECT job FROM job").fetchone()
        if row is None:
            with self._writing():
                self._database.execute("INSERT INTO job (one, job) VALUES (1, ?)", (job.model_dump_json(),))
            return 0
        differences = job.differences(_read_job(row[0], self._folder))
        if differences:
            hint = "give another --out, or begin anew with --fresh"
            raise InvalidInput(str(self._folder.parent), "", f"holds another inspection: {'; '.join(differences)}; {hint}")
        return int(self._database.execute("SELECT count(*) FROM look").fetchone()[0])

    def forget(self) -> None:
        """Begins anew."""
        with self._writing():
            self._database.executescript("DELETE FROM look; DELETE FROM job;")

    def save(self, shot: Shot, look: Look) -> None:
        """Keeps a look. Raises DiskFull."""
        with self._writing():
            self._database.execute("INSERT OR REPLACE INTO look VALUES (?, ?)", (key_of(shot), look.model_dump_json()))

    def looks(self) -> dict[str, Look]:
        """All looks by their picture's key; one that cannot be read is left out, and so looked at again."""
        looks = {}
        for key, text in self._database.execute("SELECT picture, look FROM look"):
            try:
                looks[str(key)] = Look.model_validate_json(text)
            except ValidationError:
                continue
        return looks

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with writing_to(self._folder.parent), self._database:
            yield


def key_of(shot: Shot) -> str:
    """A picture's key in the state: file names may recur in several folders."""
    return f"{shot.path}|{shot.name}"


@contextmanager
def writing_to(out: Path) -> Iterator[None]:
    """Tells a full disk as DiskFull, and any other refusal of the disk as InvalidInput, both with the folder's name."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(_full(out)) from error
        raise InvalidInput(str(error.filename or out), "", f"cannot be written: {error.strerror}") from error
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise DiskFull(_full(out)) from error
        raise InvalidInput(str(out), "", f"its state cannot be written: {error}") from error
    except sqlite3.DatabaseError as error:
        raise InvalidInput(str(out), "", f"its state is damaged ({error}); begin anew with --fresh") from error


def _full(out: Path) -> str:
    return f"{out}: the disk is full; what was done is kept: make room and give the same command again"


def _locked(path: Path) -> TextIO:
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise InvalidInput(str(path.parent.parent), "", "another inspection is writing to this folder") from error
    return file


def _prepare(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=NORMAL")
    database.executescript(_SCHEMA)


def _read_job(text: str, folder: Path) -> Job:
    try:
        return Job.model_validate_json(text)
    except ValidationError as error:
        raise InvalidInput(str(folder.parent), "", "its state is of another version; begin anew with --fresh") from error
