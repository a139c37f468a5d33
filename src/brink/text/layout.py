"""The order of the text stage: clean, cut into paragraphs, set the page's furniture aside, cut into sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from brink.records import Dateline, Furniture, Report, Sentence, Span, TextLayout
from brink.text.clean import View, clean
from brink.text.dateline import Head, dateline
from brink.text.furniture import closing, head_stamp, tail, whole
from brink.text.paragraphs import paragraphs
from brink.text.sentences import sentences, trim
from brink.text.signature import byline, signs

# Sentences need to know opening from closing quotes, so these steps leave quotes and dashes as they are; the two
# other views keep every position of the first.
READING = ("spaces", "invisible", "ligatures")
# A dateline is looked for behind so many headings at most; a byline among the first and last paragraphs.
MOST_HEADINGS, FIRST_PARAGRAPHS, LAST_PARAGRAPHS = 5, 6, 4

Extent = tuple[int, int]


def layout(report: Report) -> TextLayout:
    """Take a report, give its sentences and what was set aside (dateline, furniture, signature).

    Offsets point into `report.text`. Sentences are in text order, without white space at their ends, and overlap
    neither each other nor the dateline nor furniture; each visible character lies in one of them. `paragraph` counts
    the paragraphs that have sentences. The signature, if any, is a part of the furniture or of the dateline.
    """
    view = clean(report.text, READING)
    found = _Draft(
        view=view,
        quoted=clean(view.text, ("quotes",)).text,
        plain=clean(view.text, ("quotes", "dashes")).text,
    )
    extents = paragraphs(view.text)
    for number, extent in enumerate(extents):
        _paragraph(found, number, len(extents) - number, extent)
    return _written(report, found)


@dataclass(slots=True)
class _Draft:
    """What has been found so far, in positions of the view."""

    view: View
    quoted: str
    plain: str
    sentences: list[tuple[int, Extent]] = field(default_factory=list)
    furniture: list[tuple[Extent, str]] = field(default_factory=list)
    dateline: Head | None = None
    signature: Extent | None = None
    paragraphs: int = 0
    headings: int = 0


def _paragraph(found: _Draft, number: int, left: int, extent: Extent) -> None:
    """Sort the characters of one paragraph; `left` counts the paragraphs from this one to the last."""
    start, end = extent
    if (number < FIRST_PARAGRAPHS or left <= LAST_PARAGRAPHS) and _signed(found, start, end):
        return
    kind = whole(found.plain, start, end)
    if kind is not None:
        found.furniture.append((extent, kind))
        return
    start = _cut_head(found, start, end)
    if left <= LAST_PARAGRAPHS:
        end = _cut_closing(found, start, end)
    cut = sentences(found.view.text, start, end)
    hanging = tail(found.plain, cut)
    if hanging is not None:
        index, kind = hanging
        found.furniture.append(((cut[index][0], cut[-1][1]), kind))
        cut = cut[:index]
    found.sentences += [(found.paragraphs, piece) for piece in cut]
    found.paragraphs += bool(cut)


def _signed(found: _Draft, start: int, end: int) -> bool:
    """Set a byline aside; where it names the place of writing and nothing better does, it is the dateline."""
    line = byline(found.plain, start, end)
    if line is None:
        return False
    if found.signature is None:
        found.signature = (line.start, line.end)
    if line.place is not None and found.dateline is None and not found.sentences:
        found.dateline = Head(start, end, line.place, None, line.agency)
    else:
        found.furniture.append(((start, end), "credit"))
    return True


def _cut_head(found: _Draft, start: int, end: int) -> int:
    """Cut a clock stamp and the dateline off the head of a paragraph."""
    begin = head_stamp(found.plain, start, end)
    if begin > start:
        found.furniture.append((trim(found.plain, start, begin), "stamp"))
    if found.headings <= MOST_HEADINGS and (head := dateline(found.quoted, begin, end)) is not None:
        if found.dateline is not None:
            found.furniture.append(((found.dateline.start, found.dateline.end), "credit"))
        found.dateline = head
        found.headings = MOST_HEADINGS + 1
        return head.end
    is_heading = end - start <= 160 and found.plain[end - 1] not in ".!?\"'"
    found.headings = found.headings + 1 if is_heading else MOST_HEADINGS + 1
    return begin


def _cut_closing(found: _Draft, start: int, end: int) -> int:
    """Cut a credit off the end of one of the last paragraphs."""
    stop = closing(found.plain, start, end)
    if stop < end:
        found.furniture.append((trim(found.plain, stop, end), "credit"))
    return stop


def _written(report: Report, found: _Draft) -> TextLayout:
    """The records, with every position taken back to the stored text."""
    return TextLayout(
        sentences=tuple(
            Sentence(index, paragraph, *_span(report, found.view, piece))
            for index, (paragraph, piece) in enumerate(found.sentences)
        ),
        dateline=_dateline(report, found),
        furniture=tuple(Furniture(*found.view.stored(*extent), kind) for extent, kind in sorted(found.furniture)),
        signature=_signature(report, found),
    )


def _signature(report: Report, found: _Draft) -> Span | None:
    """The byline, else the first credit that signs."""
    if found.signature is not None:
        return Span(*_span(report, found.view, found.signature))
    credits = (Span(*_span(report, found.view, extent)) for extent, kind in sorted(found.furniture) if kind == "credit")
    return next((credit for credit in credits if signs(credit.text)), None)


def _dateline(report: Report, found: _Draft) -> Dateline | None:
    head = found.dateline
    if head is None:
        return None
    start, end, _ = _span(report, found.view, trim(found.view.text, head.start, head.end))
    return Dateline(start, end, head.place, head.date, head.agency)


def _span(report: Report, view: View, extent: Extent) -> tuple[int, int, str]:
    start, end = view.stored(*extent)
    return start, end, report.text[start:end]
