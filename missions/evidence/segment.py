"""A JPEG's own application segment for the record (ITU-T T.81, annex B.2.4.6): put in, found, taken out; nothing is decoded.

As in C2PA, the hash of the picture leaves out exactly one range, the whole segment, so that nothing else escapes it.
"""

from dataclasses import dataclass

from missions.errors import FormatError

NAME = b"OneFlight-evidence\x00"
MAX_PAYLOAD_BYTES = 0xFFFF - 2 - len(NAME)
_START = b"\xff\xd8"
_JFIF = b"\xff\xe0"
_MARKER = b"\xff\xe9"
"""APP9: free in the registries of APP segments that are in use (JFIF 0, Exif 1, ICC 2, JUMBF and C2PA 11, Photoshop 13)."""


@dataclass(frozen=True, slots=True)
class Split:
    """A file taken apart: the picture without the record, and the record's bytes (None: there are none)."""

    picture: bytes
    payload: bytes | None


def embed(picture: bytes, payload: bytes) -> bytes:
    """The JPEG with `payload` in a segment of its own, behind the JFIF segment where there is one, which is to come first.

    Raises FormatError where `picture` is no JPEG, or the payload too large for a segment.
    """
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise FormatError("evidence", "record", f"{len(payload)} bytes; a segment holds at most {MAX_PAYLOAD_BYTES}")
    at = _place(picture)
    length = (2 + len(NAME) + len(payload)).to_bytes(2, "big")
    return picture[:at] + _MARKER + length + NAME + payload + picture[at:]


def split(file: bytes) -> Split:
    """Takes a file apart; what stands elsewhere than `embed` puts it is no record. Raises FormatError for what is no JPEG."""
    at = _place(file)
    end = at + 2 + int.from_bytes(file[at + 2 : at + 4], "big")
    if file[at : at + 2] != _MARKER or file[at + 4 : at + 4 + len(NAME)] != NAME or end > len(file):
        return Split(file, None)
    return Split(file[:at] + file[end:], file[at + 4 + len(NAME) : end])


def _place(file: bytes) -> int:
    if file[:2] != _START:
        raise FormatError("evidence", "byte 0", "does not begin as a JPEG (FF D8)")
    if file[2:4] != _JFIF:
        return 2
    at = 4 + int.from_bytes(file[4:6], "big")
    if at < 6 or at > len(file):
        raise FormatError("evidence", "byte 4", "the first segment is cut off")
    return at
