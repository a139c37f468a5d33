"""Relay chains: through whom the words of a statement reached the outlet, outermost first.

A relay is an outlet, a medium, a document or a person who quotes another. Which spans are relays the model says, and
`outlets`; whose they are, their order, and what nested statements add to them is decided here.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Collection, Sequence

from brink.coding.outlets import closes, is_outlet, table
from brink.coding.page import Draft, Page
from brink.records import Label

Pair = tuple[int, int]
ANNOUNCED = 3
"""Sentences after a relay in which its statements may follow when none shares its sentence."""

JOINED = re.compile(
    r"\s*,?\s*(?:and|,)\s+(?:(?:to|in|on|the|independent|opposition|news|site|agency|paper|daily)\s+)*", re.I
)
QUOTED_BY = re.compile(r"\b(?:quoted|cited)\s+by\s+(?:[\w’'-]+\s+){0,4}$")
PRONOUNS = frozenset(("he", "she", "they"))
DEFINITE = re.compile(r"(?:the|this|that|its|his|her|their)\s", re.I)
Same = Callable[[Pair | None, Pair | None, bool], bool]


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in table()[name]["words"])
    return re.compile(rf"\b(?:{words})\b")


def add_relays(on: Page, drafts: Sequence[Draft], nested: Sequence[Draft | None], same: Same) -> None:
    """Give every draft its relay chain, in place.

    Takes drafts with their speakers and each one's parent (the statement that tells it); the chain is made of the
    relays of the draft's own sentence, or of those announced just before. Nobody relays himself.
    """
    speaking = {d.speaker for d in drafts if d.speaker}
    own: dict[int, list[Label]] = {id(d): [] for d in drafts}
    for relay in on.parties:
        if (relay.start, relay.end) in speaking or not _relays(on, relay):
            continue
        whose = _whose(on, relay, drafts, nested, same)
        for draft in whose or _announced(on, relay, drafts, nested, same):
            own[id(draft)].append(relay)
    for draft in drafts:
        spans = [(r.start, r.end) for r in own[id(draft)]]
        draft.relay = ordered(on.text, draft.speaker, [r for r in spans if not same(r, draft.speaker, False)])


def _relays(on: Page, party: Label) -> bool:
    """Whether a party that speaks no words of its own hands on others': by its mark, or in a clause of its own."""
    if party.kind == "relay" or on.linked("relay", party):
        return True
    return 0 <= party.sentence < len(on.sentences) and closes(on.text, on.sentences[party.sentence], party)


def give_authors(on: Page, drafts: Sequence[Draft]) -> dict[Pair, Pair]:
    """Find the authors of documents that speak.

    Where he stands with the document ("a statement from the mission said") it becomes his relay, in place. A document
    alone ("the statement said") stays the speaker, as the annotation guide has it (so in 15 of 15 cases of our
    sets); given is whom such spans stand for: the author named with the document before.
    """
    authors: dict[str, Pair] = {}
    stands: dict[Pair, Pair] = {}
    for draft in drafts:
        if signed := _signed(on.text, draft):
            document, author = signed
            draft.relay = [*(r for r in draft.relay if r != author), document]
            draft.speaker, draft.speaker_label = author, None
        for relay in draft.relay:
            if draft.speaker and (noun := _document_noun(on.text, relay)):
                authors[noun] = draft.speaker
        noun = _document_noun(on.text, draft.speaker) if draft.speaker else None
        if draft.speaker and noun in authors and DEFINITE.match(on.text, *draft.speaker):
            stands[draft.speaker] = authors[noun]
    return stands


def _signed(text: str, draft: Draft) -> tuple[Pair, Pair] | None:
    """A speaking document and its author: the rest of the speaker's own words, or a relay right behind "from"."""
    if draft.speaker is None:
        return None
    start, end = draft.speaker
    found = _signature().match(text, start)
    if found is None or found.end("what") > end:
        return None
    if found.end() < end:
        return (start, found.end("what")), (found.end(), end)
    author = next((r for r in draft.relay if r[0] == found.end()), None)
    return ((start, found.end("what")), author) if author else None


@functools.cache
def _signature() -> re.Pattern[str]:
    """A document with the words that lead to its author: "a written statement released by"."""
    documents = "|".join(map(re.escape, table()["documents"]["words"]))
    verb = r"(?:(?:released|issued|signed|published|sent|posted|written|made|filed|conducted|commissioned)\s+)?"
    return re.compile(rf"(?P<what>(?:[\w’'-]+\s+){{0,3}}?(?:{documents}))\s+{verb}(?:from|by)\s+(?=\w)")


def _document_noun(text: str, span: Pair) -> str | None:
    """The last word of a span where it is a document's."""
    word = text[slice(*span)].split()[-1:]
    return word[0].lower() if word and _pattern("documents").fullmatch(word[0]) else None


def hand_on(text: str, tops: Sequence[Draft], same: Same) -> None:
    """Statements that go on with what the one before told through a relay, in direct speech, came through it too.

    Counted where the same speaker goes on in the next sentence (gold spans of our sets, no test documents): in direct
    speech 109 of 132 are annotated with the relay, in indirect speech 11 of 35 ("he added that …"): those stay without.
    What a document says came through nothing else.
    """
    for before, draft in itertools.pairwise(tops):
        near = draft.sentence - before.contents[-1].sentence <= 1
        direct = draft.quoted == "direct"
        if draft.speaker is None or _document_noun(text, draft.speaker):
            continue
        if before.relay and not draft.relay and near and direct and same(before.speaker, draft.speaker, False):
            draft.relay = [r for r in before.relay if not same(r, draft.speaker, False)]


def nest(
    on: Page, drafts: Sequence[Draft], nested: Sequence[Draft | None], same: Same, outlet_names: Collection[str]
) -> None:
    """Put the chain and the speaker of a nested statement's parent before its own relays, in place.

    Not where both have one speaker ("he said that he believes"), nor where the parent has none; before words that
    nobody is named for ("is believed to") only an outlet counts.
    """
    pairs = zip(drafts, nested, strict=True)
    for draft, parent in sorted(pairs, key=lambda x: (x[0].start, -x[0].end)):
        if parent is None or parent.speaker is None or draft.cue is None:
            continue
        if same(parent.speaker, draft.speaker, parent.quoted == "direct"):
            continue
        if draft.speaker is None and not is_outlet(on.text[slice(*parent.speaker)], outlet_names):
            continue
        chain = [*parent.relay, parent.speaker]
        draft.relay = chain + [r for r in draft.relay if r not in chain and r != draft.speaker]


ASIDE = re.compile(r"\b(?:who|which|that|whose)\s+(?:(?:has|have|had|is|are|was|were|also|once|earlier|\w+ly)\s+)*$")


def _whose(on: Page, relay: Label, drafts: Sequence[Draft], nested: Sequence[Draft | None], same: Same) -> list[Draft]:
    """The statements that came through a relay of their sentence: on its level the nearest and its speaker's others.

    Not what a relative clause says of him in passing ("a militia that vowed revenge denied it in a letter").
    """
    here = [(d, p) for d, p in zip(drafts, nested, strict=True) if d.cue and d.cue.sentence == relay.sentence]
    level = [d for d, p in here if (p is not None) == _within(relay, d, here)]
    if not level:
        return []
    nearest = min(level, key=lambda d: _distance(on, d, relay))
    return [d for d in level if d is nearest or (_goes_on(on.text, d, nearest, same) and not _aside(on, d))]


def _goes_on(text: str, draft: Draft, nearest: Draft, same: Same) -> bool:
    """Whether a statement has the speaker of another, named once or by a pronoun ("…, he added")."""
    if draft.speaker is None or draft.speaker == nearest.speaker:
        return draft.speaker is not None
    return text[slice(*draft.speaker)].lower() in PRONOUNS and same(draft.speaker, nearest.speaker, False)


def _aside(on: Page, draft: Draft) -> bool:
    return draft.cue is not None and bool(ASIDE.search(on.text, max(0, draft.cue.start - 60), draft.cue.start))


def _announced(
    on: Page, relay: Label, drafts: Sequence[Draft], nested: Sequence[Draft | None], same: Same
) -> list[Draft]:
    """Where no statement shares a relay's sentence ("… has released a tape."): what its speaker says right after."""
    if any(d.sentence == relay.sentence for d in drafts):
        return []
    tops = [d for d, p in zip(drafts, nested, strict=True) if p is None and d.cue and d.sentence > relay.sentence]
    taken: list[Draft] = []
    for draft in tops:
        if draft.sentence - relay.sentence > ANNOUNCED or (taken and not same(taken[0].speaker, draft.speaker, False)):
            break
        if any(p.kind == "relay" for p in on.parties_in(draft.sentence)):
            break
        taken.append(draft)
    return taken


def _within(relay: Label, draft: Draft, here: Sequence[tuple[Draft, Draft | None]]) -> bool:
    return any(
        d is not draft and any(c.start <= relay.start and relay.end <= c.end for c in d.contents) for d, _ in here
    )


def _distance(on: Page, draft: Draft, relay: Label) -> float:
    cue = draft.cue
    if cue is None:
        return 1e9
    linked = on.link("relay", cue, relay)
    gap = relay.start - cue.end if relay.start >= cue.end else cue.start - relay.end
    left, right = min(cue.end, relay.end), max(cue.start, relay.start)
    return max(gap, 0) - 500 * linked + 200 * on.text.count(";", left, right)


def ordered(text: str, speaker: Pair | None, relays: Sequence[Pair]) -> list[Pair]:
    """The relays of one statement from the outlet inwards.

    Those before the speaker come in the order of the text, those after it in reverse ("told B, which A quoted"),
    unless words between them say otherwise ("A, citing B"; "B, quoted by A"); an outlet that has the reporting verb or
    quotes the speaker ("was quoted by A as telling B") comes first, documents come last.
    """
    at = speaker[0] if speaker else 0
    spans = sorted(relays)
    before = _turned(text, [r for r in spans if r[0] < at], keep=True)
    after = _turned(text, [r for r in spans if r[0] >= at], keep=False)
    chain = [*before, *after]
    ranks = {r: 0 if _reports(text, r, at) else 2 if _is_document(text, r) else 1 for r in chain}
    return sorted(chain, key=lambda r: ranks[r])


def _turned(text: str, spans: Sequence[Pair], keep: bool) -> list[Pair]:
    """Spans in the order of the text (`keep`) or in reverse, each one put where the words before it say."""
    chain: list[Pair] = []
    for i, span in enumerate(spans):
        gap = text[spans[i - 1][1] : span[0]] if i else ""
        inwards = keep if not _pattern("citing").search(gap) else True
        if _pattern("cited_by").search(gap):
            inwards = False
        if JOINED.fullmatch(gap):
            inwards = True
        at = chain.index(spans[i - 1]) if i else 0
        chain.insert(at + inwards if i else 0, span)
    return chain


def _is_document(text: str, span: Pair) -> bool:
    return bool(_pattern("documents").search(text[slice(*span)]))


def _reports(text: str, span: Pair, speaker: int) -> bool:
    """Whether a relay behind the speaker quotes him, or has the reporting verb of its own ("…, AFP reported")."""
    if span[0] <= speaker:
        return False
    quotes = QUOTED_BY.search(text, max(0, span[0] - 60), span[0])
    return bool(quotes or _pattern("reporting").match(text, span[1] + 1))
