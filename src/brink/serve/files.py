"""Every list as a file, at `/LIST.FORM` and below `/api/v1` alike: /happenings.csv, /actors/RUS/statements.parquet."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import Response, StreamingResponse

import brink
from brink.records import Happening
from brink.serve import lists, tabled
from brink.serve.asking import Day, Filtered, Here, Standing, Words
from brink.serve.problems import Failure
from brink.serve.views.actors import actors, meant, offices, statements
from brink.serve.views.health import health
from brink.serve.views.promises import known_kind
from brink.serve.views.rows import Row
from brink.serve.views.search import LIMIT, found_rows
from brink.serve.views.sources import agencies, origins, outlets

SAID = 10_000
"""Statements of an actor that a file lists, the newest."""
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The list as a file.",
        "content": {kind.partition(";")[0]: {"schema": {}} for kind in lists.MEDIA.values()},
    },
    400: {"model": Failure, "description": "What was asked cannot be done."},
    404: {"model": Failure, "description": "There is no such list or form."},
    422: {"model": Failure, "description": "A parameter has no value that is allowed here."},
}
router = APIRouter(tags=["files"], responses=ANSWERS, default_response_class=Response)
EventForm = Annotated[str, Path(json_schema_extra={"enum": list(lists.EVENTS)})]
TableForm = Annotated[str, Path(json_schema_extra={"enum": list(lists.TABLES)})]
Party = Annotated[str, Query(max_length=200)]


@router.get("/happenings.{form}")
def happenings_file(request: Request, here: Standing, by: Filtered, form: EventForm) -> Response:
    """Happenings, the newest first, by the filters of the list; all of them, however many."""
    return _events(request, here, "happenings", here.moment.chosen(by), form)


@router.get("/promises.{form}")
def promises_file(request: Request, here: Standing, form: EventForm, kind: Words = None) -> Response:
    """Promises, threats and predictions: overdue, open, settled."""
    return _events(request, here, "promises", here.moment.every_promise(known_kind(kind)), form)


@router.get("/pair.{form}")
def pair_file(request: Request, here: Standing, a: Party, b: Party, form: EventForm) -> Response:
    """The happenings on which a pair's tension rests, the last day first."""
    return _events(request, here, "pair", here.moment.every_of_pair(_pair(here, a, b)), form)


@router.get("/pair/tension.{form}")
def tension_file(here: Standing, a: Party, b: Party, form: TableForm, since: Day = None) -> Response:
    """The bands of a pair, a point a day (a week over more than a year of a large ledger)."""
    return _table("tension", tabled.tension(here.moment, _pair(here, a, b), since), form)


@router.get("/search/happenings.{form}")
def search_happenings_file(
    request: Request, here: Standing, by: Filtered, form: EventForm, q: Words = None
) -> Response:
    """The happenings of which the reports tell that a search found."""
    held = here.desk.store.search(q, LIMIT, here.links.as_of) if q else []
    return _events(request, here, "search", here.moment.found(held, by, lists.MOST).happenings, form, steady=False)


@router.get("/search/reports.{form}")
def search_reports_file(here: Standing, by: Filtered, form: TableForm, q: Words = None) -> Response:
    """The reports that a search found, the best first."""
    held = here.desk.store.search(q, LIMIT, here.links.as_of) if q else []
    return _table("found", found_rows(here.moment, q or "", held, by, LIMIT), form)


@router.get("/reports.{form}")
def reports_file(request: Request, here: Standing, form: TableForm, outlet: Words = None) -> Response:
    """Reports (of an outlet), the newest first; all of them."""
    _known(form, lists.TABLES)
    pieces = lists.table(tabled.columns("reports"), tabled.reports(here.moment, outlet), form)
    return _streamed(request, here, "reports", pieces, form)


@router.get("/stories.{form}")
def stories_file(here: Standing, form: TableForm) -> Response:
    """Stories, the latest first."""
    return _table("stories", tabled.stories(here.moment), form)


@router.get("/actors.{form}")
def actors_file(here: Standing, form: TableForm) -> Response:
    """Actors, those of whom most is told first; the first thousand of a large ledger."""
    return _table("actors", actors(here.moment)[0], form)


@router.get("/actors/{name:path}/statements.{form}")
def statements_file(here: Standing, name: str, form: TableForm) -> Response:
    """What an actor says, the newest first."""
    return _table("statements", statements(here.moment, _actor(here, name), SAID), form)


@router.get("/actors/{name:path}/offices.{form}")
def offices_file(here: Standing, name: str, form: TableForm) -> Response:
    """Offices that an actor holds, or that are held for it."""
    return _table("offices", offices(here.moment, _actor(here, name)), form)


@router.get("/actors/{name:path}/pairs.{form}")
def pairs_file(here: Standing, name: str, form: TableForm) -> Response:
    """The pairs of an actor."""
    return _table("pairs", tabled.pairs_of(here.moment, _actor(here, name)), form)


@router.get("/sources/outlets.{form}")
def outlets_file(here: Standing, form: TableForm) -> Response:
    """Who publishes, in counts."""
    return _table("outlets", outlets(here.moment), form)


@router.get("/sources/agencies.{form}")
def agencies_file(here: Standing, form: TableForm) -> Response:
    """Through whom statements came, in counts."""
    return _table("agencies", agencies(here.moment), form)


@router.get("/sources/origins.{form}")
def origins_file(here: Standing, form: TableForm) -> Response:
    """In whose name somebody speaks, in counts."""
    return _table("origins", origins(here.moment), form)


@router.get("/health/rejections.{form}")
def rejections_file(here: Standing, form: TableForm) -> Response:
    """Refused inputs, those refused most often first."""
    return _table("rejections", tabled.rejections(here.desk.store), form)


@router.get("/health/coders.{form}")
def coders_file(here: Standing, form: TableForm) -> Response:
    """Who coded the reports."""
    return _table("coders", health(here.desk, here.moment)["coders"], form)


@router.get("/health/decisions.{form}")
def decisions_file(here: Standing, form: TableForm) -> Response:
    """Decisions by hand."""
    return _table("decisions", health(here.desk, here.moment)["decisions"], form)


@router.get("/markings.{form}")
def markings_file(here: Standing, form: TableForm) -> Response:
    """Codings marked right or wrong, the newest first; as training data they come from `/api/v1/markings`."""
    return _table("markings", tabled.marked(here.desk.store), form)


@router.get("/alerts.{form}")
def alerts_file(here: Standing, form: TableForm) -> Response:
    """Alerts that a watch of this ledger raised, the newest first."""
    return _table("alerts", tabled.alerts(here.desk.store), form)


def _known(form: str, forms: Iterable[str]) -> None:
    if form not in forms:
        raise HTTPException(404)


def _actor(here: Here, name: str) -> str:
    found = meant(here.moment, name)
    if found not in here.moment.named:
        raise HTTPException(404)
    return found


def _pair(here: Here, a: str, b: str) -> tuple[str, str]:
    one, other = sorted(meant(here.moment, name) for name in (a, b))
    return one, other


def _events(
    request: Request, here: Here, name: str, held: Iterable[Happening], form: str, steady: bool = True
) -> Response:
    """`steady` says that the file is the same as long as the ledger is: then a tag goes ahead of it."""
    _known(form, lists.EVENTS)
    return _streamed(request, here, name, lists.happenings(here.moment, held, form), form, steady)


def _table(name: str, rows: Iterable[Row], form: str) -> Response:
    """A short list: it waits for its end and gets its tag as pages do."""
    _known(form, lists.TABLES)
    body = b"".join(lists.table(tabled.columns(name), rows, form))
    return Response(body, media_type=lists.MEDIA[form], headers=_named(name, form))


def _streamed(
    request: Request, here: Here, name: str, pieces: Iterator[bytes], form: str, steady: bool = True
) -> Response:
    """A long list, sent while it is written; what is refused is refused before its first piece."""
    headers = _named(f"{name}-{here.moment.day}", form) | {"Cache-Control": "private, no-cache"}
    if steady:
        state = (here.moment.revision, here.moment.day, here.moment.crisis, request.url.path, request.url.query)
        headers["ETag"] = f'W/"{hashlib.sha256(repr((brink.__version__, *state)).encode()).hexdigest()[:24]}"'
        if headers["ETag"] in request.headers.get("if-none-match", "").split(", "):
            return Response(None, 304, headers)
    first = next(pieces, b"")
    return StreamingResponse(itertools.chain([first], pieces), media_type=lists.MEDIA[form], headers=headers)


def _named(name: str, form: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.{lists.ENDINGS.get(form, form)}"'}
