"""Some hundred feeds on one local server: RSS and JSON Feed, whole texts and summaries with pages, some in trouble."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from articles import Article

KEPT = 40
"""Items that a feed shows, the newest first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path gives. `kind`: its media type, or where it has moved; `drip`: seconds between parts of its body."""

    status: int
    kind: str
    body: bytes = b""
    drip: float = 0.0
    shows: tuple[Article, ...] = ()


class Site:
    """`feeds` feeds, of which one in ten has pages, one in forty each breaks down (if `breaking`), has moved, or drips.

    `shown` holds when each text, by report and edit, was first sent to somebody: only then can it be read.
    """

    def __init__(self, feeds: int, breaking: bool = True) -> None:
        self.breaking = breaking
        self.held: list[list[Article]] = [[] for _ in range(feeds)]
        self.shown: dict[tuple[str, int], float] = {}
        self.asked = 0
        self.port = 0
        self._lock = threading.Lock()

    def url(self, feed: int) -> str:
        """The address at which a feed is listed."""
        return f"http://127.0.0.1:{self.port}/{'old' if feed % 40 == 2 else 'feed'}/{feed}"

    def put(self, feed: int, one: Article) -> None:
        """Publish an article, or another text of one that is there."""
        with self._lock:
            rest = [held for held in self.held[feed] if held.number != one.number]
            self.held[feed] = [one, *rest][:KEPT]

    def answer(self, path: str) -> Answer:
        """What is sent for a path."""
        _, what, which = path.split("/", 2)
        number = int(which)
        self.asked += 1
        if what == "old":
            return Answer(301, f"/feed/{number}")
        if what == "page":
            return self._page(number)
        if self.breaking and number % 40 == 1 and int(time.time()) % 300 < 60:
            return Answer(503, "text/plain", b"down")
        with self._lock:
            held = tuple(self.held[number])
        body, kind = (_json(held), "feed+json") if number % 2 else (self._rss(held, number), "rss+xml")
        return Answer(200, f"application/{kind}", body, 0.2 if number % 40 == 3 else 0.0, held)

    def note(self, shows: tuple[Article, ...], at: float) -> None:
        """Say that a feed with these was sent, beginning at a time."""
        with self._lock:
            for one in shows:
                self.shown.setdefault((one.report, one.edits), at)

    def _page(self, number: int) -> Answer:
        one = next(one for held in self.held for one in held if one.number == number)
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in one.text.split("\n\n"))
        page = f"<html><head><title>{escape(one.title)}</title></head><body><article>{paragraphs}</article></body>"
        return Answer(200, "text/html; charset=utf-8", page.encode())

    def _rss(self, held: tuple[Article, ...], number: int) -> bytes:
        items = "".join(self._item(one, number % 10 == 0) for one in held)
        names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        return f'<rss version="2.0" {names}><channel><title>Soak {number}</title>{items}</channel></rss>'.encode()

    def _item(self, one: Article, paged: bool) -> str:
        body = escape("".join(f"<p>{escape(part)}</p>" for part in one.text.split("\n\n")))
        told = f"<description>{escape(one.text[:80])}</description>" if paged else f"<content:encoded>{body}"
        link = f"<link>http://127.0.0.1:{self.port}/page/{one.number}</link>" if paged else "</content:encoded>"
        day = format_datetime(datetime.fromisoformat(one.published))
        head = f"<title>{escape(one.title)}</title><guid isPermaLink='false'>{one.guid}</guid><pubDate>{day}</pubDate>"
        return f"<item>{head}{told}{link}</item>"


def _json(held: tuple[Article, ...]) -> bytes:
    items = [
        {"id": one.guid, "title": one.title, "content_text": one.text, "date_published": one.published} for one in held
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Soak", "items": items}).encode()


@contextmanager
def serving(feeds: int, breaking: bool = True) -> Iterator[Site]:
    """The site on a free port of the loopback address."""
    site = Site(feeds, breaking)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                return self.send_error(404)
            found, at = site.answer(self.path), time.monotonic()
            tag = f'"{hashlib.sha256(found.body).hexdigest()[:12]}"'
            if found.status == 200 and self.headers.get("If-None-Match") == tag:
                found = Answer(304, found.kind)
            with suppress(OSError):
                self._send(found, tag)
                site.note(found.shows, at)
            return None

        def _send(self, found: Answer, tag: str) -> None:
            body = gzip.compress(found.body, 1) if found.status == 200 else found.body
            self.send_response(found.status)
            self.send_header("Location" if found.status == 301 else "Content-Type", found.kind)
            self.send_header("ETag", tag)
            if found.status == 200:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for start in range(0, len(body), 2000):
                self.wfile.write(body[start : start + 2000])
                time.sleep(found.drip)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 256

        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
