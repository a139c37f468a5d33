"""Speakers that the model did not mark: the subject of the cue, or the speaker of the clause before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brink.coding.cues import is_impersonal, is_noun, is_passive
from brink.coding.page import Draft, Page
from brink.records import Label

Pair = tuple[int, int]

PRONOUN = r"(?:I|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|[Ww]ho)"
ADVERB = r"also|then|later|now|again|further|earlier|repeatedly|once|never|\w+ly|not"
AUX = rf"(?:(?:has|have|had|would|will|did|does|do|{ADVERB})\s+)*"
NO_NAME = r"(?!(?:The|An?|In|At|On|But|And|This|That|Although|While|After|Before|As|When|If|\w+day|Yesterday|Today)\b)"
NAME = rf"(?:{NO_NAME}[A-Z][\w.’'-]*|al-\w+)(?:\s+(?:of|the|de|al|bin|van|von|and|for)\b)?"
DETERMINER = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne|[Aa]nother|[Ss]ome)"
NOUN = rf"(?:{DETERMINER}\s+(?:[\w’'-]+\s+){{0,4}}?[\w’'-]+)"
DATED = r"(?:\s+(?:on|late|early)\s+[A-Z]\w+day)?"
SUBJECT = re.compile(rf"(?:^|[\s\"“”,;(])(?P<who>{PRONOUN}|(?:{NAME}\s+){{0,4}}{NAME}){DATED}\s+{AUX}$")
ROLE = re.compile(rf"(?:^|[,;.\"“”]\s*|\b(?:and|but|that|while)\s+)(?P<who>{NOUN})\s+{AUX}$")
INVERTED = re.compile(rf"\s+(?P<who>{PRONOUN}\b|(?:{NAME}\s+){{0,4}}{NAME}(?=[,.;:\s]|$)|{NOUN}(?=[,.;:]|$))")
COORDINATED = re.compile(
    rf"(?:[,;–—-]|\b(?:and|but|or|while|before|then|by|when|also|yet|to|in|without))\s+{AUX}$", re.I
)
REACH = 90
"""Characters before a cue in which its subject is looked for."""

GUESSED = 0.8
"""What a speaker found by rule takes off the confidence; likewise set by hand, to stand below marked ones."""


def complete_speakers(on: Page, drafts: Sequence[Draft], nested: Sequence[Draft | None]) -> None:
    """Give cues without a marked speaker the one that grammar names, in place; impersonal cues stay without.

    A cue that goes on after another ("and added", "saying that") has the speaker of that one; else the subject
    on its left, else, where the content comes first, the words behind it ("…", said a spokesman).
    """
    level = {id(d): id(p) for d, p in zip(drafts, nested, strict=True)}
    before: list[Draft] = []
    for draft in sorted((d for d in drafts if d.cue), key=lambda d: d.cue.start if d.cue else 0):
        if not draft.speaker:
            _complete(on, draft, [d for d in before if level[id(d)] == level[id(draft)]])
        before.append(draft)


def _complete(on: Page, draft: Draft, before: Sequence[Draft]) -> None:
    cue = draft.cue
    if cue is None or is_noun(cue.text) or any(f(on.text, cue.start, cue.end) for f in (is_impersonal, is_passive)):
        return
    start = on.sentences[cue.sentence].start
    led = [d for d in before if d.speaker and d.sentence == draft.sentence]
    if led and goes_on(cue, on.text[start : cue.start]):
        draft.speaker, draft.speaker_label, draft.inherited = led[-1].speaker, led[-1].speaker_label, GUESSED
    elif found := subject(on.text, start, cue) or behind(on.text, draft, cue):
        draft.speaker, draft.inherited = found, GUESSED


def goes_on(cue: Label, led: str) -> bool:
    """Whether a cue continues the clause before it: a participle, or a verb behind a comma or "and"."""
    return bool(COORDINATED.search(led)) or cue.text.lower().split()[0].endswith("ing")


def subject(text: str, start: int, cue: Label) -> Pair | None:
    """The subject on the left of a cue within its sentence (which begins at `start`), or None."""
    left = max(start, cue.start - REACH)
    led = text[left : cue.start]
    found = SUBJECT.search(led) or ROLE.search(led)
    if not found or found["who"].lower() == "who":
        return None
    return left + found.start("who"), left + found.end("who")


def behind(text: str, draft: Draft, cue: Label) -> Pair | None:
    """The subject behind a cue that follows its content, or None."""
    if draft.end > cue.start:
        return None
    found = INVERTED.match(text, cue.end)
    if not found:
        return None
    ends = found.end("who") == len(text) or text[found.end("who")].isspace()
    return found.start("who"), found.end("who") - (ends and found["who"].endswith("."))
