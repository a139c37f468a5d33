"""One opened input that is a single report -> its draft."""

from __future__ import annotations

from collections.abc import Iterator

from brink.errors import Reason, ReportError
from brink.intake import encoding, markdown, page
from brink.intake.drafts import Draft, IntakeOptions, too_long
from brink.intake.kinds import Kind, kind_of
from brink.intake.sources import Source
from brink.intake.unpack import peek, take, unpacked
from brink.settings import Settings

SINGLE = frozenset({Kind.TEXT, Kind.MARKDOWN, Kind.PAGE})


def draft_of(kind: Kind, pieces: Iterator[bytes], source: Source, settings: Settings) -> Draft:
    """What a text, a Markdown text or a page says of itself. Raises ReportError if it is no article."""
    if kind is Kind.PAGE:
        limit = settings.page_bytes
        content = take(pieces, limit, f"The page is larger than {limit:,} bytes, the setting 'page_bytes'.")
        return page.draft_of(content, source.charset, source.url, settings)
    limit = settings.text_characters
    # No encoding that is read here needs more than four bytes for a character, and a mark of four before them.
    text = encoding.decode(take(pieces, 4 * limit + 4, too_long(limit)), source.charset)
    draft = markdown.draft_of(text) if kind is Kind.MARKDOWN else Draft(text)
    return Draft(draft.text, draft.id, draft.url or source.url, draft.outlet, draft.title, draft.published)


def single(source: Source, options: IntakeOptions) -> Draft:
    """The draft that an input holds. Raises ReportError with its reason: also where it is no single report."""
    head, pieces = peek(unpacked(source.pieces, options.settings.unpack_ratio))
    if not head:
        raise ReportError(Reason.EMPTY, "The page is empty.")
    kind = kind_of(source.name, source.media_type, head)
    if kind not in SINGLE:
        raise ReportError(Reason.CONTENT_TYPE, "The address holds a feed, an archive or records, and no report.")
    return draft_of(kind, pieces, source, options.settings)
