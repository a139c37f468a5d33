"""An Atom feed (RFC 4287) of a crisis: its happenings, the ones that changed last on top."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from brink.records import Happening
from brink.serve.highlight import plain
from brink.serve.moment import Moment
from brink.serve.views.rows import Row, row

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50


def atom(moment: Moment, happenings: Sequence[Happening], base: str) -> bytes:
    """These happenings, the one that changed last first, as a feed; `base` is the address of the site, without a slash
    at its end."""
    Xml.register_namespace("", ATOM)
    rows = [row(moment, h) for h in happenings]
    feed = Xml.Element(f"{{{ATOM}}}feed")
    _text(feed, "id", f"{base}/feed.atom")
    _text(feed, "title", moment.crisis.name)
    _text(feed, "updated", _time(rows[0]["changed"] if rows else None, moment))
    _link(feed, f"{base}/feed.atom", "self")
    _link(feed, f"{base}/", "alternate")
    _text(Xml.SubElement(feed, f"{{{ATOM}}}author"), "name", "Brink")
    for one in rows[:ENTRIES]:
        _entry(feed, one, moment, base)
    return bytes(Xml.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Xml.Element, one: Row, moment: Moment, base: str) -> None:
    entry = Xml.SubElement(feed, f"{{{ATOM}}}entry")
    address = f"{base}/happenings/{one['id']}"
    _text(entry, "id", address)
    _text(entry, "title", f"{one['sentence']} [{one['mark']}]")
    _text(entry, "updated", _time(one["changed"], moment))
    if one["first"]:
        _text(entry, "published", _time(one["first"], moment))
    _link(entry, address, "alternate")
    Xml.SubElement(entry, f"{{{ATOM}}}category", term=one["status"])
    sides = [f"{name}: {', '.join(one[key])}" for name, key in (("For", "for"), ("Against", "against")) if one[key]]
    _text(entry, "summary", f"{one['mark']}. {'. '.join(sides)}".strip())


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{ATOM}}}{name}").text = plain(text)


def _link(parent: Xml.Element, address: str, kind: str) -> None:
    Xml.SubElement(parent, f"{{{ATOM}}}link", href=address, rel=kind)


def _time(day: str | None, moment: Moment) -> str:
    return f"{(day or moment.day.isoformat())[:10]}T00:00:00Z"
