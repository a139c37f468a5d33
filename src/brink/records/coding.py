"""What one report yields (docs/design.md, sections 1 and 3).

Offsets count characters of `Report.text`, end excluded, and `report.text[span.start:span.end] == span.text`
holds for every span that Brink stores. Dates are `datetime.date`; a value that is not known is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from brink.errors import Reason


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a report's text: `text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """One article as published.

    `text` is the stored text (newlines normalised, nothing else). `published` is a date; `published_precision` is
    "day", "month", "year", or "hour"/"minute" where the input said so, and None without a date; `published_at` is
    then the moment in UTC ("2022-02-15T08:10:00Z"), else None.
    `language_checked` is False where the text was too short to tell and English was assumed.
    """

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    published_precision: str | None = None
    language: str = "en"
    language_checked: bool = False
    published_at: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that could not become a report, and why. `where` is the file, address or line it came from."""

    where: str
    reason: Reason
    message: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The head of a report that says where, when and for which agency it was written; unknown parts are None."""

    start: int
    end: int
    place: str | None
    date: str | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class Furniture:
    """Words of the page that are no part of the report. `kind`: related, caption, credit, stamp or advert."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a report; `index` counts from 0, `paragraph` counts the report's paragraphs."""

    index: int
    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TextLayout:
    """What the text stage gives out: sentences to be coded, and what was set aside."""

    sentences: tuple[Sentence, ...]
    dateline: Dateline | None
    furniture: tuple[Furniture, ...]
    signature: Span | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A span the model found. `layer` is the head, `kind` its label there:

    mention      PER ORG UNIT GPE LOC FAC NORP WPN EVT DOC
    attribution  speaker cue relay
    content      outer inner (an inner content lies within the content of another statement)
    event        the 16 PLOVER types, and the own types in use
    deed         the 16 PLOVER types
    argument     party place time quantity
    unknown      quantity time place actor recipient cause occurrence outcome

    `scores` are further classifications of the same span, probabilities by name: on cue (or content) labels the
    cue classes as "class:say", …; on event labels "main", "aux:negation", …, "certainty:probable", "mode:withdraw",
    "context:military", "deed:RETREAT", "own_mode:aid-looting". `confidence` is calibrated, 0 to 1.
    """

    start: int
    end: int
    text: str
    layer: str
    kind: str
    sentence: int
    confidence: float
    scores: Mapping[str, float] = field(default_factory=dict)


class Link(NamedTuple):
    """A relation between two labels (indexes into `Labelling.labels`); a tuple, since a report makes hundreds.

    `kind`: speaker, relay, content (head: a cue, or a content without cue); actor, recipient, place, time, quantity
    (head: an event). `confidence` 0 to 1.
    """

    kind: str
    head: int
    tail: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Labelling:
    """All that the model says about one report, in text order."""

    labels: tuple[Label, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something. `kind`: PER ORG UNIT GPE LOC FAC NORP WPN EVT DOC."""

    start: int
    end: int
    text: str
    kind: str
    name: str
    country: str | None
    sector: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A party in a record: the span that stands for it, and whom it resolves to.

    `country` is ISO 3166-1 alpha-3, None for international bodies, whose `name` is their short name ("NATO").
    `sector` are PLOVER sectors, the first the primary one.
    """

    start: int
    end: int
    text: str
    name: str
    office: str | None = None
    country: str | None = None
    sector: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relay:
    """One link of the chain through which a statement reached the outlet."""

    start: int
    end: int
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that tell that somebody says something, and their class (docs/design.md, section 3)."""

    start: int
    end: int
    text: str
    cue_class: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says something. `relay` runs from the outermost link inwards; `quoted`: direct, indirect, mixed."""

    id: str
    speaker: Actor | None
    relay: tuple[Relay, ...]
    cue: Cue | None
    content: tuple[Span, ...]
    quoted: str
    confidence: float


@dataclass(frozen=True, slots=True)
class TimeValue:
    """When something happened, as a closed interval of days. `start` and `end` are ISO 8601 dates or None.

    `precision`: minute, hour, day, week, month or year. `text_start`/`text_end` are the words that tell it.
    `zone` names what decided which day it was: "dateline", "place" or "UTC".
    """

    start: str | None
    end: str | None
    precision: str
    text: str
    text_start: int
    text_end: int
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many. `low`/`high` are None where not known; `statement` is the id of the statement that gives it."""

    start: int
    end: int
    text: str
    kind: str
    low: float | None
    high: float | None
    unit: str | None
    approximate: bool
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened. Coordinates (degrees, WGS 84) stand only beside a `precision` that earns them."""

    start: int
    end: int
    text: str
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: str


@dataclass(frozen=True, slots=True)
class Deed:
    """The act that is promised, threatened or asked for; no span where no words name it."""

    event: str
    mode: tuple[str, ...]
    text: str | None
    start: int | None
    end: int | None
    negation: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something done, announced or threatened, in PLOVER's words.

    A user's own type stands in `event` by its name; `cameo`, `score` and `quad` are then None.
    """

    id: str
    event: str
    mode: tuple[str, ...]
    context: tuple[str, ...]
    auxiliary: tuple[str, ...]
    deed: Deed | None
    trigger: Span
    main: bool
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    place: Place | None
    time: TimeValue | None
    quantity: tuple[Quantity, ...]
    certainty: str
    statement: str | None
    cameo: str | None
    score: float | None
    quad: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """An explicit admission of ignorance. `about` is an event id or None; `attribute` says what is not known."""

    start: int
    end: int
    text: str
    about: str | None
    attribute: str
    statement: str | None


@dataclass(frozen=True, slots=True)
class OfficeHolding:
    """A report's own words that somebody holds an office; `start`/`end` are the words that say so."""

    person: str
    office: str
    country: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CodedReport:
    """Everything one report yields: the unit that `brink code` writes, one a line.

    `taught` stands only on the copy that a ledger lays: the hash of what other reports say of persons in this one.
    """

    report: Report
    layout: TextLayout
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    unknowns: tuple[Unknown, ...]
    offices: tuple[OfficeHolding, ...]
    coder: str
    taught: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """Who held which office when. Dates are ISO 8601, closed at both ends; None means open."""

    person: str
    office: str
    country: str | None
    sector: tuple[str, ...]
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """An immutable table of office holders; `hash` travels with every record it helped to make."""

    entries: tuple[RegisterEntry, ...]
    hash: str

    def __hash__(self) -> int:
        # The text already is a hash of all entries, and caches ask for one with each report.
        return hash(self.hash)
