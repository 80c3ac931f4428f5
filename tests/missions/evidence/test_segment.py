import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.errors import FormatError
from missions.evidence.segment import MAX_PAYLOAD_BYTES, NAME, embed, split

JFIF_PICTURE = b"\xff\xd8" + bytes.fromhex("ffe00010") + bytes(14) + b"rest\xff\xd9"


@given(st.binary(max_size=300), st.binary(max_size=300), st.booleans())
def test_what_goes_in_comes_out(rest: bytes, payload: bytes, jfif: bool) -> None:
    """Picture and payload come out of the file as they went in, whatever they hold."""
    picture = (JFIF_PICTURE if jfif else b"\xff\xd8\xff\xdb") + rest
    taken = split(embed(picture, payload))
    assert (taken.picture, taken.payload) == (picture, payload)


def test_jfif_stays_first(picture: bytes) -> None:
    """The segment follows the JFIF segment: FF E9, its length with the name's, the name, the payload."""
    file = embed(picture, b"abc")
    assert file[:20] == picture[:20]
    assert file[20:24] == b"\xff\xe9" + (2 + len(NAME) + 3).to_bytes(2, "big")
    assert file[24:] == NAME + b"abc" + picture[20:]


def test_a_picture_without_a_record_has_none(picture: bytes) -> None:
    """A picture as it is comes out as it is."""
    assert split(picture) == split(split(picture).picture)
    assert split(picture).payload is None


@pytest.mark.parametrize("file", [b"", b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe0\xff\xff"])
def test_what_is_no_jpeg_is_said(file: bytes) -> None:
    """Neither a PNG nor a JPEG that is cut off in its first segment is taken."""
    with pytest.raises(FormatError, match="evidence: byte"):
        split(file)


def test_a_record_that_is_too_large_is_refused(picture: bytes) -> None:
    """A segment's length has 16 bits, those of the length itself and of the name in them."""
    embed(picture, bytes(MAX_PAYLOAD_BYTES))
    with pytest.raises(FormatError, match="at most"):
        embed(picture, bytes(MAX_PAYLOAD_BYTES + 1))
