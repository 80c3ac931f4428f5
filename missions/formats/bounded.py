"""Reading files that strangers made: bounded in size, and refused with line and cause where they are broken."""

import io
import json
import zipfile
import zlib
from pathlib import Path

from missions.errors import FormatError

MAX_BYTES = 20 * 1024 * 1024
"""No route file comes near it; what is larger is a mistake or an attack. Holds for what a KMZ unpacks to as well."""

MAX_ENTRIES = 1000


def read_bytes(path: Path) -> bytes:
    """The whole file; raises FormatError where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FormatError(str(path), "", f"cannot be read: {error.strerror}") from error
    check_size(path.name, content)
    return content


def check_size(source: str, content: bytes) -> None:
    """Raises FormatError where there is nothing, or too much."""
    if not content.strip():
        raise FormatError(source, "", "the file is empty")
    if len(content) > MAX_BYTES:
        raise FormatError(source, "", f"larger than {MAX_BYTES // 1024**2} MiB")


def parse_json(source: str, content: bytes) -> object:
    """JSON in UTF-8 (a byte order mark is allowed); raises FormatError with line and column."""
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise FormatError(source, f"byte {error.start}", "is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise FormatError(source, f"line {error.lineno}, column {error.colno}", error.msg) from error
    except RecursionError as error:
        raise FormatError(source, "", "nested too deeply") from error
    except ValueError as error:
        raise FormatError(source, "", str(error)) from error


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def unzip(source: str, content: bytes) -> dict[str, bytes]:
    """The entries of a zip by name, in its order; raises FormatError where it is damaged, encrypted or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _entries(source, archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise FormatError(source, "", f"is no sound zip archive: {error}") from error


def _entries(source: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_ENTRIES:
        raise FormatError(source, "", f"holds {len(infos)} files; at most {MAX_ENTRIES} are read")
    entries: dict[str, bytes] = {}
    left = MAX_BYTES
    for info in infos:
        with archive.open(info) as file:
            entries[info.filename] = file.read(left + 1)
        left -= len(entries[info.filename])
        if left < 0:
            raise FormatError(source, info.filename, f"unpacks to more than {MAX_BYTES // 1024**2} MiB")
    return entries
