"""Aircraft's public keys over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi import Path as PathParameter

from ground_station.access.guard import Dispatcher, Looker, ReadSession, WriteSession
from ground_station.aircraft_keys.schemas import AircraftKeyOut
from ground_station.aircraft_keys.service import AircraftKeys
from ground_station.paging import Page
from ground_station.parts import given

router = APIRouter(tags=["fleet"])
Id = Annotated[str, PathParameter(max_length=64)]
TheKeys = Annotated[AircraftKeys, Depends(given(AircraftKeys))]


@router.get("/aircraft-keys")
def list_keys(principal: Looker, keys: TheKeys, session: ReadSession) -> Page[AircraftKeyOut]:
    """Every public key of every aircraft, the oldest first; with them evidence can be verified without the station."""
    return Page(items=keys.all(session))


@router.post("/aircraft-keys/{drone_id}/{key_id}/accept")
def accept_key(drone_id: Id, key_id: Id, principal: Dispatcher, keys: TheKeys, session: WriteSession) -> AircraftKeyOut:
    """Vouches for a key that an aircraft says instead of the one it had."""
    return keys.accept(session, drone_id, key_id, principal.name)
