"""Event coreference across reports on ECB+, test topics 36-45, gold mentions: `python eval/ecb.py ../shared/corpora`.

Brink's own matching (`brink.ledger.linking`) joins records made of the gold mentions, one ledger per topic: the
trigger; the type, modes and statement of the event that the coder finds at the trigger; the nearest participant before
and after it as the parties, the nearest place and time, all as ECB+ marks them within the sentence. A mention at which
the coder finds no event has no PLOVER type and takes its head's lemma for one (Brink by itself would have no record of
it at all); how many have one is printed, and beside it what comes out where all mentions take their lemmas. Documents
bear no date, so neither days apart nor "on Monday" say anything.

Beside it stands the lemma baseline: mentions of one topic with the same head lemma are one event. Gold topics are given
to both. Singletons are mentions like all others and stay in; published figures on ECB+ keep them too.
`--part dev` measures topics 2, 5, 12, 18, 21, 23, 34 and 35 instead, on which how records are made was looked at.
"""

from __future__ import annotations

import argparse
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from brink import coding, pipeline
from brink.coding.times import find_times
from brink.ledger import linking
from brink.ledger.evidence import Evidence, evidence_of
from brink.records import Actor, CodedReport, Event, Mention, Place, Report, Span, TextLayout, TimeValue
from coreference import Score, conll, scores
from ecb_plus import DEV, TEST, Document, Marked, documents

PRONOUN = re.compile(
    r"(?:s?he|it|they|him|her|them|hi[ms]|its|their|i|we|you|me|us|my|our|your)s?|\w*(?:self|selves)|who[me]?|whose"
    r"|which|that|this|these|those",
    re.IGNORECASE,
)
SMALL = re.compile(
    r"of|in(?:to)?|to|on(?:to)?|for|with|from|by|at|about|after|against|over|under|as|up|out|off|down|away|back|through|than"
)
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\b[^.,;]{0,12}$", re.IGNORECASE)
CARRIER = "MOBILIZE"
"""The type that carries a mention without one through the reading of evidence, where its lemma takes its place."""


def head(words: Sequence[str]) -> str:
    """The word that names the act: the last one before the first preposition or particle."""
    plain = [w.lower() for w in words if re.search(r"[^\W\d]", w)] or [w.lower() for w in words]
    cut = next((i for i, w in enumerate(plain) if SMALL.fullmatch(w) and i > 0), len(plain))
    return plain[cut - 1]


@functools.cache
def lemma(word: str) -> str:
    """The dictionary form of a lower-case word, by simplemma's English table."""
    import simplemma

    return simplemma.lemmatize(word.strip("\"'`“”‘’"), "en").lower()


def coded(doc: Document) -> CodedReport:
    """The document as the coder codes it, with the gold mentions of actions in place of its events."""
    found = pipeline.annotate_one(Report(doc.id, doc.text), coding.load_register(None))
    times = find_times(doc.text, doc.sentences, None, None)
    events = tuple(_event(doc, m, found, times) for m in doc.events)
    return replace(found, layout=TextLayout(doc.sentences, None, ()), events=events)


def _event(doc: Document, m: Marked, found: CodedReport, times: Sequence[TimeValue]) -> Event:
    """The record of a gold mention; what is only supposed ("hypothetical") is a mention like all others here."""
    own = next((e for e in found.events if e.trigger.start < m.end and m.start < e.trigger.end), None)
    trigger = Span(m.start, m.end, doc.text[m.start : m.end])
    actor, recipient = _parties(doc, m, found.mentions)
    aux = tuple(a for a in (own.auxiliary if own else ()) if a != "hypothetical")
    if m.tag.startswith("NEG_") and "negation" not in aux:
        aux = (*aux, "negation")
    place, time = _place(doc, m, found.mentions), _time(doc, m, times)
    if own is not None:
        return replace(
            own, id=m.id, trigger=trigger, actor=actor, recipient=recipient, place=place, time=time, auxiliary=aux
        )
    return Event(
        m.id, CARRIER, (), (), aux, None, trigger, False, actor, recipient, place, time, (), "certain", None, None,
        None, None, 0.0,
    )  # fmt: skip


def _near(doc: Document, m: Marked, kinds: tuple[str, ...]) -> list[Marked]:
    """Other mentions of the sentence, the nearest first."""
    here = [o for o in doc.marked if o.sentence == m.sentence and o.tag.startswith(kinds)]
    return sorted(here, key=lambda o: (max(m.start - o.end, o.start - m.end), o.start))


def _parties(doc: Document, m: Marked, mentions: Sequence[Mention]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The nearest participant before the trigger acts, the nearest behind it is acted upon; a passive turns them."""
    named = [p for p in _near(doc, m, ("HUMAN",)) if not all(PRONOUN.fullmatch(w) for w in p.words)]
    before = next((_actor(doc, p, mentions) for p in named if p.end <= m.start), None)
    behind = next((_actor(doc, p, mentions) for p in named if p.start >= m.end), None)
    start = next(s.start for s in doc.sentences if s.start <= m.start < s.end)
    if PASSIVE.search(doc.text[start : m.start]) and m.words[0].lower().endswith(("d", "n", "t")):
        before, behind = behind, before
    return (before,) if before else (), (behind,) if behind else ()


def _actor(doc: Document, p: Marked, mentions: Sequence[Mention]) -> Actor:
    """A participant as the coder resolves the name in it, else by its own words."""
    own = _name_in(p, mentions)
    text = doc.text[p.start : p.end]
    if own is not None:
        return Actor(p.start, p.end, text, own.name, None, own.country, own.sector)
    return Actor(p.start, p.end, text, text.lower(), None, None, ())


def _name_in(p: Marked, mentions: Sequence[Mention]) -> Mention | None:
    """The longest of the coder's mentions that overlap a gold one."""
    within = [o for o in mentions if o.start < p.end and p.start < o.end]
    return max(within, key=lambda o: (o.end - o.start, -o.start), default=None)


def _place(doc: Document, m: Marked, mentions: Sequence[Mention]) -> Place | None:
    p = next(iter(_near(doc, m, ("LOC",))), None)
    if p is None:
        return None
    own, text = _name_in(p, mentions), doc.text[p.start : p.end]
    name, country = (own.name, own.country) if own else (text.lower(), None)
    return Place(p.start, p.end, text, name, country, None, None, None, None, "area")


def _time(doc: Document, m: Marked, times: Sequence[TimeValue]) -> TimeValue | None:
    marked = _near(doc, m, ("TIME",))
    return next((t for p in marked for t in times if t.text_start < p.end and p.start < t.text_end), None)


@dataclass(frozen=True, slots=True)
class Record:
    """A gold mention as a telling in Brink's own form, its head's lemma, and whether the coder gives it a type."""

    telling: Evidence
    lemma: str
    typed: bool


def records(doc: Document, report: CodedReport) -> list[Record]:
    """One record for each gold mention; `report` is what `coded` makes of the document."""
    words = {m.id: m.words for m in doc.events}
    typed = {e.id: e.confidence > 0.0 for e in report.events}
    found = {e.event.id: e for e in reversed(evidence_of(report)) if e.telling.event is not None}
    return [Record(e, lemma(head(words[id])), typed[id]) for id, e in found.items()]


def told(records: Iterable[Record], with_types: bool = True) -> list[Evidence]:
    """The tellings, lemmas in place of types where there are none, or everywhere."""
    return [r.telling if r.typed and with_types else replace(r.telling, act=r.lemma) for r in records]


def by_matching(tellings: Iterable[Evidence]) -> list[set[str]]:
    """The mentions that Brink's matching joins."""
    return [{e.event.id for e in part} for part in linking.happenings(list(tellings))]


def by_lemma(mentions: Iterable[Marked]) -> list[set[str]]:
    """The mentions of each head lemma."""
    found: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        found[lemma(head(m.words))].add(m.id)
    return list(found.values())


def gold(docs: Iterable[Document]) -> list[set[str]]:
    """The mentions of each gold chain."""
    found: dict[str, set[str]] = defaultdict(set)
    for m in (m for doc in docs for m in doc.events):
        found[m.chain].add(m.id)
    return list(found.values())


def measured(pairs: Sequence[tuple[Document, CodedReport]]) -> dict[str, float]:
    """All figures of some documents and what `coded` makes of them."""
    ours: list[set[str]] = []
    plain: list[set[str]] = []
    baseline: list[set[str]] = []
    typed = 0
    for topic in sorted({doc.topic for doc, _ in pairs}):
        made = [r for doc, report in pairs if doc.topic == topic for r in records(doc, report)]
        typed += sum(r.typed for r in made)
        ours += by_matching(told(made))
        plain += by_matching(told(made, with_types=False))
        baseline += by_lemma(m for doc, _ in pairs if doc.topic == topic for m in doc.events)
    chains = gold(doc for doc, _ in pairs)
    found = _named("", scores(chains, ours)) | _named(", lemma baseline", scores(chains, baseline))
    found |= {name: v for name, v in _named(", lemmas for types", scores(chains, plain)).items() if "F1" in name}
    mentions = sum(map(len, chains))
    return found | {"mentions with a type": typed / mentions, "mentions": mentions, "chains": len(chains)}


def _named(behind: str, found: dict[str, Score]) -> dict[str, float]:
    rows = {"CoNLL F1": conll(found), **{f"{name} F1": one.f1 for name, one in found.items()}}
    rows |= {f"{name} {part}": getattr(one, part) for name, one in found.items() for part in ("recall", "precision")}
    return {f"{name}{behind}": value for name, value in rows.items()}


def figures(corpora: Path) -> dict[str, float]:
    """The figures of the test topics."""
    return measured([(doc, coded(doc)) for doc in documents(corpora, TEST)])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--part", choices=("test", "dev"), default="test")
    args = parser.parse_args()
    docs = documents(args.corpora, TEST if args.part == "test" else DEV)
    for name, value in measured([(doc, coded(doc)) for doc in docs]).items():
        print(f"{name:44s} {value:.3f}" if value <= 1 else f"{name:44s} {value:.0f}")


if __name__ == "__main__":
    main()
