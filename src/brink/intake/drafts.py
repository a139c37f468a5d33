"""A draft, as a format gives it -> a Report: the checks that all formats share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from brink.errors import Reason, ReportError, UsageError
from brink.intake import dates, language
from brink.records import Report
from brink.settings import Settings


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """What the caller says about an input, which goes before what the input says of itself.

    `published`: YYYY, YYYY-MM, YYYY-MM-DD or ISO 8601 with a time; `stdin`: the bytes that "-" stands for;
    `patience`: the longest wait between two pages of a site, None for what the site asks. Raises UsageError if
    `published` is no date.
    """

    published: str | None = None
    outlet: str | None = None
    settings: Settings = field(default_factory=Settings)
    stdin: BinaryIO | None = None
    patience: float | None = None

    def __post_init__(self) -> None:
        if self.published is not None:
            try:
                dates.published(self.published)
            except ValueError as error:
                raise UsageError(str(error)) from None


@dataclass(frozen=True, slots=True)
class Draft:
    """What one input says of itself, before any check; `published` is text as written."""

    text: str
    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None


def stored(text: str) -> str:
    """The stored text: newlines normalised, nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def report_of(draft: Draft, options: IntakeOptions) -> Report:
    """The report that a draft becomes. Raises ReportError with its reason if it becomes none."""
    text = stored(draft.text)
    _check_text(text, options.settings.text_characters)
    _check_whole((text, draft.id, draft.url, draft.outlet, draft.title))
    dated = options.published or draft.published
    published, precision = _published(dated)
    checked = language.check(text)
    return Report(
        id=draft.id or hashlib.sha256(text.encode("utf-8")).hexdigest()[:16],
        text=text,
        url=draft.url or None,
        outlet=options.outlet or draft.outlet or None,
        title=draft.title or None,
        published=published,
        published_precision=precision,
        published_at=dates.instant(dated) if dated else None,
        language_checked=checked,
    )


def _check_text(text: str, limit: int) -> None:
    if not text.strip():
        raise ReportError(Reason.EMPTY, "The input holds no text.")
    if len(text) > limit:
        raise ReportError(Reason.TOO_LARGE, too_long(limit))
    if "\0" in text:
        raise ReportError(Reason.BINARY, "The text holds zero bytes, so it is binary data and no text.")


def too_long(limit: int) -> str:
    """The sentence that refuses a text of more characters than `limit`."""
    return f"The text is longer than {limit:,} characters, the setting 'text_characters'."


def _check_whole(fields: Iterable[str | None]) -> None:
    """JSON can smuggle in lone surrogates, which no file could be written with."""
    try:
        for text in fields:
            (text or "").encode("utf-8")
    except UnicodeEncodeError:
        message = "The record holds halves of characters (lone surrogates): write it anew from the original."
        raise ReportError(Reason.ENCODING, message) from None


def _published(text: str | None) -> tuple[date | None, str | None]:
    if not text:
        return None, None
    try:
        return dates.published(text)
    except ValueError as error:
        raise ReportError(Reason.BAD_DATE, f"The publication date {error}") from None
