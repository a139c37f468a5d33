"""HTML within a feed -> plain paragraphs parted by one empty line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
))  # fmt: skip
# What a reader does not see, and captions of pictures, which are no sentence of the report.
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe", "figure", "svg", "form", "head", "title"})
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|&(?:#?\w+);")
_EMPTY_LINE = re.compile(r"\n\s*\n")


def plain(source: str) -> str:
    """The words of a piece of HTML; of a text without markup, its paragraphs."""
    if not _MARKUP.search(source):
        return _joined(_EMPTY_LINE.split(source))
    import lxml.html  # a tenth of a second that other inputs need not pay
    from lxml import etree

    try:
        root = lxml.html.fragment_fromstring(source.replace("\0", " "), create_parent="div")
    except (etree.ParserError, ValueError):
        return _joined([html.unescape(_MARKUP.sub(" ", source))])
    return _joined(_blocks(root))


def _joined(blocks: Iterator[str] | list[str]) -> str:
    lines = ("\n".join(filter(None, (" ".join(line.split()) for line in block.split("\n")))) for block in blocks)
    return "\n\n".join(line for line in lines if line)


def _blocks(root: _Element) -> Iterator[str]:
    held: list[str] = []
    for piece in _pieces(root):
        if piece is None:
            yield "".join(held)
            held = []
        else:
            held.append(piece)
    yield "".join(held)


def _pieces(root: _Element) -> Iterator[str | None]:
    """The words in order, None where a block begins or ends; walked without recursion, however deep the markup."""
    from lxml import etree

    skipping: list[_Element] = []
    for step, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if step == "start":
            if name in _UNSEEN:
                skipping.append(element)
            if not skipping:
                yield from _opening(name, element.text)
            continue
        if step == "end" and skipping and skipping[-1] is element:
            skipping.pop()
        if not skipping:
            yield from (None,) if step == "end" and name in _BLOCKS else ()
            yield _flowing(element.tail) if element is not root else ""


def _opening(name: str, words: str | None) -> Iterator[str | None]:
    if name in _BLOCKS:
        yield None
    if name == "br":
        yield "\n"
    yield _flowing(words)


def _flowing(words: str | None) -> str:
    """Line ends in HTML are spaces."""
    return (words or "").replace("\n", " ")
