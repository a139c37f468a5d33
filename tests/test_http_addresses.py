"""Fetching leads into no private network, however an address is written, resolved or redirected to."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from brink.errors import Reason
from brink.http import fetch, gate, line
from http_asking import SETTINGS, _no_memory, answers, refused, with_
from intake_server import Answer, Site, html, serving, to

__all__ = ["_no_memory"]


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
