"""The parts of intake by themselves: dates, language, encoding, unpacking, kinds, Markdown, JSON lines."""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brink.errors import Reason, ReportError
from brink.intake import encoding, jsonl, kinds, language, markdown, unpack
from brink.intake.dates import published
from brink.intake.kinds import Kind
from intake_texts import ENGLISH, FOREIGN, FULL_OF_NAMES

# --- dates


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2022", date(2022, 1, 1), "year"),
        ("2022-02", date(2022, 2, 1), "month"),
        ("2022-02-15", date(2022, 2, 15), "day"),
        (" 1991-08-19 ", date(1991, 8, 19), "day"),
        ("2022-02-15T10", date(2022, 2, 15), "hour"),
        ("2022-02-15T10Z", date(2022, 2, 15), "hour"),
        ("2022-02-15T10:30", date(2022, 2, 15), "minute"),
        ("2022-02-15 10:30:59", date(2022, 2, 15), "minute"),
        ("2022-02-15T23:30:00-05:00", date(2022, 2, 15), "minute"),
        ("2022-02-15T10:30:00.123Z", date(2022, 2, 15), "minute"),
        ("2022-02-15T00:00:00", date(2022, 2, 15), "day"),
        ("2022-02-15 00:00:00+00:00", date(2022, 2, 15), "day"),
        ("2022-02-15T00:00:00.000Z", date(2022, 2, 15), "day"),
        ("2022-02-15T00:00:01", date(2022, 2, 15), "minute"),
        ("2024-02-29", date(2024, 2, 29), "day"),
    ],
)
def test_dates_keep_the_precision_they_are_written_with(text: str, day: date, precision: str) -> None:
    assert published(text) == (day, precision)


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "15.02.2022", "15 February 2022", "02/15/2022", "2022-2-15", "2022-13", "2022-02-30",
        "2023-02-29", "20220215", "2022-W07", "0000", "22-02-15", "2022-02-15T25:00", "2022-02-15T10:30 soon",
        "２０２２",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no date of the form") as caught:
        published(text)
    assert str(caught.value).endswith(".")


# --- language


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_other_languages_are_named(name: str) -> None:
    with pytest.raises(ReportError) as caught:
        language.check(FOREIGN[name])
    assert caught.value.reason is Reason.LANGUAGE
    assert name in str(caught.value)


@pytest.mark.parametrize("text", [ENGLISH, ENGLISH.upper(), FULL_OF_NAMES, ENGLISH[:400]])
def test_english_is_checked(text: str) -> None:
    assert language.check(text) is True


def test_clear_english_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identify", lambda text: pytest.fail("the model was asked"))
    assert language.check(ENGLISH) is True


def test_names_do_not_make_english_foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the model takes the whole for another language, the words between the names decide."""
    monkeypatch.setattr(language, "_identify", lambda text: "en" if text.islower() else "pl")
    text = "Zbigniew Wrzesniewski, Krzysztof Szczepanski, Grzegorz Brzeczyszczykiewicz. " * 8
    text += "the minister said that the men had been there, he said."
    assert language.english_share(text) < 0.08
    assert language.check(text) is True
    with pytest.raises(ReportError, match="Polish"):
        language.check(FOREIGN["Polish"])


@pytest.mark.parametrize("letters", [0, 1, 199])
def test_below_200_letters_nothing_is_checked(letters: int) -> None:
    assert language.check("ж" * letters + "1 " * 500) is False


def test_from_200_letters_on_it_is_checked() -> None:
    with pytest.raises(ReportError):
        language.check((FOREIGN["Russian"] * 3)[:400])


def test_an_english_quote_does_not_make_a_foreign_report_english() -> None:
    quote = " “The troops that were there have left,” he said. "
    with pytest.raises(ReportError, match="French"):
        language.check(FOREIGN["French"] + quote + FOREIGN["French"])


# --- encoding


@pytest.mark.parametrize(
    ("content", "declared", "text"),
    [
        (b"plain", None, "plain"),
        ("“Grüße”".encode(), None, "“Grüße”"),
        (codecs.BOM_UTF8 + "é".encode(), None, "é"),
        (codecs.BOM_UTF16_LE + "é“".encode("utf-16-le"), None, "é“"),
        (codecs.BOM_UTF16_BE + "é“".encode("utf-16-be"), "utf-8", "é“"),
        (codecs.BOM_UTF32_LE + "é“".encode("utf-32-le"), None, "é“"),
        ("“é”".encode("cp1252"), "windows-1252", "“é”"),
        ("“é”".encode("cp1252"), "ISO-8859-1", "“é”"),
        ("“é”".encode("cp1252"), "us-ascii", "“é”"),
        ("Łódź".encode("iso8859-2"), "iso-8859-2", "Łódź"),
        ("Київ".encode("koi8-u"), "koi8-u", "Київ"),
        ("“é”".encode(), "windows-1252", "“é”"),
        ("é".encode(), "utf-16", "é"),
        (b"x\\u0041", "unicode_escape", "x\\u0041"),
        ("Colonel Ada Brandt declined.".encode("utf-16-le"), None, "Colonel Ada Brandt declined."),
        ("Colonel Ada Brandt declined.".encode("utf-16-be"), None, "Colonel Ada Brandt declined."),
    ],
)  # fmt: skip
def test_marks_then_utf_8_then_what_is_declared(content: bytes, declared: str | None, text: str) -> None:
    assert encoding.decode(content, declared) == text


@pytest.mark.parametrize(
    ("content", "declared", "reason"),
    [
        (b"caf\xe9", "utf-8", Reason.ENCODING),
        (codecs.BOM_UTF8 + b"caf\xe9", None, Reason.ENCODING),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41", None, Reason.ENCODING),
        (b"\x81\x8d", "windows-1252", Reason.ENCODING),
        (b"one\0two", None, Reason.BINARY),
        (bytes(range(256)) * 8, None, Reason.BINARY),
        (b"\x01\x02\x03\x04\xff" * 50, None, Reason.BINARY),
        ("La niña, el año y la mañana, said Señor Muñoz.".encode("cp1252"), None, Reason.ENCODING),
        ("Министр сказал, что войска уходят.".encode("cp1251"), None, Reason.ENCODING),
        (b"caf\xe9", "no-such-encoding", Reason.ENCODING),
        (b"caf\xe9", "hex", Reason.ENCODING),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(content: bytes, declared: str | None, reason: Reason) -> None:
    with pytest.raises(ReportError) as caught:
        encoding.decode(content, declared)
    assert caught.value.reason is reason


def test_an_undeclared_encoding_is_taken_where_all_readings_agree() -> None:
    text = "The President of the republic, Ramón Vega, said he would not go to the café. " * 3
    assert encoding.decode(text.encode("cp1252")) == text


def test_a_page_may_have_bytes_that_mean_nothing() -> None:
    assert encoding.decode(b"caf\xe9", "utf-8", lenient=True) == "caf\ufffd"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<html><meta charset="utf-8">', "utf-8"),
        (b"<META CHARSET=koi8-r>", "koi8-r"),
        (b"<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "windows-1251"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"),
        (b"<html><p>charset=utf-8", None),
    ],
)
def test_what_a_page_declares(head: bytes, name: str | None) -> None:
    assert encoding.declared_in(head) == name


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_every_utf_8_text_is_read_as_it_is(text: str) -> None:
    assert encoding.decode(text.encode("utf-8-sig")) == text
    if not text.startswith("\ufeff"):
        assert encoding.decode(text.encode()) == text


# --- unpacking


def cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[i : i + size] for i in range(0, len(data), size))


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 50), st.integers(0, 20))
def test_gzip_is_unpacked_however_it_is_cut_joined_and_padded(parts: list[bytes], size: int, padding: int) -> None:
    packed = b"".join(gzip.compress(p) for p in parts) + b"\0" * padding
    assert b"".join(unpack.unpacked(cut(packed, size), 200)) == b"".join(parts)


@given(st.binary(max_size=300).filter(lambda b: not b.startswith(unpack.MAGIC)), st.integers(1, 50))
def test_what_is_not_gzip_stays_as_it_is(data: bytes, size: int) -> None:
    assert b"".join(unpack.unpacked(cut(data, size), 200)) == data


@given(st.integers(2, 500))
def test_gzip_cut_off_anywhere_is_a_broken_archive(keep: int) -> None:
    packed = gzip.compress(bytes(range(256)) * 2)
    if keep >= len(packed):
        return
    with pytest.raises(ReportError) as caught:
        list(unpack.unpacked(cut(packed[:keep], 64), 200))
    assert caught.value.reason is Reason.BROKEN_ARCHIVE


@pytest.mark.parametrize("spoil", [12, -8, -1])
def test_damaged_gzip_is_a_broken_archive(spoil: int) -> None:
    packed = bytearray(gzip.compress(ENGLISH.encode()))
    packed[spoil] ^= 0xFF
    with pytest.raises(ReportError) as caught:
        list(unpack.unpacked([bytes(packed)], 200))
    assert caught.value.reason is Reason.BROKEN_ARCHIVE


def test_a_bomb_is_too_large() -> None:
    with pytest.raises(ReportError, match="200 times") as caught:
        list(unpack.unpacked([gzip.compress(b"\0" * 40_000_000)], 200))
    assert caught.value.reason is Reason.TOO_LARGE


@given(st.binary(max_size=60), st.integers(1, 20), st.integers(1, 30))
def test_lines_are_those_of_the_whole_however_it_is_cut(data: bytes, size: int, limit: int) -> None:
    whole = data.split(b"\n")
    if whole[-1] == b"":
        whole.pop()
    assert list(unpack.lines(cut(data, size), limit)) == [w if len(w) <= limit else None for w in whole]


@given(st.binary(max_size=200), st.integers(1, 40), st.integers(1, 100))
def test_peeking_loses_nothing(data: bytes, size: int, want: int) -> None:
    head, whole = unpack.peek(cut(data, size), want)
    assert len(head) >= min(want, len(data))
    assert data.startswith(head) and b"".join(whole) == data


# --- kinds


@pytest.mark.parametrize(
    ("name", "media_type", "head", "kind"),
    [
        ("a.txt", None, b"<html>", Kind.TEXT),
        ("a.md", None, b"x", Kind.MARKDOWN),
        ("A.HTML", None, b"x", Kind.PAGE),
        ("a.jsonl.gz", None, b"x", Kind.LINES),
        ("a.ndjson", None, b"", Kind.LINES),
        ("a", None, b"PORT ALDER - Troops", Kind.TEXT),
        ("-", None, b'  {"id": 1}', Kind.LINES),
        ("-", None, b'\xef\xbb\xbf{"id": 1}', Kind.LINES),
        ("-", None, b"\n<!DOCTYPE html>\n<html>", Kind.PAGE),
        ("-", None, b"<!-- saved --> <html lang=en>", Kind.PAGE),
        ("-", None, b'<?xml version="1.0"?><html xmlns="x">', Kind.PAGE),
        ("-", None, "\ufeff<html>".encode("utf-16-le"), Kind.PAGE),
        ("-", None, b"<b>Troops</b> left", Kind.TEXT),
        ("", "text/html", b"x", Kind.PAGE),
        ("a.txt", "text/html", b"x", Kind.PAGE),
        ("a.md", "text/plain", b"x", Kind.MARKDOWN),
        ("a", "text/plain", b"<html>", Kind.TEXT),
        ("a.jsonl", "application/octet-stream", b"x", Kind.LINES),
        ("a", "application/json", b'{"id"', Kind.LINES),
        ("a", "application/x-ndjson", b"x", Kind.LINES),
    ],
)
def test_kinds(name: str, media_type: str | None, head: bytes, kind: Kind) -> None:
    assert kinds.kind_of(name, media_type, head) is kind


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"GIF89a", "a GIF image"),
        (b"PK\x03\x04word", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word"),
        (b"{\\rtf1 hello", "an RTF document"),
        (b"\x00\x00\x00\x20ftypisom", "MP4"),
        (b"news.txt" + b"\0" * 249 + b"ustar", "a tar archive"),
        (b"PAR1\x15", "a Parquet table"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x1f\x8b\x08", "a gzip archive within"),
        (b"abc\0\1\2", "binary data"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(head: bytes, words: str) -> None:
    with pytest.raises(ReportError, match=words) as caught:
        kinds.kind_of("report.txt", None, head)
    assert caught.value.reason is Reason.BINARY


@pytest.mark.parametrize(
    ("name", "media_type", "head"),
    [
        ("a", "application/pdf", b"%PDF"),
        ("a.html", "image/png", b"x"),
        ("a", "video/mp4", b"x"),
        ("-", None, b'<?xml version="1.0"?><invoice>'),
    ],
)
def test_media_types_and_markups_that_are_not_read(name: str, media_type: str | None, head: bytes) -> None:
    with pytest.raises(ReportError) as caught:
        kinds.kind_of(name, media_type, head)
    assert caught.value.reason is Reason.CONTENT_TYPE


# --- Markdown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Troops **left** on *Monday*.", "Troops left on Monday."),
        ("One.\n\n\nTwo.", "One.\n\nTwo."),
        ("soft\nbreak", "soft\nbreak"),
        ("a [link](https://post.example/x) here", "a link here"),
        ("<https://post.example/>", "https://post.example/"),
        ("## What next\n\nNobody knows.", "What next\n\nNobody knows."),
        ("- one\n- two\n  - three", "one\n\ntwo\n\nthree"),
        ("1. first\n2. second", "first\n\nsecond"),
        ("> He said so.\n>\n> Twice.", "He said so.\n\nTwice."),
        ("![a bridge](b.png) burns", "a bridge burns"),
        ("use `rm` now", "use rm now"),
        ("```\nx = 1\n```", "x = 1"),
        ("| Unit | Men |\n|---|---|\n| First | 200 |", "Unit Men\n\nFirst 200"),
        ("<div>\nwords <b>here</b> &amp; there\n</div>", "words here & there"),
        ("a <b>bold</b> word", "a bold word"),
        ("5 \\* 4 &amp; 3", "5 * 4 & 3"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("snake_case_word and 2*3*4", "snake_case_word and 234"),
        ("He said “no”.", "He said “no”."),
    ],
)
def test_markdown_keeps_the_words_and_drops_the_markup(source: str, text: str) -> None:
    assert markdown.draft_of(source).text == text


def test_the_heading_that_opens_a_text_is_its_title() -> None:
    draft = markdown.draft_of("# Troops *leave*\n\nThey left.\n\n# Again\n\nMore.")
    assert (draft.title, draft.text) == ("Troops leave", "They left.\n\nAgain\n\nMore.")


def test_front_matter_gives_what_it_names() -> None:
    draft = markdown.draft_of('---\ntitle: "Troops leave"\ndate: 2022-02-15\noutlet: Harbour Post\n---\nThey left.\n')
    assert (draft.title, draft.published, draft.outlet) == ("Troops leave", "2022-02-15", "Harbour Post")
    assert draft.text == "They left."


# --- JSON lines


def test_names_as_ngec_writes_them() -> None:
    record = jsonl.record_of(
        b'{"id": 7, "event_text": "They left.", "headline": "Leave", "publisher": "Post", "pub_date": "2022-02-15"}'
    )
    draft = jsonl.draft_of(record)
    assert (draft.id, draft.text, draft.title) == ("7", "They left.", "Leave")
    assert (draft.outlet, draft.published) == ("Post", "2022-02-15")


def test_our_own_names_go_first_and_empty_ones_give_way() -> None:
    draft = jsonl.draft_of({"text": "ours", "event_text": "theirs", "title": "", "headline": "theirs", "date": 2022})
    assert (draft.text, draft.title, draft.published, draft.id) == ("ours", "theirs", "2022", None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": 1, "text": "x"', Reason.BROKEN_JSON),
        (b"[1, 2]", Reason.BROKEN_JSON),
        (b'"text"', Reason.BROKEN_JSON),
        (b"[" * 200_000, Reason.BROKEN_JSON),
        (b'{"id": ' + b"9" * 5000 + b', "text": "x"}', Reason.BROKEN_JSON),
        (b'{"text": "caf\xe9"}', Reason.ENCODING),
        (b'{"id": 1}', Reason.MISSING_FIELD),
        (b'{"id": 1, "text": null}', Reason.MISSING_FIELD),
        (b'{"id": 1, "text": ["x"]}', Reason.MISSING_FIELD),
        (b'{"id": true, "text": "x"}', Reason.MISSING_FIELD),
        (b'{"id": {}, "text": "x"}', Reason.MISSING_FIELD),
        (b'{"id": 1, "text": "x", "title": 5}', Reason.MISSING_FIELD),
    ],
)
def test_bad_lines(line: bytes, reason: Reason) -> None:
    with pytest.raises(ReportError) as caught:
        jsonl.draft_of(jsonl.record_of(line))
    assert caught.value.reason is reason
