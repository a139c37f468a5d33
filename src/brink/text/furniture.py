"""Words of the page that are no part of the report: what they are, and where they begin and end.

Three doors for three places: `whole` for a paragraph that is nothing else, `head_stamp` for a clock time before a
live-blog entry, `tail` for what hangs on the last sentences of a paragraph. All take text with straight quotes and
plain dashes and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from brink.text.dateline import calendar_date
from brink.text.tables import either, table

Extent = tuple[int, int]

# A link to another piece fits on a line or two; a credit, a caption or a legal note may run on a little longer.
LONGEST_LINE, LONGEST_NOTE = 200, 450
# A caption before its credit is one or two sentences.
CAPTION_SENTENCES = 2
# Ends of paragraphs are searched so far back.
TAIL_REACH = 220

_STOPPED = re.compile(r"""[.!?]["')\]]*$""")
_DECORATION = r"[\s\[({<>|*•▶►»~-]{0,4}"


def whole(text: str, start: int, end: int) -> str | None:
    """The kind of furniture that a paragraph is, None where it is (also) something else."""
    if end - start > LONGEST_NOTE:
        return None
    paragraph = text[start:end]
    kind = _label(paragraph)
    if kind is None:
        kind = next((kind for kind, pattern in _lines().items() if pattern.fullmatch(paragraph)), None)
    if kind is None and _ending("caption").search(paragraph[-TAIL_REACH:]):
        kind = "caption"
    return kind


def head_stamp(text: str, start: int, end: int) -> int:
    """Where the report's words begin behind a clock stamp at the head of a paragraph; `start` where there is none."""
    match = _heads().match(text, start, min(end, start + LONGEST_LINE))
    return match.end() if match else start


def tail(text: str, extents: Sequence[Extent]) -> tuple[int, str] | None:
    """Take a paragraph's sentences, give the index of the first one that is furniture up to the end, and the kind."""
    for index, (start, _) in enumerate(extents[1:], 1):
        end = extents[-1][1]
        if end - start > LONGEST_NOTE:
            continue
        kind = _label(text[start:end], inside=True)
        if kind == "caption" and index <= CAPTION_SENTENCES and end - extents[0][0] <= LONGEST_NOTE:
            return 0, kind
        if kind is not None:
            return index, kind
    return None


def closing(text: str, start: int, end: int) -> int:
    """Where a credit at the end of one of the last paragraphs begins ("(AFP)", "-ENDS-"); `end` where there is none."""
    first = max(start, end - TAIL_REACH)
    match = _ending("credit").search(text[first:end])
    return first + match.start() if match and first + match.start() > start else end


def _label(piece: str, inside: bool = False) -> str | None:
    """The kind of the label that a piece begins with. Inside a paragraph a label needs its colon or bar."""
    match = _labels().match(piece)
    if match is None or not _capital(match["label"]):
        return None
    strength, kind = _strengths()[" ".join(match["label"].casefold().split())]
    bar, colon = match["sign"] == "|", match["sign"] in ("|", ":", ">")
    fits = {
        "always": True,
        "line": colon or (not (inside or _stopped(piece)) and len(piece) <= LONGEST_LINE),
        "colon": colon and len(piece) <= LONGEST_NOTE // 2,
        "bar": bar and len(piece) <= LONGEST_LINE,
    }
    return kind if fits[strength] or (strength == "line" and match["label"].isupper() and not inside) else None


def _capital(label: str) -> bool:
    return not label[0].isalpha() or label[0].isupper()


def _stopped(piece: str) -> bool:
    return bool(_STOPPED.search(piece[-4:]))


@cache
def _strengths() -> dict[str, tuple[str, str]]:
    """Each label's strength and kind; where two lists name it, the first one counts."""
    found: dict[str, tuple[str, str]] = {}
    for kind, strengths in table("furniture")["labels"].items():
        for strength, labels in strengths.items():
            for label in labels:
                found.setdefault(label.strip().casefold(), (strength, kind))
    return found


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"{_DECORATION}(?P<label>{either(_strengths())})(?!\w)\s*(?P<sign>[|:>]?)", re.IGNORECASE)


@cache
def _lines() -> dict[str, re.Pattern[str]]:
    return {kind: _compiled("|".join(lines)) for kind, lines in table("furniture")["lines"].items()}


@cache
def _heads() -> re.Pattern[str]:
    return _compiled("(?:" + "|".join(table("furniture")["heads"]["stamp"]) + ")")


@cache
def _ending(kind: str) -> re.Pattern[str]:
    endings = "|".join(table("furniture")["tails"][kind])
    return _compiled(rf"(?:(?<=[.!?\"')\]])\s*|(?<=[.!?\"')\]]\s)|^)(?:{endings})\s*$")


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the data file with its braces filled in."""
    lists = table("datelines")
    zones = either(lists["zones"])
    zone = rf"\(?{zones}\b\)?(?:\s?[+-]\d{{1,2}}(?::\d{{2}})?)?"
    time = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?!\d)"
    half = r"(?:a\.?m\b\.?|p\.?m\b\.?)"
    filled = {
        "{clock_zone}": rf"(?:(?:{time}|\d{{1,2}})\s*{half}(?:\s*{zone})?|{time}\s*{zone}|\d{{4}}\s*(?:hrs\s*)?{zone})",
        "{clock}": rf"(?:(?:{time}(?:\s*{half})?|\d{{1,2}}\s*{half})(?:\s*{zone})?|\d{{4}}\s*(?:hrs\s*)?{zone})",
        "{date}": calendar_date(),
        "{zones}": zones,
        "{weekday}": either(lists["weekdays"]),
        "{month}": either(lists["months"]),
        "{agencies}": either(lists["agencies"]),
    }
    for name, value in filled.items():
        pattern = pattern.replace(name, value)
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)
