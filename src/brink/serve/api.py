"""The API under /api/v1: the pages' JSON twins, lists in pages, and coding of a report sent in."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, Field

from brink import coding, pipeline
from brink.errors import Reason, ReportError
from brink.export.happenings import to_record
from brink.export.records import to_record as coded_record
from brink.intake import IntakeOptions, read
from brink.records import Rejection, Report
from brink.serve.asking import Cursor, Day, Filtered, Limit, Standing, Words
from brink.serve.problems import Failure
from brink.serve.views.actors import actor, actors, pair
from brink.serve.views.crisis import crisis
from brink.serve.views.happening import happening
from brink.serve.views.health import health
from brink.serve.views.map import world
from brink.serve.views.promises import promises
from brink.serve.views.report import report
from brink.serve.views.rows import rows
from brink.serve.views.search import LIMIT, search
from brink.serve.views.settings import settings
from brink.serve.views.sources import sources
from brink.serve.views.tension import undrawn

ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Failure, "description": "What was asked cannot be done."},
    404: {"model": Failure, "description": "There is no such thing."},
    422: {"model": Failure, "description": "A parameter or field has no value that is allowed here."},
}
router = APIRouter(prefix="/api/v1", responses=ERRORS)
Record = dict[str, Any]
_ONE_CODER = threading.Lock()
"""The model uses all cores for one report; two at once would only share them."""


class Listed(BaseModel):
    """Some of a list; `next` is the cursor of what follows, null at its end.

    `total` counts all of it or, with `at_least`, as far as a large ledger counts a list that is narrowed.
    """

    items: list[Record]
    total: int
    next: str | None
    at_least: bool = False


class Sent(BaseModel):
    """A report to be coded: its text, and what is known of it."""

    text: str = Field(min_length=1, max_length=500_000)
    id: str | None = Field(None, max_length=500)
    title: str | None = Field(None, max_length=2000)
    url: str | None = Field(None, max_length=2000, description="Kept beside the report; it is never fetched.")
    outlet: str | None = Field(None, max_length=500)
    published: str | None = Field(None, max_length=40, description="YYYY, YYYY-MM, YYYY-MM-DD or ISO 8601.")


@router.get("/crisis", tags=["pages"])
def get_crisis(here: Standing, by: Filtered, pair: Words = None) -> Record:
    """The crisis: tension, what changed in a period, what is due and what is not known."""
    return _undrawn(crisis(here.moment, by, pair, here.links))


@router.get("/map", tags=["pages"])
def get_map(here: Standing, by: Filtered) -> Record:
    """What changed in a period, by place: points for cities, shades for all that is wider; disputed areas."""
    return world(here.moment, by, here.links)


@router.get("/happenings", tags=["lists"])
def get_happenings(here: Standing, by: Filtered, cursor: Cursor = None, limit: Limit = 50) -> Listed:
    """Happenings as rows, the newest first."""
    found = here.moment.listed(by, cursor, limit)
    items = rows(here.moment, found.items)
    return Listed(items=items, total=found.total, next=found.cursor, at_least=found.at_least)


@router.get("/ledger", tags=["lists"])
def get_ledger(here: Standing, by: Filtered, cursor: Cursor = None, limit: Limit = 50) -> Listed:
    """The same happenings as whole records of docs/ledger.schema.json."""
    found = here.moment.listed(by, cursor, limit)
    items = [to_record(h) for h in found.items]
    return Listed(items=items, total=found.total, next=found.cursor, at_least=found.at_least)


@router.get("/happenings/{id}", tags=["pages"])
def get_happening(here: Standing, id: str) -> Record:
    """One happening: status and why, origins and tellings, counts, unknowns, history, the record itself."""
    held = here.moment.by_id.get(id)
    if held is None:
        raise HTTPException(404)
    return happening(here.moment, held)


@router.get("/stories", tags=["lists"])
def get_stories(here: Standing) -> Listed:
    """Stories, the latest first: reports that tell of the same happenings, with the ids of both."""
    found = here.moment.stories()
    return Listed(items=[asdict(one) for one in reversed(found)], total=len(found), next=None)


@router.get("/reports", tags=["lists"])
def get_reports(here: Standing, outlet: Words = None, cursor: Cursor = None, limit: Limit = 50) -> Listed:
    """Reports as rows, the newest first."""
    found = here.moment.listed_reports(outlet, cursor, limit)
    return Listed(items=found.items, total=found.total, next=found.cursor)


@router.get("/reports/{id:path}", tags=["pages"])
def get_report(here: Standing, id: str) -> Record:
    """One report: text in marked pieces, statements, events, unknowns, offices, versions, the record itself."""
    coded = here.moment.reports.get(id)
    if coded is None:
        raise HTTPException(404)
    return report(here.moment, coded, here.desk.store.versions(id), here.desk.store.markings(id))


@router.get("/actors", tags=["lists"])
def get_actors(here: Standing) -> Listed:
    """Everybody who acts, is acted upon or speaks, the thousand of whom most is told."""
    found, total = actors(here.moment)
    return Listed(items=found, total=total, next=None)


@router.get("/actors/{name:path}", tags=["pages"])
def get_actor(here: Standing, name: str) -> Record:
    """One actor: offices, statements, happenings, pairs."""
    found = actor(here.moment, name)
    if found is None:
        raise HTTPException(404)
    return found


@router.get("/pair", tags=["pages"])
def get_pair(
    here: Standing,
    a: Annotated[str, Query(max_length=200)],
    b: Annotated[str, Query(max_length=200)],
    since: Day = None,
) -> Record:
    """Two actors: the bands of words and deeds, and the happenings that they rest on."""
    found = pair(here.moment, a, b, here.links, since)
    if found is None:
        raise HTTPException(404)
    return undrawn(found)


@router.get("/promises", tags=["pages"])
def get_promises(here: Standing, kind: Words = None) -> Record:
    """Promises, threats and predictions: overdue, open, settled."""
    return promises(here.moment, kind)


@router.get("/sources", tags=["pages"])
def get_sources(here: Standing) -> Record:
    """Outlets, agencies and origins in counts."""
    return sources(here.moment)


@router.get("/search", tags=["pages"])
def get_search(here: Standing, by: Filtered, q: Words = None) -> Record:
    """Reports that have all the words of `q`, and the happenings that they tell of."""
    return search(here.moment, q or "", here.desk.store.search(q, LIMIT, here.links.as_of) if q else [], by)


@router.get("/health", tags=["pages"])
def get_health(here: Standing) -> Record:
    """How much the ledger holds, how fresh it is, what was refused, who coded it."""
    return health(here.desk, here.moment)


@router.get("/settings", tags=["pages"])
def get_settings(here: Standing) -> Record:
    """The settings in force and where each comes from; the crises that `crisis` may name."""
    return settings(here.desk)


@router.post("/code", tags=["coding"])
def post_code(sent: Sent) -> Record:
    """Code a report sent in the body: the record of docs/schema.json. Nothing is kept of it."""
    found = next(iter(_reports(sent)), None)
    if not isinstance(found, Report):
        reason, message = (found.reason, found.message) if found else (Reason.EMPTY, "The report holds no text.")
        raise ReportError(reason, message)
    with _ONE_CODER:
        return coded_record(pipeline.annotate_one(found, coding.load_register(None)))


def _reports(sent: Sent) -> list[Report | Rejection]:
    """The report by the same door as every other input, with the same checks."""
    line = json.dumps(sent.model_dump(exclude_none=True)).encode()
    return list(read("-", IntakeOptions(stdin=io.BytesIO(line))))


def _undrawn(found: Record) -> Record:
    """Without the drawing, which is the page's."""
    return found | {"tension": undrawn(found["tension"]) if found["tension"] else None}
