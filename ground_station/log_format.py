"""How log records are written: what others have said cannot pass for a record of ours."""

import logging
from types import TracebackType

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class ForgeryProofFormatter(logging.Formatter):
    """One line a record, its control characters escaped; a traceback's lines are indented under it."""

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """The record's line."""
        return printable(super().formatMessage(record))

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 - logging's own name
        """The traceback; an exception's text may quote what others have said."""
        return "\n".join(f"    {printable(line)}" for line in super().formatException(ei).split("\n"))


def printable(text: str) -> str:
    """The text with everything that is not printable as Python's escapes: newlines, terminal codes, turned writing."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text)
