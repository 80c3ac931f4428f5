"""The bounds on values in messages."""

import pytest

from ground_station.ingest.limits import MAX_INTEGER, check_values
from missions.contracts.envelope import unseal
from missions.errors import MessageError

TEXT = b'{"id":"1","source":"s","type":"a.b","time":"2026-01-01T00:00:00Z","data":{"a":[{"b":%s}]}}'


@pytest.mark.parametrize("value", [b"0", b"-1.5", b"true", b"null", b'"x"', str(MAX_INTEGER).encode()])
def test_ordinary_values_pass(value: bytes) -> None:
    """Numbers up to 2^53, texts, booleans, null."""
    check_values("t", unseal("t", TEXT % value))


@pytest.mark.parametrize("value", [b"NaN", b"-Infinity", str(MAX_INTEGER + 1).encode(), b'"\\u0000"'])
def test_others_are_named_with_their_place(value: bytes) -> None:
    """The place is the path of keys and indices."""
    with pytest.raises(MessageError) as refusal:
        check_values("t", unseal("t", TEXT % value))
    assert refusal.value.where == "data.a.0.b"
