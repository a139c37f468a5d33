"""RSS, Atom and JSON Feed -> their items as drafts (feedparser; JSON Feed by its own small reader).

An item is named by its GUID (RSS `guid`, Atom and JSON Feed `id`), else by its link, else by its words; never by a
date.
A feed that breaks off loses its last item, which may be half an item; `whole` says so.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from brink.errors import Reason, ReportError
from brink.intake import dates
from brink.intake.fragments import plain

SUMMARY = 2000
"""Characters from which on a description counts as the whole text; a shorter one is a summary of the linked page."""
AHEAD = timedelta(days=1)
"""How far a date may lie ahead of the clock (zones, clocks that run fast) before it is not believed."""

# GUIDs that name one thing in the whole world: addresses, tag: and urn: names, UUIDs.
_GLOBAL = re.compile(r"(?:https?|tag|urn):\S+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read more|continue reading|full story|more »)\W*\Z", re.IGNORECASE)
_ENDS = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>(?:\s|\0|<!--.*?-->)*\Z", re.IGNORECASE | re.DOTALL)
_LINKS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed. `name` is its GUID within the feed's world; `text` its words, `full` whether they are all.

    `published` is a date as `dates.published` reads it, None where the item has none that can be believed; `sign`
    changes whenever the feed says anything else of the item, its date included.
    """

    name: str
    title: str | None
    link: str | None
    text: str
    full: bool
    published: str | None
    sign: str

    @property
    def page(self) -> str | None:
        """The address to follow for the whole text, None where the item's own words are it."""
        return None if self.full else self.link

    @property
    def id(self) -> str:
        """The id of the report that the item becomes."""
        return named(self.name)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read: its title, its items as they stand in it, and whether it came whole."""

    title: str | None
    items: tuple[Item, ...]
    whole: bool


def named(name: str) -> str:
    """A report's id from what names it in the world: 16 hex digits, which give away nothing once it is forgotten."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a feed came from, and when. `world` is the address within which a GUID like "17" names one thing."""

    world: str
    address: str
    at: datetime


def parse(content: bytes, media_type: str | None, origin: Origin) -> Feed:
    """Read a feed. Raises ReportError (CONTENT_TYPE, BROKEN_FEED, BROKEN_JSON) where it is none."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(content, origin)
    import feedparser  # a tenth of a second that other inputs need not pay

    try:
        # As a stream: what is given as bytes feedparser would first try to open as the name of a file.
        stream = io.BytesIO(content)
        found = feedparser.parse(stream, response_headers={"content-type": media_type or "application/xml"})
    except Exception as error:  # whatever a hostile feed makes a parser raise, it ends here as a refusal
        message = f"The feed cannot be taken apart ({type(error).__name__})."
        raise ReportError(Reason.BROKEN_FEED, message) from error
    if not found.get("version") and not found.entries:
        raise ReportError(Reason.CONTENT_TYPE, "The input is XML or a page, but no feed (RSS, Atom or JSON Feed).")
    whole = not found.bozo or bool(_ENDS.search(_tail(content)))
    rows = [_xml_row(one) for one in found.entries]
    items = tuple(_item(row, origin) for row in (rows if whole else rows[:-1]))
    return Feed(_line(found.feed.get("title")), items, whole)


def _tail(content: bytes) -> bytes:
    """The last words of a document; in UTF-16 every other byte is left out."""
    return content[-4096:].replace(b"\0", b"")


@dataclass(frozen=True, slots=True)
class _Row:
    guid: str | None
    link: str | None
    title: str | None
    content: str
    summary: str
    dates: tuple[str, ...]


def _xml_row(entry: dict[str, Any]) -> _Row:
    contents = [plain(one.get("value") or "") for one in entry.get("content", ()) if one]
    # The entry is a dict that answers for one key with another's value; what it holds itself is wanted here.
    written = tuple(str(found) for key in ("published", "updated") if (found := dict.get(entry, key)))
    return _Row(
        guid=(entry.get("id") or "").strip() or None,
        link=entry.get("link"),
        title=entry.get("title"),
        content=max(contents, key=len, default=""),
        summary=plain(entry.get("summary") or ""),
        dates=written,
    )


def _json_feed(content: bytes, origin: Origin) -> Feed:
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ReportError(Reason.BROKEN_JSON, "The feed is not valid JSON, or broke off before its end.") from None
    if not isinstance(found, dict) or "jsonfeed.org" not in str(found.get("version")):
        raise ReportError(Reason.CONTENT_TYPE, "The input is JSON, but no JSON Feed.")
    rows = found.get("items")
    items = [_item(_json_row(one), origin) for one in rows or () if isinstance(one, dict)]
    return Feed(_line(found.get("title")), tuple(items), whole=True)


def _json_row(entry: Mapping[str, Any]) -> _Row:
    def said(name: str) -> str:
        value = entry.get(name)
        return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""

    return _Row(
        guid=said("id").strip() or None,
        link=said("url") or said("external_url") or None,
        title=said("title") or None,
        content=plain(said("content_html")) or plain(said("content_text")),
        summary=plain(said("summary")),
        dates=tuple(filter(None, (said("date_published"), said("date_modified")))),
    )


def _item(row: _Row, origin: Origin) -> Item:
    link = _link(row, origin.address)
    text = max(row.content, row.summary, key=len)
    full = bool(text) and not _CUT.search(text[-60:]) and (bool(row.content) or len(text) >= SUMMARY)
    guid = row.guid or link or hashlib.sha256(f"{row.title}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    said = "\n".join((row.title or "", link or "", row.content, row.summary, *row.dates))
    return Item(
        name=guid if _GLOBAL.fullmatch(guid) else f"{origin.world}\n{guid}",
        title=_line(plain(row.title)) if row.title else None,
        link=link,
        text=text,
        full=full or link is None,
        published=next(_believed(row.dates, origin.at), None),
        sign=hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _link(row: _Row, address: str) -> str | None:
    """The item's page. A GUID that is no address stands in for a missing link in feedparser, and leads nowhere."""
    if not row.link or (row.link == row.guid and not _LINKS.fullmatch(row.link)):
        return None
    try:
        link = urljoin(address, row.link.strip())
    except ValueError:
        return None
    return link if _LINKS.fullmatch(link) else None


def _believed(written: tuple[str, ...], now: datetime) -> Iterator[str]:
    """The dates that can be read, are not ahead of the clock and not the epoch, which stands for "no date"."""
    for one in written:
        told = _moment(one.strip())
        if told is not None and told.year > 1 and told.date().isoformat() != "1970-01-01" and told <= now + AHEAD:
            yield one.strip() if _is_iso(one.strip()) else told.isoformat()


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if _is_iso(text) else parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _is_iso(text: str) -> bool:
    try:
        dates.published(text)
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _line(text: object) -> str | None:
    return " ".join(text.split()) or None if isinstance(text, str) else None
