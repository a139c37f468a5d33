"""Which kind of input this is: by its media type, its name, its first bytes (tables in data/intake/kinds.toml)."""

from __future__ import annotations

import functools
import re
from enum import StrEnum

from brink.errors import Reason, ReportError
from brink.intake.encoding import marked, wide_without_mark
from brink.intake.tables import table


class Kind(StrEnum):
    """The formats that intake reads."""

    TEXT = "text"
    MARKDOWN = "markdown"
    PAGE = "page"
    LINES = "lines"
    FEED = "feed"
    ARCHIVE = "archive"


_OPENS_PAGE = re.compile(
    r"(?:<\?xml[^>]{0,300}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_OPENS_FEED = re.compile(
    r"(?:<\?.{0,300}?\?>\s*|<!--.{0,2000}?-->\s*|<!doctype[^>\[]{0,300}>\s*)*<(?:rss|(?:[\w.-]+:)?feed|rdf:RDF)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")
_OPENS_XML = re.compile(r"<\?xml", re.IGNORECASE)


def kind_of(name: str, media_type: str | None, head: bytes) -> Kind:
    """The kind of an input with this name, declared media type and first bytes.

    Raises ReportError: BINARY for what is no text, CONTENT_TYPE for a media type or a markup that is not read.
    """
    by_type = _by_type(media_type) if media_type else None
    refuse_binary(head)
    by_name = _by_name(name)
    # Servers send every kind of text as text/plain, so there a telling name says more.
    if by_type and not (by_type is Kind.TEXT and by_name):
        return by_type
    return by_name or _by_look(head)


def refuse_binary(head: bytes) -> None:
    """Raise ReportError (BINARY) if these are the first bytes of what is no text."""
    for offset, signature, name in _signatures():
        if head.startswith(signature, offset):
            raise ReportError(Reason.BINARY, f"The input looks like {name}, not text.")
    if b"\0" in head and not marked(head) and not wide_without_mark(head[: len(head) // 2 * 2]):
        raise ReportError(Reason.BINARY, "The input is binary data, not text.")


@functools.cache
def _signatures() -> tuple[tuple[int, bytes, str], ...]:
    rows = table("kinds")["signature"]
    return tuple((row.get("offset", 0), bytes.fromhex(row["bytes"]), row["name"]) for row in rows)


def _by_type(media_type: str) -> Kind | None:
    for kind, types in table("kinds")["media_types"].items():
        if media_type in types:
            return None if kind == "unsaid" else Kind(kind)
    message = f"The server calls the page {media_type[:60]}, which is neither a web page nor text."
    raise ReportError(Reason.CONTENT_TYPE, message)


def endings() -> tuple[str, ...]:
    """The ends of file names that tell a kind, without the `.gz` that may follow them."""
    return tuple(one for kind in table("kinds")["suffixes"].values() for one in kind)


def _by_name(name: str) -> Kind | None:
    bare = name.lower().removesuffix(".gz")
    for kind, endings in table("kinds")["suffixes"].items():
        if bare.endswith(tuple(endings)):
            return Kind(kind)
    return None


def _by_look(head: bytes) -> Kind:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = (head.decode("utf-16", "ignore") if wide else head.decode("latin-1")).lstrip("\ufeffï»¿ \t\r\n")
    if text.startswith("WARC/"):
        return Kind.ARCHIVE
    if text.startswith("{"):
        return Kind.FEED if _JSON_FEED.search(text) else Kind.LINES
    if _OPENS_FEED.match(text):
        return Kind.FEED
    if _OPENS_PAGE.match(text):
        return Kind.PAGE
    if _OPENS_XML.match(text):
        raise ReportError(Reason.CONTENT_TYPE, "The input is XML, but no feed and no report: give text or a page.")
    return Kind.TEXT
