"""The door of statements: the model's labels of one report become Statements.

In order: contents are paired with cues and cues with speakers (`pairing`), what the model missed is completed where
grammar is plain (`contents`, `speakers`), relays are attached (`relays`), contents without a cue go on with the
statement before (`continuing`), nested statements get their chain, and each cue its class (`cue_classes`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from brink.coding.contents import complete_contents, complete_cues
from brink.coding.continuing import continue_speakers, parents, tellers
from brink.coding.cue_classes import class_of
from brink.coding.outlets import PLACES, only_relays, quoting, unmarked
from brink.coding.page import Draft, Page, page
from brink.coding.pairing import pair_contents
from brink.coding.quotes import QuotedText, quotations
from brink.coding.relays import add_relays, give_authors, hand_on, nest
from brink.coding.speakers import complete_speakers
from brink.coding.speaking import pair_speakers
from brink.records import Actor, Cue, Label, Labelling, Relay, Sentence, Span, Statement

Pair = tuple[int, int]
Resolve = Callable[[int, int], Actor]

FIRST = frozenset(("i", "my", "me"))
THIRD = frozenset(("he", "she", "they", "it", "we", "him", "her", "them", "us", "you"))
"""Pronouns that within somebody's quoted words stand for him, and for others."""

SCRAP, SURE = 2, 0.8
"""Words of a content up to which the model must be SURE of it."""
DOUBTFUL, CLEAR = 0.4, 0.9
"""Confidences of cues: of two in a sentence with one content the clear one tells it."""
VERDICT = re.compile(
    r"\s+(?:is|was|are|were)\s+(?:\w+\s+)?"
    r"(?:false|untrue|true|a lie|lies|baseless|unfounded|groundless|wrong|invented|fabricated|nonsense|fake)$"
)
"""What the outer speaker says of another's words, which the model takes into them."""
MARKS = " \n\"“”‘’'.!?…"


def join_statements(
    text: str,
    sentences: Sequence[Sentence],
    labelling: Labelling,
    resolve: Resolve,
    outlet_names: Collection[str],
) -> tuple[Statement, ...]:
    """Join the labels of one report into its statements.

    Takes the report's text and sentences (indexes counted from 0 in order), the model's labels of the layers
    "attribution" and "content" with any links of the kinds speaker, relay and content, a function that gives the
    Actor of any span, and the case-folded names of known outlets. Gives statements s1, s2 … in the order of their
    contents; a statement within another's content is a statement of its own. `confidence` is the geometric mean of
    the confidences of the labels used and the links followed, lowered for what was inherited or found by rule.
    Raises nothing: labels that fit nowhere are left out.
    """
    on = page(text, sentences, labelling)
    quoted = QuotedText(text, quotations(text, sentences))
    others = [x for x in labelling.labels if x.layer == "mention" and x.kind in PLACES]
    drafts = _complete(on, quoted, outlet_names, others)

    stands: dict[Pair, Pair] = {}

    def whom(start: int, end: int) -> Actor:
        actor = resolve(*stands.get((start, end), (start, end)))
        return replace(actor, start=start, end=end, text=text[start:end]) if (start, end) in stands else actor

    def same(a: Pair | None, b: Pair | None, quoted_inside: bool) -> bool:
        return a is not None and b is not None and _same(text, a, b, whom, quoted_inside)

    nested = parents(drafts)
    complete_speakers(on, drafts, nested)
    add_relays(on, drafts, nested, same)
    stands |= give_authors(on, drafts)
    continue_speakers(on, drafts, quoted, nested)
    for draft in drafts:
        draft.quoted = _quoted(on, draft, quoted)
    hand_on(text, [d for d, parent in zip(drafts, nested, strict=True) if parent is None], same)
    nest(on, drafts, tellers(drafts, nested, quoted), same, outlet_names)
    for draft in drafts:
        _speak_himself(draft)
    return tuple(_statement(on, d, n, whom) for n, d in enumerate(drafts, 1))


def _complete(on: Page, quoted: QuotedText, outlet_names: Collection[str], others: Sequence[Label]) -> list[Draft]:
    """Drafts with cues and marked speakers, in the order of their contents."""
    for sentence in on.sentences:
        on.take_parties(sentence.index, quoting(on.text, sentence, on.parties_in(sentence.index), outlet_names))
        on.add_parties(unmarked(on, sentence, outlet_names, others))
    on.take_cues([c for c in on.cues if not only_relays(on, c, outlet_names) and not _outdone(on, c)])
    drafts = pair_contents(on)
    complete_cues(on, drafts)
    drafts += complete_contents(on, drafts, quoted)
    drafts.sort(key=lambda d: (d.start, -d.end))
    for one, other in pairwise(drafts):
        _reach_over(on, one, other)
    for draft in drafts:
        draft.contents = [c for c in draft.contents if not _scrap(c)] or draft.contents
    drafts = [d for d in drafts if _quoted(on, d, quoted) != "indirect" or _tells(on, d)]
    pair_speakers(on, drafts)
    return drafts


def _outdone(on: Page, cue: Label) -> bool:
    """Whether a doubtful cue stands beside a sure one in a sentence with one content: "amid fears of …, X said"."""
    others = [c for c in on.cues_in(cue.sentence) if c.confidence >= CLEAR]
    return cue.confidence < DOUBTFUL and bool(others) and len(on.contents_in(cue.sentence)) == 1


def _speak_himself(draft: Draft) -> None:
    """Who alone stands beside the cue is its speaker and no relay: ", the Syrian Defence Ministry said"."""
    if draft.speaker is None and draft.cue is not None and len(draft.relay) == 1:
        (start, end), cue = draft.relay[0], draft.cue
        if end + 1 == cue.start or cue.end + 1 == start:
            draft.speaker, draft.relay = (start, end), []


def _reach_over(on: Page, one: Draft, other: Draft) -> None:
    """What is told of another's words holds them: "Russia's claim that | it is leaving is false", he said."""
    held = one.contents[-1]
    led = held.text.endswith(" that") and not on.text[held.end : other.start].strip()
    if one.sentence != other.sentence or not led or other.cue is None or not one.holds(other.cue):
        return
    one.contents[-1] = replace(held, end=other.end, text=on.text[held.start : other.end])
    last = other.contents[-1]
    if verdict := VERDICT.search(last.text):
        other.contents[-1] = replace(last, end=last.start + verdict.start(), text=last.text[: verdict.start()])


def _tells(on: Page, draft: Draft) -> bool:
    """Whether a draft without quotation marks is somebody's words, not a scrap ("accused | France").

    Without a cue it must be a sentence of its own or what follows a colon: of other such contents 32 of 46 were no
    statement, and of those of at most two words, of which the model was less than `SURE`, 42 of 46 (development parts
    of wikinews-plover and corpus/, 180 stories; November 2026).
    """
    if draft.cue is not None:
        return not all(map(_scrap, draft.contents))
    sentence = on.sentences[draft.contents[-1].sentence]
    before, behind = on.text[sentence.start : draft.start].strip(MARKS), on.text[draft.end : sentence.end].strip(MARKS)
    return not behind and (not before or before.endswith(":"))


def _scrap(content: Label) -> bool:
    return content.confidence < SURE and len(content.text.split()) <= SCRAP


def _same(text: str, a: Pair, b: Pair, resolve: Resolve, quoted_inside: bool) -> bool:
    """Whether two spans stand for one speaker: by name; within somebody's own words only "I" stands for him."""
    outer, inner = text[slice(*a)].lower(), text[slice(*b)].lower()
    if inner in FIRST:
        return True
    if quoted_inside and inner in THIRD:
        return False
    return outer == inner or resolve(*a).name == resolve(*b).name


def _quoted(on: Page, draft: Draft, quoted: QuotedText) -> str:
    """How a content is quoted; words after a colon, without marks, to the end of their sentence, are direct too."""
    cue = draft.cue
    kind = quoted.kind([(c.start, c.end) for c in draft.contents], (cue.start, cue.end) if cue else None)
    at = draft.contents[-1].sentence
    if kind != "indirect" or not draft.spoken or (cue and quoted.around(cue.start)) or not 0 <= at < len(on.sentences):
        return kind
    last = on.sentences[at].end
    rest = on.text[draft.end : last].strip("\"”’' .!?…")
    return "direct" if not rest and on.text[last - 1 : last] in '.!?…"”' else kind


def _statement(on: Page, draft: Draft, number: int, resolve: Resolve) -> Statement:
    cue = draft.cue
    return Statement(
        id=f"s{number}",
        speaker=resolve(*draft.speaker) if draft.speaker else None,
        relay=tuple(Relay(a, b, on.text[a:b], resolve(a, b).name) for a, b in draft.relay),
        cue=Cue(cue.start, cue.end, cue.text, _class(cue, draft)) if cue else None,
        content=tuple(Span(c.start, c.end, c.text) for c in draft.contents),
        quoted=draft.quoted,
        confidence=_confidence(draft),
    )


def _class(cue: Label, draft: Draft) -> str:
    told = " ".join(c.text for c in draft.contents)
    return class_of(cue.text, told, cue.scores or draft.contents[0].scores)


def _confidence(draft: Draft) -> float:
    labels = [*draft.contents, *(x for x in (draft.cue, draft.speaker_label) if x)]
    parts = [max(x.confidence, 1e-6) for x in labels] + [max(x, 1e-6) for x in draft.links]
    mean = math.exp(sum(map(math.log, parts)) / len(parts))
    return round(min(1.0, mean * draft.inherited), 4)
