"""Feeds and web archives as inputs of `read`."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from brink.errors import Reason, ReportError
from brink.http import visitor
from brink.intake import IntakeOptions, Item, Origin, parse_feed, read
from brink.intake.fragments import plain
from brink.records import Rejection, Report
from brink.settings import Settings
from feed_server import FeedServer, Served, Told, feeding, long_text, page, rss

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ORIGIN = Origin("http://post.example/feed", "http://post.example/feed", NOW)


@pytest.fixture
def site() -> Iterator[FeedServer]:
    visitor._visitor.cache_clear()
    with feeding() as served:
        yield served


def items(content: str | bytes, media_type: str | None = None) -> tuple[Item, ...]:
    return parse_feed(content.encode() if isinstance(content, str) else content, media_type, ORIGIN).items


def channel(inner: str) -> str:
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0"?><rss version="2.0" {names}><channel><title>P</title>{inner}</channel></rss>'


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><id>tag:p.example,2026:1</id>
<title type="html">A &lt;b&gt;b&lt;/b&gt;</title><link href="/a"/><updated>2026-02-15T08:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two<br/>three.</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://p.example/"><title>P</title></channel>
<item rdf:about="http://p.example/1"><title>T</title><link>http://p.example/1</link><description>S</description>
<dc:date>2026-02-15T08:00:00+03:00</dc:date></item></rdf:RDF>"""
JSON = json.dumps({
    "version": "https://jsonfeed.org/version/1.1",
    "title": "P",
    "items": [{"id": 7, "url": "http://p.example/7", "content_html": "<p>One.</p><p>Two.</p>",
               "date_published": "2026-02-15T08:00:00-05:00"}],
})  # fmt: skip


@pytest.mark.parametrize(
    ("content", "text", "link", "full", "published"),
    [
        (ATOM, "One.\n\nTwo\nthree.", "http://post.example/a", True, "2026-02-15T08:00:00Z"),
        (RDF, "S", "http://p.example/1", False, "2026-02-15T08:00:00+03:00"),
        (JSON, "One.\n\nTwo.", "http://p.example/7", True, "2026-02-15T08:00:00-05:00"),
        (channel("<item><guid>x</guid><description>Only words</description></item>"), "Only words", None, True, None),
    ],
)  # fmt: skip
def test_kinds_of_feeds(content: str, text: str, link: str | None, full: bool, published: str | None) -> None:
    (one,) = items(content)
    assert (one.text, one.link, one.full, one.published) == (text, link, full, published)


@pytest.mark.parametrize(
    ("body", "full"),
    [
        ("<description>Short words.</description>", False),
        (f"<description>{'Long words. ' * 200}</description>", True),
        (f"<description>{'Long words. ' * 200}…</description>", False),
        ("<content:encoded>Whole words.</content:encoded>", True),
        ("<content:encoded>Cut words [...]</content:encoded>", False),
        ("<content:encoded>&lt;p>Cut.&lt;/p>&lt;a href='/x'>Continue reading&lt;/a></content:encoded>", False),
        ("", False),
    ],
)
def test_a_summary_is_followed_to_its_page(body: str, full: bool) -> None:
    (one,) = items(channel(f"<item><guid>1</guid><link>http://p.example/1</link>{body}</item>"))
    assert one.full is full and one.page == (None if full else "http://p.example/1")


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Tue, 15 Feb 2022 01:05:00 +0300", "2022-02-15T01:05:00+03:00"),
        ("2022-02-15", "2022-02-15"),
        ("2022-02-15T01:05:00Z", "2022-02-15T01:05:00Z"),
        ("Mon, 30 Nov 2026 11:00:00 GMT", "2026-11-30T11:00:00+00:00"),
        ("Mon, 30 Nov 2026 13:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_that_can_be_believed(written: str, published: str | None) -> None:
    (one,) = items(channel(f"<item><guid>1</guid><pubDate>{written}</pubDate><description>W</description></item>"))
    assert one.published == published


def test_names_are_guids_within_their_world() -> None:
    def name(guid: str, world: str) -> str:
        content = channel(f"<item><guid isPermaLink='false'>{guid}</guid><title>T</title></item>")
        return parse_feed(content.encode(), None, Origin(world, world, NOW)).items[0].id

    assert name("17", "http://a.example/f") != name("17", "http://b.example/f")
    for guid in ("http://a.example/17", "tag:a,2020:17", "urn:x:17", "0f5c8e1e-52d1-4a62-9f0b-5a2f5e3b7c11"):
        assert name(guid, "http://a.example/f") == name(guid, "http://b.example/f")


@pytest.mark.parametrize("content", ["<html><body>x</body></html>", "<invoice/>", "", "words", '{"a": 1}', "{", "[1]"])
def test_what_is_no_feed_is_refused(content: str) -> None:
    with pytest.raises(ReportError) as caught:
        items(content)
    assert caught.value.reason in (Reason.CONTENT_TYPE, Reason.BROKEN_JSON)


def test_a_feed_is_never_the_name_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.xml"
    path.write_text(channel("<item><guid>1</guid><description>Secret</description></item>"))
    with pytest.raises(ReportError):
        items(str(path))


WHOLE = rss([Told(f"a{n}", f"<b>Words</b> & more of number {n}. " * 5) for n in range(5)])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 7))
def test_a_feed_cut_anywhere_gives_only_whole_items(end: int) -> None:
    whole = {item.id: item for item in items(WHOLE)}
    try:
        found = parse_feed(WHOLE[:end], None, ORIGIN)
    except ReportError:
        return
    assert not found.whole and all(whole.get(item.id) == item for item in found.items)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>&;/pbrdiv a='\n\"!-", max_size=80))
def test_any_markup_gives_text_without_tags_or_empty_lines(source: str) -> None:
    assert "\n\n\n" not in plain(source) and plain(source) == plain(source).strip()


def test_markup_as_deep_as_a_well() -> None:
    assert plain("<div>" * 5000 + "words" + "</div>" * 5000) in ("words", "")


# --- read


def test_read_takes_a_feed_and_its_pages(site: FeedServer) -> None:
    told = [Told("a", long_text(1)), site.article(2, long_text(2)), Told("c", "x", link=site.url("/no"), full=False)]
    site.paths["/f"] = Served(rss(told))
    found = list(read(site.url("/f"), IntakeOptions(settings=Settings(allow_private=True, fetch_delay=0.0))))
    reports = [one for one in found if isinstance(one, Report)]
    assert [r.text for r in reports] == [long_text(1), long_text(2)]
    assert {r.outlet for r in reports} == {"Harbour Times"} and {str(r.published) for r in reports} == {"2026-11-20"}
    assert [one.reason for one in found if isinstance(one, Rejection)] == [Reason.HTTP_STATUS]


def test_read_takes_a_saved_feed_without_the_network(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss([Told("a", long_text(1)), Told("b", long_text(2), link="http://10.0.0.1/b", full=False)]))
    found = list(read(str(path), IntakeOptions()))
    assert [one.text[:20] for one in found if isinstance(one, Report)] == [long_text(1)[:20], long_text(2)[:20]]


def archive(gzipped: bool, *pages: tuple[str, str, bytes]) -> bytes:
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for url, status, content in pages:
        kind = "text/html; charset=utf-8" if not url.endswith(".png") else "image/png"
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=headers)
        )
    return held.getvalue()


PAGES = (
    ("http://p.example/1", "200 OK", page(long_text(1))),
    ("http://p.example/x.png", "200 OK", b"\x89PNG"),
    ("http://p.example/2", "404 Not Found", page("gone")),
    ("http://p.example/3", "200 OK", b"<html></html>"),
    ("http://p.example/4", "200 OK", page(long_text(4))),
)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a"])
def test_read_takes_web_archives(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(archive(name.endswith("gz"), *PAGES))
    found = list(read(str(path), IntakeOptions()))
    assert [(one.url, one.text) for one in found if isinstance(one, Report)] == [
        ("http://p.example/1", long_text(1)),
        ("http://p.example/4", long_text(4)),
    ]
    refused = [(one.where, one.reason) for one in found if isinstance(one, Rejection)]
    assert refused == [("http://p.example/2", Reason.HTTP_STATUS), ("http://p.example/3", Reason.NO_ARTICLE)]


def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    whole = archive(True, PAGES[0], PAGES[4])
    path.write_bytes(whole[:-60])
    found = list(read(str(path), IntakeOptions()))
    assert isinstance(found[0], Report) and isinstance(found[-1], Rejection)
    assert found[-1].reason is Reason.BROKEN_ARCHIVE


def test_an_archive_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(archive(False, PAGES[0]) + b"\0" * 60_000_000))
    assert any(isinstance(one, Rejection) for one in read(str(path), IntakeOptions()))
