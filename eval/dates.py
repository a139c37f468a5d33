"""Measure times against annotated dates: `python eval/dates.py ../shared/corpora [--errors] [--development]`.

Given the document's date and its sentences as the corpus cuts them, is the interval of every annotated date exactly
right? Sets: gum-news (TEI dates; document date: its date line, else `dateCreated`) and MEANTIME (TIMEX3 of type DATE
and TIME; document date: its creation time). Test parts: the documents named in gum_test_ids.txt; corpus_apple and
corpus_stock. Their errors are never printed.

Left out, and counted: values that are no calendar date (PAST_REF, XXXX-XX-XX) and dates open at one end. TIMEX3 and TEI
values leave modifiers and bounds aside ("the end of 2006" is 2006, "from 2009 to 2011" two dates), so where the words
found hold a modifier or more than the annotated words, an end of the interval, widened to the grain of the annotated
value, must be that value. "Date line" is the document's own date; "all" counts it, "body" does not.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from brink.coding.time_periods import Period, month_of, months_of, one_day, week_of, weekend_of, year_of, years_of
from brink.coding.times import find_times
from brink.records import Sentence, TimeValue

MODIFIER = re.compile(
    r"(?i)\b(?:early|late|mid|end|start|beginning|earlier|later|since|by|until|before|after|first|second half)\b|-end"
)


@dataclass
class Gold:
    """An annotated date: its characters, its interval (None: left out) and whether it is the date line."""

    start: int
    end: int
    period: Period | None
    own: bool


@dataclass
class Document:
    """A document as the corpus gives it."""

    name: str
    text: str
    sentences: list[Sentence]
    published: date | None
    gold: list[Gold]


def main() -> None:
    """Print the figures of every set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--errors", action="store_true", help="print the errors on the development parts")
    parser.add_argument("--development", action="store_true", help="leave the test parts alone")
    args = parser.parse_args()
    for name, test, documents in sets(args.corpora):
        if not (test and args.development):
            print(line(name, tally(documents, args.errors and not test)))


def sets(corpora: Path) -> Iterator[tuple[str, bool, Iterator[Document]]]:
    """Name, whether it is a test part, and the documents of every set."""
    lines = Path(__file__).with_name("gum_test_ids.txt").read_text("utf-8").splitlines()
    test = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    paths = sorted((corpora / "gum-news" / "xml").glob("*.xml"))
    yield "gum-news development", False, (read_gum(p) for p in paths if p.stem not in test)
    yield "gum-news test", True, (read_gum(p) for p in paths if p.stem in test)
    folder = corpora / "meantime-en/data/meantime_newsreader_english_oct15/intra_cross-doc_annotation"
    for part in ("airbus", "gm", "apple", "stock"):
        documents = (read_meantime(p) for p in sorted((folder / f"corpus_{part}").glob("*.xml")))
        yield f"MEANTIME {part}", part in ("apple", "stock"), documents


@dataclass
class Tally:
    """Right and all annotated dates, the document's own dates (True) apart from those of the body (False)."""

    right: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    total: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    left_out: int = 0
    extra: int = 0


def tally(documents: Iterable[Document], errors: bool) -> Tally:
    """Judge every annotated date."""
    counts = Tally()
    for document in documents:
        found = find_times(document.text, document.sentences, document.published, None)
        spans = [(g.start, g.end) for g in document.gold]
        counts.extra += sum(not any(t.text_start < b and a < t.text_end for a, b in spans) for t in found)
        for gold in document.gold:
            if gold.period is None:
                counts.left_out += 1
                continue
            hit = any(same(t, gold) for t in found if t.text_start < gold.end and gold.start < t.text_end)
            counts.total[gold.own] += 1
            counts.right[gold.own] += hit
            if errors and not hit:
                print_error(document, gold, found)
    return counts


def line(name: str, counts: Tally) -> str:
    """One line of figures."""
    everything = sum(counts.right.values()), sum(counts.total.values())
    return (
        f"{name}: all {ratio(*everything)}, body {ratio(counts.right[False], counts.total[False])}; "
        f"left out {counts.left_out}, found where nothing is annotated {counts.extra}"
    )


def test_figures(corpora: Path) -> dict[str, float]:
    """Share of exactly right values on the test parts, the documents' own date lines left out."""
    found = {name: tally(documents, False) for name, test, documents in sets(corpora) if test}
    gum = found.pop("gum-news test")
    right, total = (sum(getattr(t, x)[False] for t in found.values()) for x in ("right", "total"))
    return {
        "gum-news test, value right": gum.right[False] / gum.total[False],
        "MEANTIME apple and stock, value right": right / total,
    }


def ratio(right: int, total: int) -> str:
    """A share as it is printed."""
    return f"{right / max(1, total):.3f} ({right}/{total})"


def print_error(document: Document, gold: Gold, found: tuple[TimeValue, ...]) -> None:
    """Show what was annotated and what was found there."""
    near = [(t.text, t.start, t.end) for t in found if t.text_start < gold.end and gold.start < t.text_end]
    context = " ".join(document.text[max(0, gold.start - 60) : gold.end + 40].split())
    period = gold.period
    print(f"  {document.name} ({document.published}): {document.text[gold.start : gold.end]!r}", end=" ")
    print(period and f"{period.start} {period.end}", near, "|", context)


def same(time: TimeValue, gold: Gold) -> bool:
    """Whether a time has the annotated interval, or ends in it where its words say more than the annotated ones."""
    if time.start is None or time.end is None or gold.period is None:
        return False
    ours = date.fromisoformat(time.start), date.fromisoformat(time.end)
    if ours == (gold.period.start, gold.period.end):
        return True
    more = time.text_start < gold.start or gold.end < time.text_end or MODIFIER.search(time.text)
    return bool(more) and any(widened(d, gold.period.precision) == gold.period for d in ours)


def widened(day: date, precision: str) -> Period:
    """The whole unit of that grain around a day."""
    return {"week": week_of(day), "month": month_of(day.year, day.month), "year": year_of(day.year)}.get(
        precision, one_day(day)
    )


def value_period(value: str) -> Period | None:
    """The interval that a TIMEX3 or TEI value names; None where it is no calendar date."""
    value = value.split("T")[0]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return one_day(date.fromisoformat(value))
    if re.fullmatch(r"\d{4}-\d\d", value):
        return month_of(int(value[:4]), int(value[5:]))
    if re.fullmatch(r"\d{3,4}", value):
        return year_of(int(value)) if len(value) == 4 else years_of(int(value) * 10, int(value) * 10 + 9)
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return weekend_of(monday) if match[3] else week_of(monday)
    if match := re.fullmatch(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)", value):
        return named_part(int(match[1]), match[2])
    return None


def named_part(year: int, part: str) -> Period:
    """A quarter, half or season."""
    if part[0] == "Q":
        return months_of(year, 3 * int(part[1]) - 2, 3)
    if part[0] == "H":
        return months_of(year, 6 * int(part[1]) - 5, 6)
    return months_of(year, {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[part], 3)


def read_meantime(path: Path) -> Document:
    """A MEANTIME document; its text is its tokens with spaces between."""
    root = ElementTree.parse(path).getroot()
    text, spans, sentences = "", {}, {}
    for token in root.iter("token"):
        number = int(token.get("sentence") or 0)
        text += " " if text and spaced(text, token.text or "") else ""
        start = len(text)
        text += token.text or ""
        spans[token.get("t_id")] = (start, len(text))
        sentences[number] = (sentences.get(number, (start, 0))[0], len(text))
    gold, published = [], None
    for timex in root.iter("TIMEX3"):
        anchors = [spans[a.get("t_id")] for a in timex.iter("token_anchor")]
        own = timex.get("functionInDocument") == "CREATION_TIME"
        value = iso(timex.get("value") or "")
        if own:
            published = value_period(value)
        if anchors and timex.get("type") in ("DATE", "TIME"):
            gold.append(Gold(min(a for a, _ in anchors), max(b for _, b in anchors), value_period(value), own))
    cut = [Sentence(i, 0, a, b, text[a:b]) for i, (a, b) in sorted(sentences.items())]
    return Document(path.stem, text, cut, published.start if published else date_line(text), gold)


def spaced(before: str, token: str) -> bool:
    """Whether English puts a space between a text and the next token."""
    return not (re.match(r"[,.;:!?)%\]]|n't$|'\w{0,2}$", token) or before[-1] in "($£€[")


def iso(value: str) -> str:
    """Turn the few values written day first."""
    return "-".join(reversed(value.split("-"))) if re.fullmatch(r"\d\d-\d\d-\d{4}", value) else value


def date_line(text: str) -> date | None:
    """The first full date of a document that gives no creation time."""
    for time in find_times(text, [Sentence(0, 0, 0, len(text), text)], None, None):
        if time.start and time.start == time.end:
            return date.fromisoformat(time.start)
    return None


def read_gum(path: Path) -> Document:
    """A GUM document: words and dates from the TEI file, spacing and sentences from the dependency file."""
    text, sentences, tokens = conllu(path.parents[1] / "dep" / f"{path.stem}.conllu")
    gold, opened, number, created = [], [], 0, None
    for row in path.read_text("utf-8").splitlines():
        if row.startswith("<text "):
            created = attribute(row, "dateCreated")
        elif row.startswith("<date"):
            opened.append((number, row))
        elif row.startswith("</date>"):
            first, tag = opened.pop()
            gold.append(Gold(tokens[first][0], tokens[number - 1][1], tei_period(tag), 'rend="bold"' in tag))
        elif not row.startswith("<"):
            number += 1
    gold.sort(key=lambda g: g.start)
    line_dates = [g for g in gold if re.match(r"\w+day,", text[g.start : g.end])]
    if line_dates:
        line_dates[0].own = True
    own = next((g.period.start for g in gold if g.own and g.period), None)
    return Document(path.stem, text, sentences, own or date.fromisoformat(created or ""), gold)


def conllu(path: Path) -> tuple[str, list[Sentence], list[tuple[int, int]]]:
    """The text of a document, its sentences, and the characters of its words."""
    text, sentences, tokens = "", [], []
    for row in path.read_text("utf-8").splitlines():
        if row.startswith("# text = "):
            text += "\n" if text else ""
            sentence = row.removeprefix("# text = ")
            sentences.append(Sentence(len(sentences), 0, len(text), len(text) + len(sentence), sentence))
            cursor, text = len(text), text + sentence
        elif row[:1].isdigit():
            columns = row.split("\t")
            # Lines of a word of several parts and of unwritten words are no tokens of the TEI file.
            if columns[0].isdigit():
                start = text.find(columns[1], cursor)
                tokens.append((start, start + len(columns[1])) if start >= 0 else (cursor, cursor))
                cursor = tokens[-1][1]
    return text, sentences, tokens


def attribute(tag: str, name: str) -> str | None:
    """An attribute of a tag line."""
    match = re.search(rf'\b{name}="([^"]*)"', tag)
    return match[1] if match else None


def tei_period(tag: str) -> Period | None:
    """The interval of a TEI date; None where an end is open."""
    when = attribute(tag, "when")
    if when is not None:
        return value_period(when)
    ends = [attribute(tag, "from") or attribute(tag, "notBefore"), attribute(tag, "to") or attribute(tag, "notAfter")]
    periods = [value_period(end) for end in ends if end]
    if len(periods) < 2 or periods[0] is None or periods[1] is None:
        return None
    first, last = periods[0], periods[1]
    return Period(first.start, last.end, first.precision)


if __name__ == "__main__":
    main()
