"""How the rooms' endpoints come by the parts of the station they serve, without knowing the station."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from ground_station.config import GroundSettings
from ground_station.database import Database
from ground_station.ports import Clock
from missions.district import District

P = TypeVar("P")


def part_of(request: Request, kind: type[P]) -> P:
    """The part of that class; the application was given its parts by class when it was built."""
    part: P = request.app.state.parts[kind]
    return part


def given(kind: type[P]) -> Callable[[Request], Awaitable[P]]:
    """A dependency on the part of that class."""

    async def find(request: Request) -> P:
        return part_of(request, kind)

    return find


async def clock_of(request: Request) -> Clock:
    """The clock, which is a function and has no class of its own."""
    clock: Clock = request.app.state.clock
    return clock


TheSettings = Annotated[GroundSettings, Depends(given(GroundSettings))]
TheDistrict = Annotated[District, Depends(given(District))]
TheDatabase = Annotated[Database, Depends(given(Database))]
TheClock = Annotated[Clock, Depends(clock_of)]
