"""A crisis made up by rule: coded records as the coder would give them, the same for the same seed.

Six actors, 200 days, any number of events. A happening has an actor, a recipient, an act, a place and a day; three
reports tell of it on average (many of one, few of many), within some days, some with a promise before, a denial, a
correction after it. Twice the events are twice the happenings: reports tell of one as often in a busy crisis as in a
quiet one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from brink.codebook import quad, score
from brink.records import (
    Actor,
    CodedReport,
    Cue,
    Deed,
    Event,
    Mention,
    Place,
    Quantity,
    Report,
    Sentence,
    Span,
    Statement,
    TextLayout,
    TimeValue,
)

FIRST = date(2021, 11, 1)
DAYS = 200
ACTORS = ("RUS", "UKR", "USA", "BLR", "GBR", "DEU")
TOWNS = tuple(
    (f"{head}{tail}", country)
    for head, country in (
        ("Nov", "UKR"),
        ("Bel", "BLR"),
        ("Kras", "UKR"),
        ("Zap", "UKR"),
        ("Sev", "RUS"),
        ("Ol", "UKR"),
    )
    for tail in ("ograd", "insk", "ivka", "oye", "ysk", "ovo", "etsk", "ansk", "opol", "ichi")
)
ACTS = (
    ("ASSAULT", "heavy-weapons", "shelled {place}", 6),
    ("ASSAULT", "aerial", "bombed {place} from the air", 3),
    ("RETREAT", "withdraw", "pulled its troops out of {place}", 2),
    ("RETREAT", "ceasefire", "ceased fire at {place}", 1),
    ("MOBILIZE", "troops", "massed troops at {place}", 4),
    ("CONSULT", "visit", "sent envoys to {place} for talks", 4),
    ("SANCTION", "discontinue", "imposed an embargo on goods through {place}", 1),
    ("AID", "", "delivered weapons to {place}", 2),
    ("ACCUSE", "", "accused its neighbour of firing on {place}", 4),
    ("REQUEST", "", "demanded access to {place}", 2),
    ("REJECT", "", "rejected the terms of {place}", 2),
    ("COERCE", "arrest", "arrested demonstrators in {place}", 2),
)  # fmt: skip
OUTLETS = tuple(
    f"{name} {kind}"
    for name in ("Harbour", "Lowland", "Halden", "Corvo", "Mira")
    for kind in ("Times", "Post", "Wire", "Sun")
)
WORDS = tuple(f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("ar", "el", "on", "us", "im") for c in "bdgkmnt")
"""Words that no two stories need have in common; rare ones, as names of streets and regiments are."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What is told: who does what to whom, where and when, and the words that all who tell of it use."""

    actor: str
    recipient: str
    act: tuple[str, str, str, int]
    town: tuple[str, str]
    day: int
    words: tuple[str, ...]
    number: int


def reports(events: int, seed: int = 1) -> Iterator[CodedReport]:
    """Coded reports with that many events together, two each, in order of publication."""
    return (report for report, _ in reports_and_truth(events, seed))


def reports_and_truth(events: int, seed: int = 1) -> Iterator[tuple[CodedReport, tuple[int, ...]]]:
    """The same reports, each with the numbers of the happenings that its events, in order, tell of."""
    rng = random.Random(seed)
    told: list[tuple[int, Happening, str]] = []
    numbers: dict[int, int] = {}
    while len(told) < events:
        what = _happening(rng)
        numbers[id(what)] = len(numbers)
        told += _told(rng, what)
    told = sorted(told[:events], key=lambda one: one[0])
    for number in range(0, len(told), 2):
        some = told[number : number + 2]
        yield _report(rng, number // 2, some), tuple(numbers[id(what)] for _, what, _ in some)


def _happening(rng: random.Random) -> Happening:
    actor, recipient = rng.sample(ACTORS, 2)
    act = rng.choices(ACTS, [a[3] for a in ACTS])[0]
    words = tuple(rng.sample(WORDS, 8))
    return Happening(actor, recipient, act, rng.choice(TOWNS), rng.randrange(DAYS), words, rng.randint(3, 900))


def _told(rng: random.Random, what: Happening) -> list[tuple[int, Happening, str]]:
    """The days on which it is told and how: done, planned, denied."""
    most = min(40, int(rng.paretovariate(1.3)) + rng.choice((0, 1)))
    found = [(min(DAYS - 1, what.day + int(rng.expovariate(0.8))), what, "done") for _ in range(most)]
    if rng.random() < 0.08:
        found.append((max(0, what.day - rng.randint(1, 10)), what, "plan"))
    if rng.random() < 0.1:
        found.append((min(DAYS - 1, what.day + 1), what, "deny"))
    return found


def _report(rng: random.Random, number: int, told: list[tuple[int, Happening, str]]) -> CodedReport:
    day = FIRST + timedelta(days=told[0][0])
    outlet = rng.choice(OUTLETS)
    at, sentences, statements, events = 0, [], [], []
    mentions = []
    title = f"CORRECTED: {outlet}" if rng.random() < 0.003 else None
    for index, (_, what, how) in enumerate(told):
        text, start, statement, event = _event(rng, index, at, what, how)
        sentences.append(Sentence(index, index, at, at + len(text), text))
        statements += [statement] if statement else []
        events.append(event)
        mentions.append(Mention(start, start + 3, what.actor, "GPE", what.actor, what.actor))
        at += len(text) + 1
    whole = " ".join(s.text for s in sentences)
    report = Report(f"r{number:07}", whole, None, outlet, title, day, "day")
    layout = TextLayout(tuple(sentences), None, ())
    return CodedReport(report, layout, tuple(mentions), tuple(statements), tuple(events), (), (), "benchmark")


def _event(
    rng: random.Random, index: int, at: int, what: Happening, how: str
) -> tuple[str, int, Statement | None, Event]:
    """One sentence and its event; the words around those of the happening are drawn anew."""
    type_, mode, phrase, _ = what.act
    act = phrase.format(place=what.town[0])
    speaker = rng.choice((what.actor, what.recipient, rng.choice(ACTORS), None))
    if how == "deny":
        speaker, act = what.actor, "had not " + act
    if how == "plan":
        speaker, act = what.actor, "will have " + act
    words = rng.sample(what.words, 5) + rng.sample(WORDS, 4)
    lead = f"{speaker} officials said " if speaker else ""
    text = f"{lead}{what.actor} {act} {' '.join(words)}, {what.number} people."
    start = at + len(lead)
    name = f"s{index + 1}"
    statement = None
    if speaker:
        who = Actor(at, at + 3, speaker, speaker, None, speaker, ("GOV",))
        statement = Statement(
            name, who, (), Cue(at + 14, at + 18, "said", "deny" if how == "deny" else "say"),
            (Span(start, at + len(text), text[start - at :]),), "indirect", 1.0,
        )  # fmt: skip
    place = Place(start, start + 1, what.town[0], what.town[0], what.town[1], None, None, None, None, "city")
    when = (FIRST + timedelta(days=what.day)).isoformat()
    time = TimeValue(when, when, "day", text[:1], at, at + 1) if how == "plan" or rng.random() < 0.6 else None
    deed = Deed(type_, (mode,) if mode else (), None, None, None) if how == "plan" else None
    modes = (mode,) if mode and deed is None else ()
    kind = "AGREE" if deed else type_
    count = Quantity(
        start, start + 1, "", "persons", what.number, what.number, "persons", False, name if speaker else None
    )
    event = Event(
        f"e{index + 1}", kind, modes, (), ("negation",) if how == "deny" else (), deed, Span(start, start + 3, what.actor), True,
        (Actor(start, start + 3, what.actor, what.actor, None, what.actor, ("MIL",)),),
        (Actor(start, start + 3, what.recipient, what.recipient, None, what.recipient, ("GOV",)),) if rng.random() < 0.7 else (),
        place if rng.random() < 0.8 else None, time, (count,) if rng.random() < 0.3 else (), "certain",
        name if speaker else None, None, score(kind, modes), quad(kind), 1.0,
    )  # fmt: skip
    return text, start, statement, event
