"""Refused messages over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from ground_station.access.guard import Administrator, ReadSession
from ground_station.ingest.rejected import RejectedShelf
from ground_station.ingest.schemas import RejectedPage
from ground_station.paging import Paging
from ground_station.parts import given

router = APIRouter(tags=["ingest"])
TheShelf = Annotated[RejectedShelf, Depends(given(RejectedShelf))]


@router.get("/rejected-messages")
def list_rejected(principal: Administrator, shelf: TheShelf, session: ReadSession, paging: Paging) -> RejectedPage:
    """MQTT messages that could not be taken, newest first."""
    return shelf.page(session, paging)
