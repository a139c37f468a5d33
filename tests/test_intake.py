"""Intake as a whole: every format, by file, address and standard input, and what it costs."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brink.errors import Reason, UsageError
from brink.intake import IntakeOptions, read
from brink.records import Rejection, Report
from intake_reading import (
    PAGE,
    PAGE_TEXT,
    SETTINGS,
    _no_memory,
    check_sentence,
    from_stdin,
    options,
    report,
)  # fmt: skip
from intake_server import Answer, html, serving, to
from intake_texts import ENGLISH, FOREIGN

__all__ = ["_no_memory"]


# --- formats


@pytest.mark.parametrize("name", ["report.txt", "report", "report.text.gz", "report.bin.gz"])
def test_plain_text_is_stored_as_it_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    content = ENGLISH.encode()
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    found = report(str(path))
    assert found == Report(
        id=hashlib.sha256(content).hexdigest()[:16], text=ENGLISH, language="en", language_checked=True
    )  # fmt: skip


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=199))
def test_the_stored_text_is_the_text_with_its_newlines_normalised(text: str) -> None:
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    line = json.dumps({"id": 1, "text": text})
    item = from_stdin(line.encode())
    if text.strip():
        assert isinstance(item, Report) and item.text == expected
    else:
        assert isinstance(item, Rejection) and item.reason is Reason.EMPTY


@given(st.text("abc é“”\r\n\t\u2028\x85ж", min_size=1, max_size=120))
def test_so_it_is_for_plain_text(text: str) -> None:
    item = from_stdin(b"\xef\xbb\xbfx" + text.encode())
    assert isinstance(item, Report)
    assert item.text == "x" + text.replace("\r\n", "\n").replace("\r", "\n")
    assert item.id == hashlib.sha256(item.text.encode()).hexdigest()[:16]


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(f"# Brigade leaves\n\n**{ENGLISH.splitlines()[0]}**\n\n- They left.\n", encoding="utf-8")
    found = report(str(path), options(outlet="The Harbour Post", published="2023-03"))
    assert found.text == f"{ENGLISH.splitlines()[0]}\n\nThey left."
    assert (found.title, found.outlet) == ("Brigade leaves", "The Harbour Post")
    assert (found.published, found.published_precision) == (date(2023, 3, 1), "month")


@pytest.mark.parametrize("packed", [False, True])
def test_a_saved_page(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("page.html.gz" if packed else "page.html")
    path.write_bytes(gzip.compress(PAGE.encode()) if packed else PAGE.encode())
    found = report(str(path))
    assert found.text == PAGE_TEXT
    assert (found.title, found.outlet) == ("Brigade leaves harbour", "The Harbour Post")
    assert (found.published, found.published_precision) == (date(2023, 3, 4), "day")
    assert found.url == "https://post.example/2023/03/04/brigade"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (PAGE.replace("utf-8", "windows-1252").encode("cp1252"), "text/html"),
        (PAGE.replace('<meta charset="utf-8">', "").encode("cp1252"), "text/html; charset=windows-1252"),
        (PAGE.encode("utf-16"), "text/html"),
        (PAGE.encode(), "text/html; charset=iso-8859-1"),
        ('<?xml version="1.0" encoding="utf-8"?>' + PAGE, "application/xhtml+xml"),
    ],
)
def test_a_page_from_the_web_in_the_encoding_it_declares(content: bytes | str, declared: str) -> None:
    body = content if isinstance(content, bytes) else content.encode()
    with serving({"/news": Answer(body, headers={"Content-Type": declared})}) as site:
        found = report(site.url("/news"))
    assert found.text == PAGE_TEXT


@pytest.mark.parametrize(
    "body",
    [
        "Troops left the harbour.<br><br>Nobody knows why.",
        "<p>Troops left the harbour.<br />\n<BR/>Nobody knows why.</p>",
        "<article><div>Troops left the harbour.<br><br><br>Nobody knows why.</div></article>",
        "<div>Troops left the harbour.</div><div>Nobody knows why.</div>",
        "<span>Troops left the harbour.</span><p>Nobody knows why.",
    ],
)
def test_paragraphs_stay_apart_on_a_page_without_structure(tmp_path: Path, body: str) -> None:
    path = tmp_path / "old.htm"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    assert report(str(path)).text == "Troops left the harbour.\n\nNobody knows why."


def test_what_the_caller_says_goes_before_what_the_page_says() -> None:
    with serving({"/": html(PAGE)}) as site:
        found = report(site.url(), options(published="2023-03-05T08:15", outlet="Evening Post"))
    assert (found.published, found.published_precision) == (date(2023, 3, 5), "minute")
    assert found.outlet == "Evening Post"


def test_the_address_is_where_the_redirects_ended() -> None:
    bare = PAGE.replace('<link rel="canonical" href="https://post.example/2023/03/04/brigade">', "")
    with serving({"/a": to("/b"), "/b": html(bare)}) as site:
        assert report(site.url("/a")).url == site.url("/b")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="date" content="2023-03-04">', date(2023, 3, 4)),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"1991-08-20T01:00:00Z"}</script>',
         date(1991, 8, 20)),
        ('<meta name="date" content="2023-03">', None),
        ('<meta name="date" content="2023">', None),
        ("", None),
    ],
)  # fmt: skip
def test_a_page_is_dated_only_by_what_it_states(tmp_path: Path, head: str, expected: date | None) -> None:
    known = ['<meta property="article:published_time" content="2023-03-04T21:20:00Z">', 'href="https://post.example/']
    page = PAGE.replace(known[0], head).replace("/2023/03/04/", "/").replace(", March 4", ", May 9")
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    assert report(str(path)).published == expected


def test_text_and_records_from_the_web() -> None:
    pages = {
        "/a.txt": Answer(ENGLISH.encode(), headers={"Content-Type": "text/plain"}),
        "/b.jsonl.gz": Answer(gzip.compress(b'{"id": 5, "text": "They left."}')),
        "/c.md": Answer(b"# Title\n\nThey left.", headers={"Content-Type": "text/plain; charset=utf-8"}),
    }
    with serving(pages) as site:
        assert report(site.url("/a.txt")).url == site.url("/a.txt")
        assert report(site.url("/b.jsonl.gz")).id == "5"
        assert report(site.url("/c.md")).title == "Title"


# --- JSON lines


def test_records_come_in_order_and_a_bad_one_does_not_stop_the_others(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "text": "They left.\r\nAll of them.", "title": "Left", "url": "https://post.example/a",
         "outlet": "Harbour Post", "published": "2022-02-15"},
        {"id": 2, "event_text": "They stayed.", "publisher": "Wire", "pub_date": "2022-02", "headline": "Stayed"},
        "broken",
        {"id": "d"},
        {"id": "e", "text": "They left.", "date": "15 February 2022"},
        {"id": "f", "text": "  \n"},
        {"id": "g", "text": FOREIGN["French"]},
        {"text": "They came back."},
    ]  # fmt: skip
    path = tmp_path / "reports.jsonl"
    text = "\n\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\r\n"
    path.write_text(text, encoding="utf-8-sig", newline="")
    items = list(read(str(path), options()))
    assert items[0] == Report(
        "a", "They left.\nAll of them.", "https://post.example/a", "Harbour Post", "Left", date(2022, 2, 15), "day"
    )
    assert items[1] == Report("2", "They stayed.", None, "Wire", "Stayed", date(2022, 2, 1), "month")
    reasons = [(i.id, i.reason) for i in items if isinstance(i, Rejection)]
    assert reasons == [
        (None, Reason.BROKEN_JSON), ("d", Reason.MISSING_FIELD), ("e", Reason.BAD_DATE), ("f", Reason.EMPTY),
        ("g", Reason.LANGUAGE),
    ]  # fmt: skip
    assert [i.where for i in items if isinstance(i, Rejection)] == [f"{path}:{n}" for n in (5, 7, 9, 11, 13)]
    for item in items:
        if isinstance(item, Rejection):
            check_sentence(item)
    assert isinstance(items[-1], Report)
    assert items[-1].id == hashlib.sha256(b"They came back.").hexdigest()[:16]


def test_records_before_a_cut_stand_and_the_cut_is_told() -> None:
    lines = b"".join(json.dumps({"id": n, "text": f"Brigade {n} left."}).encode() + b"\n" for n in range(20))
    items = list(read("-", options(gzip.compress(lines)[:-20])))
    assert isinstance(items[0], Report) and items[0].id == "0"
    last = items[-1]
    assert isinstance(last, Rejection) and last.reason is Reason.BROKEN_ARCHIVE
    assert all(isinstance(i, Report) for i in items[:-1])


def test_records_are_read_one_by_one() -> None:
    """A stream without end gives its first records at once."""

    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            return b'{"id": 1, "text": "They left."}\n' * 100

    items = read("-", IntakeOptions(stdin=Endless()))  # type: ignore[arg-type]
    assert [next(items) for _ in range(3)] == [Report("1", "They left.")] * 3


def test_a_line_that_is_far_too_long_does_not_stop_the_others() -> None:
    small = dataclasses.replace(SETTINGS, text_characters=100)
    lines = [{"id": 1, "text": "x" * 200_000}, {"id": 2, "text": "y" * 101}, {"id": 3, "text": "z" * 100}]
    items = list(read("-", options("\n".join(map(json.dumps, lines)).encode(), small)))
    assert [getattr(i, "reason", i.id) for i in items] == [Reason.TOO_LARGE, Reason.TOO_LARGE, "3"]


def test_lone_surrogates_are_refused_wherever_they_stand() -> None:
    for field in ("text", "title", "outlet", "url", "id"):
        record = {"id": "a", "text": "They left."} | {field: "half \ud83d"}
        item = from_stdin(json.dumps(record).encode())
        assert isinstance(item, Rejection) and item.reason is Reason.ENCODING, field


# --- language and dates


def test_short_texts_are_assumed_to_be_english_and_marked() -> None:
    assert report("-", options(b"Troops left Port Alder on Monday.")).language_checked is False


@pytest.mark.parametrize("bad", ["yesterday", "2022-02-30", "", "15.2.2022"])
def test_a_bad_date_from_the_caller_is_a_usage_error(bad: str) -> None:
    with pytest.raises(UsageError, match="no date of the form"):
        IntakeOptions(published=bad)


def test_long_values_and_scripts_do_not_make_a_page_a_bomb(tmp_path: Path) -> None:
    props = json.dumps({"text": "Troops left, <p>he said</p>. " * 5000}).replace("'", "")
    image = "data:image/png;base64," + "ab/c=" * 50_000
    extra = f"<div data-props='{props}'></div><div data-more=\"{'a b c ' * 9000}\"></div><img src={image}>"
    extra += f"<script>var all = '{'x y ' * 100_000}'</script>"
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("<nav>", extra + "<nav>"), encoding="utf-8")
    assert report(str(path)).text == PAGE_TEXT


def test_no_date_is_invented() -> None:
    found = report("-", options(ENGLISH.encode()))
    assert (found.published, found.published_precision) == (None, None)


# --- cost


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        (
            "import brink.intake, brink.settings",
            "trafilatura httpx py3langid charset_normalizer markdown_it numpy lxml",
        ),
        (
            "from brink.intake import *; list(read(PATH, IntakeOptions()))",
            "trafilatura httpx py3langid numpy lxml babel",
        ),
    ],
)
def test_nothing_heavy_is_loaded_without_need(code: str, unwanted: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    show = f"print([m for m in sys.modules if m in {unwanted.split()}])"
    script = f"import sys\n{code.replace('PATH', repr(str(path)))}\n{show}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
