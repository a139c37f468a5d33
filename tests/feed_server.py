"""A real feed server for the tests of watching: feeds and pages that change, move, break off, drip and fail."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = [
    "The defence ministry said on Monday that some troops had returned to their bases.",
    "The foreign minister warned of war, and said that talks had not begun.",
    "Two ministers met the president in the capital on Tuesday, a spokesman said.",
    "Soldiers shelled the village at night, residents told reporters there.",
    "The government pledged to release twelve prisoners by Friday.",
]


@dataclass
class Told:
    """One article: `feed` says what of it stands in the feed (content, summary), `page` what its page holds."""

    guid: str
    text: str
    title: str = "News of the day"
    link: str | None = None
    day: str | None = "2026-11-20T08:00:00+00:00"
    full: bool = True
    permalink: bool = False

    def rss(self) -> str:
        """The article as an item of RSS."""
        parts = [f"<title>{escape(self.title)}</title>"]
        parts += [f'<guid isPermaLink="{str(self.permalink).lower()}">{escape(self.guid)}</guid>'] if self.guid else []
        parts += [f"<link>{escape(self.link)}</link>"] if self.link else []
        parts += [f"<pubDate>{rfc(self.day)}</pubDate>"] if self.day else []
        body = "".join(f"<p>{escape(part)}</p>" for part in self.text.split("\n\n"))
        parts += [f"<content:encoded>{escape(body)}</content:encoded>" if self.full else
                  f"<description>{escape(self.text[:60])}</description>"]  # fmt: skip
        return f"<item>{''.join(parts)}</item>"


def rfc(day: str) -> str:
    """A date as RSS writes it; what is no date stays as it is."""
    try:
        return format_datetime(datetime.fromisoformat(day))
    except ValueError:
        return day


def rss(items: list[Told], title: str = "Harbour Times") -> bytes:
    """A feed of RSS 2.0."""
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    head = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {names}>'
    return f"{head}<channel><title>{title}</title>{''.join(i.rss() for i in items)}</channel></rss>".encode()


def page(text: str, title: str = "News of the day") -> bytes:
    """An article's page."""
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in text.split("\n\n"))
    head = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    return f"{head}{paragraphs}</article></body></html>".encode()


@dataclass
class Served:
    """What a path gives. `drip`: seconds between its bytes; `cut`: it breaks off after so many bytes."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/rss+xml"
    location: str | None = None
    drip: float = 0.0
    gzip: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    conditional: bool = True


class FeedServer:
    """A running server. `paths` may be changed at any time; `asked` are the paths asked for with their status."""

    def __init__(self) -> None:
        self.paths: dict[str, Served | Callable[[], Served]] = {}
        self.asked: list[tuple[str, int]] = []
        self.port = 0

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def count(self, path: str, status: int | None = None) -> int:
        """How often a path was asked for (and answered with that status)."""
        return sum(1 for one, code in self.asked if one == path and status in (None, code))

    def article(self, n: int | str, text: str, **of: object) -> Told:
        """An article with a page of its own, its summary in the feed."""
        self.paths[f"/page/{n}"] = Served(page(text), content_type="text/html; charset=utf-8")
        return Told(f"g{n}", text, link=self.url(f"/page/{n}"), full=False, **of)  # type: ignore[arg-type]


def long_text(n: int) -> str:
    """A report of its own: no two are alike."""
    facts = " ".join(WORDS[(n + k) % len(WORDS)] for k in range(3))
    return f"{facts}\n\nIt was message number {n} of the day, an officer in district {n * 7 + 3} told the paper."


@contextmanager
def feeding() -> Iterator[FeedServer]:
    """A feed server on the loopback address."""
    served = FeedServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = served.paths.get(self.path, Served(status=404))
            answer = found() if callable(found) else found
            tag = f'"{hashlib.sha256(answer.body).hexdigest()[:12]}"'
            status = answer.status
            if status == 200 and answer.conditional and self.headers.get("If-None-Match") == tag:
                status = 304
            served.asked.append((self.path, status))
            with suppress(OSError):  # the client has seen enough
                self._send(answer, status, tag)

        def _send(self, answer: Served, status: int, tag: str) -> None:
            body = gzip.compress(answer.body) if answer.gzip else answer.body
            self.send_response(status)
            if answer.location:
                self.send_header("Location", answer.location)
            if answer.conditional:
                self.send_header("ETag", tag)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if status == 304:
                self.end_headers()
                return
            self.send_header("Content-Type", answer.content_type)
            if answer.gzip:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if not answer.drip:
                self.wfile.write(body)
                return
            for at in range(0, len(body)):
                self.wfile.write(body[at : at + 1])
                self.wfile.flush()
                time.sleep(answer.drip)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 128

        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    served.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
