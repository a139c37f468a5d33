"""OPML files and addresses -> the feeds to watch, each with the name its list gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from brink.errors import UsageError

_NAMES = ("xmlUrl", "xmlurl", "xmlURL")
LONGEST = 2000
"""Characters of a feed's address: what both databases can index."""


def feeds_of(where: Iterable[str]) -> dict[str, str | None]:
    """Each feed's address with its name, in the order given, once each.

    `where` are addresses and OPML files. Raises UsageError, in one sentence, where a file cannot be read or holds no
    feeds, or a feed's address is no http or https address.
    """
    found: dict[str, str | None] = {}
    for one in where:
        rows = [(one.strip(), None)] if "://" in one else list(_opml(Path(one)))
        for url, title in rows:
            found.setdefault(_checked(url, one), title)
    if not found:
        raise UsageError("There is no feed to watch: name OPML files or addresses of feeds.")
    return found


def _checked(url: str, where: str) -> str:
    scheme = url.partition("://")[0].lower()
    if scheme not in ("http", "https") or not url.isprintable() or len(url) > LONGEST:
        raise UsageError(f"'{url[:80]}' in {where} is no http or https address of a feed.")
    return url


def _opml(path: Path) -> Iterator[tuple[str, str | None]]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(path.read_bytes())
    except OSError as error:
        raise UsageError(f"The list of feeds {path} cannot be read: {error.strerror or error}.") from error
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UsageError(f"The list of feeds {path} is no OPML: {_plain(error)}.") from error
    rows = [row for row in root.iter() if row.tag.rpartition("}")[2].lower() == "outline"]
    feeds = [(url.strip(), _title(row)) for row in rows if (url := _first(row, _NAMES)) and url.strip()]
    if not feeds:
        raise UsageError(f"The list of feeds {path} holds no outline with an xmlUrl.")
    yield from feeds


def _title(row: Element) -> str | None:
    return " ".join((_first(row, ("title", "text")) or "").split()) or None


def _first(row: Element, names: Iterable[str]) -> str | None:
    return next((row.attrib[name] for name in names if row.attrib.get(name)), None)


def _plain(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
