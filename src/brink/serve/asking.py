"""What pages and the API are asked with, read the same way everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator, Field, WithJsonSchema

from brink.serve.desk import Desk, key_of
from brink.serve.filters import Filter
from brink.serve.links import Links
from brink.serve.moment import Moment
from brink.serve.naming import actor_named

MOST = 200
"""Items of a list that one request may ask for."""


def _nothing(value: object) -> object:
    """A form sends every field; one left empty was not asked with."""
    return None if value == "" else value


def _day(value: object) -> object:
    """A day as YYYY-MM-DD; pydantic alone would read "0" as one, the first of 1970."""
    if isinstance(value, str) and value and not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise ValueError("a day is written as YYYY-MM-DD")
    return _nothing(value)


_DAY = WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "maxLength": 0}]})
Day = Annotated[date | None, BeforeValidator(_day), _DAY, Query()]
Words = Annotated[Annotated[str, Field(max_length=200)] | None, BeforeValidator(_nothing), Query()]
Cursor = Annotated[Annotated[str, Field(max_length=1000)] | None, BeforeValidator(_nothing), Query()]
Limit = Annotated[int, Query(ge=1, le=MOST)]


@dataclass(frozen=True, slots=True)
class Here:
    """Where a request stands: the ledger, the moment asked for, and addresses that stay in it."""

    desk: Desk
    moment: Moment
    links: Links


def here(
    request: Request,
    as_of: Annotated[
        date | None, BeforeValidator(_day), _DAY, Query(description="A past day: show what was known then.")
    ] = None,
    crisis: Words = None,
) -> Iterator[Here]:
    """The moment that a request asks for; let go of when it is answered."""
    desk: Desk = request.app.state.desk
    replayed = as_of if as_of != desk.day else None
    other = crisis if crisis != key_of(desk.crisis) else None
    moment = desk.moment(replayed, other)
    try:
        yield Here(desk, moment, Links(replayed.isoformat() if replayed else None, other))
    finally:
        moment.close()


def filtered(
    here: Annotated[Here, Depends(here)],
    status: Words = None,
    event: Words = None,
    quad: Words = None,
    actor: Words = None,
    place: Words = None,
    since: Day = None,
    until: Day = None,
) -> Filter:
    """What a list is narrowed to; an actor may be given by code, name or office holder's name."""
    by = Filter(status, event.upper() if event else None, quad, actor, place, since, until)
    return replace(by, actor=actor_named(actor, here.moment.acting)) if actor else by


Standing = Annotated[Here, Depends(here)]
Filtered = Annotated[Filter, Depends(filtered)]
