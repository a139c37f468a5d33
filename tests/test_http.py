"""Fetching: limits, redirects, robots.txt, and no way into private networks. Against real servers on loopback."""

from __future__ import annotations

import dataclasses
import gzip
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from brink.errors import FetchError, Reason
from brink.http import fetch, gate, line, visitor
from brink.settings import Settings
from intake_server import Answer, Site, html, serving, to

SETTINGS = Settings(timeout=5.0, allow_private=True, fetch_delay=0.0, page_bytes=200_000)


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    """Ports are used again, so no test may know another one's robots.txt."""
    visitor._visitor.cache_clear()
    yield


def refused(url: str, settings: Settings = SETTINGS) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(url, settings)
    message = str(caught.value)
    assert "\n" not in message and message.endswith(".") and len(message) < 300
    return caught.value


def with_(**changes: object) -> Settings:
    return dataclasses.replace(SETTINGS, **changes)  # type: ignore[arg-type]


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


# --- private addresses


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "10.1.2.3", "172.16.0.1",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:db8::1]", "[::127.0.0.1]", "[fec0::1]",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", lambda *a, **k: pytest.fail("a connection was opened"))
    error = refused(f"http://{host}:9/", with_(allow_private=False))
    assert error.reason is Reason.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("8.8.8.8", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("::ffff:8.8.8.8", True), ("64:ff9b::808:808", True), ("2002:808:808::1", True),
        ("64:ff9b::a00:1", False), ("2002:a00:1::1", False), ("2001:0:0a00:1::", False), ("64:ff9b:1::808:808", False),
        ("fe80::1%1", False), ("3fff::1", False), ("4000::1", False), ("100::1", False), ("198.18.0.1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert gate._public(address) is public


def answers(monkeypatch: pytest.MonkeyPatch, *rounds: list[str]) -> list[str]:
    """Names resolve to each round's addresses in turn, the last one for ever; gives the names asked for."""
    asked: list[str] = []

    real = socket.getaddrinfo

    def look_up(host: str, port: int, *rest: int, **named: int) -> list[tuple[object, ...]]:
        if host[0].isdigit():  # an address already, as connections ask for it
            return list(real(host, port, *rest, **named))
        asked.append(host)
        found = rounds[min(len(asked), len(rounds)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_name_is_refused_if_any_of_its_addresses_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, ["93.184.215.14", "127.0.0.1"])
    error = refused("http://paper.example/", with_(allow_private=False))
    assert error.reason is Reason.PRIVATE_ADDRESS
    assert "paper.example" in str(error) and "127.0.0.1" in str(error)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answers(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    opened: list[str] = []

    def connect(self: object, host: str, *_: object, **__: object) -> None:
        opened.append(host)
        raise gate.httpcore.ConnectError("no way out of a test")

    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    assert refused("http://rebind.example/", with_(allow_private=False)).reason is Reason.UNREACHABLE
    assert (opened, asked) == (["93.184.215.14"], ["rebind.example"])


def on_loopback_as_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plays 127.0.0.1 as an address of the open internet, so that the way from there inwards can be tested."""
    real = gate._public
    monkeypatch.setattr(gate, "_public", lambda address: address == "127.0.0.1" or real(address))


@pytest.mark.parametrize("location", ["http://127.0.0.2:9/", "http://[::1]:9/", "http://169.254.169.254/latest/"])
def test_a_redirect_inwards_is_refused(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on_loopback_as_public(monkeypatch)
    with serving({"/": to(location)}) as site:
        assert refused(site.url(), with_(allow_private=False)).reason is Reason.PRIVATE_ADDRESS


def test_a_name_whose_answer_turns_inwards_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    on_loopback_as_public(monkeypatch)
    answers(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    again = Answer(status=302, headers={"Location": "/again", "Connection": "close"})
    with serving({"/": again, "/again": html("x")}) as site:
        error = refused(f"http://rebind.example:{site.port}/", with_(allow_private=False, robots=False))
        assert site.paths == ["/"]
    assert error.reason is Reason.PRIVATE_ADDRESS


def test_the_host_header_keeps_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, ["127.0.0.1"])
    with serving({"/": html("x")}) as site:
        page = fetch(site.url(host="paper.example"), SETTINGS)
    assert site.asked[-1][1]["Host"] == f"paper.example:{site.port}"
    assert page.final_url == f"http://paper.example:{site.port}/"


def test_a_second_address_is_tried_when_the_first_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, ["127.0.0.9", "127.0.0.1"])
    with serving({"/": html("x")}) as site:
        assert fetch(site.url(host="paper.example"), SETTINGS).content == b"x"


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with serving({"/": html("x")}) as site:
        assert fetch(site.url(), SETTINGS).content == b"x"


# --- TLS


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Site, list[str | None]]]:
    """An https server for paper.example whose certificate is trusted; the second value are the names asked for."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-keyout", str(key), "-out", str(certificate), "-subj", "/CN=paper.example"]
    command += ["-addext", "subjectAltName=DNS:paper.example", "-days", "2"]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl is not here to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    names: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)  # type: ignore[assignment]
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    line._trust.cache_clear()
    answers(monkeypatch, ["127.0.0.1"])
    with serving({"/": html("secret")}, context) as site:
        yield site, names
    line._trust.cache_clear()


def test_https_checks_the_name_though_it_connects_to_the_address(secure: tuple[Site, list[str | None]]) -> None:
    site, names = secure
    assert fetch(f"https://paper.example:{site.port}/", SETTINGS).content == b"secret"
    assert set(names) == {"paper.example"}


def test_https_refuses_a_certificate_for_another_name(secure: tuple[Site, list[str | None]]) -> None:
    site, _ = secure
    error = refused(f"https://other.example:{site.port}/")
    assert error.reason is Reason.UNREACHABLE
    assert "certificate" in str(error)
