"""The codebook of a dataset, in Markdown: what made it, its tables and columns, PLOVER's types with their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from brink import codebook
from brink.export.parquet import TABLES, about, columns


def markdown(manifest: Mapping[str, Any], formats: Sequence[str] = (), collapsed: bool = False) -> str:
    """The codebook of the dataset that a manifest tells of."""
    parts = [*_head(manifest, formats, collapsed)]
    for table in (*TABLES, "happenings"):
        parts += [f"## Table `{table}`", about(table), _table(("column", "type", "what it holds"), _columns(table))]
    parts += ["## Event types", "PLOVER 0.8; scores run from -10 (conflict) to +10 (cooperation).", _types()]
    parts += ["## Other words"]
    words = {"Contexts": codebook.Context, "Sectors": codebook.Sector, "Auxiliary modes": codebook.Auxiliary}
    parts += [f"{name}: {', '.join(f'`{w.value}`' for w in kind)}." for name, kind in words.items()]
    return "\n\n".join(parts) + "\n"


def _head(manifest: Mapping[str, Any], formats: Sequence[str], collapsed: bool) -> Iterator[str]:
    job, rows = manifest["job"], manifest.get("rows", {})
    yield "# Codebook"
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


def _columns(table: str) -> list[tuple[str, ...]]:
    return [(f"`{c.name}`", c.type, c.help) for c in columns(table)]


def _types() -> str:
    rows = []
    for kind in codebook.EventType:
        modes = [f"`{mode}` ({codebook.score(kind, [mode]):g})" for mode in codebook.modes_of(kind)]
        number = f"{codebook.score(kind):g}"
        rows.append((f"`{kind.value}`", codebook.quad(kind).value, codebook.cameo(kind), number, ", ".join(modes)))
    return _table(("type", "quad class", "CAMEO", "score", "modes (score)"), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
