"""A web page -> the article on it: trafilatura finds the text and its metadata, within limits that keep it quick."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from brink.errors import Reason, ReportError
from brink.intake.drafts import Draft
from brink.intake.encoding import declared_in, decode
from brink.settings import Settings

if TYPE_CHECKING:
    from lxml.etree import _Element

# Only what a page states in its metadata, address or marked-up date; no search through its prose, and no look at the
# time of day (the newest date allowed is simply far off).
_DATES = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1900-01-01",
    "max_date": "2100-01-01",
}
_ELEMENT = re.compile(r"<[a-zA-Z]")
_LONG_TAG = re.compile(r"<[a-zA-Z][^>]{5000,}")
# A value in quotes may hold anything; one that is not closed within the tag goes on behind its first ">".
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*'|["'].*|[^\s"'>]\S*)""", re.DOTALL)
_SEPARATOR = re.compile(r"[\s/\"'=]+")
# The parser's time grows with the square of one element's attributes: 10,000 of them cost it 0.2 s.
_ATTRIBUTES = 10_000
_SCRIPT = re.compile(r"<script\b.*?(?:</script[^>]{0,99}>|\Z)", re.IGNORECASE | re.DOTALL)
# A script may hold the page's metadata, but not in this length; reading one of 8 MB took over 1 GB of memory.
_SCRIPT_CHARACTERS = 200_000
# Many pages part their paragraphs by empty lines, of which trafilatura makes one line break: a sign that hardly any
# page uses keeps the place. (A paragraph's tag in its stead would change which text trafilatura takes for the article.)
_EDGE = "⁋"
_EMPTY_LINE = re.compile(r"(?:<br\s{0,9}/?>\s{0,99}){2,}", re.IGNORECASE)
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset({"p", "head", "list", "item", "quote", "table", "row", "code"})


def draft_of(content: bytes, declared: str | None, url: str | None, settings: Settings) -> Draft:
    """The article on a page.

    `declared`: the encoding the server named; `url`: where the page came from, None for a saved one. Raises
    ReportError: NO_ARTICLE, TOO_LARGE, ENCODING or BINARY.
    """
    source = _XML_HEAD.sub("", decode(content, declared or declared_in(content[:4096]), lenient=True))
    if not source.strip():
        raise ReportError(Reason.EMPTY, "The page is empty.")
    if "\0" in source:
        raise ReportError(Reason.BINARY, "The page holds zero bytes, so it is binary data and no page.")
    _check_size(source, settings.page_elements)
    source = _SCRIPT.sub(lambda found: found[0] if len(found[0]) <= _SCRIPT_CHARACTERS else "", source)
    if _EDGE not in source:
        source = _EMPTY_LINE.sub(f"<br>{_EDGE}<br>", source)
    document = _extract(source, url)
    title = _line(document.title) if document else None
    text = _text(document.body, title) if document and document.body is not None else ""
    if not text:
        raise ReportError(Reason.NO_ARTICLE, "No article was found on the page.")
    if "\ufffd" in text and "\ufffd" not in content.decode("utf-8", "ignore"):
        raise ReportError(Reason.ENCODING, "The article holds bytes that the encoding the page declares does not have.")
    return Draft(
        text=text,
        url=document.url or url,
        outlet=_line(document.sitename),
        title=title,
        published=_stated(document.date, source, document.url or url or ""),
    )


def _check_size(source: str, limit: int) -> None:
    """Refuse what would keep the parser busy for minutes: a page of countless elements, or elements of attributes."""
    elements = sum(1 for _ in _ELEMENT.finditer(source))
    if elements > limit:
        message = f"The page holds {elements:,} elements, more than the {limit:,} of the setting 'page_elements'."
        raise ReportError(Reason.TOO_LARGE, message)
    attributes = sum(len(_SEPARATOR.findall(_VALUE.sub(" ", tag))) ** 2 for tag in _LONG_TAG.findall(source))
    if attributes > _ATTRIBUTES**2:
        raise ReportError(
            Reason.TOO_LARGE, "The page holds an element with thousands of attributes, so it is no article."
        )


def _extract(source: str, url: str | None) -> Any:
    for name in ("trafilatura", "htmldate", "courlan"):
        # Without a handler of its own a library's warning would end up on standard error.
        logging.getLogger(name).addHandler(logging.NullHandler())
    import trafilatura

    try:
        return trafilatura.bare_extraction(
            source, url=url, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES)
        )
    except Exception as error:  # whatever a hostile page makes a parser raise, it ends here as a refusal
        raise ReportError(Reason.NO_ARTICLE, f"The page cannot be taken apart ({type(error).__name__}).") from error


def _text(body: _Element, title: str | None) -> str:
    """Paragraphs parted by one empty line; a heading that only repeats the title is left out."""
    blocks = [block for block in _blocks(body) if block]
    if blocks and title and blocks[0].casefold() == title.casefold():
        blocks = blocks[1:]
    return "\n\n".join(blocks)


def _blocks(body: _Element) -> Iterator[str]:
    held: list[str] = []
    for piece in _pieces(body):
        if piece is None:
            yield _tidy("".join(held))
            held = []
        else:
            held.append(piece)
    yield _tidy("".join(held))


def _pieces(element: _Element) -> Iterator[str | None]:
    """The words below an element in order; None where a block begins or ends.

    Line ends within words come from trafilatura's fallbacks, which write paragraphs that way; a line that the page
    itself breaks is an element of its own.
    """
    name = element.tag if isinstance(element.tag, str) else ""
    edge = (None,) if name in _BLOCKS else ()
    yield from edge
    if name == "lb":
        yield "\n"
    yield from _paragraphs(element.text) if name else ()
    for child in element:
        yield from _pieces(child)
        yield from _paragraphs(child.tail)
    yield from edge or ((" ",) if name == "cell" else ())


def _paragraphs(words: str | None) -> Iterator[str | None]:
    for number, part in enumerate((words or "").replace(_EDGE, "\n").split("\n")):
        yield from (None, part) if number else (part,)


def _tidy(block: str) -> str:
    lines = (" ".join(line.split(" ")).strip() for line in block.replace("\t", " ").split("\n"))
    return "\n".join(re.sub(" {2,}", " ", line) for line in lines if line)


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _stated(found: str | None, source: str, url: str) -> str | None:
    """The page's date if the page says that very day: a finder may fill in a missing day, and Brink never guesses."""
    if not found:
        return None
    try:
        day = date.fromisoformat(found)
    except ValueError:
        return None
    text = " ".join((source + " " + url).lower().split())
    return found if any(form in text for form in _forms(day)) else None


def _forms(day: date) -> Iterator[str]:
    """How a page may write a day, in lower case."""
    y, m, d = day.year, day.month, day.day
    for mark in "-/.":
        yield f"{y}{mark}{m:02}{mark}{d:02}"
        yield f"{y}{mark}{m}{mark}{d}"
        for first, second in ((d, m), (m, d)):
            yield f"{first:02}{mark}{second:02}{mark}{y}"
            yield f"{first}{mark}{second}{mark}{y}"
    yield f"{y}{m:02}{d:02}"
    for month in (day.strftime("%B").lower(), day.strftime("%b").lower(), day.strftime("%b").lower() + "."):
        for number in (f"{d}", f"{d:02}", f"{d}st", f"{d}nd", f"{d}rd", f"{d}th"):
            yield from (
                f"{month} {number}, {y}",
                f"{month} {number} {y}",
                f"{number} {month} {y}",
                f"{number} {month}, {y}",
            )
