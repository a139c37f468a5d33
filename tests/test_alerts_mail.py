"""Alerts by mail, against real servers: STARTTLS, TLS, passwords, certificates; one thread for one happening."""

from __future__ import annotations

import email
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from brink.deliver import note, send_due
from brink.store import Hold, Store, open_store
from test_alerts import DENIED, ONE, desk, scene

USER, PASSWORD = "brink", "open sesame"


@dataclass
class Office:
    """A mail server: the letters it took, each with whether it came over TLS and who brought it."""

    port: int = 0
    letters: list[tuple[Message, bool, str | None]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a letter."""
        assert isinstance(envelope.content, bytes)
        brought = session.auth_data.login.decode() if session.auth_data else None
        over_tls = session.ssl is not None or isinstance(server.transport.get_extra_info("sslcontext"), ssl.SSLContext)
        self.letters.append((email.message_from_bytes(envelope.content), over_tls, brought))
        return "250 taken"


def _allowed(server: Any, session: Session, envelope: Envelope, way: str, given: object) -> AuthResult:
    assert isinstance(given, LoginPassword)
    right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, auth_data=given if right else None, handled=False)


@contextmanager
def posting(**how: Any) -> Iterator[Office]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        office = Office(free.getsockname()[1])
    running = Controller(office, hostname="127.0.0.1", port=office.port, **how)
    running.start()
    try:
        yield office
    finally:
        running.stop()


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's certificate by an authority that this machine trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return _context(authority)


def _context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as one:
        yield one


def way(port: int, more: str) -> str:
    return (
        f"\n[[way]]\nname='mail'\nkind='mail'\nhost='127.0.0.1'\nport={port}\nsender='a@b.example'\n"
        f"to='c@d.example'\n{more}\n"
    )


def test_letters_are_one_thread(store: Store, tmp_path: Path) -> None:
    with posting() as office:
        at = desk(store, tmp_path, way(office.port, "tls='none'"))
        note(at, scene(ONE, day="2022-02-15"))
        assert send_due(at) == 1
        note(at, scene(ONE, DENIED))
        assert send_due(at) == 1
    first, second = (letter for letter, _, _ in office.letters)
    assert second["In-Reply-To"] == first["Message-ID"] and "(rewritten)" in second["Subject"]
    assert first["To"] == "c@d.example"


LOGIN = f"user='{USER}'\npassword_env='MAIL_PASSWORD'"


def test_starttls_and_a_password(
    store: Store, tmp_path: Path, certified: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    asked = {"require_starttls": True, "auth_required": True, "authenticator": _allowed}
    with posting(tls_context=certified, **asked) as office:
        at = desk(store, tmp_path, way(office.port, LOGIN))
        note(at, scene(ONE))
        assert send_due(at) == 1
    ((letter, over_tls, brought),) = office.letters
    assert over_tls and brought == USER and str(letter["Subject"]).startswith("[brink] Russia")


def test_tls_from_the_first_byte(store: Store, tmp_path: Path, certified: ssl.SSLContext) -> None:
    with posting(ssl_context=certified) as office:
        at = desk(store, tmp_path, way(office.port, "tls='tls'"))
        note(at, scene(ONE))
        assert send_due(at) == 1
    assert [over_tls for _, over_tls, _ in office.letters] == [True]


def test_no_letter_goes_out_in_the_clear_or_to_a_stranger(
    store: Store, tmp_path: Path, certified: ssl.SSLContext
) -> None:
    """A server without STARTTLS, and one whose certificate nobody here trusts: the alert waits."""
    for tries, how in enumerate(({}, {"tls_context": _context(trustme.CA())})):
        with posting(**how) as office:
            at, now = desk(store, tmp_path, way(office.port, "")), (tries + 1) * 1e9
            note(at, scene(ONE))
            assert send_due(at, lambda: now) == 0 and office.letters == []  # noqa: B023
        (waits,) = store.alerts.due(["mail"], Hold("other", 1e10, -1e10), 9)
        assert waits.tries == tries + 1


@pytest.mark.parametrize(("password", "words"), [("wrong", "did not take the alert"), (None, "$MAIL_PASSWORD")])
def test_a_password_that_is_wrong_or_missing_is_said_and_the_alert_waits(
    password: str | None, words: str, store: Store, tmp_path: Path, certified: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    if password:
        monkeypatch.setenv("MAIL_PASSWORD", password)
    with posting(tls_context=certified, authenticator=_allowed) as office:
        at = desk(store, tmp_path, way(office.port, LOGIN))
        note(at, scene(ONE))
        assert send_due(at) == 0 and office.letters == []
    (said,) = caplog.messages
    assert words in said and "wrong" not in said and store.alerts.waiting() == {"mail": 1}
