"""Long lists in pages: `{items, next_cursor}`. A cursor says where the last page ended, so new entries shift nothing."""

from datetime import datetime
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from missions.errors import InvalidInput

T = TypeVar("T")


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
    moment, separator, last_id = cursor.partition("~")
    try:
        when = datetime.fromisoformat(moment)
    except ValueError as error:
        raise InvalidInput("page", "query.cursor", "is not a next_cursor of this list") from error
    if not separator or when.tzinfo is None:
        raise InvalidInput("page", "query.cursor", "is not a next_cursor of this list")
    return [or_(at < when, and_(at == when, id < last_id))]
