"""What the tabular exports share: country codes, pairs of parties, the sentence of an event, cells without breaks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any

from brink import codebook
from brink.records import Actor, CodedReport, Event, Statement

# PLOVER's auxiliary modes: the event did not happen, may not, is yet to, or is told as past background.
MODAL = frozenset({"negation", "hypothetical", "future", "historical"})


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """One country's codes in the schemes of the export formats; an empty string where a scheme has none."""

    iso3: str
    name: str
    numeric: str
    fips: str
    cow: str
    region: str


_NO_COUNTRY = CountryCodes("", "", "", "", "", "")


def codes(iso3: str | None) -> CountryCodes:
    """Give the codes of a country; all empty where there is none or it is not known."""
    return _countries().get(iso3 or "", _NO_COUNTRY)


@cache
def _countries() -> Mapping[str, CountryCodes]:
    text = (resources.files("brink") / "data" / "export" / "countries.tsv").read_text("utf-8")
    rows = (CountryCodes(*line.split("\t")) for line in text.splitlines() if not line.startswith("#"))
    return {row.iso3: row for row in rows}


@cache
def table(name: str) -> Mapping[str, Any]:
    """Give one of the TOML tables of data/export."""
    return tomllib.loads((resources.files("brink") / "data" / "export" / name).read_text("utf-8"))


def is_modal(event: Event) -> bool:
    """Say whether an event is negated, hypothetical, future or historical."""
    return bool(MODAL.intersection(event.auxiliary))


def in_plover(coded: CodedReport) -> tuple[CodedReport, int, int]:
    """A report without a user's own event types and modes, and how many of each were left out."""
    events = [e for e in coded.events if codebook.defines(e.event)]
    kept = tuple(replace(e, mode=tuple(m for m in e.mode if codebook.defines(e.event, m))) for e in events)
    modes = sum(len(e.mode) for e in events) - sum(len(e.mode) for e in kept)
    return replace(coded, events=kept), len(coded.events) - len(kept), modes


def pairs(event: Event) -> Iterator[tuple[Actor | None, Actor | None]]:
    """Give every actor with every recipient; without recipients every two actors once, or the one actor alone."""
    if event.actor and event.recipient:
        yield from ((actor, recipient) for actor in event.actor for recipient in event.recipient)
    elif len(event.actor) > 1:
        yield from combinations(event.actor, 2)
    else:
        yield (event.actor[0] if event.actor else None, event.recipient[0] if event.recipient else None)
        yield from ((None, recipient) for recipient in event.recipient[1:])


def sentence_of(event: Event, coded: CodedReport) -> str:
    """Give the sentence that holds the event's trigger, or the trigger where the report has no sentences."""
    found = (s.text for s in coded.layout.sentences if s.start <= event.trigger.start < s.end)
    return next(found, event.trigger.text)


def statement_of(event: Event, coded: CodedReport) -> Statement | None:
    """Give the statement that tells the event, None where the outlet does in its own voice."""
    return next((s for s in coded.statements if s.id == event.statement), None)


def teller(event: Event, coded: CodedReport) -> str:
    """Name whose word the event is: the outlet's, or a speaker's with the chain it came through."""
    statement = statement_of(event, coded)
    if statement is None:
        return "told by the outlet"
    speaker = statement.speaker.name if statement.speaker else "somebody not named"
    via = ", ".join(relay.name for relay in statement.relay)
    return f"according to {speaker}" + (f" via {via}" if via else "")


def cell(value: object) -> str:
    """Give a value as one cell: nothing for None, no tab and no line break inside."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.7g}" if abs(value) < 1e5 else str(int(value))
    return " ".join(str(value).split())


def event_key(event: Event, coded: CodedReport) -> str:
    """Give the identifier of an event among all reports."""
    return f"{coded.report.id}-{event.id}"
