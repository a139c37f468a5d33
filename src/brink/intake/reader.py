"""The order of things: open, unpack, tell the kind, read, check."""

from __future__ import annotations

from collections.abc import Iterator

from brink.errors import Reason, ReportError
from brink.intake import encoding, jsonl, markdown, page
from brink.intake.drafts import Draft, IntakeOptions, report_of, too_long
from brink.intake.kinds import Kind, kind_of
from brink.intake.sources import Source, opened
from brink.intake.unpack import lines, peek, take, unpacked
from brink.records import Rejection, Report
from brink.settings import Settings

# The most bytes that JSON can need for one character (two escapes), and room for the other fields of a line.
_BYTES_PER_CHARACTER = 12
_OTHER_FIELDS = 64 * 1024


def read(where: str, options: IntakeOptions) -> Iterator[Report | Rejection]:
    """Read one input: a path, an http(s) address, or "-" for `options.stdin`.

    Gives one report, or for JSONL one item a line, in order; whatever cannot be read is a Rejection that says where,
    why and in one sentence what is wrong. Raises UsageError if "-" is asked for without a standard input; nothing else.
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
    else:
        yield report_of(_draft(kind, pieces, source, options.settings), options)


def _draft(kind: Kind, pieces: Iterator[bytes], source: Source, settings: Settings) -> Draft:
    """What a text, a Markdown text or a page says of itself."""
    if kind is Kind.PAGE:
        limit = settings.page_bytes
        content = take(pieces, limit, f"The page is larger than {limit:,} bytes, the setting 'page_bytes'.")
        return page.draft_of(content, source.charset, source.url, settings)
    limit = settings.text_characters
    # No encoding that is read here needs more than four bytes for a character, and a mark of four before them.
    text = encoding.decode(take(pieces, 4 * limit + 4, too_long(limit)), source.charset)
    draft = markdown.draft_of(text) if kind is Kind.MARKDOWN else Draft(text)
    return Draft(draft.text, draft.id, draft.url or source.url, draft.outlet, draft.title, draft.published)


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
