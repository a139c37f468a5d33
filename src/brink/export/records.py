"""The contract of docs/schema.json: one coded report as one JSON object, and back.

Most nouns of `brink.records` already carry the contract's names in the contract's order; what differs (a cue's
`class`, the parts of a report and of an unknown) is spelt out here.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar, cast

from brink.errors import Reason, ReportError
from brink.records import (
    Actor,
    CodedReport,
    Cue,
    Dateline,
    Deed,
    Event,
    Furniture,
    Mention,
    OfficeHolding,
    Place,
    Quantity,
    Relay,
    Report,
    Sentence,
    Span,
    Statement,
    TextLayout,
    TimeValue,
    Unknown,
)

T = TypeVar("T")


def _keys(noun: Any) -> tuple[tuple[str, str], ...]:
    """The contract's keys of a noun, in order, each with the field that holds it."""
    if noun is Unknown:
        # The contract puts what an unknown is about before its span.
        return tuple((name, name) for name in ("about", "attribute", "start", "end", "text", "statement"))
    return tuple(("class" if field.name == "cue_class" else field.name, field.name) for field in fields(noun))


NOUNS = (
    Actor, Cue, Dateline, Deed, Event, Furniture, Mention, OfficeHolding, Place, Quantity, Relay, Span, Statement,
    TimeValue, Unknown,
)  # fmt: skip
KEYS = {noun: _keys(noun) for noun in NOUNS}
"""Nouns that a record holds, each with its keys; all else in a record is as JSON takes it."""


def to_record(coded: CodedReport) -> dict[str, Any]:
    """Give a coded report as plain dicts and lists, keys named and ordered as docs/schema.json has them."""
    return {
        "report": _report_out(coded),
        "statements": _plain(coded.statements),
        "events": _plain(coded.events),
        "unknowns": _plain(coded.unknowns),
        "offices": _plain(coded.offices),
        "coder": coded.coder,
    }


def dumps(coded: CodedReport) -> str:
    """Give a coded report as one line of JSON without its newline; the same report gives the same bytes."""
    return _JSON.encode(to_record(coded))


_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def from_record(record: Mapping[str, Any]) -> CodedReport:
    """Read what `to_record` gave; unknown keys are passed over. Raises ReportError where a field is missing or odd."""
    try:
        return CodedReport(
            report=_report_in(record["report"]),
            layout=_layout_in(record["report"]),
            mentions=_each(record["report"]["mentions"], _flat(Mention)),
            statements=_each(record["statements"], _statement_in),
            events=_each(record["events"], _event_in),
            unknowns=_each(record["unknowns"], _flat(Unknown)),
            offices=_each(record["offices"], _flat(OfficeHolding)),
            coder=record["coder"],
        )
    except KeyError as error:
        raise ReportError(Reason.MISSING_FIELD, f"A coded report needs the field {error}; it is not there.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ReportError(Reason.BROKEN_JSON, f"No coded report as docs/schema.json has it: {error}.") from error


def loads(line: str) -> CodedReport:
    """Read one line of `brink code`'s output. Raises ReportError where it is no JSON or no coded report."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ReportError(Reason.BROKEN_JSON, f"A line of JSON was expected: {error}.") from error
    if not isinstance(record, dict):
        raise ReportError(Reason.BROKEN_JSON, f"A JSON object was expected, {type(record).__name__} came.")
    return from_record(record)


_BARE = frozenset((str, int, float, bool, type(None)))
"""Types that JSON writes as they are; most parts of a record are of these."""


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is tuple:
        return [_plain(item) for item in value]
    if kind not in KEYS:
        return value
    plain = {}
    for key, name in KEYS[kind]:
        part = getattr(value, name)
        plain[key] = part if type(part) in _BARE else _plain(part)
    if kind is Quantity:
        plain |= {"low": _whole(value.low), "high": _whole(value.high)}
    return plain


def _whole(number: float | None) -> float | int | None:
    """Counts read as 10000, not 10000.0; the two are equal when read back."""
    return int(number) if number is not None and float(number).is_integer() else number


def _report_out(coded: CodedReport) -> dict[str, Any]:
    report, layout = coded.report, coded.layout
    return {
        "id": report.id,
        "url": report.url,
        "outlet": report.outlet,
        "title": report.title,
        "published": report.published.isoformat() if report.published else None,
        "published_precision": report.published_precision,
        "published_at": report.published_at,
        "language": report.language,
        "language_checked": report.language_checked,
        "text": report.text,
        "dateline": _plain(layout.dateline),
        "furniture": _plain(layout.furniture),
        "mentions": _plain(coded.mentions),
        "signature": _plain(layout.signature),
        "sentences": [{"start": s.start, "end": s.end, "paragraph": s.paragraph} for s in layout.sentences],
    }


def _report_in(data: Mapping[str, Any]) -> Report:
    published = data["published"]
    return Report(
        id=data["id"],
        text=data["text"],
        url=data["url"],
        outlet=data["outlet"],
        title=data["title"],
        published=date.fromisoformat(published) if published else None,
        published_precision=data["published_precision"],
        published_at=data.get("published_at"),
        language=data["language"],
        language_checked=data["language_checked"],
    )


def _layout_in(data: Mapping[str, Any]) -> TextLayout:
    text = data["text"]
    sentences = tuple(
        Sentence(index, item["paragraph"], item["start"], item["end"], text[item["start"] : item["end"]])
        for index, item in enumerate(data.get("sentences", ()))
    )
    return TextLayout(
        sentences=sentences,
        dateline=_perhaps(data["dateline"], _flat(Dateline)),
        furniture=_each(data["furniture"], _flat(Furniture)),
        signature=_perhaps(data.get("signature"), _flat(Span)),
    )


def _statement_in(data: Mapping[str, Any]) -> Statement:
    return Statement(
        id=data["id"],
        speaker=_perhaps(data["speaker"], _flat(Actor)),
        relay=_each(data["relay"], _flat(Relay)),
        cue=_perhaps(data["cue"], lambda cue: Cue(cue["start"], cue["end"], cue["text"], cue["class"])),
        content=_each(data["content"], _flat(Span)),
        quoted=data["quoted"],
        confidence=data["confidence"],
    )


def _event_in(data: Mapping[str, Any]) -> Event:
    nested = {
        "deed": _perhaps(data["deed"], _flat(Deed)),
        "trigger": _flat(Span)(data["trigger"]),
        "actor": _each(data["actor"], _flat(Actor)),
        "recipient": _each(data["recipient"], _flat(Actor)),
        "place": _perhaps(data["place"], _flat(Place)),
        "time": _perhaps(data["time"], _flat(TimeValue)),
        "quantity": _each(data["quantity"], _flat(Quantity)),
    }
    return _flat(Event)({**data, **nested})


def _flat(kind: type[T]) -> Callable[[Mapping[str, Any]], T]:
    """Give a reader of a noun whose keys are its field names; fields the contract lacks keep their defaults."""
    return cast("Callable[[Mapping[str, Any]], T]", _reader(cast(Any, kind)))


@functools.cache
def _reader(kind: Any) -> Callable[[Mapping[str, Any]], Any]:
    """The same, made once for each noun: a page reads thousands."""
    names = [field.name for field in fields(kind)]
    optional = {"zone"} if kind is TimeValue else set()

    def read(data: Mapping[str, Any]) -> Any:
        given = names if not optional else [name for name in names if name in data or name not in optional]
        values = {name: tuple(v) if type(v := data[name]) is list else v for name in given}
        return kind(**values)

    return read


def _each(items: Iterable[Mapping[str, Any]], read: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    return tuple([read(item) for item in items])


def _perhaps(data: Mapping[str, Any] | None, read: Callable[[Mapping[str, Any]], T]) -> T | None:
    return None if data is None else read(data)
