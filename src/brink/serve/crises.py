"""Crises added and removed on the settings page or over the API: each is a crisis file, kept in the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field, ValidationError

from brink.errors import CrisisError, UsageError
from brink.ledger import parse_crisis
from brink.records import Crisis
from brink.serve.api import ERRORS, Listed
from brink.serve.desk import Desk, key_of
from brink.serve.views.settings import crises
from brink.serve.writing import REFUSED, Fields
from brink.store import OfferedCrisis

router = APIRouter()
MOST = 50
"""Crises that may be added: each of a large ledger has tables of its own."""
CHARACTERS = 200_000
"""Of one file."""


class Added(BaseModel):
    """A crisis file: TOML with `name`, `since`, `until`, `actors`, `places`, `words` and `[camps]`."""

    text: str = Field(min_length=1, max_length=CHARACTERS)
    user: str | None = Field(
        None, max_length=60, description="Who adds it; where tokens are asked, the token's holder."
    )


@router.get("/api/v1/crises", tags=["lists"], responses=ERRORS)
def get_crises(request: Request) -> Listed:
    """The crises that `crisis` may name: camps, span and lists; of those added here also the file, who and when."""
    found = crises(request.app.state.desk)
    return Listed(items=found, total=len(found), next=None)


@router.post("/api/v1/crises", tags=["writing"], responses=REFUSED, status_code=201)
def post_crisis(request: Request, sent: Added) -> dict[str, Any]:
    """Add a crisis; needs a token with the role write where tokens are asked."""
    one = _add(request, sent)
    return {"key": one.id, "user": one.user, "at": one.at}


@router.delete("/api/v1/crises/{key}", tags=["writing"], responses=REFUSED | {404: ERRORS[404]})
def delete_crisis(request: Request, key: str) -> dict[str, Any]:
    """Remove a crisis that was added here; needs the role write where tokens are asked."""
    _remove(request, key)
    return {"key": key}


@router.post("/settings/crises", include_in_schema=False)
def add_here(request: Request, fields: Fields) -> Response:
    """Add a crisis from the form of the settings page."""
    try:
        sent = Added(text=fields.get("text", ""), user=fields.get("user", "").strip() or None)
    except ValidationError as error:
        raise UsageError("A crisis needs its file and who adds it, neither of them too long.") from error
    _add(request, sent)
    return RedirectResponse("/settings#crises", 303)


@router.post("/settings/crises/{key}/remove", include_in_schema=False)
def remove_here(request: Request, key: str) -> Response:
    """Remove a crisis by its button on the settings page."""
    _remove(request, key)
    return RedirectResponse("/settings#crises", 303)


def _add(request: Request, sent: Added) -> OfferedCrisis:
    if not request.state.may_write:
        raise HTTPException(403)
    desk: Desk = request.app.state.desk
    holder = request.state.holder
    user = holder.name if holder else (sent.user or "").strip()
    if not user:
        raise UsageError("A crisis needs who adds it.")
    id = key_of(_read(sent.text))
    if id in desk.named:
        raise UsageError(f"The server was started with a crisis named '{id}'; give this one another name.")
    if len(desk.added) >= MOST:
        raise UsageError(f"{MOST} crises were added already; remove one of them first.")
    one = OfferedCrisis(id, sent.text, user, datetime.now(UTC).isoformat(timespec="microseconds"))
    if not desk.store.offer(one):
        raise UsageError(f"There is a crisis named '{id}' already; remove it first, or give this one another name.")
    return one


def _read(text: str) -> Crisis:
    """Raises UsageError, in a sentence of ours, where the text is no crisis file."""
    try:
        found = parse_crisis(text, Path("sent"))
    except CrisisError as error:
        if isinstance(error.__cause__, TOMLDecodeError):
            raise UsageError("The crisis file is not valid TOML.") from error
        raise UsageError(str(error)) from error
    if found.name == "sent":
        raise UsageError("The crisis file needs a 'name'.")
    return found


def _remove(request: Request, key: str) -> None:
    if not request.state.may_write:
        raise HTTPException(403)
    desk: Desk = request.app.state.desk
    if key in desk.named:
        raise UsageError("The server was started with this crisis (--crisis); leave it out there.")
    known = desk.added.get(key)
    if known is None or not desk.store.withdraw(key):
        raise HTTPException(404)
    desk.let_go(known)
