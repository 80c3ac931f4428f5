"""The interface's description: /openapi.json, and /docs as a page that needs neither scripts nor the internet."""

from collections.abc import Iterator
from html import escape
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from ground_station.access.guard import SignedIn

router = APIRouter(include_in_schema=False)

_STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:62em;margin:2em auto;padding:0 1em;color:#1c2430}
summary{cursor:pointer;padding:.35em .5em;background:#f1f4f8;border-radius:4px;margin:.25em 0}
code,pre{font:13px/1.4 ui-monospace,monospace}pre{background:#f7f8fa;padding:.8em;overflow:auto}
.m{display:inline-block;width:5em;font-weight:700}"""


@router.get("/openapi.json")
def openapi_json(request: Request, principal: SignedIn) -> JSONResponse:
    """The interface in OpenAPI."""
    return JSONResponse(request.app.openapi())


@router.get("/docs")
def docs(request: Request, principal: SignedIn) -> HTMLResponse:
    """The interface as a page."""
    return HTMLResponse("\n".join(_page(request.app.openapi())))


def _page(schema: dict[str, Any]) -> Iterator[str]:
    yield f"<!doctype html><html lang='en'><meta charset='utf-8'><title>OneFlight API</title><style>{_STYLE}</style>"
    yield f"<h1>{escape(schema['info']['title'])} {escape(schema['info']['version'])}</h1>"
    yield f"<p>{escape(schema['info'].get('description', ''))} Machine-readable: <a href='/openapi.json'>/openapi.json</a></p>"
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield from _operation(method, path, operation)
    yield "<h2>Schemas</h2>"
    for name, one in schema.get("components", {}).get("schemas", {}).items():
        yield f"<details id='{escape(name)}'><summary>{escape(name)}</summary>{_json(one)}</details>"


def _operation(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"<details><summary><span class='m'>{method.upper()}</span><code>{escape(path)}</code></summary>"
    yield f"<p>{escape(operation.get('description', operation.get('summary', '')))}</p>"
    for title, part in (("Parameters", "parameters"), ("Body", "requestBody"), ("Answers", "responses")):
        if part in operation:
            yield f"<h4>{title}</h4>{_json(operation[part])}"
    yield "</details>"


def _json(value: object) -> str:
    return f"<pre>{escape(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())}</pre>"
