"""The pages: each has a stable address, works without script, and links to its JSON twin."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from brink.brief import crisis_brief, crisis_markdown, crisis_page
from brink.serve import feed
from brink.serve.asking import Cursor, Day, Filtered, Here, Standing, Words
from brink.serve.render import page
from brink.serve.views import tension
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

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
ROWS = 60
BRIEF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def _shown(request: Request, here: Here, template: str, context: dict[str, Any], twin: str, **query: Any) -> Response:
    """A page with what all pages share; `twin` is the path of its JSON twin below /api/v1."""
    known = {"moment": here.moment, "links": here.links, "twin": here.links.to(f"/api/v1{twin}", **query)}
    return page(request, template, known | context)


@router.get("/")
def crisis_here(request: Request, here: Standing, by: Filtered, pair: Words = None) -> Response:
    """The page of the crisis, or its JSON twin."""
    found = crisis(here.moment, by, pair, here.links)
    context = {"it": found, "map": world(here.moment, by, here.links), "by": by.chosen()}
    return _shown(request, here, "crisis.html", context, "/crisis", **by.chosen(), pair=pair)


@router.get("/happenings")
def happenings_here(request: Request, here: Standing, by: Filtered, cursor: Cursor = None) -> Response:
    """The list of happenings, by the filters of the address."""
    found = here.moment.listed(by, cursor, ROWS)
    context = {
        "rows": rows(here.moment, found.items),
        "total": found.total,
        "at_least": found.at_least,
        "cursor": found.cursor,
        "facets": here.moment.facets(by),
        "by": by.chosen(),
    }
    return _shown(request, here, "happenings.html", context, "/happenings", **by.chosen(), cursor=cursor)


@router.get("/happenings/{id}")
def happening_here(request: Request, here: Standing, id: str) -> Response:
    """One happening; 404 where there is none of that id."""
    held = here.moment.by_id.get(id)
    if held is None:
        raise HTTPException(404)
    return _shown(request, here, "happening.html", {"it": happening(here.moment, held)}, f"/happenings/{id}")


@router.get("/reports")
def reports_here(request: Request, here: Standing, outlet: Words = None, cursor: Cursor = None) -> Response:
    """The list of reports."""
    found = here.moment.listed_reports(outlet, cursor, ROWS)
    context = {"rows": found.items, "total": found.total, "cursor": found.cursor, "outlet": outlet}
    return _shown(request, here, "reports.html", context, "/reports", outlet=outlet, cursor=cursor)


@router.get("/reports/{id:path}")
def report_here(request: Request, here: Standing, id: str) -> Response:
    """One report with its highlights; 404 where there is none of that id."""
    coded = here.moment.reports.get(id)
    if coded is None:
        raise HTTPException(404)
    found = report(here.moment, coded, here.desk.store.versions(id), here.desk.store.markings(id))
    return _shown(request, here, "report.html", {"it": found}, "/reports/" + here.links.safe(id))


@router.get("/actors")
def actors_here(request: Request, here: Standing) -> Response:
    """The list of actors."""
    rows, total = actors(here.moment)
    return _shown(request, here, "actors.html", {"rows": rows, "total": total}, "/actors")


@router.get("/actors/{name:path}")
def actor_here(request: Request, here: Standing, name: str) -> Response:
    """One actor, by code or name."""
    found = actor(here.moment, name)
    if found is None:
        raise HTTPException(404)
    top = found["pairs"][0]["pair"] if found["pairs"] else None
    drawn = tension.drawing(here.moment, tuple(top), here.moment.view, here.links) if top else None
    return _shown(request, here, "actor.html", {"it": found, "tension": drawn}, "/actors/" + here.links.safe(name))


@router.get("/pair")
def pair_here(
    request: Request, here: Standing, a: Annotated[str, Query()], b: Annotated[str, Query()], since: Day = None
) -> Response:
    """A pair of actors and its tension."""
    found = pair(here.moment, a, b, here.links, since)
    if found is None:
        raise HTTPException(404)
    return _shown(request, here, "pair.html", {"it": found, "tension": found}, "/pair", a=a, b=b)


@router.get("/promises")
def promises_here(request: Request, here: Standing, kind: Words = None) -> Response:
    """Promises, threats and predictions."""
    return _shown(request, here, "promises.html", {"it": promises(here.moment, kind)}, "/promises", kind=kind)


@router.get("/sources")
def sources_here(request: Request, here: Standing) -> Response:
    """Outlets, agencies and origins: counts, no ratings."""
    return _shown(request, here, "sources.html", {"it": sources(here.moment)}, "/sources")


@router.get("/search")
def search_here(request: Request, here: Standing, by: Filtered, q: Words = None) -> Response:
    """Reports that hold the words asked for."""
    found = here.desk.store.search(q, LIMIT, here.links.as_of) if q else []
    it = search(here.moment, q or "", found, by)
    return _shown(request, here, "search.html", {"it": it, "by": by.chosen()}, "/search", q=q, **by.chosen())


@router.get("/health")
def health_here(request: Request, here: Standing) -> Response:
    """What the ledger holds and what was refused."""
    return _shown(request, here, "health.html", {"it": health(here.desk, here.moment)}, "/health")


@router.get("/settings")
def settings_here(request: Request, here: Standing) -> Response:
    """The settings in force, and the crises."""
    return _shown(request, here, "settings.html", {"it": settings(here.desk)}, "/settings")


@router.get("/about")
def about_here(request: Request, here: Standing) -> Response:
    """Credits and licences."""
    return page(request, "about.html", {"moment": here.moment, "links": here.links})


@router.get("/brief.{form}")
def brief_here(here: Standing, form: str, since: Day = None) -> Response:
    """The brief of the crisis as a page or as Markdown."""
    if form not in ("md", "html"):
        raise HTTPException(404)
    told = crisis_brief(here.moment.material(since), here.moment.crisis, since, here.moment.day)
    if form == "md":
        return Response(crisis_markdown(told), media_type="text/markdown; charset=utf-8")
    return HTMLResponse(crisis_page(told), headers={"Content-Security-Policy": BRIEF_POLICY})


@router.get("/feed.atom")
def feed_here(request: Request, here: Standing, by: Filtered) -> Response:
    """The Atom feed of the crisis."""
    base = str(request.base_url).rstrip("/")
    found = feed.atom(here.moment, here.moment.latest(by, feed.ENTRIES), base)
    return Response(found, media_type="application/atom+xml; charset=utf-8")
