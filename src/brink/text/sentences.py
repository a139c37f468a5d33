"""Where sentences begin and end inside a paragraph.

Marks that may end a sentence are found by one pattern; what stands before and after each decides. A break inside a
quotation counts as one, and the closing quote belongs to the sentence before it.
"""

from __future__ import annotations

import re
from functools import cache

from brink.text.marks import REACH, Mark, inside_quotes, marks
from brink.text.stops import ends_at_stop
from brink.text.tables import either, table

Extent = tuple[int, int]

# A bracket that closes within so many characters keeps the sentence around it whole.
BRACKET_REACH = 250
# A quotation's author after a dash, to the end of the paragraph, is no longer than that.
AUTHOR_REACH = 70

_STRAY_QUOTE = re.compile(r"""\s['"”’]+(?=\s|$)""")
_AUTHOR = re.compile(r"\s+[-–—]{1,2}\s*[A-Z][^.!?]*$")
_ADDRESS = re.compile(r"www|http|[@/_]")


def sentences(text: str, start: int, end: int) -> list[Extent]:
    """Take a text and the extent of one paragraph, give the extents of its sentences, white space trimmed."""
    found: list[Extent] = []
    begin = start
    for mark in marks(text, start, end):
        stop = _stop(mark, begin)
        if stop > begin:
            found.append(trim(text, begin, stop))
            begin = stop
    found.append(trim(text, begin, end))
    return [extent for extent in found if extent[0] < extent[1]]


def trim(text: str, start: int, end: int) -> Extent:
    """Give the extent without the white space at its ends (start == end where there is nothing else)."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def _stop(mark: Mark, begin: int) -> int:
    """Where the sentence ends at this mark; -1 where it does not end."""
    if not mark.run:
        return mark.at
    if mark.unspaced:
        return _unspaced_stop(mark, begin)
    if not _ends(mark, begin):
        return -1
    stray = None if mark.closers else _STRAY_QUOTE.match(mark.text, mark.stop, mark.end)
    if stray and (stray.group()[-1] in "”’" or len(stray.group()) > 2 or inside_quotes(mark)):
        return stray.end()
    return mark.stop


def _ends(mark: Mark, begin: int) -> bool:
    """Whether a spaced mark ends its sentence."""
    if not mark.next:
        return not mark.after or mark.after not in ".…,;:!?)]}"
    if mark.next[0].islower() and not mark.next.startswith(tuple(table("abbreviations")["small_starts"])):
        return False
    if _in_brackets(mark, begin) or _goes_on_saying(mark) or _author_follows(mark):
        return False
    if mark.run == ".":
        return ends_at_stop(mark, begin)
    if mark.run[-1] in ".…":
        # A pause: in somebody's speech it does not end a sentence, unlike words left out by the editor ("[…]").
        return bool(mark.closers) or not inside_quotes(mark)
    return not (mark.run == "!" and not mark.closers and _exclaimed(mark))


def _in_brackets(mark: Mark, begin: int) -> bool:
    """Whether the mark stands in a bracket that opened inside the sentence and closes further on."""
    if ")" in mark.closers:
        return mark.text[mark.at - 1] == "("
    opened = mark.text.rfind("(", max(begin, mark.at - BRACKET_REACH), mark.at)
    if opened < 0 or not mark.text[begin:opened].strip(" \n\"'“‘"):
        return False
    closed = mark.text.find(")", opened, min(mark.end, mark.at + BRACKET_REACH))
    return closed > mark.at


def _exclaimed(mark: Mark) -> bool:
    """A name that ends in an exclamation mark, or a chant ("Shame! Shame!")."""
    return mark.before in table("abbreviations")["marked_names"] or mark.before.lower() == mark.next.lower()


def _author_follows(mark: Mark) -> bool:
    """ "It is a long game." - Jane Roe, at the end of a paragraph."""
    if not mark.closers or mark.end - mark.stop > AUTHOR_REACH:
        return False
    return bool(_AUTHOR.match(mark.text, mark.stop, mark.end))


def _goes_on_saying(mark: Mark) -> bool:
    """Whether a quoted question or exclamation is followed by its speaker and a verb of saying."""
    if mark.run[-1] not in "?!" or not set(mark.closers) & set("\"'”’"):
        return False
    return bool(_speaker_next().match(mark.text, mark.stop, min(mark.end, mark.stop + 2 * REACH)))


@cache
def _speaker_next() -> re.Pattern[str]:
    saying = either(table("abbreviations")["saying"])
    return re.compile(rf"\s+(?:[A-Z][\w'’.-]*\s+(?:(?:of|the|de|al|van|von|and|bin)\s+)?){{1,5}}{saying}\b")


def _unspaced_stop(mark: Mark, begin: int) -> int:
    """The end of a sentence whose successor follows without a space ("… bases.The minister"); -1 where none ends."""
    tail = mark.before[-2:]
    likely = (len(tail) == 2 and tail.islower()) or tail.isdigit() or tail.endswith((")", "%")) or bool(mark.closers)
    if not likely or _ADDRESS.search(mark.before):
        return -1
    if mark.run == "." and not ends_at_stop(mark, begin):
        return -1
    if mark.closers == '"' and not inside_quotes(mark):
        return mark.stop - 1
    return mark.stop
