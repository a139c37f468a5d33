"""Which span speaks by which cue: a cheapest-first pairing of the parties and cues of each sentence.

The costs stand in `data/statements/joining.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from brink.coding.cues import (
    begins_asked,
    heard_by,
    is_impersonal,
    is_noun,
    is_passive,
    passive_before,
    quotes_other,
    speaker_follows,
)
from brink.coding.page import Draft, Page, costs
from brink.coding.pairing import CLAUSE_END
from brink.records import Label

AGENT = re.compile(r"\b(?:by|from)\s+(?:(?:the|a|an|its|their|his|her)\s+)?(?:[\w’'-]+\s+){0,4}$")
ACCORDED = re.compile(r"\b[Aa]ccording\s+to\s+(?:the\s+)?(?:[\w’'-]+\s+){0,2}$")
OBJECTS = frozenset(("him", "them", "me", "us"))


def pair_speakers(on: Page, drafts: Sequence[Draft]) -> None:
    """Give the cues of `drafts` their speakers, in place; cues that name none stay without."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.cue:
            by_sentence.setdefault(draft.cue.sentence, []).append(draft)
    for sentence, cued in by_sentence.items():
        _pair_sentence(on, cued, on.parties_in(sentence))


def _pair_sentence(on: Page, cued: Sequence[Draft], parties: Sequence[Label]) -> None:
    """The cheapest pair first; a party that speaks already costs a little more."""
    cost = costs()["speaker"]
    offers = [
        (_speaker_price(on, draft, draft.cue, party, cost), i, j)
        for i, draft in enumerate(cued)
        for j, party in enumerate(parties)
        if draft.cue
    ]
    waiting = set(range(len(cued)))
    used: set[int] = set()
    while waiting:
        left = [(price + cost["again"] * (j in used), i, j) for price, i, j in offers if i in waiting]
        price, i, j = min(left, default=(cost["most"], 0, 0))
        if price >= cost["most"]:
            return
        _take(on, cued[i], parties[j])
        waiting.discard(i)
        used.add(j)


def _take(on: Page, draft: Draft, party: Label) -> None:
    draft.speaker, draft.speaker_label = (party.start, party.end), party
    if draft.cue and (link := on.link("speaker", draft.cue, party)):
        draft.links.append(link)


def _speaker_price(on: Page, draft: Draft, cue: Label, party: Label, cost: Mapping[str, float]) -> float:
    if _accorded(on, cue, party):
        return cost["most"]
    price = -cost["link"] * on.link("speaker", cue, party)
    before = party.end <= cue.start
    if not before and party.start < cue.end:
        return price + 0.5
    left, right = (party.end, cue.start) if before else (cue.end, party.start)
    gap = on.text[left:right]
    price += cost["word"] * len(gap.split()) + cost["relay"] * (party.kind == "relay")
    price += cost["clause_end"] * bool(CLAUSE_END.search(gap))
    price += cost["impersonal"] * is_impersonal(on.text, cue.start, cue.end)
    price += _between(on, draft, cue, party, (left, right), cost)
    return price + _side(on, draft, cue, party, before, cost)


def _between(
    on: Page, draft: Draft, cue: Label, party: Label, gap: tuple[int, int], cost: Mapping[str, float]
) -> float:
    """What labels between a cue and a party cost, and contents that hold one of the two alone."""
    left, right = gap
    cues = sum(x is not cue and left <= x.start and x.end <= right for x in on.cues_in(cue.sentence))
    others = [x for x in on.contents_in(cue.sentence) if x not in draft.contents]
    contents = sum(left <= x.start and x.end <= right for x in others)
    levels = sum(_holds(x, cue) != _holds(x, party) for x in others)
    levels += _own_holds(draft, party) and not _own_holds(draft, cue)
    return cost["another_cue"] * cues + cost["another_content"] * contents + cost["level"] * levels


def _holds(content: Label, span: Label) -> bool:
    return content.start <= span.start and span.end <= content.end


def _own_holds(draft: Draft, span: Label) -> bool:
    return any(_holds(c, span) for c in draft.contents)


def addressed(on: Page, party: Label) -> bool:
    """Whether the words before a party make it the hearer, the medium or the place, not the speaker."""
    before = on.text[max(0, party.start - 40) : party.start]
    return bool(heard_by().search(before))


def _accorded(on: Page, cue: Label, party: Label) -> bool:
    """Whether a party tells by an "according to" of its own, so that it speaks by no other cue."""
    before = on.text[max(0, party.start - 60) : party.start]
    return not cue.text.lower().startswith("according") and bool(ACCORDED.search(before))


def _side(on: Page, draft: Draft, cue: Label, party: Label, before: bool, cost: Mapping[str, float]) -> float:
    """What the order of cue and speaker costs."""
    if quotes_other(cue.text):
        return cost["object"] * (before != passive_before(on.text, cue.start))
    if speaker_follows(cue.text):
        return cost["object"] * before
    agent = bool(AGENT.search(on.text[max(0, party.start - 40) : party.start]))
    if agent:
        return cost["agent"] if before else -cost["agent"]
    if addressed(on, party) or (not before and party.text.lower() in OBJECTS):
        return cost["addressed"]
    near = len(on.text[party.end : cue.start].split() if before else on.text[cue.end : party.start].split()) <= 1
    if is_noun(cue.text) and not near:
        return cost["noun"]
    if is_passive(on.text, cue.start, cue.end):
        return cost["passive"]
    asked = cost["asked"] * begins_asked(on.text, cue.start, cue.end)
    inverted = draft.end <= cue.start or _own_holds(draft, cue)
    return asked + (0.0 if before or (inverted and near) else cost["after"])
