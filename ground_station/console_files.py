"""The console's built files, and the security headers of every answer."""

from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from missions.errors import NotFound

DIST = Path(__file__).parent / "console" / "dist"

_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>OneFlight</title>
<body style="font-family:sans-serif;max-width:40em;margin:4em auto">
<h1>OneFlight 一飞多用</h1>
<p>The ground station runs, but its console is not built yet. 控制台尚未构建。</p>
<p>Build it with <code>make console</code> in the repository, then load this page again. The interface for programs is at
<a href="/docs">/docs</a>.</p></body></html>"""


class _PageConvertor(PathConvertor):
    """Every path but those under /api, so that an unknown one of these is unknown to every method."""

    regex = "(?!api(?:/|$)).*"


register_url_convertor("page", _PageConvertor())


def install_console(app: FastAPI, dist: Path = DIST) -> None:
    """Serves the console at `/`: its files, and its page for every other path that is not the API's."""

    @app.get("/{path:page}", include_in_schema=False)
    def console(path: str) -> Response:
        return _file(dist, path)


def _file(dist: Path, path: str) -> Response:
    root = dist.resolve()
    try:
        wanted = (root / path).resolve()
        is_ours = bool(path) and wanted.is_relative_to(root) and wanted.is_file()
    except (ValueError, OSError) as error:
        raise NotFound("no file can have this name") from error
    if is_ours:
        lasting = wanted.parent.name == "assets"
        return FileResponse(wanted, headers={"Cache-Control": "public, max-age=31536000, immutable" if lasting else "no-cache"})
    index = root / "index.html"
    if not index.is_file():
        return HTMLResponse(_NOT_BUILT, status_code=503 if path else 200)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})


def content_security_policy(tile_url: str | None) -> str:
    """Own origin alone, the map's workers, and the tile server if one is configured."""
    tiles = ""
    if tile_url:
        parts = urlsplit(tile_url)
        tiles = f" {parts.scheme}://{parts.netloc}"
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob:{tiles}",
            f"connect-src 'self'{tiles}",
            "worker-src 'self' blob:",
            "child-src 'self' blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Adds the headers to every answer (plain ASGI, so that streams are not touched)."""

    def __init__(self, app: ASGIApp, tile_url: str | None) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": content_security_policy(tile_url),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer" if tile_url is None else "strict-origin",
            "X-Frame-Options": "DENY",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
