"""The forms in which a register of office holders comes: TSV, CSV, JSON, and Wikidata's JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from brink.errors import RegisterError

COLUMNS = ("person", "office", "country", "sectors", "since", "until")
FORM = (
    "tab-separated columns " + ", ".join(COLUMNS) + ", the same as CSV, a JSON list of objects with these names, "
    "or JSON results of Wikidata's query service"
)
WIKIDATA = {
    "person": ("personLabel", "person"),
    "office": ("positionLabel", "officeLabel", "office"),
    "country": ("iso3", "countryCode", "country"),
    "sectors": ("sectors",),
    "since": ("start", "since"),
    "until": ("end", "until"),
}
"""Names that the variables of a query may have, by column; a query is asked for its labels and ISO codes."""

Rows = list[tuple[int, Sequence[str]]]


def raw_rows(text: str, path: Path) -> Rows:
    """The cells of each row with its number. Raises RegisterError where the text has no known form."""
    where = str(path)
    if path.suffix.lower() == ".json" or text.lstrip()[:1] in ("[", "{"):
        return _json(text, where)
    lines = [x for x in text.splitlines() if x.strip() and not x.startswith("#")]
    comma = path.suffix.lower() == ".csv" or (bool(lines) and "\t" not in lines[0] and "," in lines[0])
    return table(text, where, "," if comma else "\t")


def table(text: str, where: str, parted: str = "\t") -> Rows:
    """The rows of a table; a row of the column names and comments are passed over."""
    found: Rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in (next(csv.reader([line])) if parted == "," else line.split(parted))]
        if tuple(cells) == COLUMNS:
            continue
        if not 3 <= len(cells) <= len(COLUMNS):
            raise RegisterError(f"{where}, line {number}: {len(cells)} columns; expected {FORM}.")
        found.append((number, cells + ["-"] * (len(COLUMNS) - len(cells))))
    return found


def _json(text: str, where: str) -> Rows:
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        raise RegisterError(f"{where} is no JSON ({error}); expected {FORM}.") from error
    if isinstance(items, dict) and isinstance(items.get("results"), dict):
        items = items["results"].get("bindings")
        if isinstance(items, list):
            return [(number, _binding(item)) for number, item in enumerate(items, 1) if isinstance(item, dict)]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise RegisterError(f"{where}: expected {FORM}.")
    return [(number, [_cell(item, column) for column in COLUMNS]) for number, item in enumerate(items, 1)]


def _binding(item: Mapping[str, Any]) -> list[str]:
    """One answer of a Wikidata query; times come with an hour, which no office needs."""
    cells = []
    for column, names in WIKIDATA.items():
        told = next((str(item[n].get("value", "")) for n in names if isinstance(item.get(n), dict)), "")
        cells.append((told[:10] if column in ("since", "until") else told) or "-")
    return cells


def _cell(item: Mapping[str, Any], column: str) -> str:
    value = item.get(column, item.get("sector") if column == "sectors" else None)
    if isinstance(value, list):
        value = ";".join(map(str, value))
    return str(value) if value else "-"
