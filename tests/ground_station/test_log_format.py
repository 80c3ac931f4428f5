"""What others have said cannot pass for a record of ours."""

import io
import logging
import subprocess
import sys

import pytest

from ground_station.config import example
from ground_station.log_format import ForgeryProofFormatter, printable

FORGED = "x\n2026-11-23 02:00:00,000 INFO ground_station.access.service: admin signed in"


@pytest.fixture
def written() -> tuple[logging.Logger, io.StringIO]:
    """A logger, and what it writes."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(ForgeryProofFormatter())
    logger = logging.Logger("station")
    logger.addHandler(handler)
    return logger, text


def test_a_record_is_one_line(written) -> None:
    """A newline in a foreign text is written as an escape, wherever it stands."""
    logger, text = written
    logger.warning("refused a message on %s: %s", FORGED, FORGED)
    [line] = text.getvalue().splitlines()
    assert line.count("\\n2026-11-23") == 2


def test_a_traceback_is_indented(written) -> None:
    """The lines of a traceback, and of an exception's own text, begin with blanks, as no record does."""
    logger, text = written
    try:
        raise ValueError(FORGED)
    except ValueError:
        logger.exception("a fault")
    first, *rest = text.getvalue().splitlines()
    assert first.endswith("station: a fault")
    assert len(rest) > 2
    assert all(line.startswith("    ") for line in rest)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("钟楼区 é 😀", "钟楼区 é 😀"),
        ("a\r\tb\x1b[2J", "a\\r\\tb\\x1b[2J"),
        ("a\u2028b\u202ec\x85", "a\\u2028b\\u202ec\\x85"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_is_not_printable_is_escaped(text: str, shown: str) -> None:
    """Chinese stays; control characters, separators, direction marks and halves of characters do not."""
    assert printable(text) == shown


def test_the_station_writes_so(tmp_path) -> None:
    """The command line sets its log up with this format."""
    config = tmp_path / "ground.toml"
    config.write_text(example(), encoding="utf-8")
    code = (
        "import logging, sys; from pathlib import Path; from ground_station.cli import _settings; "
        "_settings(Path(sys.argv[1])); logging.getLogger('x').warning('a\\nb')"
    )
    done = subprocess.run([sys.executable, "-c", code, config], capture_output=True, text=True, check=True)
    [line] = done.stderr.splitlines()
    assert line.endswith("WARNING x: a\\nb")
