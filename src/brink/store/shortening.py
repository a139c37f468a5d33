"""What is left of a report's text where not all of it may be kept. Takes and gives records of docs/schema.json.

Characters that go become spaces, so that every offset stays true: `text[start:end]` is a span's text before and after.

full       everything
sentences  the sentences that statements, events, unknowns and office holders rest on, and every span
spans      the spans alone
none       nothing: also names, offices, title and address go; types, countries, dates, counts and offsets stay
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

LEVELS = ("full", "sentences", "spans", "none")
_CITING = ("statements", "events", "unknowns", "offices")
_NAMES: Mapping[str, str | None] = {
    "name": "",
    "person": "",
    "office": None,
    "admin1": None,
    "title": None,
    "url": None,
    "agency": None,
}
# Spans, and the words that tell a time, whose own start and end are days.
_OFFSETS = (("start", "end"), ("text_start", "text_end"))

Record = dict[str, Any]


def strictest(levels: Iterable[str]) -> str:
    """The level that keeps least."""
    return max(levels, key=LEVELS.index, default=LEVELS[0])


def shorten(record: Record, text: str, keep: str) -> tuple[Record, str]:
    """Give a record and its text with what `keep` leaves of them."""
    if keep == "full":
        return record, text
    left = _left(text, _kept(record, keep))
    return mended(record, left, keep), left


def mended(record: Record, text: str, keep: str) -> Record:
    """Give a record whose spans hold what is left of the text, and whose names are gone where `keep` is none."""
    short: Record = _mended(record, text)
    short["report"].pop("text", None)
    return _nameless(short) if keep == "none" else short


def _mended(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [_mended(item, text) for item in value]
    if not isinstance(value, dict):
        return value
    values = {name: _mended(item, text) for name, item in value.items()}
    for start, end in _offsets(value):
        if isinstance(values.get("text"), str):
            values["text"] = text[start:end]
    return values


def _kept(record: Record, keep: str) -> list[tuple[int, int]]:
    if keep == "none":
        return []
    cited = [span for part in _CITING for span in _spans(record[part])]
    spans = cited + list(_spans(record["report"]["mentions"]))
    if keep == "sentences":
        spans += [
            (sentence["start"], sentence["end"])
            for sentence in record["report"].get("sentences", ())
            if any(start < sentence["end"] and end > sentence["start"] for start, end in cited)
        ]
    return spans


def _left(text: str, spans: Iterable[tuple[int, int]]) -> str:
    left = [" "] * len(text)
    for start, end in spans:
        left[start:end] = text[start:end]
    return "".join(left)


def _spans(value: Any) -> Iterator[tuple[int, int]]:
    if isinstance(value, list):
        for item in value:
            yield from _spans(item)
    elif isinstance(value, dict):
        yield from _offsets(value)
        for item in value.values():
            yield from _spans(item)


def _offsets(value: Record) -> Iterator[tuple[int, int]]:
    for start, end in _OFFSETS:
        if isinstance(value.get(start), int) and isinstance(value.get(end), int):
            yield value[start], value[end]


def _nameless(value: Any) -> Any:
    if isinstance(value, list):
        return [_nameless(item) for item in value]
    if not isinstance(value, dict):
        return value
    values = {name: _NAMES[name] if name in _NAMES else _nameless(item) for name, item in value.items()}
    if "person" in values:
        values["office"] = ""  # who holds an office always has one
    if isinstance(values.get("place"), str):
        values["place"] = None  # of a dateline
    return values
