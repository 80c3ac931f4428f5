"""What JSON lets through and no message of ours may hold: numbers that are not finite or too large, and NUL in texts."""

from typing import Any

from missions.contracts.envelope import Envelope
from missions.errors import MessageError

MAX_INTEGER = 2**53
"""Whole numbers above this are not exact in other languages' JSON."""

MAX_SESSION_CHARACTERS = 64


def check_values(topic: str, envelope: Envelope) -> None:
    """Raises MessageError naming the key of the first value that is out of bounds."""
    for key, value in (("id", envelope.id), ("session", envelope.session), ("sequence", envelope.sequence)):
        _check(topic, key, value)
    if envelope.session is not None and len(envelope.session) > MAX_SESSION_CHARACTERS:
        raise MessageError(topic, "session", f"has more than {MAX_SESSION_CHARACTERS} characters")
    _check(topic, "data", envelope.data)


def _check(topic: str, where: str, value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _check(topic, f"{where}.{key}", key)
            _check(topic, f"{where}.{key}", inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _check(topic, f"{where}.{index}", inner)
    elif isinstance(value, str):
        if "\x00" in value:
            raise MessageError(topic, where, "holds a NUL character")
    elif isinstance(value, int | float) and not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise MessageError(topic, where, f"{value} is out of bounds")
