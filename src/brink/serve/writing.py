"""What changes something: signing in and out, and decisions by hand, kept with user, time and reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field, ValidationError

from brink.errors import UsageError
from brink.ledger import check_decision
from brink.records import Decision
from brink.serve.asking import Here, Standing
from brink.serve.door import COOKIE, HOURS, TRIES, Door, session_of
from brink.serve.filters import STATUSES
from brink.serve.problems import Failure
from brink.serve.render import page

router = APIRouter()
REFUSED: dict[int | str, dict[str, Any]] = {code: {"model": Failure} for code in (400, 401, 403, 422)}


class Decided(BaseModel):
    """A decision by hand, as `brink decide` takes it."""

    what: str = Field(pattern="^(merge|split|move|camp|status)$")
    subject: str = Field(min_length=1, max_length=500)
    value: str = Field(min_length=1, max_length=500)
    user: str | None = Field(
        None, max_length=60, description="Who decides; where tokens are asked, the token's holder."
    )
    reason: str = Field(min_length=1, max_length=1000)


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form, the last of a name."""
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace"), max_num_fields=20))


Fields = Annotated[dict[str, str], Depends(fields_of)]


@router.post("/api/v1/decisions", tags=["writing"], responses=REFUSED, status_code=201)
def post_decision(request: Request, here: Standing, sent: Decided) -> dict[str, Any]:
    """Keep a decision by hand; needs a token with the role write where tokens are asked."""
    one = _decide(request, here, sent)
    return {"what": one.what, "subject": one.subject, "user": one.user, "at": one.at}


@router.post("/happenings/{id}/decide", include_in_schema=False)
def decide_here(request: Request, here: Standing, id: str, fields: Fields) -> Response:
    """Keep a decision by hand from the form of a happening."""
    if id not in here.moment.by_id:
        raise HTTPException(404)
    what = fields.get("what", "")
    subject, value = (fields.get("value", ""), id) if what == "move" else (id, fields.get("value", ""))
    known = {key: fields.get(key, "").strip() for key in ("user", "reason")}
    try:
        sent = Decided(what=what, subject=subject, value=value.strip(), user=known["user"], reason=known["reason"])
    except ValidationError as error:
        raise UsageError(
            "A decision needs what it does, a value, who decides and a reason, none of them long."
        ) from error
    _decide(request, here, sent)
    there = here.desk.moment(None, here.links.crisis).by_id
    return RedirectResponse(here.links.happening(id) if id in there else here.links.to("/happenings"), 303)


def _decide(request: Request, here: Here, sent: Decided) -> Decision:
    if not request.state.may_write:
        raise HTTPException(403)
    sets = sent.what in ("camp", "status")
    if sent.what == "status" and sent.value not in STATUSES:
        raise UsageError(f"A status is one of {', '.join(STATUSES)}.")
    holder = request.state.holder
    user, now = holder.name if holder else sent.user or "", datetime.now(UTC).date().isoformat()
    one = Decision(
        sent.what, sent.subject, None if sets else sent.value, sent.value if sets else None, user, now, sent.reason
    )
    check_decision(one)
    here.desk.store.decide(one)
    return one


@router.get("/sign-in", include_in_schema=False)
def sign_in_page(request: Request) -> Response:
    """The form that asks for a token."""
    return page(request, "sign_in.html", {"refused": False})


@router.post("/sign-in", include_in_schema=False)
def sign_in(request: Request, fields: Fields) -> Response:
    """Check a token and remember it in a cookie."""
    door: Door = request.app.state.door
    where = request.client.host if request.client else ""
    if door.tries.full(where, TRIES, count=False):
        raise HTTPException(429)
    session = door.sign_in(fields.get("token", "").strip())
    if session is None:
        door.tries.full(where, TRIES)
        return page(request, "sign_in.html", {"refused": True}, status=403)
    found = RedirectResponse("/", 303)
    found.set_cookie(COOKIE, session, max_age=HOURS * 3600, secure=True, httponly=True, samesite="strict", path="/")
    return found


@router.post("/sign-out", include_in_schema=False)
def sign_out(request: Request) -> Response:
    """Forget the cookie."""
    request.app.state.door.sign_out(session_of(request.headers))
    found = RedirectResponse("/sign-in", 303)
    found.delete_cookie(COOKIE, secure=True, httponly=True, samesite="strict", path="/")
    return found
