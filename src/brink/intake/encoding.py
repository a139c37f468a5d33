"""Bytes -> text: UTF-8, else what is declared, else a guess that has no rival, else a refusal."""

from __future__ import annotations

import codecs
import re

from brink.errors import Reason, ReportError
from brink.intake.tables import table

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_META = re.compile(rb"""<meta[^>]{1,300}?charset\s*=\s*["']?\s*([a-z0-9_.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([a-z0-9_.:-]+)""", re.IGNORECASE)


def decode(content: bytes, declared: str | None = None, lenient: bool = False) -> str:
    """The text that `content` holds, without its byte order mark.

    `declared` is what the input says of itself. A mark goes first, then UTF-8 (what is valid UTF-8 is hardly ever
    anything else), then `declared`, then a guess. `lenient`: bytes that the mark's or the declared encoding does not
    have become U+FFFD instead of an error. Raises ReportError, ENCODING or BINARY.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _as_declared(content[len(mark) :], name, "its byte order mark says", lenient)
    if b"\0" not in content:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if declared and (known := _known(declared)):
        return _as_declared(content, known, "it declares", lenient)
    return _guess(content)


def marked(content: bytes) -> bool:
    """Whether the bytes begin with a byte order mark."""
    return any(content.startswith(mark) for mark, _ in _MARKS)


def declared_in(head: bytes) -> str | None:
    """The encoding that a page declares in its own first bytes, None if it declares none."""
    found = _XML.search(head) or _META.search(head)
    return found[1].decode("ascii") if found else None


def _known(label: str) -> str | None:
    """Python's name for a declared encoding; None if there is none that makes text of bytes."""
    try:
        b"x".decode(label.strip(), "ignore")  # a codec that is no text encoding, such as "hex", is a LookupError here
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    return None if name in table("encodings")["never"] else str(table("encodings")["larger"].get(name, name))


def _as_declared(content: bytes, name: str, how: str, lenient: bool) -> str:
    try:
        return content.decode(name, "replace" if lenient else "strict")
    except UnicodeError:
        message = f"The text is not {name}, as {how}: some of its bytes have no meaning there."
        raise ReportError(Reason.ENCODING, message) from None


def _guess(content: bytes) -> str:
    wide = wide_without_mark(content)
    if wide:
        return _as_declared(content, wide, "its pattern of zeros says", lenient=False)
    if b"\0" in content or _controls(content) > 0.01:
        raise ReportError(Reason.BINARY, "The input is binary data, not text.")
    from charset_normalizer import from_bytes

    matches = list(from_bytes(content))
    least = min((m.chaos for m in matches), default=0.0) + table("encodings")["margin"]
    wanted = set(table("encodings")["candidates"])
    near = [m for m in matches if m.chaos <= least]
    readings = {str(m): m for m in near if wanted & {m.encoding, *m.could_be_from_charset}}
    if len(readings) == 1 and (text := next(iter(readings))):
        return text
    names = sorted({m.encoding for m in readings.values()} or {m.encoding for m in near})
    could = f" and could be {' or '.join(names[:3])}" if names else ""
    raise ReportError(Reason.ENCODING, f"The text is not UTF-8, declares no encoding{could}: save it as UTF-8.")


def _controls(content: bytes) -> float:
    return 1 - len(content.translate(None, _CONTROLS)) / len(content) if content else 0.0


def wide_without_mark(content: bytes) -> str | None:
    """UTF-16 without a mark, None if it is not that: in English nearly every second byte is zero there."""
    half = len(content) // 2
    if half < 8 or len(content) % 2:
        return None
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if odd > 0.8 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.8 * half and odd < 0.05 * half else None
