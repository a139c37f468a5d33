"""Folders named as inputs -> the files in them that are reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from brink.intake.kinds import endings


def expanded(where: Iterable[str]) -> Iterator[str]:
    """Each input as given; a folder becomes its files by name, the folders within it too.

    Taken are names that tell a kind of input (data/intake/kinds.toml: *.jsonl, *.txt, *.md, *.html, *.warc, *.rss and
    their like), each also .gz; never README*, hidden files or other names.
    """
    for one in where:
        path = Path(one)
        if one != "-" and "\0" not in one and path.is_dir():
            yield from (str(p) for p in sorted(path.rglob("*")) if _is_report(p.relative_to(path)) and p.is_file())
        else:
            yield one


def passed_over(folder: str, besides: tuple[str, ...] = ()) -> Iterator[Path]:
    """The files of a folder whose names tell no kind of input, nor end as `besides`; never hidden ones, README*."""
    path = Path(folder)
    for one in path.rglob("*"):
        name = one.relative_to(path)
        if not _is_set_apart(name) and not _ends(name, (*endings(), *besides)) and one.is_file():
            yield one


def _is_report(path: Path) -> bool:
    return not _is_set_apart(path) and _ends(path, endings())


def _is_set_apart(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts) or path.name.upper().startswith("README")


def _ends(path: Path, known: tuple[str, ...]) -> bool:
    return path.name.lower().removesuffix(".gz").endswith(known)
