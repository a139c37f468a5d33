"""Labels and links -> PLOVER events.

The model says which words tell an event, of what type, with which modes, parties and modality; what PLOVER and this
project's conventions fix by rule (scores, quads, which modes a type has, no `future` on AGREE and CONCEDE, a deed on
four types alone) is fixed here by rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from brink import codebook
from brink.coding.auxiliaries import auxiliaries
from brink.coding.denied import denied
from brink.coding.modes import modes_of
from brink.coding.one_act import joined
from brink.coding.parties import parties_of
from brink.coding.retyped import retyped
from brink.coding.thresholds import Thresholds, load_thresholds
from brink.coding.unverified import unverified
from brink.coding.vocabulary import words
from brink.records import (
    Actor,
    Deed,
    Event,
    Label,
    Labelling,
    Link,
    Place,
    Quantity,
    Sentence,
    Span,
    Statement,
    TimeValue,
)

DEED_TYPES = ("AGREE", "CONCEDE", "THREATEN", "REQUEST")
CONTEXTS_AT_MOST = 3

SPEECH = re.compile(r"(?:remark|comment|speech|address|statement|words\b)", re.IGNORECASE)
"""Words that somebody says, at the beginning of a trigger."""
TRAILING = re.compile(r"(?:\s+(?:a|an|the|and|or|that|its|their))+$", re.IGNORECASE)
NOT_THERE = re.compile(
    r"(?:,|\band|\bbut) (?:and )?(?:not|never) (?:(?:on|in|at|near|before|inside) )?(?:the )?$", re.IGNORECASE
)
"""Before a place or day set against the true one: "at Sokh and never at Sogment", "on Friday, not on Monday"."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What other parts of coding found in the report, and how to ask them about an event."""

    resolve: Callable[[int, int], Actor]
    place: Callable[[int, int], Place | None]
    time: Callable[[Span, str, Sentence, Label | None], TimeValue | None]
    quantity: Callable[[Span, str, tuple[str, ...], Sentence, Sequence[Label]], tuple[Quantity, ...]]
    published: date | None


@dataclass(frozen=True, slots=True)
class Scene:
    """One report's labels, ready to be asked by event: links by head, statements, sentences."""

    text: str
    sentences: Sequence[Sentence]
    labels: Sequence[Label]
    links: dict[tuple[int, str], list[Link]]
    statements: Sequence[Statement]
    thresholds: Thresholds


def code_events(
    text: str,
    sentences: Sequence[Sentence],
    labelling: Labelling,
    statements: Sequence[Statement],
    found: Circumstances,
) -> tuple[Event, ...]:
    """Events of one report in text order, ids e1, e2 …; exactly one `main` event in each sentence that has any."""
    thresholds = load_thresholds()
    read = unverified(denied(text, labelling.labels, sentences), sentences)
    labels, again = joined(retyped(read, text, thresholds.auxiliary["future"]), text)
    links: dict[tuple[int, str], list[Link]] = {}
    for link in labelling.links:
        links.setdefault((link.head, link.kind), []).append(link)
    scene = Scene(text, sentences, labels, links, statements, thresholds)
    again |= retold(labels).keys() | wordless(labels)
    numbers = [i for i, label in enumerate(labels) if label.layer == "event" and i not in again]
    main = _main(numbers, labels)
    return tuple(_event(f"e{n}", i, i in main, scene, found) for n, i in enumerate(numbers, 1))


def retold(labels: Sequence[Label]) -> dict[int, int]:
    """Events named in an admission of ignorance that an earlier sentence told: their numbers, and that one's.

    "It is not clear how many are withdrawing" tells no new withdrawal (annotation guide).
    """
    admissions = [x for x in labels if x.layer == "unknown"]
    found: dict[int, int] = {}
    for i, label in enumerate(labels):
        if label.layer != "event":
            continue
        if any(a.sentence == label.sentence and a.start <= label.start for a in admissions):
            earlier = [
                k
                for k, x in enumerate(labels[:i])
                if x.layer == "event" and x.kind == label.kind and x.sentence < label.sentence
            ]
            if earlier:
                found[i] = earlier[-1]
    return found


def wordless(labels: Sequence[Label]) -> set[int]:
    """Numbers of events whose trigger tells no act: an article, preposition or auxiliary alone, or somebody's words."""
    empty = {*words("function"), *words("auxiliaries")}
    told = [(i, x) for i, x in enumerate(labels) if x.layer == "event"]
    return {i for i, x in told if empty.issuperset(x.text.lower().split()) or _speech(x)}


def _speech(label: Label) -> bool:
    """Whether only words are told, taken for a meeting: "remarks by the ministers"."""
    return label.kind == "CONSULT" and bool(SPEECH.match(label.text))


def _main(numbers: Sequence[int], labels: Sequence[Label]) -> set[int]:
    best: dict[int, int] = {}
    for i in numbers:
        held = best.get(labels[i].sentence)
        if held is None or _weight(labels[i]) > _weight(labels[held]):
            best[labels[i].sentence] = i
    return set(best.values())


def _weight(label: Label) -> tuple[bool, float]:
    """Own types come behind PLOVER's, so that they change nothing for those."""
    return codebook.defines(label.kind), label.scores["main"]


def _event(name: str, number: int, main: bool, scene: Scene, found: Circumstances) -> Event:
    label = scene.labels[number]
    trigger = _trimmed(label)
    sentence = _sentence_of(label, scene.sentences)
    known = codebook.defines(label.kind)
    plover = modes_of(label.kind, label.scores, scene.thresholds.mode, trigger.text, sentence.text) if known else ()
    statement = statement_of(trigger, scene.statements)
    actor, recipient = parties_of(number, scene, statement, found.resolve, visit="visit" in plover)
    if label.kind == "CONSULT" and len(actor) == 2:
        # Two meet bilaterally: so 194 of 202 meetings of two in the training parts.
        plover = tuple(m for m in plover if m != "multilateral")
    mode = (*plover, *_own_modes(label.scores))
    place = linked(number, "place", scene)
    time = found.time(trigger, label.kind, sentence, linked(number, "time", scene, label.sentence))
    counts = _counts(number, scene)
    quantities = tuple(
        replace(q, statement=_teller(q, scene.statements))
        for q in found.quantity(trigger, label.kind, mode, sentence, counts)
    )
    return Event(
        id=name,
        event=label.kind,
        mode=mode,
        context=_contexts(label.scores, scene.thresholds.context),
        auxiliary=auxiliaries(label, time, found.published, scene.thresholds),
        deed=_deed(label, scene),
        trigger=trigger,
        main=main,
        actor=actor,
        recipient=recipient,
        place=found.place(place.start, place.end) if place else None,
        time=time,
        quantity=quantities,
        certainty=_top(label.scores, "certainty:"),
        statement=statement.id if statement else None,
        cameo=codebook.cameo(label.kind, plover) if known else None,
        score=codebook.score(label.kind, plover) if known else None,
        quad=codebook.quad(label.kind) if known else None,
        confidence=round(label.confidence, 4),
    )


def _own_modes(scores: Mapping[str, float]) -> tuple[str, ...]:
    """A user's own modes of the event, behind PLOVER's."""
    return tuple(k.removeprefix("own_mode:") for k in _named("own_mode:", tuple(scores)))


@lru_cache(maxsize=256)
def _named(prefix: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the scores' names that begin with `prefix`; kept, since nearly all events have the same names."""
    return tuple(name for name in names if name.startswith(prefix))


def _trimmed(label: Label) -> Span:
    """The trigger without an article or "and" that the model left hanging at its end."""
    words = TRAILING.sub("", label.text) or label.text
    return Span(label.start, label.start + len(words), words)


def _sentence_of(label: Label, sentences: Sequence[Sentence]) -> Sentence:
    return next(s for s in sentences if s.index == label.sentence)


def _counts(number: int, scene: Scene) -> list[Label]:
    """Words of the event's own sentence that the model links to it as its count."""
    linked = [x for x in scene.links.get((number, "quantity"), []) if x.confidence >= scene.thresholds.circumstance]
    sentence = scene.labels[number].sentence
    return [scene.labels[x.tail] for x in linked if scene.labels[x.tail].sentence == sentence]


def _teller(quantity: Quantity, statements: Sequence[Statement]) -> str | None:
    owner = statement_of(Span(quantity.start, quantity.end, quantity.text), statements)
    return owner.id if owner else None


def _contexts(scores: Mapping[str, float], least: float) -> tuple[str, ...]:
    likely = [(scores[k], k.removeprefix("context:")) for k in _named("context:", tuple(scores)) if scores[k] >= least]
    return tuple(k for _, k in sorted(likely, reverse=True)[:CONTEXTS_AT_MOST])


def _top(scores: Mapping[str, float], prefix: str) -> str:
    return max(_named(prefix, tuple(scores)), key=lambda k: (scores[k], k)).removeprefix(prefix)


def _deed(label: Label, scene: Scene) -> Deed | None:
    if label.kind not in DEED_TYPES:
        return None
    kind = _top(label.scores, "deed:")
    if kind == "none":
        return None
    words = _deed_words(label, kind, scene)
    negated = label.scores.get("deed_negation", 0.0) >= 0.5
    modes = _named("deed_mode:", tuple(label.scores))
    scores = {k.replace("deed_mode:", "mode:"): label.scores[k] for k in modes}
    mode = modes_of(kind, scores, scene.thresholds.mode, words.text if words else "", "")
    if words is None:
        return Deed(kind, mode, None, None, None, negated)
    return Deed(kind, mode, words.text, words.start, words.end, negated)


def _deed_words(label: Label, kind: str, scene: Scene) -> Label | None:
    """The nearest words of the sentence that name an act of that type."""
    near = [x for x in scene.labels if x.layer == "deed" and x.sentence == label.sentence and x.kind == kind]
    return min(near, key=lambda x: abs(x.start - label.start), default=None)


def linked(number: int, kind: str, scene: Scene, sentence: int | None = None) -> Label | None:
    """The likeliest circumstance of a kind; with `sentence` only of that one (a neighbour's day is not the event's)."""
    links = [x for x in scene.links.get((number, kind), []) if x.confidence >= scene.thresholds.circumstance]
    near = [x for x in links if sentence is None or scene.labels[x.tail].sentence == sentence]
    near = [x for x in near if scene.labels[x.tail].sentence <= scene.labels[number].sentence]
    near = [x for x in near if not _set_against(scene.labels[x.tail], scene.text)]
    best = max(near, key=lambda x: x.confidence, default=None)
    return scene.labels[best.tail] if best else None


def _set_against(label: Label, text: str) -> bool:
    return bool(NOT_THERE.search(text, max(0, label.start - 30), label.start))


def statement_of(trigger: Span, statements: Sequence[Statement]) -> Statement | None:
    """The innermost statement whose content tells the event; None where the reporting verb itself is the trigger."""
    around = [
        (sum(c.end - c.start for c in s.content), s.id, s)
        for s in statements
        if any(c.start <= trigger.start and trigger.end <= c.end for c in s.content)
    ]
    return min(around, key=lambda x: x[0])[2] if around else None
