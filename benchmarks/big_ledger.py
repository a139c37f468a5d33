"""A ledger of any size in a SQLite file, made up and laid without reading a text: for `pages.py`.

    python benchmarks/big_ledger.py big.sqlite --events 10000 [--days 120] [--seed 1]

Twenty-six states, a few of them in most of the news, and 270 events a day: ten years for a million of them, but 120
days at least. Happenings are a third of the events asked for, each told three to four times within some days (so there
are somewhat more events than asked for) by its actor, its recipient, a third state or an outlet, one in four through an
agency; one in twelve is a promise, some are denied. Four events a report. Reports go into the store's tables in
batches, happenings through the same door by which a watch keeps them for pages (`Store.lay`), a day at a time, so that
each day can be looked at. Nothing is coded and nothing is matched: which tellings belong together is known.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import event as on_event
from sqlalchemy import func, insert, select

from articles import SEATS
from brink.chronicle import camps_of, decided
from brink.chronicle.rows import first_told, laid, laid_report
from brink.codebook import quad, score
from brink.coding.names import known
from brink.records import (
    Act,
    Actor,
    Cited,
    CodedReport,
    Cue,
    Deed,
    Event,
    Happening,
    Interval,
    Mention,
    OfficeHolding,
    Origin,
    Party,
    Place,
    Promise,
    Relay,
    Report,
    Sentence,
    Span,
    Statement,
    StatusChange,
    Telling,
    TextLayout,
    TimeValue,
    Unknown,
)  # fmt: skip
from brink.store import LaidHappening, Laying, Step, Store, codings, open_store, text_sha
from brink.store.happenings import signed
from brink.store.schema import CODINGS, EVENTS, HAPPENINGS, OFFICES, STATEMENTS, UNKNOWNS, VERSIONS
from crisis import ACTS, WORDS

FIRST = date(2016, 1, 1)
STATES = tuple(country for name in SEATS if (one := known(name)) and (country := one.country))
OUTLETS = tuple(
    f"{a} {b}"
    for a in ("Harbour", "Lowland", "Halden", "Corvo", "Mira", "Tarn")
    for b in ("Times", "Post", "Sun", "Echo", "News")
)
AGENCIES = ("Northern Press", "Agence du Sud", "Meridian Wire", "Union Telegraph")
EVENTS_EACH = 4
CODER = "brink 0.1.0 model benchmark register none gazetteer none"


@dataclass
class Made:
    """A happening that is made up: what it is, and the tellings that have been published so far."""

    id: str
    actor: str
    recipient: str
    act: tuple[str, str, str, int]
    place: Place
    day: date
    words: str
    promise: bool
    told: list[tuple[date, str, str | None, Telling]] = field(default_factory=list)


def weights() -> list[float]:
    """A few states are in most of the news."""
    return [1 / (rank + 1) for rank in range(len(STATES))]


def happenings(number: int, days: int, rng: random.Random) -> Iterator[Made]:
    """Made-up happenings, in the order of days."""
    for at in range(number):
        actor, recipient = _two(rng)
        act = rng.choices(ACTS, [a[3] for a in ACTS])[0]
        town = f"{rng.choice(WORDS).title()}{rng.choice(('ograd', 'insk', 'ovo', 'etsk'))}"
        where = rng.randrange(20)
        lat, lon = (20.0 + 0.4 * (STATES.index(recipient) * 3 + where % 4), 10.0 + where)
        place = Place(0, 1, town[:1], f"{town[:3]}{where}", recipient, None, lat, lon, None, "city")
        day = FIRST + timedelta(days=at * days // number)
        words = " ".join(rng.sample(WORDS, 6))
        yield Made(f"h{at:07}", actor, recipient, act, place, day, words, rng.random() < 1 / 12)


def _two(rng: random.Random) -> tuple[str, str]:
    one, other = rng.choices(STATES, weights(), k=2)
    return (one, other) if one != other else (one, STATES[(STATES.index(one) + 1) % len(STATES)])


def telling_days(rng: random.Random) -> list[int]:
    """How many days later each of its tellings comes; three on average."""
    return sorted([0, *(int(rng.expovariate(0.7)) for _ in range(min(30, int(rng.paretovariate(1.35)))))])


@dataclass
class Maker:
    """Makes reports out of tellings, and happenings out of what reports have told."""

    rng: random.Random
    count: int = 0

    def report(self, day: date, told: Sequence[Made]) -> CodedReport:
        """One report that tells of some happenings; their tellings are noted with them."""
        rng, id, at = self.rng, f"r{self.count:07}", 0
        self.count += 1
        outlet, sentences, statements, events, unknowns = rng.choice(OUTLETS), [], [], [], []
        for number, made in enumerate(told, 1):
            speaker = rng.choice((made.actor, made.actor, made.recipient, rng.choice(STATES), None))
            text, statement, event = self._sentence(number, at, made, speaker)
            sentences.append(Sentence(number - 1, number - 1, at, at + len(text), text))
            statements += [statement] if statement else []
            events.append(event)
            if rng.random() < 0.05:
                unknowns.append(Unknown(at, at + 3, text[:3], event.id, "quantity", None))
            telling = Telling(
                id,
                event.id,
                statement.id if statement else None,
                tuple(r.name for r in statement.relay) if statement else (),
                at,
                at + len(text),
            )
            made.told.append((day, outlet, speaker, telling))
            at += len(text) + 1
        text = " ".join(s.text for s in sentences)
        offices = self._offices(text) if rng.random() < 0.02 else ()
        mentions = (Mention(0, 1, text[0], "GPE", told[0].actor, told[0].actor),)
        return CodedReport(
            Report(id, text, None, outlet, f"{told[0].actor}: {told[0].words}", day, "day"),
            TextLayout(tuple(sentences), None, ()), mentions, tuple(statements), tuple(events), tuple(unknowns),
            offices, CODER,
        )  # fmt: skip

    def _offices(self, text: str) -> tuple[OfficeHolding, ...]:
        state, who = self.rng.choice(STATES), self.rng.choice(WORDS).title()
        return (OfficeHolding(f"Ada {who}", "Foreign Minister", state, 0, min(20, len(text))),)

    def _sentence(self, number: int, at: int, made: Made, speaker: str | None) -> tuple[str, Statement | None, Event]:
        type_, mode, phrase, _ = made.act
        denied = speaker == made.recipient and self.rng.random() < 0.5
        lead = f"{speaker} officials said " if speaker else ""
        act = phrase.format(place=made.place.name)
        act = f"will have {act}" if made.promise else f"had not {act}" if denied else act
        text = (
            f"{lead}{made.actor} {act} troops {made.words} {self.rng.choice(WORDS)}, {self.rng.randint(3, 900)} people."
        )
        start, name, statement = at + len(lead), f"s{number}", None
        if speaker:
            who = Actor(at, at + 3, speaker, speaker, None, speaker, ("GOV",))
            relay = (Relay(at, at + 3, text[:3], self.rng.choice(AGENCIES)),) if self.rng.random() < 0.25 else ()
            cue = Cue(at + 14, at + 18, "said", "deny" if denied else "say")
            statement = Statement(
                name, who, relay, cue, (Span(start, at + len(text), text[start - at :]),), "indirect", 0.9
            )
        place = replace(made.place, start=start, end=start + 1)
        time = TimeValue(made.day.isoformat(), made.day.isoformat(), "day", text[:1], at, at + 1)
        deed = Deed(type_, (mode,) if mode else (), None, None, None) if made.promise else None
        kind, modes = ("AGREE", ()) if deed else (type_, (mode,) if mode else ())
        party = Actor(start, start + 3, made.actor, made.actor, None, made.actor, ("MIL",))
        other = Actor(start, start + 3, made.recipient, made.recipient, None, made.recipient, ("GOV",))
        event = Event(
            f"e{number}", kind, modes, (), ("negation",) if denied else (), deed, Span(start, start + 3, made.actor),
            number == 1, (party,), (other,), place, time, (), "certain", name if speaker else None, None,
            score(kind, modes), quad(kind), 0.8,
        )  # fmt: skip
        return text, statement, event


def standing(made: Made) -> Happening:
    """The happening as far as it has been told: one voice claims, two corroborate, a denial contradicts."""
    told: dict[tuple[str, str], list[tuple[date, Telling]]] = defaultdict(list)
    steps: list[StatusChange] = []
    for day, outlet, speaker, telling in made.told:
        against = speaker == made.recipient and telling.start % 3 == 0
        told[speaker or outlet, "denies" if against else "asserts"].append((day, telling))
        status = _status(made, told)
        if not steps or steps[-1].status != status:
            steps.append(StatusChange(day.isoformat(), status, (Cited(telling.report, telling.start, telling.end),)))
    type_, mode, _, _ = made.act
    modes, first = (mode,) if mode else (), made.told[0][0].isoformat()
    due = (made.day + timedelta(days=3)).isoformat()
    on = Interval(made.day.isoformat(), made.day.isoformat())
    origins = tuple(_origin(made, name, stance, held) for (name, stance), held in told.items())
    contradicted = steps[-1].status == "contradicted"
    return Happening(
        made.id, "AGREE" if made.promise else type_, () if made.promise else modes,
        Act(type_, modes) if made.promise else None, (Party(made.actor, made.actor, ("MIL",)),),
        (Party(made.recipient, made.recipient, ("GOV",)),), made.place, on, "announced" if made.promise else "done",
        "contradicted" if contradicted else _standing(told), steps[-1].status, origins,
        tuple(dict.fromkeys(t.report for *_, t in made.told)), (), False, ("occurrence",) if contradicted else (), (),
        Promise("pledge", made.actor, first, Interval(due, due), None, "open") if made.promise else None, tuple(steps),
        first,
    )  # fmt: skip


def _standing(told: Collection[tuple[str, str]]) -> str:
    return "corroborated" if len({name for name, stance in told if stance == "asserts"}) > 1 else "claimed"


def _status(made: Made, told: Collection[tuple[str, str]]) -> str:
    if any(stance == "denies" for _, stance in told) and any(stance == "asserts" for _, stance in told):
        return "contradicted"
    return "planned" if made.promise else _standing(told)


def _origin(made: Made, name: str, stance: str, held: list[tuple[date, Telling]]) -> Origin:
    state = name in STATES
    return Origin(
        name, name if state else None, "state" if state else "outlet", None, False, stance, "occurrence", "claim",
        tuple(t for _, t in held), held[0][0].isoformat(),
    )  # fmt: skip


def make(store: Store, events: int, days: int, seed: int) -> None:
    """Fill a ledger, day by day."""
    rng = random.Random(seed)
    pool: dict[date, list[Made]] = defaultdict(list)
    for made in happenings(events // 3, days, rng):
        for later in telling_days(rng):
            pool[min(made.day, FIRST + timedelta(days=days)) + timedelta(days=later)].append(made)
    maker, outlets, began, done = Maker(rng), dict[str, str](), time.perf_counter(), 0
    sign = store.begin_laying(camps_of(None))
    for number in range(days):
        day = FIRST + timedelta(days=number)
        told = pool.pop(day, [])
        rng.shuffle(told)
        new = [maker.report(day, told[at : at + EVENTS_EACH]) for at in range(0, len(told), EVENTS_EACH)]
        enter(store, new)
        outlets.update((c.report.id, c.report.outlet or "") for c in new)
        touched = {made.id: made for made in told}
        found = [standing(made) for made in touched.values()]
        origins = {name: record for h in found for name, record in first_told(h).items()}
        stand = Laying(camps_of(None), day.isoformat(), 0, "", decided(()), sign)
        rows = [laid(h, (), None, outlets.__getitem__) for h in found]
        sign = store.lay(Step(stand, rows, (), [laid_report(c) for c in new], (), origins)) or ""
        keep(store, rows, found)
        done += len(told)
        if number % 100 == 0:
            print(f"{day}: {done:,} events, {time.perf_counter() - began:.0f} s", flush=True)
    news = store.news(2**40)
    stand = Laying(
        camps_of(None), (FIRST + timedelta(days=days - 1)).isoformat(), news.mark, news.taken, decided(()), sign
    )
    store.lay(Step(stand, (), (), (), (), {}))


def enter(store: Store, reports: Sequence[CodedReport]) -> None:
    """Reports that the ledger does not hold, straight into its tables."""
    if not reports:
        return
    versions, coded, rows = [], [], defaultdict(list)
    with store._database.writing() as connection:
        key = connection.scalar(select(func.max(VERSIONS.c.key))) or 0
        coder = codings.coder_key(connection, CODER)
        for one in reports:
            key += 1
            record, text = codings.taken_apart(one)
            day = record["report"]["published"]
            versions.append({
                "key": key, "report": one.report.id, "number": 1, "text_sha": text_sha(text), "published": day,
                "published_at": None, "read_at": f"{day}T12:00:00+00:00", "valid_from": day, "superseded": None,
                "newest": True, "kept": "full", "url": None, "outlet": one.report.outlet, "title": one.report.title,
                "text": text,
            })  # fmt: skip
            coded.append({"key": key, "version": key, "coder": coder, "current": True, "record": codings.dumps(record)})
            of = {"coding": key, "version": key, "coder": coder, "report": one.report.id}
            for name, read in (
                ("statements", codings._statement),
                ("events", codings._event),
                ("unknowns", codings._unknown),
                ("offices", codings._office),
            ):
                rows[name] += [{**of, "number": number, **read(part)} for number, part in enumerate(record[name])]
        connection.execute(insert(VERSIONS), versions)
        connection.execute(insert(CODINGS), coded)
        for name, table in (
            ("statements", STATEMENTS),
            ("events", EVENTS),
            ("unknowns", UNKNOWNS),
            ("offices", OFFICES),
        ):
            if rows[name]:
                connection.execute(insert(table), rows[name])


def keep(store: Store, laid_: Sequence[LaidHappening], found: Sequence[Happening]) -> None:
    """Happenings as a watch keeps them, beside the tables for pages; the last state of each."""
    rows = [
        {
            "id": h.id, "event": h.event, "phase": h.phase, "standing": h.standing, "status": h.status,
            "first": h.first, "record": row.values["record"],
        }
        for row, h in zip(laid_, found, strict=True)
    ]  # fmt: skip
    with store._database.writing() as connection:
        if rows:
            connection.execute(insert(HAPPENINGS).prefix_with("OR REPLACE"), rows)
        signed(connection)


def hurry(store: Store) -> None:
    """Let no writing wait for the disk: a file that is not finished is thrown away anyway."""
    on_event.listen(store._database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF"))
    store._database.engine.dispose()


def main() -> None:
    """Make the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--days", type=int)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.path.exists():
        sys.exit(f"{args.path} is there already; name a new file.")
    began = time.process_time()
    with open_store(str(args.path)) as store:
        hurry(store)
        make(store, args.events, args.days or max(120, args.events * 3650 // 1_000_000), args.seed)
    size = sum(p.stat().st_size for p in args.path.parent.glob(args.path.name + "*")) / 1e6
    print(f"{args.path}: {size:,.0f} MB, {time.process_time() - began:.0f} s of CPU")


if __name__ == "__main__":
    main()
