"""Contents and cues that the model did not mark: what plainly belongs to a cue, or tells a content, left without one.

Three places are plain enough: the words behind an impersonal cue ("is believed to …"), a clause that "that" opens
behind the cue, and the quotation right before or behind the cue and its speaker. Anything else stays unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from brink.coding.cues import is_impersonal, plain_verbs
from brink.coding.page import Draft, Page
from brink.coding.quotes import QuotedText
from brink.records import Label, Sentence

Pair = tuple[int, int]

FOUND = 0.7
"""Confidence of a content found by rule; set by hand, below those the model marks."""

LEAST = 3
"""Letters that a content must have."""

CLAUSE_END = re.compile(
    r";|,\s+(?:but|while|although|though|whereas|which|who|whose|and\s+(?:he|she|it|they|the)\b)|\s[-–—]\s"
)
THAT = re.compile(r"\s+(?:[\w’'-]+\s+){0,4}?that\s+", re.I)
BESIDE = re.compile(r"[\s,:;.?!\"“”’'`-]*")


def complete_contents(on: Page, drafts: Sequence[Draft], quoted: QuotedText) -> list[Draft]:
    """Drafts for cues that have no content though their words are plain.

    Takes the drafts made so far, gives the further ones, in text order; a content that another draft has already
    is never taken again.
    """
    used = {id(d.cue) for d in drafts if d.cue}
    taken = [(c.start, c.end) for d in drafts for c in d.contents]
    found: list[Draft] = []
    for cue in on.cues:
        if id(cue) in used or not 0 <= cue.sentence < len(on.sentences):
            continue
        span = _span(on, cue, on.sentences[cue.sentence], quoted)
        if span and not any(a < span[1] and span[0] < b for a, b in taken):
            taken.append(span)
            found.append(Draft([_label(on.text, span, cue.sentence)], cue))
    return found


QUOTED_AS = re.compile(
    r"\b(?P<cue>quot(?:ed|es|ing)|cit(?:ed|es|ing))\b[^\"“”:;]{3,110}\bas (?:saying|telling)(?: that)?[\s,:\"“”‘'`]*$"
)
"""A relay's verb in front of what he hands on: "Reuters quoted a spokesman as saying:"."""

WAS_QUOTED = re.compile(
    r"[\s,\"“”’'.?!]*(?:[\w.’'-]+\s+){1,8}?(?:was|were|is|are|has\s+been|have\s+been)\s+(?P<cue>quoted|cited)\b"
)
"""The passive behind what was handed on: "…", a deputy was quoted by the paper as saying."""


def complete_cues(on: Page, drafts: Sequence[Draft]) -> None:
    """Give drafts without cue the plain verb of saying right before or behind their content, in place."""
    used = [d.cue for d in drafts if d.cue]
    for draft in drafts:
        if draft.cue is None and 0 <= draft.contents[0].sentence < len(on.sentences):
            span = _verb(on, draft, on.sentences[draft.contents[0].sentence])
            if span and not any(c.start < span[1] and span[0] < c.end for c in [*used, *on.contents]):
                draft.cue = Label(*span, on.text[slice(*span)], "attribution", "cue", draft.contents[0].sentence, FOUND)
                used.append(draft.cue)


def _verb(on: Page, draft: Draft, sentence: Sentence) -> Pair | None:
    before, behind = plain_verbs()
    found = before.search(on.text, max(sentence.start, draft.start - 90), draft.start)
    found = found or QUOTED_AS.search(on.text, sentence.start, draft.start)
    found = found or WAS_QUOTED.match(on.text, draft.end, sentence.end)
    found = found or behind.match(on.text, draft.end, sentence.end)
    return found.span("cue") if found else None


def _label(text: str, span: Pair, sentence: int) -> Label:
    return Label(*span, text[slice(*span)], "content", "outer", sentence, FOUND)


def _span(on: Page, cue: Label, sentence: Sentence, quoted: QuotedText) -> Pair | None:
    for start, end in _places(on, cue, sentence, quoted):
        start, end = _trim(on.text, start, end)
        inside = start >= cue.end or end <= cue.start
        if inside and sum(map(str.isalnum, on.text[start:end])) >= LEAST:
            return start, end
    return None


def _places(on: Page, cue: Label, sentence: Sentence, quoted: QuotedText) -> Iterator[Pair]:
    """Where the cue's content may stand, the surest place first."""
    parties = on.parties_in(cue.sentence)
    behind = max([cue.end, *(p.end for p in parties if 0 <= p.start - cue.end <= 2)])
    before = min([cue.start, *(p.start for p in parties if 0 <= cue.start - p.end <= 2)])
    opening = BESIDE.match(on.text, behind, sentence.end)
    right = quoted.around(opening.end()) if opening else None
    if right and right.start >= behind:
        yield right.start, min(right.end, sentence.end)
    left = quoted.before(before, sentence.start)
    if left and BESIDE.fullmatch(on.text, left.end, before):
        yield max(left.start, sentence.start), left.end
    that = THAT.match(on.text, cue.end, sentence.end)
    if that or is_impersonal(on.text, cue.start, cue.end):
        start = that.end() if that else cue.end
        stop = CLAUSE_END.search(on.text, start, sentence.end)
        yield start, stop.start() if stop else sentence.end


def _trim(text: str, start: int, end: int) -> Pair:
    while start < end and not (text[start].isalnum() or text[start] in '"“‘$£€'):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in '"”’%)'):
        end -= 1
    return start, end
