"""A codebook as PDF (reportlab): A4, one column, tables that repeat their heads on each page.

The same pieces give the same bytes with one version of reportlab. Its own fonts know the letters of western Europe; a
character beyond them is printed as a question mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from brink.bulk.codebook import Block, Grid, Heading
from brink.errors import UsageError

MARGIN = 56.0
"""Points of white on each side."""

_CODE = re.compile(r"`([^`]*)`")


def write(pieces: Iterable[Block], path: Path) -> None:
    """Write a codebook to a PDF file. Raises UsageError where reportlab is not installed, OSError."""
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import SimpleDocTemplate
    except ImportError:
        raise UsageError("A codebook as PDF needs reportlab: pip install 'brink-monitor[bulk]'.") from None
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN)
    document = SimpleDocTemplate(str(path), pagesize=A4, title="Codebook", invariant=1, **margins)
    flow = [laid for piece in pieces for laid in _laid(piece, A4[0] - 2 * MARGIN)]
    document.build(flow, onFirstPage=_numbered, onLaterPages=_numbered)


def _numbered(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(document.pagesize[0] - MARGIN, MARGIN / 2, str(document.page))


def _laid(piece: Block, width: float) -> list[Any]:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, Spacer

    styles = getSampleStyleSheet()
    if isinstance(piece, Grid):
        return [_table(piece, width), Spacer(1, 10)]
    if isinstance(piece, Heading):
        return [Paragraph(_marked(piece.words), styles[f"Heading{piece.level}"])]
    return [Paragraph(_marked(piece), styles["BodyText"])]


def _table(grid: Grid, width: float) -> Any:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import LongTable, Paragraph

    plain = ParagraphStyle("cell", fontName="Helvetica", fontSize=8, leading=10)
    bold = ParagraphStyle("head", parent=plain, fontName="Helvetica-Bold")
    cells = [
        [Paragraph(_marked(cell), bold if row is grid.head else plain) for cell in row]
        for row in (grid.head, *grid.rows)
    ]
    lines = [("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return LongTable(cells, [share * width for share in grid.widths], repeatRows=1, style=lines)


def _marked(words: str) -> str:
    """Words with their code, in the small markup of reportlab."""
    known = words.encode("cp1252", "replace").decode("cp1252")
    return _CODE.sub(r'<font face="Courier">\1</font>', escape(known, quote=False))
