"""The pages and the REST API over a ledger.

Goes in: a `Desk` (an open store, a crisis, the day it stands at). Comes out: `create_app(desk)`, an ASGI application;
`serve(desk, host, port)` runs it. It reads the ledger and changes nothing in it but for decisions, markings and crises
by hand; pages work without script and ask no other server for anything.

    desk, moment      the ledger as of a day, kept while nothing changes
    asking, filters   what a request asks for; lists narrowed, page by page
    views             what each page shows, as JSON-ready dicts
    pages, api        addresses of pages; addresses of their JSON twins
    render, links, highlight, chart, words      how a page is written
    files, lists, tabled       every list as a file
    feed, stream      Atom; server-sent events
    door, tokens, writing      who may come in; decisions by hand
    marking, crises            codings marked right or wrong; crises added and removed
    guard, problems   headers, tags, limits; one shape for errors
"""

from __future__ import annotations

from brink.serve.app import create_app
from brink.serve.desk import NO_CRISIS, Desk
from brink.serve.door import Door
from brink.serve.run import at_ease, is_loopback, serve
from brink.serve.tokens import Tokens, default_path

__all__ = ["NO_CRISIS", "Desk", "Door", "Tokens", "at_ease", "create_app", "default_path", "is_loopback", "serve"]
