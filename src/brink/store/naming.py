"""Does a report name somebody, or stand at an address, that was asked to be forgotten?

Only the hash of a name or an address is remembered, so the words of a report are hashed and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from brink.store.shortening import Record
from brink.store.words import sha, words

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_NAMES = frozenset({"name", "person"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What is remembered of something forgotten: its hash, and of how many words a name is (0: an address)."""

    sha: str
    words: int


def mark(what: str) -> Mark:
    """Give the mark of an address, or else of a name."""
    if _ADDRESS.match(what.strip()):
        return Mark(sha("address " + what.strip()), 0)
    parts = words(what)
    return Mark(sha(" ".join(parts)), len(parts))


def is_named(record: Record, text: str, marks: Iterable[Mark]) -> bool:
    """Whether a report stands at one of the addresses, or names one of the persons in its text, title or coding."""
    by_words: dict[int, set[str]] = {}
    for one in marks:
        by_words.setdefault(one.words, set()).add(one.sha)
    report = record["report"]
    if report["url"] and mark(report["url"]).sha in by_words.pop(0, ()):
        return True
    return _says([text, report["title"] or "", *_names(record)], by_words)


def says(text: str, one: Mark) -> bool:
    """Whether a text is the address, or has the name as whole words."""
    return mark(text).sha == one.sha if not one.words else _says([text], {one.words: {one.sha}})


def _says(texts: Iterable[str], by_words: dict[int, set[str]]) -> bool:
    lengths = [length for length in by_words if length]
    if not lengths:
        return False
    for text in set(texts):
        found = words(text)
        for length in lengths:
            runs = (" ".join(found[at : at + length]) for at in range(len(found) - length + 1))
            if any(sha(run) in by_words[length] for run in runs):
                return True
    return False


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _names(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in _NAMES and isinstance(item, str):
                yield item
            else:
                yield from _names(item)
