"""Errors as RFC 9457 problems: one place where a refusal becomes an HTTP status."""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from missions.errors import Conflict, Forbidden, InvalidInput, NotFound, OneFlightError

logger = logging.getLogger(__name__)


class Unauthenticated(OneFlightError):
    """Nobody, or nobody known, is signed in."""


class TooManyAttempts(OneFlightError):
    """Too many failed sign-ins; tells after how many seconds to try again."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(f"too many failed sign-ins; try again in {retry_after_s} s")


class Refused(InvalidInput):
    """A request that is understood but cannot be done, with each reason."""

    def __init__(self, source: str, reasons: list["Complaint"]) -> None:
        self.reasons = reasons
        super().__init__(source, "", "; ".join(reason.cause for reason in reasons))


class Complaint(BaseModel):
    """One thing that is wrong: where (a key, a code), and why."""

    where: str
    cause: str


class Problem(BaseModel):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Complaint] = []


STATUS: tuple[tuple[type[OneFlightError], int, str], ...] = (
    (Unauthenticated, 401, "Sign in first"),
    (Forbidden, 403, "Not allowed"),
    (NotFound, 404, "Not found"),
    (Conflict, 409, "Does not fit the present state"),
    (InvalidInput, 422, "Invalid input"),
    (TooManyAttempts, 429, "Too many attempts"),
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
    if isinstance(error, Refused):
        complaints = error.reasons
    elif isinstance(error, InvalidInput):
        complaints = [Complaint(where=error.where, cause=error.cause)]
    return Problem(title=title, status=status, detail=str(error), errors=complaints)


def install_error_handlers(app: FastAPI) -> None:
    """Has every refusal of the application answered as a problem."""
    app.add_exception_handler(OneFlightError, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_bug)


async def _on_refusal(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OneFlightError)  # noqa: S101 - registered for these alone
    headers: dict[str, str] = {}
    if isinstance(error, TooManyAttempts):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    return problem_response(problem_of(error), headers)


async def _on_validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for these alone
    complaints = [Complaint(where=".".join(str(part) for part in one["loc"]), cause=one["msg"]) for one in error.errors()]
    detail = "; ".join(f"{complaint.where}: {complaint.cause}" for complaint in complaints)
    return problem_response(Problem(title="Invalid input", status=422, detail=detail, errors=complaints))


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for these alone
    problem = Problem(
        title=error.detail, status=error.status_code, detail=f"{request.method} {request.url.path}: {error.detail}"
    )
    return problem_response(problem, error.headers)


async def _on_bug(request: Request, error: Exception) -> JSONResponse:
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_response(Problem(title="Failed", status=500, detail="the ground station has a fault; its log tells more"))
