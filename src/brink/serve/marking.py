"""Marking codings right or wrong: from the form of a report's page, over the API, and all of them as training data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field, ValidationError

from brink.errors import UsageError
from brink.export.markings import coding_of
from brink.export.records import to_record
from brink.records import Marking
from brink.serve import tabled
from brink.serve.api import Listed
from brink.serve.asking import Cursor, Here, Limit, Standing
from brink.serve.filters import paged
from brink.serve.views.report import shown_sha
from brink.serve.writing import REFUSED, Fields

router = APIRouter()


class Marked(BaseModel):
    """A reader's word on a coding; "none" takes an earlier one back."""

    report: str = Field(min_length=1, max_length=500)
    coding: str = Field(pattern="^[esu][0-9]{1,6}$", description="Id of an event, statement or unknown of the report.")
    verdict: str = Field(pattern="^(right|wrong|none)$")
    user: str | None = Field(
        None, max_length=60, description="Who says so; where tokens are asked, the token's holder."
    )
    note: str | None = Field(None, max_length=1000)


@router.get("/api/v1/markings", tags=["lists"], responses=REFUSED)
def get_markings(here: Standing, cursor: Cursor = None, limit: Limit = 50) -> Listed:
    """Codings marked right or wrong as training data: coding, text of the report, the word on it; the newest first."""
    found = paged(tabled.markings(here.desk.store), tabled.marked_at, cursor, limit)
    return Listed(items=found.items, total=found.total, next=found.cursor)


@router.post("/api/v1/markings", tags=["writing"], responses=REFUSED, status_code=201)
def post_marking(request: Request, here: Standing, sent: Marked) -> dict[str, Any]:
    """Mark a coding right or wrong; needs a token with the role write where tokens are asked."""
    one = _mark(request, here, sent)
    return {"report": one.report, "coding": one.coding, "verdict": one.verdict, "user": one.user, "at": one.at}


@router.post("/reports/{id:path}/mark", include_in_schema=False)
def mark_here(request: Request, here: Standing, id: str, fields: Fields) -> Response:
    """Keep a marking from the form of a report; its buttons say "e1:right"."""
    coding, _, verdict = fields.get("mark", "").partition(":")
    known = {key: fields.get(key, "").strip() or None for key in ("user", "note")}
    try:
        sent = Marked(report=id, coding=coding, verdict=verdict, user=known["user"], note=known["note"])
    except ValidationError as error:
        raise UsageError("A marking needs a coding, right or wrong, and who says so, none of them long.") from error
    _mark(request, here, sent)
    return RedirectResponse(here.links.report(id, coding), 303)


def _mark(request: Request, here: Here, sent: Marked) -> Marking:
    if not request.state.may_write:
        raise HTTPException(403)
    holder = request.state.holder
    user = holder.name if holder else (sent.user or "").strip()
    if not user:
        raise UsageError("A marking needs who says so.")
    if here.links.as_of:
        raise UsageError("A past day is replayed; codings are marked at the ledger's own day.")
    coded, versions = here.moment.reports.get(sent.report), here.desk.store.versions(sent.report)
    if coded is None or not versions or coding_of(to_record(coded), sent.coding) is None:
        raise HTTPException(404)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    one = Marking(
        sent.report, shown_sha(versions, here.moment.day), coded.coder, sent.coding, sent.verdict, user, now, sent.note
    )
    here.desk.store.mark(one)
    return one
