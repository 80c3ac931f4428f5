"""What every endpoint depends on: a database session, and a caller who may do what is asked."""

from collections.abc import Callable, Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from ground_station.access.permissions import Permission
from ground_station.access.service import AccessService, Principal
from ground_station.database import Database
from ground_station.parts import TheDatabase, part_of

SESSION_COOKIE = "oneflight_session"


def _reading(database: TheDatabase) -> Iterator[Session]:
    with database.reading() as session:
        yield session


def _writing(database: TheDatabase) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


ReadSession = Annotated[Session, Depends(_reading, scope="function")]
"""For endpoints that only look."""

WriteSession = Annotated[Session, Depends(_writing, scope="function")]
"""For endpoints that change something: committed before the answer is sent."""


def bearer_of(request: Request) -> str | None:
    """The API key of the request, if it has one."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else None


def identify(request: Request) -> Principal:
    """Who asks, by cookie or API key; raises Unauthenticated. Has a session of its own, which ends here."""
    access = part_of(request, AccessService)
    with part_of(request, Database).reading() as session:
        return access.identify(session, token=request.cookies.get(SESSION_COOKIE), bearer=bearer_of(request))


def signed_in(request: Request) -> Principal:
    """Who asks, as the door has found out (`door.py`), else by asking again; raises Unauthenticated."""
    known: Principal | None = getattr(request.state, "principal", None)
    return known or identify(request)


SignedIn = Annotated[Principal, Depends(signed_in)]


def allow(permission: Permission) -> Callable[[Principal], Principal]:
    """A dependency that lets only those past who have the permission, and gives them."""

    def check(principal: SignedIn) -> Principal:
        principal.require(permission)
        return principal

    return check


Looker = Annotated[Principal, Depends(allow(Permission.LOOK))]
CaseReader = Annotated[Principal, Depends(allow(Permission.SEE_CASES))]
Importer = Annotated[Principal, Depends(allow(Permission.IMPORT_ROUTES))]
Planner = Annotated[Principal, Depends(allow(Permission.PLAN_FLIGHTS))]
Proposer = Annotated[Principal, Depends(allow(Permission.PROPOSE_DEMANDS))]
Dispatcher = Annotated[Principal, Depends(allow(Permission.DISPATCH_FLIGHTS))]
Pilot = Annotated[Principal, Depends(allow(Permission.COMMAND_FLIGHTS))]
Reviewer = Annotated[Principal, Depends(allow(Permission.REVIEW_INCIDENTS))]
Handler = Annotated[Principal, Depends(allow(Permission.HANDLE_WORK_ORDERS))]
Administrator = Annotated[Principal, Depends(allow(Permission.ADMINISTER))]
