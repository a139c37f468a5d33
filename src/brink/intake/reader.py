"""The order of things: open, unpack, tell the kind, read, check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from brink.errors import Reason, ReportError
from brink.intake import archives, feeds, jsonl, pages
from brink.intake.articles import article
from brink.intake.drafts import IntakeOptions, report_of, too_long
from brink.intake.feeds import Item
from brink.intake.kinds import Kind, kind_of
from brink.intake.sources import Source, opened
from brink.intake.unpack import lines, peek, take, unpacked
from brink.records import Rejection, Report

if TYPE_CHECKING:
    from brink.http import Page

# The most bytes that JSON can need for one character (two escapes), and room for the other fields of a line.
_BYTES_PER_CHARACTER = 12
_OTHER_FIELDS = 64 * 1024


def read(where: str, options: IntakeOptions) -> Iterator[Report | Rejection]:
    """Read one input: a path, an http(s) address, or "-" for `options.stdin`.

    Gives one report, or for JSONL, feeds and archives one after the other, in order; whatever cannot be read is a
    Rejection that says where, why and in one sentence what is wrong. Raises UsageError if "-" is asked for without a
    standard input; nothing else.
    """
    try:
        with opened(where, options) as source:
            yield from _items(source, where, options)
    except ReportError as error:
        yield Rejection(where, error.reason, str(error))
    except OSError as error:
        why = error.strerror or type(error).__name__
        yield Rejection(where, Reason.NOT_FOUND, f"The input cannot be read: {why}.")


def _items(source: Source, where: str, options: IntakeOptions) -> Iterator[Report | Rejection]:
    head, pieces = peek(unpacked(source.pieces, options.settings.unpack_ratio))
    if not head:
        raise ReportError(Reason.EMPTY, "The input is empty.")
    kind = kind_of(source.name, source.media_type, head)
    if kind is Kind.LINES:
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise ReportError(Reason.ENCODING, "The lines are UTF-16, and JSON lines must be UTF-8.")
        yield from _records(pieces, where, options)
    elif kind is Kind.FEED:
        yield from _feed(pieces, source, where, options)
    elif kind is Kind.ARCHIVE:
        yield from _archive(pieces, where, options)
    else:
        yield report_of(pages.draft_of(kind, pieces, source, options.settings), options)


def _feed(pieces: Iterator[bytes], source: Source, where: str, options: IntakeOptions) -> Iterator[Report | Rejection]:
    """One item of the feed after the other; pages are fetched only where the feed itself came from the web."""
    limit = options.settings.feed_bytes
    content = take(pieces, limit, f"The feed is larger than {limit:,} bytes, the setting 'feed_bytes'.")
    address = source.url or source.name
    feed = feeds.parse(content, source.media_type, feeds.Origin(address, address, datetime.now(UTC)))
    if not feed.items:
        raise ReportError(Reason.EMPTY, "The feed holds no items.")
    for item in feed.items:
        try:
            yield article(item, feed.title, options, _followed(item, source, options))
        except ReportError as error:
            yield Rejection(item.link or f"{where}#{item.name}", error.reason, str(error), item.id)
    if not feed.whole:
        raise ReportError(Reason.BROKEN_FEED, "The feed breaks off before its end; its last item was not read.")


def _followed(item: Item, source: Source, options: IntakeOptions) -> Page | None:
    """The item's page, if it is needed and the feed was on the web."""
    if item.page is None or source.url is None:
        return None
    from brink.http import fetch

    return fetch(item.page, options.settings, options.patience)


def _archive(pieces: Iterator[bytes], where: str, options: IntakeOptions) -> Iterator[Report | Rejection]:
    """One page of the archive after the other; one that breaks in the middle ends in a Rejection."""
    some = False
    for one in archives.captured(pieces, options.settings.page_bytes):
        some = True
        try:
            source = Source(one.url, iter((one.content(),)), one.url, one.media_type, one.charset)
            kind = Kind.TEXT if one.media_type == "text/plain" else Kind.PAGE
            draft = pages.draft_of(kind, source.pieces, source, options.settings)
            yield report_of(replace(draft, id=feeds.named(one.url), url=draft.url or one.url), options)
        except ReportError as error:
            yield Rejection(one.url, error.reason, str(error), feeds.named(one.url))
    if not some:
        raise ReportError(Reason.EMPTY, "The archive holds no pages.")


def _records(pieces: Iterator[bytes], where: str, options: IntakeOptions) -> Iterator[Report | Rejection]:
    """One item a line. A stream that breaks in the middle ends in a Rejection; the lines before it stand."""
    limit = options.settings.text_characters
    some = False
    for number, line in enumerate(lines(pieces, limit * _BYTES_PER_CHARACTER + _OTHER_FIELDS), 1):
        if line is None:
            some = True
            yield Rejection(f"{where}:{number}", Reason.TOO_LARGE, too_long(limit))
        elif stripped := line.removeprefix(b"\xef\xbb\xbf").strip():
            some = True
            yield _record(stripped, f"{where}:{number}", options)
    if not some:
        raise ReportError(Reason.EMPTY, "The input holds no records, only empty lines.")


def _record(line: bytes, where: str, options: IntakeOptions) -> Report | Rejection:
    name: str | None = None
    try:
        record = jsonl.record_of(line)
        name = jsonl.id_of(record)
        return report_of(jsonl.draft_of(record), options)
    except ReportError as error:
        return Rejection(where, error.reason, str(error), name)
