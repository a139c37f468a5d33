"""The codebook as PDF says what the one in Markdown says."""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path

import pytest

from brink.bulk import paper
from brink.bulk.codebook import Grid, Heading, blocks, markdown
from brink.codebook import EventType
from brink.export.parquet import TABLES, columns

MANIFEST = {
    "job": {"limit": 7},
    "rows": {"events": 1234},
    "coder": "brink <0.1> & model ż",
    "threads": 1,
    "sha256": "a" * 64,
}


def words_of(path: Path) -> str:
    """What the pages of a PDF show, without spaces."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", path.read_bytes(), re.DOTALL)
    pages = [zlib.decompress(base64.a85decode(one.strip().removesuffix(b"~>"))) for one in streams]
    shown = b" ".join(found for page in pages for found in re.findall(rb"\((.*?)(?<!\\)\) Tj", page))
    return re.sub(r"\\([()\\])", r"\1", shown.decode("cp1252")).replace(" ", "")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "codebook.pdf"
    paper.write(blocks(MANIFEST, ("plover",), collapsed=True), path)
    return path


def test_it_names_every_column_and_type(book: Path) -> None:
    shown = words_of(book)
    for name in (*(c.name for table in TABLES for c in columns(table)), *(kind.value for kind in EventType)):
        assert name in shown, name
    assert "1,234events" in shown and "brink<0.1>&model?" in shown and "Oneeventaday" in shown


def test_the_same_pieces_give_the_same_bytes(book: Path, tmp_path: Path) -> None:
    paper.write(blocks(MANIFEST, ("plover",), collapsed=True), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == book.read_bytes()
    assert book.read_bytes().count(b"/Type /Page\n") > 3


def test_markdown_keeps_bars_within_cells() -> None:
    pieces = (Heading(1, "A `b`"), "words", Grid(("x",), (("a|b",),), (1.0,)))
    assert markdown(pieces) == "# A `b`\n\nwords\n\n| x |\n| --- |\n| a\\|b |\n"
