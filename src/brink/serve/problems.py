"""One shape for every error: a code, and one fixed or Brink's own sentence. Never the text of a foreign exception."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import Match

from brink.errors import ReportError, StoreError, UsageError
from brink.serve.render import page

LOG = logging.getLogger("brink.serve")
API = "/api/"
METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
SENTENCES = {
    400: ("bad_request", "The request cannot be understood."),
    401: ("no_token", "This needs a token that is known here: send it as 'Authorization: Bearer …', or sign in."),
    403: ("forbidden", "Your token does not allow this, or the request came from another site's page."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method", "This address does not take such a request."),
    413: ("too_large", "The request is larger than the limit set."),
    422: ("invalid", "A parameter has no value that is allowed here."),
    429: ("too_many", "Too many requests with this token; wait a minute."),
    500: ("internal", "Something went wrong here; the log of the server says what."),
    503: ("ledger", "The ledger cannot be read at the moment."),
}


class Problem(BaseModel):
    """What went wrong: a code that does not change, and one sentence for a person."""

    code: str
    message: str


class Failure(BaseModel):
    """The body of every answer that is an error."""

    error: Problem


def install(app: FastAPI) -> None:
    """Make every error of `app` one of ours: JSON under /api/, else a page."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(UsageError, _asked_wrongly)
    app.add_exception_handler(ReportError, _no_report)
    app.add_exception_handler(StoreError, _no_ledger)
    app.add_exception_handler(Exception, _broken)


def answer(request: Request, status: int, message: str = "", code: str = "") -> Response:
    """An error as this request wants it; without a message it is the fixed sentence of its status."""
    known, sentence = SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])
    told, named = message or sentence, code or known
    if request.url.path.startswith(API):
        return JSONResponse({"error": {"code": named, "message": told}}, status)
    return page(request, "problem.html", {"status": status, "message": told}, status=status)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    found = answer(request, error.status_code)
    found.headers.update(error.headers or {})
    if error.status_code == 405 and (methods := _methods(request)):
        found.headers["Allow"] = ", ".join(methods)
    return found


def _methods(request: Request) -> list[str]:
    """All that an address takes; the error knows of the first route there alone."""
    asked = [(method, {**request.scope, "method": method}) for method in METHODS]
    routes = request.app.routes
    return [method for method, scope in asked if any(r.matches(scope)[0] == Match.FULL for r in routes)]


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    names = [str(one["loc"][-1]) for one in error.errors() if one.get("loc")]
    known = list(dict.fromkeys(n for n in names if n.isidentifier() and n.isascii()))
    return answer(request, 422, f"No value that is allowed here: {', '.join(known)}." if known else "")


async def _asked_wrongly(request: Request, error: Exception) -> Response:
    return answer(request, 400, str(error))


async def _no_report(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReportError)
    return answer(request, 422, str(error), error.reason.value)


async def _no_ledger(request: Request, error: Exception) -> Response:
    LOG.error("The ledger cannot be read: %s", error)
    return answer(request, 503)


async def _broken(request: Request, error: Exception) -> Response:
    LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return answer(request, 500)
