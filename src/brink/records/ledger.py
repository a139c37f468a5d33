"""What many reports yield together (docs/design.md, sections 1, 3 and 6).

Dates are ISO 8601 text ("2022-02-15"), as in the contract; None where not known.
"""

from __future__ import annotations

from dataclasses import dataclass

from brink.records.coding import Place, Quantity


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts or is acted upon in a happening. `country` as in `Actor`; a state actor's `name` is its country's."""

    name: str
    country: str | None
    sector: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells one party from another: a state's code for its authorities, else the name."""
        state = not self.sector or self.sector[0] in ("GOV", "MIL", "SPY", "COP", "LEG", "JUD")
        return self.country if self.country and state else self.name


@dataclass(frozen=True, slots=True)
class Act:
    """An event type with its modes: the deed of a promise, a threat or a request."""

    event: str
    mode: tuple[str, ...] = ()
    negation: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of days; `precision` as in `TimeValue`."""

    start: str | None
    end: str | None
    precision: str = "day"


@dataclass(frozen=True, slots=True)
class Telling:
    """One record in one report that is evidence for a happening: an event, or a statement that speaks of it.

    `start`/`end` are the characters of the sentence; `relay` are names, outermost first.
    """

    report: str
    event: str | None
    statement: str | None
    relay: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """A body that speaks for or against a happening: one row per (name, stance, of).

    `kind`: state, group, body, person, witness, outlet or document. `stance`: asserts, denies or doubts; `on`:
    occurrence, actor, place, time, quantity or extent; `of`: claim, or outcome where a promise's carrying out is told.
    `since` is the day of the origin's first telling of this stance, `until` the day from which another stance of its
    own stands instead, None while it stands.
    """

    name: str
    country: str | None
    kind: str
    camp: str | None
    anonymous: bool
    stance: str
    on: str
    of: str
    tellings: tuple[Telling, ...]
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class OwnedQuantity:
    """One owner's count at one day; a later count of the same owner and kind replaces it in the range."""

    quantity: Quantity
    owner: str
    as_of: str | None
    report: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A happening told in the future. `kind`: pledge, schedule, threat, prediction or alleged.

    `by` is the name of who made it; `outcome`: open, overdue, kept, broken, called_off, carried_out, lapsed, came_true
    or not_true.
    """

    kind: str
    by: str | None
    made: str | None
    due: Interval | None
    condition: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Characters of a report that a status rests on."""

    report: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StatusChange:
    """From `date` (of publication) on the happening had this status, because of these sentences."""

    date: str | None
    status: str
    because: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in the world, however many reports tell of it (docs/design.md, section 6).

    `phase`: announced, under_way, done, not_done or called_off. `standing`: claimed, corroborated, contradicted or
    retracted. `status`: contradicted, not_fulfilled, fulfilled, retracted, overdue, planned, corroborated or claimed.
    `reports` are ids by publication; `first` is the first publication day. `by_hand` names decisions in force.
    `register` is the hash of what reports teach of the offices of its parties, None where it rests on none of that.
    """

    id: str
    event: str
    mode: tuple[str, ...]
    deed: Act | None
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    place: Place | None
    time: Interval | None
    phase: str
    standing: str
    status: str
    origins: tuple[Origin, ...]
    reports: tuple[str, ...]
    quantity: tuple[OwnedQuantity, ...]
    background: bool
    contradicted_on: tuple[str, ...]
    opposes: tuple[str, ...]
    promise: Promise | None
    history: tuple[StatusChange, ...]
    first: str | None = None
    by_hand: tuple[str, ...] = ()
    register: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Reports that tell of the same happenings: `reports` by publication, `happenings` by first publication.

    `title` is the first one's that has any; `first` and `last` are days of publication, None where none is known.
    """

    id: str
    title: str | None
    first: str | None
    last: str | None
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    happenings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision by hand: merge, split, move, camp or status; kept with user, time and reason.

    `what` names the action, `subject` and `object` what it is about (happening ids, a telling "report/event", an
    origin's name), `value` the camp or status given.
    """

    what: str
    subject: str
    object: str | None
    value: str | None
    user: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Marking:
    """A reader's word on one coding: right, wrong, or "none", which takes an earlier word back.

    `coding` is an event's, statement's or unknown's id (unknowns count u1, u2 …) in the coding that `coder` made of the
    text with the hash `text_sha`; `at` is ISO 8601 in UTC.
    """

    report: str
    text_sha: str
    coder: str
    coding: str
    verdict: str
    user: str
    at: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Crisis:
    """A dated crisis file: who is on which side, and which actors, places and words belong to it."""

    name: str
    since: str | None
    until: str | None
    camps: tuple[tuple[str, str], ...]
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def camp_of(self, name: str) -> str | None:
        """The camp of an actor's code or name, None if the file does not name it."""
        return dict(self.camps).get(name)
