"""Cells of CSV files that a spreadsheet shows and never reckons with.

A cell that begins with a sign by which a formula begins is taken for one by spreadsheets, whoever wrote it: a report's
title or a name may. Such a cell gets an apostrophe in front, as OWASP's "CSV Injection" advises; `bare` takes it away
again. Plain numbers stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

BEGIN = frozenset("=+-@\t\r\n＝＋－＠")
"""Signs by which a formula begins, the full-width ones of East Asian spreadsheets included."""
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def safe(cell: str) -> str:
    """A cell as it is written."""
    return "'" + cell if _is_risky(cell) else cell


def bare(cell: str) -> str:
    """What `safe` was given."""
    return cell[1:] if cell[:1] == "'" and _is_risky(cell[1:]) else cell


def _is_risky(cell: str) -> bool:
    """Also with apostrophes in front, so that each cell is written in a way of its own."""
    return cell.lstrip("'")[:1] in BEGIN and cell.lstrip("'") != "" and not _NUMBER.fullmatch(cell)


def row(values: Iterable[Any]) -> list[str]:
    """Values as a row: nothing for None, lists joined by semicolons, true and false in small letters."""
    return [safe(_written(value)) for value in values]


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ";".join(map(_written, value))
    return str(value)
