"""Fetching: limits, redirects, time and robots.txt, against real servers on loopback."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest

from brink.errors import Reason
from brink.http import fetch, gate, line, visitor
from http_asking import SETTINGS, _no_memory, refused, with_
from intake_server import Answer, html, serving, to

__all__ = ["_no_memory"]


def test_a_page_is_fetched_with_what_the_server_says_of_it() -> None:
    with serving({"/a?b=1": html("<p>grüße", "Text/HTML; charset=ISO-8859-1", "latin-1")}) as site:
        page = fetch(site.url("/a?b=1#part"), SETTINGS)
    assert page.url == page.final_url == site.url("/a?b=1")
    assert page.content == "<p>grüße".encode("latin-1")
    assert (page.content_type, page.charset) == ("text/html", "iso-8859-1")


def test_without_content_type_nothing_is_claimed() -> None:
    with serving({"/": Answer(b"x")}) as site:
        page = fetch(site.url(), SETTINGS)
    assert (page.content_type, page.charset) == (None, None)


def test_brink_names_itself() -> None:
    with serving({"/": html("x")}) as site:
        fetch(site.url(), with_(user_agent="newsroom/2 (desk@paper.example)"))
    assert [h["User-Agent"] for _, h in site.asked] == ["newsroom/2 (desk@paper.example)"] * 2


def test_packed_pages_are_unpacked() -> None:
    packed = Answer(gzip.compress(b"<p>hello"), headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})
    with serving({"/": packed}) as site:
        assert fetch(site.url(), SETTINGS).content == b"<p>hello"


# --- redirects


def test_redirects_are_followed_and_the_last_address_is_kept() -> None:
    pages = {"/a": to("/b", 301), "/b": to("c", 307), "/c": to("//127.0.0.1:{port}/d#x", 308), "/d": html("here")}
    with serving(pages) as site:
        pages["/c"] = to(f"//127.0.0.1:{site.port}/d#x", 308)
        page = fetch(site.url("/a"), SETTINGS)
    assert (page.url, page.final_url) == (site.url("/a"), site.url("/d"))


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ({"/": to("/")}, "circle"),
        ({"/": to("/b"), "/b": to("/c"), "/c": to("/")}, "circle"),
        ({"/": to("/1"), **{f"/{n}": to(f"/{n + 1}") for n in range(1, 20)}}, "more than 5 times"),
    ],
)
def test_redirects_that_never_end_are_given_up(pages: dict[str, Answer], words: str) -> None:
    with serving(pages) as site:
        error = refused(site.url())
    assert error.reason is Reason.REDIRECTS
    assert words in str(error)
    assert len(site.asked) <= 7


def test_the_redirect_limit_counts_exactly() -> None:
    pages = {"/0": to("/1"), "/1": to("/2"), "/2": html("here")}
    with serving(pages) as site:
        assert fetch(site.url("/0"), with_(redirects=2)).content == b"here"
        assert refused(site.url("/0"), with_(redirects=1)).reason is Reason.REDIRECTS


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://paper.example/x", "http://[::1", "javascript:alert(1)"]
)
def test_redirects_lead_to_web_addresses_alone(location: str) -> None:
    with serving({"/": to(location)}) as site:
        assert refused(site.url()).reason is Reason.BAD_URL


# --- sizes


def test_a_page_as_large_as_the_limit_is_read_and_one_byte_more_is_not() -> None:
    with serving({"/": Answer(b"x" * 1000)}) as site:
        assert len(fetch(site.url(), with_(page_bytes=1000)).content) == 1000
        error = refused(site.url(), with_(page_bytes=999))
    assert error.reason is Reason.TOO_LARGE
    assert "999 bytes" in str(error)


def test_an_endless_page_is_cut_off() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        while True:
            handler.wfile.write(b"x" * 10_000)

    with serving({"/": Answer(send=endless)}) as site:
        assert refused(site.url()).reason is Reason.TOO_LARGE


def test_a_gzip_bomb_meets_the_limit_while_it_is_unpacked() -> None:
    bomb = Answer(gzip.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "gzip"})
    assert len(bomb.body) < SETTINGS.page_bytes
    with serving({"/": bomb}) as site:
        assert refused(site.url()).reason is Reason.TOO_LARGE


def test_unpacking_never_holds_more_than_a_piece() -> None:
    pieces = list(line._unpacked([gzip.compress(b"\0" * 10_000_000)]))
    assert sum(map(len, pieces)) == 10_000_000
    assert max(map(len, pieces)) <= line.CHUNK


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(gzip.compress(b"x" * 5000)[:-9], headers={"Content-Encoding": "gzip"}), Reason.UNREACHABLE),
        (Answer(b"no gzip at all", headers={"Content-Encoding": "gzip"}), Reason.UNREACHABLE),
        (Answer(b"x", headers={"Content-Encoding": "gzip, gzip"}), Reason.CONTENT_TYPE),
        (Answer(b"x", headers={"Content-Encoding": "br"}), Reason.CONTENT_TYPE),
        (Answer(status=404), Reason.HTTP_STATUS),
        (Answer(status=500), Reason.HTTP_STATUS),
        (Answer(status=302), Reason.HTTP_STATUS),
    ],
)
def test_bad_answers(answer: Answer, reason: Reason) -> None:
    with serving({"/": answer}) as site:
        assert refused(site.url()).reason is reason


def test_the_status_is_named() -> None:
    with serving({"/": Answer(status=403)}) as site:
        assert "403 Forbidden" in str(refused(site.url()))


def test_a_broken_off_page_is_not_half_a_page() -> None:
    with serving({"/": Answer(b"x", headers={"Content-Length": "500"}, send=lambda h: h.wfile.write(b"half"))}) as site:
        assert refused(site.url()).reason is Reason.UNREACHABLE


# --- time


def test_a_silent_server_meets_the_deadline() -> None:
    stop = threading.Event()
    with serving({"/": Answer(send=lambda h: stop.wait(5) and None)}) as site:
        error = refused(site.url(), with_(timeout=0.2, robots=False))
        stop.set()
    assert error.reason is Reason.TIMEOUT
    assert "within 0.2 seconds" in str(error)


def test_a_dripping_server_meets_the_deadline() -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.03)

    with serving({"/": Answer(send=drip)}) as site:
        assert refused(site.url(), with_(timeout=0.3, robots=False)).reason is Reason.TIMEOUT


def test_dripping_headers_meet_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            peer, _ = server.accept()
            with peer:
                try:
                    peer.sendall(b"HTTP/1.1 200 OK\r\n")
                    for n in range(100):
                        peer.sendall(f"X-{n}: 1\r\n".encode())
                        time.sleep(0.03)
                except OSError:
                    pass

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert refused(url, with_(timeout=0.3, robots=False)).reason is Reason.TIMEOUT


def test_a_name_that_is_looked_up_for_too_long_meets_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: stop.wait(5) and [])
    assert refused("http://slow.example/", with_(timeout=0.2)).reason is Reason.TIMEOUT
    stop.set()


def test_pages_of_one_site_are_asked_for_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(visitor.time, "sleep", waited.append)
    robots = Answer(b"User-agent: *\nCrawl-delay: 7\n")
    with serving({"/": html("x"), "/robots.txt": robots}) as site, serving({"/": html("y")}) as other:
        settings = with_(fetch_delay=2.0)
        fetch(site.url(), settings)
        fetch(other.url(), settings)
        assert waited == []
        fetch(site.url(), settings)
        assert 1 < waited[0] <= 2
        fetch(site.url(), settings)
        assert 7 < waited[1] <= 9


# --- unreachable


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/").reason is Reason.UNREACHABLE


def test_no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = refused("http://nowhere.invalid/")
    assert error.reason is Reason.UNREACHABLE
    assert "nowhere.invalid" in str(error)


def test_who_does_not_speak_http_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def babble() -> None:
            peer, _ = server.accept()
            with peer:
                peer.recv(1000)
                peer.sendall(b"220 mail.example ready\r\n")

        threading.Thread(target=babble, daemon=True).start()
        assert refused(f"http://127.0.0.1:{server.getsockname()[1]}/").reason is Reason.UNREACHABLE


@pytest.mark.parametrize(
    "url",
    [
        "", "paper.example/x", "ftp://paper.example/", "file:///etc/passwd", "http://", "https:///x", "http://[::1",
        "http://user:word@paper.example/", "http://" + "a" * 80 + "..example/", "http://a b/", "data:text/html,x",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_without_a_request(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate.Gate, "connect_tcp", lambda *a, **k: pytest.fail("a connection was opened"))
    assert refused(url).reason is Reason.BAD_URL


def test_a_password_in_an_address_is_not_repeated() -> None:
    assert "word1" not in str(refused("http://user:word1@paper.example/"))


# --- robots.txt

CLOSED = Answer(b"User-agent: *\nDisallow: /private\nAllow: /private/open\n\nUser-agent: otherbot\nDisallow: /\n")


@pytest.mark.parametrize(
    ("path", "robots", "allowed"),
    [
        ("/news", CLOSED, True),
        ("/private/x", CLOSED, False),
        ("/private/open", CLOSED, True),
        ("/news", Answer(b"User-agent: brink-monitor\nDisallow: /\n\nUser-agent: *\nDisallow:\n"), False),
        ("/news", Answer(status=404), True),
        ("/news", Answer(status=403), True),
        ("/news", Answer(status=503), False),
        ("/news", Answer(b"\xff\xfe\0nonsense"), True),
        ("/news", Answer(b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /\n"), True),
        ("/news", to("/rules.txt"), False),
        ("/news", to("/robots.txt"), True),
    ],
)
def test_robots_txt_is_kept(path: str, robots: Answer, allowed: bool) -> None:
    pages = {"/robots.txt": robots, path: html("news"), "/rules.txt": Answer(b"User-agent: *\nDisallow: /\n")}
    with serving(pages) as site:
        if allowed:
            assert fetch(site.url(path), SETTINGS).content == b"news"
        else:
            assert refused(site.url(path)).reason is Reason.ROBOTS
            assert path not in site.paths


def test_robots_txt_is_asked_for_once_a_site_and_can_be_switched_off() -> None:
    with serving({"/robots.txt": CLOSED, "/a": html("a"), "/private/x": html("x")}) as site:
        fetch(site.url("/a"), SETTINGS)
        fetch(site.url("/a"), SETTINGS)
        assert site.paths == ["/robots.txt", "/a", "/a"]
        assert fetch(site.url("/private/x"), with_(robots=False)).content == b"x"


def test_robots_txt_of_the_site_redirected_to_is_kept_too() -> None:
    with serving({"/robots.txt": Answer(b"User-agent: *\nDisallow: /"), "/x": html("x")}) as closed:
        with serving({"/": to(closed.url("/x"))}) as site:
            assert refused(site.url()).reason is Reason.ROBOTS
        assert "/x" not in closed.paths
