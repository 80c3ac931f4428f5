"""Long lists in pages: `{items, next_cursor}`. A cursor says where the last page ended, so new entries shift nothing."""

from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from missions.errors import InvalidInput

T = TypeVar("T")
_AFTER = "after~"


class Page(BaseModel, Generic[T]):
    """One page; `next_cursor` of None: the last."""

    items: list[T]
    next_cursor: str | None = None


class PageRequest(BaseModel):
    """Which page."""

    limit: int = 200
    cursor: str | None = None


def _page_request(
    limit: Annotated[int, Query(ge=1, le=1000, description="items a page")] = 200,
    cursor: Annotated[str | None, Query(max_length=200, description="next_cursor of the page before")] = None,
) -> PageRequest:
    return PageRequest(limit=limit, cursor=cursor)


Paging = Annotated[PageRequest, Depends(_page_request)]


def make_cursor(at: datetime, id: str) -> str:
    """The cursor after an entry of a list that is ordered newest first."""
    return f"{at.isoformat()}~{id}"


def before_cursor(
    cursor: str | None, at: InstrumentedAttribute[datetime], id: InstrumentedAttribute[str]
) -> list[ColumnElement[bool]]:
    """The condition for what follows `cursor` in a list that is ordered newest first; raises InvalidInput."""
    if cursor is None:
        return []
    moment, _, last_id = cursor.partition("~")
    try:
        given = datetime.fromisoformat(moment)
        when = given.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _foreign_cursor() from error
    if given.tzinfo is None or not last_id.isprintable() or not last_id:
        raise _foreign_cursor()
    return [or_(at < when, and_(at == when, id < last_id))]


def make_id_cursor(id: str) -> str:
    """The cursor after an entry of a list that is ordered by id."""
    return f"{_AFTER}{id}"


def id_of_cursor(cursor: str | None) -> str | None:
    """The id after which a list that is ordered by id goes on; raises InvalidInput."""
    if cursor is None:
        return None
    last_id = cursor.removeprefix(_AFTER)
    if last_id == cursor or not last_id or not last_id.isprintable():
        raise _foreign_cursor()
    return last_id


def _foreign_cursor() -> InvalidInput:
    return InvalidInput("page", "query.cursor", "is not a next_cursor of this list")
