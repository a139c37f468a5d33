"""Folders named as inputs -> the files in them that are reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

ENDINGS = (".jsonl", ".txt", ".md", ".html", ".warc")


def expanded(where: Iterable[str]) -> Iterator[str]:
    """Each input as given; a folder becomes its files by name, the folders within it too.

    Taken are *.jsonl, *.txt, *.md, *.html and *.warc, each also .gz; never README*, hidden files or other names.
    """
    for one in where:
        path = Path(one)
        if one != "-" and "\0" not in one and path.is_dir():
            yield from (str(p) for p in sorted(path.rglob("*")) if _is_report(p.relative_to(path)) and p.is_file())
        else:
            yield one


def _is_report(path: Path) -> bool:
    if any(part.startswith(".") for part in path.parts) or path.name.upper().startswith("README"):
        return False
    return path.name.lower().removesuffix(".gz").endswith(ENDINGS)
