"""Which cue tells which content: a cheapest-first pairing of a report's labels.

The costs stand in `data/statements/joining.toml`. The model's links lower them; without links distance, punctuation
and what lies between decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from brink.coding.cues import is_impersonal
from brink.coding.page import Draft, Page, costs
from brink.records import Label

CLAUSE_END = re.compile(r"[;.?!][\"”’']?\s")
THAT = re.compile(r"[\s,:\"“‘'`]*(?:(?:that|as|to|of|how|whether|if|saying)\b)?[\s,:\"“‘'`]*", re.I)
BREAK = re.compile(r"[,;:.?!–—-]?\s*[\"”“’]|[,;:?!–—]|\.{2,}")
OPENS = "\"“‘'«"
FAR = 60
"""Characters within which a party or a mark belongs to the cue that interrupts a content."""


def pair_contents(on: Page) -> list[Draft]:
    """Drafts of a report's contents in text order.

    Each content gets the cheapest cue of its sentence (or, behind a colon or before a quotation, of the sentence
    before), or none; two contents about one interrupting cue become one draft.
    """
    cost = costs()["content"]
    at = {id(cue): j for j, cue in enumerate(on.cues)}
    offers: list[tuple[float, int, int]] = []
    for i, content in enumerate(on.contents):
        for cue in (*on.cues_in(content.sentence), *on.cues_in(content.sentence - 1)):
            price = _content_price(on, content, cue, cost)
            if price < cost["most"]:
                offers.append((price, i, at[id(cue)]))
    offers.sort()
    given: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in offers:
        if i not in given and j not in used:
            given[i] = j
            used.add(j)
    for price, i, j in offers:
        if i not in given and price + cost["again"] < cost["most"]:
            given[i] = j
    return _drafts(on, given)


def _drafts(on: Page, given: Mapping[int, int]) -> list[Draft]:
    drafts: list[Draft] = []
    by_cue: dict[int, Draft] = {}
    for i, content in enumerate(on.contents):
        j = given.get(i)
        cue = on.cues[j] if j is not None else None
        before = by_cue.get(j) if j is not None else None
        if cue and before and _interrupted(on, before, cue, content):
            before.contents.append(content)
            continue
        draft = Draft(_parts(on, content, cue) if cue else [content], cue)
        if cue and j is not None:
            by_cue[j] = draft
            if link := on.link("content", cue, content):
                draft.links.append(link)
        drafts.append(draft)
    return drafts


def _parts(on: Page, content: Label, cue: Label) -> list[Label]:
    """The two parts of a content that its own cue interrupts ("A", she said, "B"); else the content whole."""
    if not (content.start < cue.start and cue.end < content.end) or is_impersonal(on.text, cue.start, cue.end):
        return [content]
    left, right = _interruption(on, content, cue)
    head = list(BREAK.finditer(on.text, content.start, left))
    tail = BREAK.search(on.text, right, content.end)
    if not head or not tail or tail.end() - right > FAR or left - head[-1].end() > FAR:
        return [content]
    return [
        Label(a, b, on.text[a:b], content.layer, content.kind, content.sentence, content.confidence, content.scores)
        for a, b in ((content.start, head[-1].start()), (tail.end(), content.end))
        if any(c.isalnum() for c in on.text[a:b])
    ]


def _interruption(on: Page, content: Label, cue: Label) -> tuple[int, int]:
    """Offsets of a cue within a content together with the parties right beside it."""
    parties = [p for p in on.parties_in(content.sentence) if content.start <= p.start and p.end <= content.end]
    near = [p for p in parties if abs(p.end - cue.start) < FAR or abs(p.start - cue.end) < FAR // 2]
    return min([cue.start, *(p.start for p in near)]), max([cue.end, *(p.end for p in near)])


def _interrupted(on: Page, before: Draft, cue: Label, after: Label) -> bool:
    """A content, its cue, and the rest of the content in one sentence: "A", she said, "B"."""
    if not before.end <= cue.start < cue.end <= after.start or after.sentence != before.contents[0].sentence:
        return False
    gap = on.text[cue.end : after.start]
    return len(gap.split()) <= 8 and "." not in gap and not re.search(r"\band\b", gap)


def _content_price(on: Page, content: Label, cue: Label, cost: Mapping[str, float]) -> float:
    price = cost["unsure"] * (1.0 - cue.confidence) - cost["link"] * on.link("content", cue, content)
    if content.start <= cue.start and cue.end <= content.end:
        return price + (cost["inside"] if _own(on, content, cue) else cost["inside_other"])
    if cue.sentence != content.sentence:
        led = on.text[cue.start : content.start].rstrip()
        if led[-1:] not in (*OPENS, ":") and content.text[:1] not in OPENS:
            return cost["most"]
        price += cost["next_sentence"] * (1 if led.rstrip(OPENS + " \n").endswith(":") else 2)
    before = cue.end <= content.start
    left, right = (cue.end, content.start) if before else (content.end, cue.start)
    gap = on.text[left:right]
    price += cost["clause_end"] * bool(CLAUSE_END.search(gap)) + _between(on, content, cue, (left, right), cost)
    return price + cost["word"] * len(THAT.sub(" ", gap, count=1).split() if before else gap.split())


def _between(on: Page, content: Label, cue: Label, gap: tuple[int, int], cost: Mapping[str, float]) -> float:
    """What other labels between a content and a cue cost, and a content about the one that leaves the cue out."""
    left, right = gap
    cues = sum(x is not cue and left <= x.start and x.end <= right for x in on.cues_in(content.sentence))
    others = [x for x in on.contents_in(content.sentence) if x is not content]
    contents = sum(left <= x.start and x.end <= right for x in others)
    about = sum(x.start <= content.start and content.end <= x.end and not x.start <= cue.start < x.end for x in others)
    return cost["another_cue"] * cues + cost["another_content"] * contents + cost["contained"] * about


def _own(on: Page, content: Label, cue: Label) -> bool:
    """Whether a cue within a content interrupts it, or is impersonal and so belongs to the words about it."""
    if is_impersonal(on.text, cue.start, cue.end) and not any(
        c is not content and content.start <= c.start and c.end <= content.end for c in on.contents_in(content.sentence)
    ):
        return True
    left, right = _interruption(on, content, cue)
    opening = on.text[max(content.start, left - FAR) : left]
    closing = on.text[right : min(content.end, right + FAR)]
    return bool(BREAK.search(opening)) and bool(BREAK.search(closing))
