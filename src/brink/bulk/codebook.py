"""The codebook of a dataset: what made it, its tables and columns, PLOVER's types with their numbers.

`blocks` gives it piece by piece, as headings, paragraphs and tables; `markdown` writes them as text, and `paper.write`
as a PDF. In all words, what stands between backquotes is code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brink import codebook
from brink.export.parquet import TABLES, about, columns


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the title) or 2."""

    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head and its rows, all of one length; `widths` are the columns' shares of the page."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


Block = Heading | Grid | str
"""A piece of a codebook; a text is a paragraph."""


def blocks(manifest: Mapping[str, Any], formats: Sequence[str] = (), collapsed: bool = False) -> Iterator[Block]:
    """The codebook of the dataset that a manifest tells of; `formats` are those it is released in."""
    yield from _head(manifest, formats, collapsed)
    for table in (*TABLES, "happenings"):
        yield Heading(2, f"Table `{table}`")
        yield about(table)
        rows = tuple((f"`{c.name}`", c.type, c.help) for c in columns(table))
        yield Grid(("column", "type", "what it holds"), rows, (0.25, 0.1, 0.65))
    yield Heading(2, "Event types")
    yield "PLOVER 0.8; scores run from -10 (conflict) to +10 (cooperation)."
    yield _types()
    yield Heading(2, "Other words")
    words = {"Contexts": codebook.Context, "Sectors": codebook.Sector, "Auxiliary modes": codebook.Auxiliary}
    yield from (f"{name}: {', '.join(f'`{w.value}`' for w in kind)}." for name, kind in words.items())


def markdown(pieces: Iterable[Block]) -> str:
    """The pieces of a codebook as Markdown."""
    return "\n\n".join(map(_marked, pieces)) + "\n"


def _head(manifest: Mapping[str, Any], formats: Sequence[str], collapsed: bool) -> Iterator[Block]:
    job, rows = manifest["job"], manifest.get("rows", {})
    yield Heading(1, "Codebook")
    yield f"Coded by `{manifest['coder']}` with {manifest['threads']} thread(s) a process."
    told = ", ".join(f"{rows.get(table, 0):,} {table}" for table in TABLES)
    yield f"It holds {told}. SHA-256 of all files: `{manifest.get('sha256', 'not complete')}`."
    chosen = {name: job[name] for name in ("limit", "sample", "since", "least") if job.get(name)}
    yield (
        "Taken were all inputs."
        if not chosen
        else "Taken were: " + ", ".join(f"{k} {v}" for k, v in chosen.items()) + "."
    )
    if formats:
        rule = " One event a day: of events with one day, parties and type, the first stays." if collapsed else ""
        yield f"Released as {', '.join(formats)}; docs/formats.md says what each format loses.{rule}"
    yield "Records say who says what. No row says that something is true."


def _types() -> Grid:
    rows = []
    for kind in codebook.EventType:
        modes = [f"`{mode}` ({codebook.score(kind, [mode]):g})" for mode in codebook.modes_of(kind)]
        number = f"{codebook.score(kind):g}"
        rows.append((f"`{kind.value}`", codebook.quad(kind).value, codebook.cameo(kind), number, ", ".join(modes)))
    return Grid(("type", "quad class", "CAMEO", "score", "modes (score)"), tuple(rows), (0.17, 0.22, 0.09, 0.08, 0.44))


def _marked(piece: Block) -> str:
    if isinstance(piece, Heading):
        return f"{'#' * piece.level} {piece.words}"
    if isinstance(piece, str):
        return piece
    lines = (piece.head, ["---"] * len(piece.head), *piece.rows)
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
