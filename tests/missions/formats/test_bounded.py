"""Archives that strangers made."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.errors import FormatError
from missions.formats.bounded import unzip

CONTENT = b"<kml><Placemark><Point><coordinates>119.9,31.78</coordinates></Point></Placemark></kml>" * 20


def archive(method: int = zipfile.ZIP_DEFLATED, name: str = "doc.kml") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        file.writestr(name, CONTENT)
    return made.getvalue()


def test_an_ordinary_archive() -> None:
    """Stored and deflated entries are read, by name."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert unzip("a.kmz", archive(method)) == {"doc.kml": CONTENT}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_methods_are_refused_by_name(method: int) -> None:
    """A KMZ has no entries that are packed by BZIP2 or LZMA; what to do is said."""
    with pytest.raises(FormatError, match=r"a\.kmz: doc\.kml: is packed by a method that KMZ does not have; save it"):
        unzip("a.kmz", archive(method))


def test_an_encrypted_archive_says_so() -> None:
    """The refusal is in words, not in Python's."""
    content = bytearray(archive())
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FormatError, match=r"a\.kmz: doc\.kml: is encrypted; save the archive without a password$"):
        unzip("a.kmz", bytes(content))


def test_a_name_in_a_wrong_encoding_is_damage() -> None:
    """An entry's name that says it is UTF-8 and is not."""
    with pytest.raises(FormatError, match="is no sound zip archive"):
        unzip("a.kmz", archive(name="doé.kml").replace("doé".encode(), b"do\xff\xfe"))


@settings(max_examples=300)
@given(
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]),
    changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4),
    cut=st.integers(0, 40),
)
def test_damage_anywhere_is_a_refusal(method: int, changes: list[tuple[int, int]], cut: int) -> None:
    """Bytes overwritten at random, the end cut off: entries, or a FormatError; nothing else."""
    content = bytearray(archive(method))
    for place, value in changes:
        content[place % len(content)] = value
    with suppress(FormatError):
        assert isinstance(unzip("a.kmz", bytes(content[: len(content) - cut])), dict)
