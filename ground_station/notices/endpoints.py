"""Notices over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from ground_station.access.guard import Looker, ReadSession
from ground_station.notices.schemas import NoticeOut
from ground_station.notices.service import NoticeBoard
from ground_station.paging import Page, Paging
from ground_station.parts import given

router = APIRouter(tags=["notices"])
TheNotices = Annotated[NoticeBoard, Depends(given(NoticeBoard))]


@router.get("/notices")
def list_notices(
    principal: Looker,
    notices: TheNotices,
    session: ReadSession,
    paging: Paging,
    day: date | None = None,
    waiting: Annotated[bool, Query(description="without those that have ended or expired")] = False,
) -> Page[NoticeOut]:
    """What was planned or asked for and waits, latest first; a department sees its own. Those that have ended stay listed."""
    return notices.page(session, paging, principal, day, waiting=waiting)
