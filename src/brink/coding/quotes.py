"""Quotation marks of the stored text: where words are quoted, and whether a content is direct, mixed or indirect.

Straight, curly, low and angle marks, back quotes and doubled apostrophes count; single marks count only as a pair
within one sentence that does not look like an apostrophe. A quotation may run over several sentences; where each
of its paragraphs opens anew and only the last one closes, it is one quotation.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from brink.records import Sentence

DOUBLE = re.compile("[\"“”„«»]|``|''")
SINGLE = re.compile(r"(?:(?<=[\s(\[\"“])|^)[‘'`]\s?(?=\w)([^\"“”‘`\n]{2,400}?)(?<=[\w.,!?…%])\s?[’'](?!\w)")
OPENING = frozenset(("“", "„", "«", "``"))
CLOSING = frozenset(("”", "»"))
WORD = re.compile(r"\w+")
NAME = re.compile(
    r"\W*(?:[A-Z0-9][\w’'.-]*|of|on|the|and|in|for|de|la)(?:\s+(?:[A-Z0-9][\w’'.-]*|of|on|the|and|in|for|de|la)){0,5}\W*"
)
LONGEST = 25
"""Sentences that one quotation may run over before its missing end is taken for an error of the page."""

DIRECT_FROM = 0.9
"""Share of a content's letters within quotation marks from which it is direct, if its first word is among them
(set on the training documents of wikinews-plover)."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, marks excluded; `group` is shared by the paragraphs of one quotation."""

    start: int
    end: int
    group: int
    single: bool = False


@dataclass(slots=True)
class _Open:
    start: int
    group: int
    sentence: int


def quotations(text: str, sentences: Sequence[Sentence]) -> tuple[Quotation, ...]:
    """Find the quotations of a report.

    Takes its text and sentences, gives non-overlapping double-marked quotations and, between or inside them,
    single-marked ones, in text order. A quotation left open ends with its sentence, or, where the next sentence
    opens anew, there.
    """
    found: list[Quotation] = []
    groups = 0
    held: _Open | None = None
    for sentence in sentences:
        for mark in DOUBLE.finditer(text, sentence.start, sentence.end):
            opens = _opens(text, mark, sentence, held is not None)
            if held is None and opens:
                groups += 1
                held = _Open(mark.end(), groups, sentence.index)
            elif held is not None and not opens:
                found.append(Quotation(held.start, mark.start(), held.group))
                held = None
            elif held is not None:
                held = _reopen(text, found, held, mark, sentence, sentences)
                groups = max(groups, held.group)
        if held is not None and sentence.index - held.sentence >= LONGEST:
            found.append(Quotation(held.start, sentences[held.sentence].end, held.group))
            held = None
        found += [Quotation(m.start(1), m.end(1), 0, True) for m in SINGLE.finditer(text, sentence.start, sentence.end)]
    if held is not None:
        first, last = sentences[held.sentence], sentences[-1]
        end = last.end if last.paragraph == first.paragraph else first.end
        found.append(Quotation(held.start, end, held.group))
    return tuple(sorted(found, key=lambda q: (q.start, -q.end)))


def _reopen(
    text: str, found: list[Quotation], held: _Open, mark: re.Match[str], here: Sentence, sentences: Sequence[Sentence]
) -> _Open:
    """An opening mark while a quotation is open: the next paragraph of it, or a sign that its end was forgotten."""
    continues = not text[here.start : mark.start()].strip()
    end = sentences[here.index - 1].end if continues and here.index else min(sentences[held.sentence].end, mark.start())
    if held.start < end:
        found.append(Quotation(held.start, end, held.group))
    return _Open(mark.end(), held.group if continues else held.group + 1, here.index)


def _opens(text: str, mark: re.Match[str], sentence: Sentence, is_open: bool) -> bool:
    """Whether a double mark opens a quotation: by its shape, a straight one by the spaces about it."""
    shape, spaced = mark.group(), _spaced(text, mark)
    if shape in OPENING:
        return not (is_open and spaced is False)
    if shape in CLOSING:
        return False
    if mark.start() == sentence.start:
        # A mark alone before a sentence may belong to the sentence before: then it is followed by a space.
        return not (is_open and text[mark.end() : mark.end() + 1].isspace())
    return (not is_open) if spaced is None else spaced


def _spaced(text: str, mark: re.Match[str]) -> bool | None:
    """True where the spaces say "opens", False where they say "closes", None where they say nothing."""
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    left = not before or before.isspace() or before in "([—–-:"
    right = not after or after.isspace() or after in ".,;:!?)]—–-"
    return None if left == right else left


class QuotedText:
    """Answers how much of a span is quoted."""

    def __init__(self, text: str, found: Sequence[Quotation]) -> None:
        self._text = text
        self._all = tuple(found)
        self._starts = [q.start for q in found]
        self._reach = list(itertools.accumulate((q.end for q in found), max))
        self._letters = [0, *itertools.accumulate(map(str.isalnum, text))]

    def around(self, offset: int) -> Quotation | None:
        """The double-marked quotation that contains the character at `offset`, if any."""
        return next((q for q in self._near(offset, offset + 1) if not q.single and q.end > offset), None)

    def before(self, offset: int, least: int) -> Quotation | None:
        """The double-marked quotation that ends last before `offset`, not before `least`, if any."""
        near = [q for q in self._near(least, offset) if not q.single and least < q.end <= offset]
        return near[-1] if near else None

    def _near(self, start: int, end: int) -> Sequence[Quotation]:
        """Quotations that overlap a span, and perhaps some before it."""
        right = bisect.bisect_left(self._starts, end)
        left = right
        while left > 0 and self._reach[left - 1] > start:
            left -= 1
        return self._all[left:right]

    def share(self, spans: Sequence[tuple[int, int]], without: Quotation | None = None) -> float:
        """Share of the spans' letters and digits within quotation marks, 0 to 1; `without` does not count."""
        total = sum(self._letters[end] - self._letters[start] for start, end in spans)
        quoted = 0
        for start, end in spans:
            at = start
            for q in self._near(start, end):
                if q is not without and q.end > at:
                    left, at = max(at, q.start), min(end, q.end)
                    quoted += self._letters[at] - self._letters[left]
        return quoted / total if total else 0.0

    def kind(self, spans: Sequence[tuple[int, int]], cue: tuple[int, int] | None) -> str:
        """How a content is quoted.

        Takes its spans and the offsets of its cue; gives "direct" (all of it quoted), "mixed" or "indirect".
        A quotation that also holds the cue quotes somebody else's telling of it, so it does not count.
        """
        outer = self.around(cue[0]) if cue else None
        inside = outer is not None and all(outer.start <= a and b <= outer.end + 2 for a, b in spans)
        without = outer if inside else None
        share = self.share(spans, without)
        if share >= DIRECT_FROM and self._first_quoted(spans[0], without):
            return "direct"
        named = sum(self._names(a, b, without) for a, b in spans)
        return "mixed" if share > named + 1e-9 else "indirect"

    def _first_quoted(self, span: tuple[int, int], without: Quotation | None) -> bool:
        word = WORD.search(self._text, *span)
        return word is None or self.share([word.span()], without) == 1.0

    def _names(self, start: int, end: int, without: Quotation | None) -> float:
        """Share of a span that is quoted as a name ("War on Terror"), which is nobody's wording."""
        names = [
            (max(q.start, start), min(q.end, end))
            for q in self._near(start, end)
            if q is not without and NAME.fullmatch(self._text, q.start, q.end)
        ]
        total = self._letters[end] - self._letters[start]
        return sum(self._letters[b] - self._letters[a] for a, b in names) / total if total else 0.0
