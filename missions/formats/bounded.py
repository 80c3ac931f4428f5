"""Reading files that strangers made: bounded in size, and refused with line and cause where they are broken."""

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path

from missions.errors import FormatError

MAX_BYTES = 20 * 1024 * 1024
"""No route file comes near it; what is larger is a mistake or an attack. Holds for what a KMZ unpacks to as well."""

MAX_ENTRIES = 1000

ENCRYPTED = 0x1
"""Bit of a zip entry's flags."""

METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How a KMZ may be packed (OGC 12-007r2): other methods need memory that the archive itself sets."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, ValueError)
"""What zipfile raises on archives that were cut off, overwritten or forged (RFC 1951 and names in a wrong encoding too)."""


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
    except _DAMAGE as error:
        raise FormatError(source, "", "is no sound zip archive: it is damaged, or was not saved as KMZ") from error


def _entries(source: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if len(infos) > MAX_ENTRIES:
        raise FormatError(source, "", f"holds {len(infos)} files; at most {MAX_ENTRIES} are read")
    entries: dict[str, bytes] = {}
    left = MAX_BYTES
    for info in infos:
        if info.flag_bits & ENCRYPTED:
            raise FormatError(source, info.filename, "is encrypted; save the archive without a password")
        if info.compress_type not in METHODS:
            raise FormatError(source, info.filename, "is packed by a method that KMZ does not have; save it as an ordinary zip")
        with archive.open(info) as file:
            entries[info.filename] = file.read(left + 1)
        left -= len(entries[info.filename])
        if left < 0:
            raise FormatError(source, info.filename, f"unpacks to more than {MAX_BYTES // 1024**2} MiB")
    return entries
