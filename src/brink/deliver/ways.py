"""The ways out: standard output, a signed webhook, e-mail (the only smtplib), an Atom feed.

Each takes one alert in its newest wording. Whoever receives it knows it again by its id, its wording by its revision.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import smtplib
import ssl
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from brink.deliver.rules import Way
from brink.deliver.wording import plain_text
from brink.errors import DeliveryError, FetchError
from brink.http import post
from brink.settings import Settings
from brink.store import Alert

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 200
"""Alerts that the Atom feed holds."""


def payload(alert: Alert) -> dict[str, Any]:
    """An alert as data: what it says, its id, its revision, when it was raised and rewritten."""
    told: dict[str, Any] = json.loads(alert.record)
    return told | {"revision": alert.revision, "raised": alert.raised, "changed": alert.changed}


def send(way: Way, alert: Alert, book: Sequence[Alert], settings: Settings) -> None:
    """Send one alert on one way; `book` are all alerts, which the Atom feed holds. Raises DeliveryError."""
    if way.kind == "stdout":
        _print(alert)
    elif way.kind == "webhook":
        _call(way, alert, settings)
    elif way.kind == "mail":
        _mail(way, alert, settings)
    else:
        write_atom(Path(way.path), book)


def _print(alert: Alert) -> None:
    news = "ALERT" if alert.revision == 1 else f"ALERT, rewritten ({alert.revision})"
    try:
        sys.stdout.write(f"{news} {payload(alert)['as_of']}: {plain_text(payload(alert))}\n")
        sys.stdout.flush()
    except OSError as error:
        raise DeliveryError(f"Standard output cannot be written: {error.strerror}.") from error


def _call(way: Way, alert: Alert, settings: Settings) -> None:
    """The signature is HMAC-SHA256 over the timestamp, a dot and the body, as hex digits."""
    body = json.dumps(payload(alert), ensure_ascii=False).encode()
    stamp = str(int(time.time()))
    headers = {"Content-Type": "application/json", "X-Brink-Timestamp": stamp}
    headers |= {"X-Brink-Alert": payload(alert)["id"], "X-Brink-Revision": str(alert.revision)}
    if secret := way.secret or _secret(way.secret_env, way):
        headers["X-Brink-Signature"] = f"sha256={signature(secret, stamp, body)}"
    try:
        post(way.url, body, headers, replace(settings, allow_private=settings.allow_private or way.private))
    except FetchError as error:
        raise DeliveryError(str(error)) from error


def signature(secret: str, stamp: str, body: bytes) -> str:
    """What a receiver must find in X-Brink-Signature behind "sha256="."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _secret(variable: str, way: Way) -> str:
    """What an environment variable holds, "" where none is named."""
    found = os.environ.get(variable, "") if variable else ""
    if variable and not found:
        raise DeliveryError(f"The way '{way.name}' takes its secret from ${variable}, which is not set.")
    return found


def _mail(way: Way, alert: Alert, settings: Settings) -> None:
    password = _secret(way.password_env, way)
    try:
        with _post_office(way, settings.timeout) as office:
            if way.user:
                office.login(way.user, password)
            office.send_message(message(way, alert))
    except (smtplib.SMTPException, OSError, ssl.SSLError) as error:
        raise DeliveryError(f"The mail server {way.host} did not take the alert: {_said(error)}.") from error


def _said(error: Exception) -> str:
    """What went wrong in one line; a server's own words where it said any."""
    words = getattr(error, "smtp_error", None) or error
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join(text.split()).rstrip(".")


def _post_office(way: Way, timeout: float) -> smtplib.SMTP:
    if way.tls == "tls":
        return smtplib.SMTP_SSL(way.host, way.port or 465, timeout=timeout, context=ssl.create_default_context())
    office = smtplib.SMTP(way.host, way.port or (587 if way.tls == "starttls" else 25), timeout=timeout)
    try:
        if way.tls == "starttls":
            office.starttls(context=ssl.create_default_context())
    except BaseException:
        office.close()
        raise
    return office


def message(way: Way, alert: Alert) -> EmailMessage:
    """An alert as a letter; later wordings answer the first one, so that readers see one thread."""
    told = payload(alert)
    mail = EmailMessage()
    mail["Subject"] = f"[brink] {_short(told['title'])}{' (rewritten)' if alert.revision > 1 else ''}"
    mail["From"], mail["To"] = way.sender, ", ".join(way.to)
    mail["Message-ID"] = f"<{told['id']}.{alert.revision}@brink.invalid>"
    if alert.revision > 1:
        mail["In-Reply-To"] = mail["References"] = f"<{told['id']}.1@brink.invalid>"
    mail.set_content(plain_text(told) + "\n")
    return mail


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 150 else line[:149] + "…"


def write_atom(path: Path, book: Sequence[Alert]) -> None:
    """Write the newest alerts as an Atom feed, wholly or not at all. Raises DeliveryError."""
    Xml.register_namespace("", ATOM)
    root = Xml.Element(f"{{{ATOM}}}feed")
    newest = sorted(book, key=lambda alert: alert.changed, reverse=True)[:NEWEST]
    _add(root, "id", "urn:brink:alerts")
    _add(root, "title", "Brink: alerts")
    _add(root, "updated", newest[0].changed if newest else "1970-01-01T00:00:00Z")
    _add(_add(root, "author", ""), "name", "Brink")
    for alert in newest:
        _entry(root, alert)
    _write(path, Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: Xml.Element, alert: Alert) -> None:
    told = payload(alert)
    entry = _add(root, "entry", "")
    _add(entry, "id", f"urn:brink:alert:{told['id']}")
    _add(entry, "title", f"{told['title']} [{told['mark']}]")
    _add(entry, "published", alert.raised)
    _add(entry, "updated", alert.changed)
    _add(entry, "content", plain_text(told)).set("type", "text")
    for url in (report["url"] for report in told["reports"] if report["url"]):
        link = _add(entry, "link", "")
        link.set("rel", "related")
        link.set("href", url)


def _add(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    one = Xml.SubElement(parent, f"{{{ATOM}}}{name}")
    # XML knows no control characters, and a report's words may hold some.
    one.text = "".join(c for c in text if c.isprintable() or c in "\n\t") or None
    return one


def _write(path: Path, content: bytes) -> None:
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except OSError as error:
        raise DeliveryError(f"The feed {path} cannot be written: {error.strerror or error}.") from error
