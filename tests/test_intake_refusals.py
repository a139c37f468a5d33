"""Every bad input becomes a Rejection with its reason and one sentence."""

from __future__ import annotations

import dataclasses
import gzip
import io
import socket
import threading
from pathlib import Path

import pytest

from brink.errors import Reason, UsageError
from brink.intake import IntakeOptions, read
from brink.records import Rejection
from intake_reading import (
    PAGE,
    SETTINGS,
    _no_memory,
    one,
    options,
    rejection,
)  # fmt: skip
from intake_server import Answer, html, serving, to
from intake_texts import ENGLISH, FOREIGN

__all__ = ["_no_memory"]


# --- bad input, each with its one sentence


def bomb_page() -> bytes:
    return b"<html><body>" + b"<div><p>x" * 300_000 + b"</body></html>"


BAD = {
    "empty file": (b"", Reason.EMPTY, "empty"),
    "blank file": (b" \n\t\r\n", Reason.EMPTY, "no text"),
    "empty gzip": (gzip.compress(b""), Reason.EMPTY, "empty"),
    "PDF": (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", Reason.BINARY, "a PDF document"),
    "binary": (bytes(range(256)) * 20, Reason.BINARY, "binary"),
    "tar in gzip": (gzip.compress(b"a.txt" + b"\0" * 252 + b"ustar" + b"\0" * 300), Reason.BINARY, "a tar archive"),
    "zero bytes late": (b"Troops left. " * 500 + b"\0", Reason.BINARY, "binary"),
    "zero in JSON": (b'{"text": "They \\u0000 left."}', Reason.BINARY, "zero"),
    "50 MB of text": (b"Troops left. " * 3_850_000, Reason.TOO_LARGE, "500,000 characters"),
    "50 MB of text in gzip": (gzip.compress(b"Troops left. " * 3_850_000, 1), Reason.TOO_LARGE, "500,000 characters"),
    "wrong encoding": ("Señor Muñoz dijo “no”.".encode("cp1252"), Reason.ENCODING, "UTF-8"),
    "false mark": (b"\xef\xbb\xbfcaf\xe9", Reason.ENCODING, "byte order mark"),
    "UTF-16 records": ('{"text": "x"}'.encode("utf-16"), Reason.ENCODING, "UTF-8"),
    "truncated gzip": (gzip.compress(ENGLISH.encode())[:-10], Reason.BROKEN_ARCHIVE, "cut off"),
    "only a gzip mark": (b"\x1f\x8b", Reason.BROKEN_ARCHIVE, "cut off"),
    "damaged gzip": (b"\x1f\x8b\x08\0 no gzip at all", Reason.BROKEN_ARCHIVE, "damaged"),
    "gzip bomb": (gzip.compress(b'{"text": "' + b" " * 60_000_000), Reason.TOO_LARGE, "200 times"),
    "broken HTML": (b"<html><body><div><p", Reason.NO_ARTICLE, "No article"),
    "HTML without article": (b"<html><head><title>x</title></head><body></body></html>", Reason.NO_ARTICLE, "No art"),
    "HTML bomb": (bomb_page(), Reason.TOO_LARGE, "elements"),
    "huge page": (b"<html>" + b"x" * 11_000_000, Reason.TOO_LARGE, "10,000,000 bytes"),
    "attribute bomb": (
        b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">x", Reason.TOO_LARGE, "attributes"),
    "HTML in the wrong encoding": (
        PAGE.replace("home", "hôme").encode("cp1252"), Reason.ENCODING, "does not have"),
    "other XML": (b'<?xml version="1.0"?><invoice/>', Reason.CONTENT_TYPE, "XML"),
    "feed without items": (b'<?xml version="1.0"?><rss><channel/></rss>', Reason.EMPTY, "no items"),
    "non-English": (FOREIGN["German"].encode(), Reason.LANGUAGE, "German"),
    "non-English page": (
        f"<html><body><article><p>{FOREIGN['Spanish']}</p></article></body></html>".encode(), Reason.LANGUAGE,
        "Spanish"),
    "no records": (b'{', Reason.BROKEN_JSON, "valid JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    content, reason, words = BAD[name]
    path = tmp_path / "input"
    path.write_bytes(content)
    item = rejection(str(path))
    assert item.reason is reason, item
    assert words in item.message


def test_of_fifty_megabytes_hardly_any_is_read() -> None:
    class Counted(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            piece = super().read(size)
            self.taken += len(piece)
            return piece

    stream = Counted(b"Troops left. " * 3_850_000)
    item = rejection("-", IntakeOptions(stdin=stream))
    assert item.reason is Reason.TOO_LARGE
    assert stream.taken < 2_200_000


@pytest.mark.parametrize(
    ("where", "words"),
    [("nowhere/report.txt", "no file"), (".", "directory"), ("a\0b", "no file"), ("x" * 5000, "cannot be read")],
)
def test_what_is_not_there(where: str, words: str) -> None:
    item = rejection(where) if len(where) < 200 else one(where)
    assert isinstance(item, Rejection) and item.reason is Reason.NOT_FOUND
    assert words in item.message


def test_standard_input_must_be_given() -> None:
    with pytest.raises(UsageError, match="standard input"):
        list(read("-", options()))


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("http://127.0.0.1:9/", Reason.PRIVATE_ADDRESS),
        ("http://localhost:9/x", Reason.PRIVATE_ADDRESS),
        ("http://169.254.169.254/latest/meta-data/", Reason.PRIVATE_ADDRESS),
        ("http://[::ffff:10.0.0.1]/", Reason.PRIVATE_ADDRESS),
        ("ftp://paper.example/x", Reason.BAD_URL),
        ("file:///etc/passwd", Reason.BAD_URL),
    ],
)
def test_addresses_that_are_refused(where: str, reason: Reason) -> None:
    settings = dataclasses.replace(SETTINGS, allow_private=False)
    assert rejection(where, options(settings=settings)).reason is reason


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (to("/"), Reason.REDIRECTS),
        (Answer(status=404), Reason.HTTP_STATUS),
        (Answer(b"%PDF", headers={"Content-Type": "application/pdf"}), Reason.CONTENT_TYPE),
        (Answer(b"%PDF-1.4", headers={"Content-Type": "text/html"}), Reason.BINARY),
        (Answer(b"", headers={"Content-Type": "text/html"}), Reason.EMPTY),
        (html("<html><body><script>app()</script></body></html>"), Reason.NO_ARTICLE),
        (Answer(gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"}), Reason.TOO_LARGE),
        (Answer(gzip.compress(PAGE.encode())[:-9], headers={"Content-Encoding": "gzip"}), Reason.UNREACHABLE),
    ],
)
def test_pages_that_are_refused(answer: Answer, reason: Reason) -> None:
    with serving({"/": answer}) as site:
        assert rejection(site.url()).reason is reason


def test_unreachable_and_too_slow() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        gone = server.getsockname()[1]
    assert rejection(f"http://127.0.0.1:{gone}/").reason is Reason.UNREACHABLE
    stop = threading.Event()
    with serving({"/": Answer(send=lambda h: stop.wait(5) and None)}) as site:
        settings = dataclasses.replace(SETTINGS, timeout=0.2)
        assert rejection(site.url(), options(settings=settings)).reason is Reason.TIMEOUT
        stop.set()


def test_robots_txt_is_kept() -> None:
    pages = {"/robots.txt": Answer(b"User-agent: *\nDisallow: /"), "/": html(PAGE)}
    with serving(pages) as site:
        settings = dataclasses.replace(SETTINGS, robots=True)
        assert rejection(site.url(), options(settings=settings)).reason is Reason.ROBOTS
