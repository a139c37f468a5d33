"""Markdown -> the words a reader sees, paragraphs kept apart."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from brink.intake.drafts import Draft

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)


def draft_of(text: str) -> Draft:
    """The words of a Markdown text, without its markup.

    A heading of the first level that opens the text is its title; a block of front matter gives title, date, outlet
    and url where it names them. Soft line breaks stay as they are; blocks are parted by one empty line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fields, body = _front_matter(text)
    tokens = _parser().parse(body)
    title = fields.get("title")
    if len(tokens) > 1 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title = title or _inline(tokens[1].children or [])
        tokens = tokens[3:]
    return Draft(
        text="\n\n".join(block for block in _blocks(tokens) if block.strip()),
        url=fields.get("url"),
        outlet=fields.get("outlet") or fields.get("publisher"),
        title=title,
        published=fields.get("published") or fields.get("date"),
    )


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = _FRONT.match(text)
    if not found:
        return {}, text
    lines = _FRONT_LINE.findall(found[1])
    return {name.lower(): value.strip("\"'") for name, value in lines if value}, text[found.end() :]


def _blocks(tokens: Sequence[Token]) -> list[str]:
    """The text of each block; the cells of a table row stand in one block."""
    blocks: list[str] = []
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            blocks.append(" ".join(cell for cell in row if cell))
            row = None
        elif token.type == "inline":
            (blocks if row is None else row).append(_inline(token.children or []))
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.strip("\n"))
        elif token.type == "html_block":
            blocks.append(html.unescape(_TAG.sub("", token.content)).strip())
    return blocks


def _inline(children: Sequence[Token]) -> str:
    parts: list[str] = []
    for token in children:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "image":
            parts.append(_inline(token.children or []))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts).strip()
