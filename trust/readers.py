"""What the fuzzer feeds: each reader takes any bytes and raises where it breaks its word.

The word of a reader: it ends, and whatever comes in leaves as reports that can be stored and as refusals of one
sentence. `tests/test_trust_seeds.py` gives every reader the inputs kept in `trust/seeds/READER/`; `trust/fuzz.py`
makes new ones.
"""

from __future__ import annotations

import gzip
import io
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from brink import text
from brink.bulk.units import units_of
from brink.coding.numbers import find_numbers
from brink.coding.quantities import find_quantities
from brink.coding.times import find_times
from brink.errors import ReportError
from brink.intake import IntakeOptions, dates, encoding, read
from brink.records import Rejection, Report, Sentence
from brink.settings import Settings

LONGEST = 20_000
"""Characters of a text whose sentences are looked at too; more would make one input too slow to try many."""


def html(content: bytes) -> None:
    """A page, whatever its first bytes are."""
    _read(b"<!DOCTYPE html>" + content)


def feed(content: bytes) -> None:
    """RSS, Atom or JSON Feed: what is neither is made the inside of a channel."""
    opens = content.lstrip()[:1] in (b"<", b"{")
    _read(content if opens else b"<?xml version='1.0'?><rss version='2.0'><channel>" + content)


def warc(content: bytes) -> None:
    """A web archive, plain and in gzip."""
    whole = content if content.startswith((b"WARC/", b"\x1f\x8b")) else b"WARC/1.0\r\n" + content
    _read(whole)
    _read(gzip.compress(whole, 1))


def jsonl(content: bytes) -> None:
    """Lines of JSON, of which the first opens an object."""
    _read(content if content.startswith(b"{") else b"{" + content)


def any_bytes(content: bytes) -> None:
    """Whatever stands on standard input."""
    _read(content)


def encodings(content: bytes) -> None:
    """Bytes in a declared encoding: the name is the first line, the rest the text."""
    name, _, rest = content.partition(b"\n")
    for declared in (name.decode("latin-1"), None):
        for lenient in (False, True):
            try:
                found = encoding.decode(rest, declared, lenient)
            except ReportError as error:
                _sentence(str(error))
            else:
                assert isinstance(found, str)


def days(content: bytes) -> None:
    """Publication dates as programs write them, and times as people do."""
    words = content.decode("utf-8", "replace")
    try:
        found, precision = dates.published(words)
    except ValueError as error:
        _sentence(f"The publication date {error}")
    else:
        assert isinstance(found, date) and precision in ("year", "month", "day", "hour", "minute")
        dates.instant(words)
    for published in (None, date(2022, 2, 28), date.min, date.max):
        for one in find_times(words, [Sentence(0, 0, 0, len(words), words)], published, None):
            assert words[one.text_start : one.text_end] == one.text
            assert not (one.start and one.end) or one.start <= one.end


def numbers(content: bytes) -> None:
    """Numbers and counts in words and figures."""
    words = content.decode("utf-8", "replace")
    ends = [0]
    for number in find_numbers(words):
        assert ends[-1] <= number.start < number.end <= len(words)
        ends.append(number.end)
    for count in find_quantities(words, [Sentence(0, 0, 0, len(words), words)]):
        assert words[count.start : count.end] == count.text
        assert count.low is None or count.high is None or count.low <= count.high


def parquet(content: bytes) -> None:
    """A file that calls itself Parquet."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "in.parquet"
        path.write_bytes(content)
        for unit in units_of([str(path)], Settings()):
            assert unit.line is not None or unit.refused is not None
            if unit.refused is not None:
                _sentence(unit.refused[1])


READERS: dict[str, Callable[[bytes], None]] = {
    "html": html, "feed": feed, "warc": warc, "jsonl": jsonl, "any": any_bytes, "encodings": encodings, "dates": days,
    "numbers": numbers, "parquet": parquet,
}  # fmt: skip


def _read(content: bytes) -> None:
    for item in read("-", IntakeOptions(stdin=io.BytesIO(content))):
        if isinstance(item, Rejection):
            _sentence(item.message)
        else:
            _report(item)


def _sentence(message: str) -> None:
    assert message.endswith(".") and "\n" not in message and len(message) < 400, message


def _report(report: Report) -> None:
    assert report.text.strip() and "\0" not in report.text and report.id
    for field in (report.id, report.text, report.url, report.outlet, report.title):
        (field or "").encode("utf-8")
    if len(report.text) <= LONGEST:
        for sentence in text.layout(report).sentences:
            assert report.text[sentence.start : sentence.end] == sentence.text or sentence.text.strip()
