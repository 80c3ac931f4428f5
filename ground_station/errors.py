"""Errors as RFC 9457 problems: one place where a refusal becomes an HTTP status."""

import logging
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, BeforeValidator, SerializeAsAny
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException

from ground_station.database import is_busy
from missions.errors import Conflict, Forbidden, InvalidInput, NotFound, OneFlightError

logger = logging.getLogger(__name__)

RETRY_AFTER_S = 5
"""After this time a request that met a busy database may be sent again."""


class Unauthenticated(OneFlightError):
    """Nobody, or nobody known, is signed in."""


class TooManyAttempts(OneFlightError):
    """Too many failed sign-ins; tells after how many seconds to try again."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(f"too many failed sign-ins; try again in {retry_after_s} s")


class Unavailable(OneFlightError):
    """The request is in order, but cannot be served at the moment; the same again in a while may be."""


class Refused(InvalidInput):
    """A request that is understood but cannot be done, with each reason."""

    def __init__(self, source: str, reasons: Sequence["Complaint"]) -> None:
        self.reasons = list(reasons)
        super().__init__(source, "", "; ".join(reason.cause for reason in reasons))


class Unfit(Conflict):
    """What is asked for does not fit the present state, with each reason."""

    def __init__(self, text: str, reasons: list["Complaint"]) -> None:
        self.reasons = reasons
        super().__init__(f"{text}: {'; '.join(reason.cause for reason in reasons)}")


def _encodable(text: str) -> str:
    """The text without halves of surrogate pairs: strangers' names stand in refusals, and every refusal can be sent."""
    return text.encode(errors="replace").decode()


Text = Annotated[str, BeforeValidator(_encodable)]


class Complaint(BaseModel):
    """One thing that is wrong: where (a key, a code), and why."""

    where: Text
    cause: Text


class Problem(BaseModel):
    """RFC 9457."""

    type: str = "about:blank"
    title: Text
    status: int
    detail: Text
    errors: list[SerializeAsAny[Complaint]] = []


STATUS: tuple[tuple[type[OneFlightError], int, str], ...] = (
    (Unauthenticated, 401, "Sign in first"),
    (Forbidden, 403, "Not allowed"),
    (NotFound, 404, "Not found"),
    (Conflict, 409, "Does not fit the present state"),
    (InvalidInput, 422, "Invalid input"),
    (TooManyAttempts, 429, "Too many attempts"),
    (Unavailable, 503, "Not available now"),
)


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem as a response."""
    return JSONResponse(
        problem.model_dump(), status_code=problem.status, media_type="application/problem+json", headers=dict(headers or {})
    )


def problem_of(error: OneFlightError) -> Problem:
    """The problem that tells of `error`."""
    status, title = next(((status, title) for kind, status, title in STATUS if isinstance(error, kind)), (500, "Failed"))
    complaints: list[Complaint] = []
    if isinstance(error, Refused | Unfit):
        complaints = error.reasons
    elif isinstance(error, InvalidInput):
        complaints = [Complaint(where=error.where, cause=error.cause)]
    return Problem(title=title, status=status, detail=str(error), errors=complaints)


def install_error_handlers(app: FastAPI) -> None:
    """Has every refusal of the application answered as a problem."""
    app.add_exception_handler(OneFlightError, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(DBAPIError, _on_database)
    app.add_exception_handler(NoConnection, _on_database)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_bug)


def refusal_response(error: OneFlightError) -> JSONResponse:
    """The answer that tells of `error`."""
    headers: dict[str, str] = {}
    if isinstance(error, TooManyAttempts):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Unavailable):
        headers["Retry-After"] = str(RETRY_AFTER_S)
    return problem_response(problem_of(error), headers)


async def _on_refusal(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OneFlightError)  # noqa: S101 - registered for these alone
    return refusal_response(error)


async def _on_database(request: Request, error: Exception) -> JSONResponse:
    if not is_busy(error):
        raise error
    logger.warning("%s %s: the database is busy: %s", request.method, request.url.path, error)
    return refusal_response(Unavailable("the database is busy with other changes; try again in a few seconds"))


async def _on_validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for these alone
    complaints = [_complaint(request, error, one) for one in error.errors()]
    detail = "; ".join(f"{complaint.where}: {complaint.cause}" for complaint in complaints)
    return problem_response(Problem(title="Invalid input", status=422, detail=detail, errors=complaints))


def _complaint(request: Request, error: RequestValidationError, one: dict[str, Any]) -> Complaint:
    """One of pydantic's complaints; what is wrong with the body as a whole in words of our own."""
    where = ".".join(str(part) for part in one["loc"])
    if one["type"] == "json_invalid":
        return Complaint(where="body", cause=f"is not JSON: {_place(error.body, one['loc'][-1])}: {one['ctx']['error']}")
    kind = request.headers.get("Content-Type", "")
    if where == "body" and "json" not in kind:
        return Complaint(
            where=where, cause=f"expected JSON with Content-Type: application/json (given: {kind[:100] or 'none'})"
        )
    if "UploadFile" in one["msg"]:
        return Complaint(where=where, cause="expected a file with its name (multipart/form-data)")
    return Complaint(where=where, cause=one["msg"].removeprefix("Value error, "))


def _place(text: object, offset: object) -> str:
    """An offset into a text as people count: line and column from 1."""
    if not isinstance(text, str) or not isinstance(offset, int):
        return f"character {offset}"
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - text.rfind(chr(10), 0, offset)}"


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for these alone
    problem = Problem(
        title=error.detail, status=error.status_code, detail=f"{request.method} {request.url.path}: {error.detail}"
    )
    return problem_response(problem, error.headers)


async def _on_bug(request: Request, error: Exception) -> JSONResponse:
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_response(Problem(title="Failed", status=500, detail="the ground station has a fault; its log tells more"))
