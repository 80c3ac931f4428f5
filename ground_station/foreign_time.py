"""Times that others tell us: how far ahead of our own clock they may be."""

from datetime import datetime, timedelta

from missions.errors import InvalidInput

MAX_AHEAD = timedelta(minutes=5)
"""An aircraft's clock may be this much ahead of the ground's; a later time is a fault, and nothing true comes after it."""


def is_ahead(at: datetime, now: datetime) -> bool:
    """Whether a time lies further ahead of `now` than clocks go wrong."""
    return at - now > MAX_AHEAD


def refuse_ahead(source: str, where: str, at: datetime, now: datetime) -> None:
    """Raises InvalidInput where the time lies too far ahead of `now`."""
    if is_ahead(at, now):
        raise InvalidInput(source, where, f"{at.isoformat()} lies ahead of the ground's clock ({now.isoformat()})")
