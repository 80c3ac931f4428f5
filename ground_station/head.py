"""HEAD wherever there is GET (RFC 9110, 9.3.2): the same headers, and no body."""

from contextlib import suppress

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class _HeadersAreSent(OSError):
    """Tells a response that nobody wants its body, as a broken connection would."""


class HeadAsGet:
    """Has HEAD answered as GET, and the answer ended after its headers; a stream ends there too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes every other request on as it is."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_headers(message: Message) -> None:
            if message["type"] != "http.response.start":
                raise _HeadersAreSent
            await send(message)

        with suppress(_HeadersAreSent, ClientDisconnect):
            await self._app({**scope, "method": "GET"}, receive, send_headers)
        await send({"type": "http.response.body", "body": b""})
