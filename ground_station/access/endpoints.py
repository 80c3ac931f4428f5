"""Signing in and out; accounts and keys."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from ground_station.access.guard import SESSION_COOKIE, Administrator, ReadSession, SignedIn, WriteSession
from ground_station.access.schemas import ApiKeyOut, CreatedApiKey, NewApiKey, NewUser, SignIn, UserOut, WhoAmI
from ground_station.access.service import AccessService, Principal
from ground_station.paging import Page
from ground_station.parts import TheClock, TheDatabase, TheSettings, given

TheAccess = Annotated[AccessService, Depends(given(AccessService))]

open_router = APIRouter(tags=["access"])
"""The one endpoint that asks nobody who they are."""

router = APIRouter(tags=["access"])


@open_router.post("/session")
def sign_in(
    request: Request,
    response: Response,
    body: SignIn,
    access: TheAccess,
    database: TheDatabase,
    clock: TheClock,
    settings: TheSettings,
) -> WhoAmI:
    """Signs in; the session is a cookie."""
    address = request.client.host if request.client else "unknown"
    now = clock()
    access.limit.begin(body.username, address, now)
    with database.reading() as session:
        password_hash = access.password_hash(session, body.username)
    access.check_password(body, password_hash)
    with database.transaction() as session:
        token, principal = access.open_session(session, body.username, password_hash)
    access.limit.succeeded(body.username, address, now)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(settings.access.session_hours * 3600),
        httponly=True,
        samesite="strict",
        secure=settings.http.secure_cookies,
    )
    return _who(principal)


@router.get("/session")
def who_am_i(principal: SignedIn) -> WhoAmI:
    """The signed-in user."""
    return _who(principal)


@router.delete("/session", status_code=204)
def sign_out(
    request: Request,
    response: Response,
    principal: SignedIn,
    access: TheAccess,
    settings: TheSettings,
    session: WriteSession,
) -> None:
    """Ends the session."""
    token = request.cookies.get(SESSION_COOKIE)
    if token:
        access.sign_out(session, token)
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict", secure=settings.http.secure_cookies)


@router.get("/users")
def list_users(principal: Administrator, access: TheAccess, session: ReadSession) -> Page[UserOut]:
    """All accounts."""
    return Page(items=access.users(session))


@router.post("/users", status_code=201)
def add_user(body: NewUser, principal: Administrator, access: TheAccess, session: WriteSession) -> UserOut:
    """Makes an account."""
    return access.add_user(session, body)


@router.delete("/users/{username}", status_code=204)
def remove_user(
    username: Annotated[str, Path(max_length=64)], principal: Administrator, access: TheAccess, session: WriteSession
) -> None:
    """Deletes an account and ends its sessions."""
    access.remove_user(session, username)


@router.get("/api-keys")
def list_keys(principal: Administrator, access: TheAccess, session: ReadSession) -> Page[ApiKeyOut]:
    """All API keys, without their secrets."""
    return Page(items=access.keys(session))


@router.post("/api-keys", status_code=201)
def add_key(body: NewApiKey, principal: Administrator, access: TheAccess, session: WriteSession) -> CreatedApiKey:
    """Makes an API key; its secret is shown this once."""
    return access.add_key(session, body)


@router.delete("/api-keys/{key_id}", status_code=204)
def revoke_key(
    key_id: Annotated[str, Path(max_length=64)], principal: Administrator, access: TheAccess, session: WriteSession
) -> None:
    """Ends an API key for good."""
    access.revoke_key(session, key_id)


def _who(principal: Principal) -> WhoAmI:
    return WhoAmI(username=principal.name, role=principal.role, department_id=principal.department_id)
