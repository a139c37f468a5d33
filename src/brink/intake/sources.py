"""Files, addresses and standard input, all as streams of bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from brink.errors import Reason, ReportError, UsageError
from brink.intake.drafts import IntakeOptions
from brink.intake.unpack import chunks

if TYPE_CHECKING:
    from brink.http import Page


@dataclass(frozen=True, slots=True)
class Source:
    """An opened input; `url`, `media_type` and `charset` are what a web server says, else None."""

    name: str
    pieces: Iterator[bytes]
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None


def is_url(where: str) -> bool:
    """Whether `where` is an address; a single letter before a colon is a drive, not a scheme."""
    scheme, mark, _ = where.partition("://")
    return bool(mark) and len(scheme) > 1 and scheme.isascii() and scheme.replace("+", "").isalnum()


@contextmanager
def opened(where: str, options: IntakeOptions) -> Iterator[Source]:
    """The input that `where` names, closed afterwards.

    Raises ReportError (NOT_FOUND), FetchError, or UsageError if "-" is asked for and no standard input was given.
    """
    if where == "-":
        if options.stdin is None:
            raise UsageError("The input '-' stands for standard input, which was not given.")
        yield Source("standard input", chunks(options.stdin))
    elif is_url(where):
        yield _fetched(where, options)
    else:
        path = Path(where)
        if "\0" in where or not path.exists():
            raise ReportError(Reason.NOT_FOUND, f"There is no file '{where!s}'.".replace("\0", "?"))
        if path.is_dir():
            raise ReportError(Reason.NOT_FOUND, f"'{where}' is a directory: name the files in it.")
        with path.open("rb") as file:
            yield Source(path.name, chunks(file))


def _fetched(where: str, options: IntakeOptions) -> Source:
    from brink.http import fetch  # httpx costs 0.1 s that files need not pay

    return source_of(fetch(where, options.settings, options.patience))


def source_of(page: Page) -> Source:
    """A fetched page as an input."""
    name = urlsplit(page.final_url).path.rpartition("/")[2]
    return Source(name, iter((page.content,)), page.final_url, page.content_type, page.charset)
