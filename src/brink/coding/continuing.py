"""Contents without a cue of their own: quotations that run on over sentences, floating quotes, headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brink.coding.page import Draft, Page
from brink.coding.quotes import Quotation, QuotedText
from brink.records import Label

COLON = re.compile(r"(?:\s*\([^)]*\))?\s*:[\s\"“‘'-]*$|(?:\s*\([^)]*\))?\s*:\s")
DASH = re.compile(r"[\"”’']?\s*(?:[:–—]|\s-|--)\s*(?:[\w.’'-]+\s+){0,3}$")
TURN = re.compile(r"(?P<who>[A-Z][\w.’'-]+(?:\s+(?:of|the|for|and|de|al|programme|host|[A-Z][\w.’'-]+)){0,7})\s?:\s*$")
TOLD = re.compile(r"[^.;:]{0,120}:\s*")
REACH = 6
"""Sentences back (and a third as many on) in which a content without a cue looks for its speaker."""

HANDED_ON = 0.95
"""What each inheritance of a speaker takes off the confidence."""


def parents(drafts: Sequence[Draft]) -> list[Draft | None]:
    """For each draft the smallest other draft whose content tells it: one that holds its cue, or, without cue, it."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.contents[0].sentence, []).append(draft)
    return [_parent(d, by_sentence[d.contents[0].sentence]) for d in drafts]


def _parent(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    best: Draft | None = None
    for other in drafts:
        if other is draft or (other.start, other.end) == (draft.start, draft.end) or not other.holds(_hull(draft)):
            continue
        if draft.cue and (not other.holds(draft.cue) or other.cue is draft.cue):
            continue
        if best is None or other.end - other.start < best.end - best.start:
            best = other
    return best


def _hull(draft: Draft) -> tuple[int, int]:
    return draft.start, draft.end


def continue_speakers(on: Page, drafts: Sequence[Draft], quoted: QuotedText, nested: Sequence[Draft | None]) -> None:
    """Give drafts without cue the speaker and relay of the statement that they continue, in place.

    That is, in this order: a party named in the same sentence and not yet speaking ("Ministry: all quiet"); the
    teller of the same quotation; the statement before; the statement after, where it tells a quotation too.
    """
    tops = [d for d, parent in zip(drafts, nested, strict=True) if parent is None]
    turn: Draft | None = None
    for i, draft in enumerate(tops):
        if draft.cue and TOLD.fullmatch(on.text, draft.cue.end, max(draft.start, draft.cue.end)):
            draft.spoken = True
        if not draft.cue and not draft.speaker:
            if who := named(on, draft):
                draft.speaker = (who.start, who.end) if isinstance(who, Label) else who
                draft.speaker_label = who if isinstance(who, Label) else None
                draft.spoken = True
            else:
                _go_on(
                    draft,
                    _held(turn, draft, quoted)
                    or _teller(draft, tops, quoted)
                    or _before(tops, i)
                    or _after(tops, i, quoted),
                )
        if draft.spoken and draft.speaker and _quotation(draft, quoted) is None:
            turn = draft


def _go_on(draft: Draft, teller: Draft | None) -> None:
    if teller and teller.speaker:
        draft.speaker, draft.speaker_label = teller.speaker, teller.speaker_label
        draft.relay = list(teller.relay)
        draft.spoken = teller.spoken
        draft.inherited = teller.inherited * HANDED_ON


def _held(turn: Draft | None, draft: Draft, quoted: QuotedText) -> Draft | None:
    """The speaker whose turn it is in a transcript or press statement, where others' words are only reported."""
    near = turn is not None and draft.contents[0].sentence - turn.contents[0].sentence <= REACH // 2
    return turn if near and _quotation(draft, quoted) is None else None


def named(on: Page, draft: Draft) -> Label | tuple[int, int] | None:
    """The party that names the teller of a content without cue in its own sentence, a label or, by rule, a span.

    That is "Name: content" (headlines, transcripts) and, at the end of a headline, "content - Name".
    """
    sentence = on.sentences[draft.contents[0].sentence]
    before, after = on.text[sentence.start : draft.start], on.text[draft.end : sentence.end]
    for party in on.parties_in(sentence.index):
        if party.end <= draft.start and COLON.match(on.text, party.end, draft.start + 1):
            return party
        if party.start >= draft.end and DASH.match(after[: party.start - draft.end]) and party.end >= sentence.end - 2:
            return party
    found = TURN.match(before)
    return (sentence.start + found.start("who"), sentence.start + found.end("who")) if found else None


def tellers(drafts: Sequence[Draft], nested: Sequence[Draft | None], quoted: QuotedText) -> list[Draft | None]:
    """For each draft its parent, also where only the quotation marks tell it: a cue inside somebody's quotation."""
    tops = [d for d, parent in zip(drafts, nested, strict=True) if parent is None]
    found: list[Draft | None] = []
    for draft, parent in zip(drafts, nested, strict=True):
        inside = quoted.around(draft.cue.start) if draft.cue and parent is None else None
        found.append(_of(inside, [d for d in tops if d is not draft], draft, quoted) if inside else parent)
    return found


def _teller(draft: Draft, tops: Sequence[Draft], quoted: QuotedText) -> Draft | None:
    """The statement with a cue outside quotation marks that tells the quotation in which the draft stands."""
    quotation = _quotation(draft, quoted)
    return _of(quotation, tops, draft, quoted) if quotation else None


def _of(quotation: Quotation, tops: Sequence[Draft], draft: Draft, quoted: QuotedText) -> Draft | None:
    same = [d for d in tops if d.cue and d.speaker and _tells(d, quotation, quoted)]
    before = [d for d in same if d.start <= draft.start]
    return before[-1] if before else same[0] if same else None


def _quotation(draft: Draft, quoted: QuotedText) -> Quotation | None:
    middle = (draft.contents[0].start + draft.contents[0].end) // 2
    return quoted.around(middle)


def _tells(draft: Draft, quotation: Quotation, quoted: QuotedText) -> bool:
    cue = draft.cue
    if cue is None or quoted.around(cue.start) is not None:
        return False
    return any(
        (q := quoted.around(at)) is not None and q.group == quotation.group
        for c in draft.contents
        for at in (c.start + 1, c.end - 2)
    )


def _before(tops: Sequence[Draft], i: int) -> Draft | None:
    for other in reversed(tops[:i]):
        if tops[i].contents[0].sentence - other.contents[-1].sentence > REACH:
            return None
        if other.speaker:
            return other
    return None


def _after(tops: Sequence[Draft], i: int, quoted: QuotedText) -> Draft | None:
    for other in tops[i + 1 :]:
        if other.contents[0].sentence - tops[i].contents[0].sentence > REACH // 3:
            return None
        if other.speaker and other.cue and _quotation(other, quoted):
            return other
    return None
