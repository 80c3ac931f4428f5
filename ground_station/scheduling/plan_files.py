"""Schedules and figures in files, as `oneflight plan` reads and writes them."""

import json
from pathlib import Path
from tempfile import NamedTemporaryFile

from pydantic import ValidationError

from missions.errors import FormatError, InvalidInput
from missions.schedule import Schedule


def read_schedule(file: Path) -> Schedule:
    """The one schedule of a file; raises FormatError."""
    schedules = read_schedules(file)
    if len(schedules) != 1:
        raise FormatError(str(file), "", f"holds {len(schedules)} schedules; one is expected")
    return schedules[0]


def read_schedules(file: Path) -> list[Schedule]:
    """A schedule, or a list of them; raises FormatError."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(str(file), "", f"cannot be read: {error}") from error
    except json.JSONDecodeError as error:
        raise FormatError(str(file), f"line {error.lineno}", f"is no JSON: {error.msg}") from error
    try:
        return [Schedule.model_validate_json(json.dumps(one)) for one in (raw if isinstance(raw, list) else [raw])]
    except ValidationError as error:
        first = error.errors()[0]
        raise FormatError(str(file), ".".join(str(part) for part in first["loc"]), first["msg"]) from error


def check_writable(*paths: Path | None) -> None:
    """Raises InvalidInput where a file could not be written: told before the planning, not after it."""
    for path in paths:
        if path is None:
            continue
        try:
            with NamedTemporaryFile(dir=path.parent):
                pass
            if path.is_dir():
                raise IsADirectoryError(f"'{path}' is a directory")
        except OSError as error:
            raise InvalidInput(str(path), "", f"cannot be written: {error.strerror or error}") from error


def write_json(path: Path | None, value: object) -> None:
    """Writes a value, where a path is given."""
    if path is not None:
        write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Writes a whole file; raises InvalidInput."""
    try:
        path.write_text(text, encoding=encoding, newline="")
    except OSError as error:
        raise InvalidInput(str(path), "", f"cannot be written: {error.strerror or error}") from error
