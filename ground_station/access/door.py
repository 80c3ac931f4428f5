"""The door of the API: who asks is found out before anything of a request's body is read."""

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from ground_station.access.guard import identify
from ground_station.errors import Unauthenticated, refusal_response

PREFIX = "/api/"
OPEN = frozenset({("POST", "/api/session")})
"""The one request that asks nobody who they are: signing in."""


class Door:
    """Answers 401 to unknown callers under /api, and remembers who the others are (plain ASGI, so that no body is touched)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request past, or answers it."""
        if scope["type"] == "http" and scope["path"].startswith(PREFIX) and (scope["method"], scope["path"]) not in OPEN:
            request = Request(scope)
            try:
                request.state.principal = await run_in_threadpool(identify, request)
            except Unauthenticated as error:
                await refusal_response(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)
