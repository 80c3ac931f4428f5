"""How the shared nouns are modelled: immutable values that validate themselves and read and write JSON."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import uuid4

from pydantic import AfterValidator, BaseModel, ConfigDict


class Noun(BaseModel):
    """An immutable value that travels: unknown fields are ignored, so that a newer sender is still understood.

    Numbers are finite: JSON has no others, and what is unknown is None.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False, ser_json_inf_nan="null")


class StrictNoun(BaseModel):
    """An immutable value that people write (catalogue, API bodies): unknown fields are refused, so that a slip shows.

    Numbers are finite.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time needs its zone, for example 2026-11-23T08:00:00Z")
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a time must lie in the years 1 to 9999 in UTC too") from error


Instant = Annotated[datetime, AfterValidator(_in_utc)]
"""A moment in UTC; a value without a zone is refused."""


def new_id() -> str:
    """A new unique identifier: 32 lower-case hexadecimal digits (a random UUID)."""
    return uuid4().hex
