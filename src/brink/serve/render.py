"""Pages out of templates. Whatever stands in a record is escaped; templates mark nothing safe but our own drawings."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import brink
from brink.brief.names import count, day, days, opened, table
from brink.coding.countries import country_name
from brink.records import Interval
from brink.serve import lists
from brink.serve.desk import key_of
from brink.serve.links import Links
from brink.serve.words import words

NAVIGATION = (
    ("/", "Crisis"),
    ("/happenings", "Happenings"),
    ("/promises", "Promises"),
    ("/actors", "Actors"),
    ("/reports", "Reports"),
    ("/sources", "Sources"),
    ("/search", "Search"),
    ("/health", "Health"),
    ("/settings", "Settings"),
)


@functools.cache
def environment() -> Environment:
    """The templates, with autoescape on whatever their names."""
    made = Environment(
        loader=PackageLoader("brink.serve", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(day=_day, days=_days, count=_count, opened=opened, drawing=Markup, percent=_percent)
    made.filters.update(country=_country, signed=_signed, marked=_marked)
    made.globals.update(event_forms=lists.EVENTS, table_forms=lists.TABLES, form_names=lists.NAMES)
    made.globals.update(words=words(), brief_words=table("words"), version=brink.__version__, navigation=NAVIGATION)
    return made


def _day(iso: str | None, year: str = "") -> str:
    return day(iso, year) if iso else "no date"


def _days(interval: dict[str, Any] | None, year: str = "") -> str:
    return days(Interval(interval["start"], interval["end"]), year) if interval else ""


def _count(number: int, noun: str, plural: str = "") -> str:
    return count(number, noun, plural)


def _percent(share: float | None) -> str:
    return f"{round(100 * share)} %" if share is not None else ""


def _country(code: str | None) -> str:
    return country_name(code) if code else ""


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _marked(kinds: Sequence[str]) -> str:
    """Classes of a piece of a report's text."""
    return " ".join(f"m-{kind}" for kind in kinds)


def page(request: Request, template: str, context: dict[str, Any], status: int = 200) -> HTMLResponse:
    """A page. `context` may hold `moment` and `links`; without them (an error) it stands at the ledger's own day."""
    desk = request.app.state.desk
    moment, inside = context.get("moment"), getattr(request.state, "inside", False)
    shown = moment.crisis if moment else desk.crisis
    known = {
        "request_path": request.url.path,
        "query": [(k, v) for k, v in request.query_params.multi_items() if k not in ("as_of", "cursor")],
        "crisis": shown.name if inside else "Brink",
        "crisis_key": key_of(shown),
        "crises": {key: one.name for key, one in desk.crises.items()} if inside else {},
        "own_day": desk.day.isoformat(),
        "shown_day": (moment.day if moment else desk.day).isoformat(),
        "links": Links(),
        "twin": None,
        "moment": None,
        "signed_in": getattr(request.state, "signed_in", False),
        "may_write": getattr(request.state, "may_write", False),
        "holder": getattr(request.state, "holder", None),
    }
    return HTMLResponse(environment().get_template(template).render(known | context), status)
