"""WARC files -> one draft a page: what crawlers and web archives keep (warcio; the stream comes unpacked).

Read are answers and resources that are pages or text, once each. Pictures, scripts and styles are no reports and are
passed over; so are requests, revisits and metadata. A page is named by its address, so that a later capture with other
words is another version of the same report.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brink.errors import Reason, ReportError
from brink.intake.unpack import CHUNK, take

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

READ = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_KINDS = frozenset({"response", "resource", "conversion"})


@dataclass(frozen=True, slots=True)
class Captured:
    """One page out of an archive; `content` gives its bytes or raises ReportError."""

    url: str
    media_type: str
    charset: str | None
    content: Callable[[], bytes]


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file that can be read once. Where they break, it ends, and `trouble` says why."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.held = pieces, b""
        self.trouble: ReportError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self.held:
            try:
                piece = next(self.pieces, None)
            except ReportError as error:
                piece, self.trouble = None, error
            if piece is None:
                return 0
            self.held = piece
        size = min(len(buffer), len(self.held))
        buffer[:size] = self.held[:size]
        self.held = self.held[size:]
        return size


def captured(pieces: Iterator[bytes], limit: int) -> Iterator[Captured]:
    """The pages of an archive in order, each to be read before the next is asked for.

    `limit` is the most bytes of one page. Raises ReportError (BROKEN_ARCHIVE) where the archive is damaged.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    source = _Pieces(pieces)
    try:
        for record in ArchiveIterator(io.BufferedReader(source, CHUNK), no_record_parse=False):
            if (one := _page(record, limit)) is not None:
                yield one
    except (ArchiveLoadFailed, EOFError, ValueError, OSError, AttributeError) as error:
        message = f"The WARC archive is damaged and cannot be read on ({type(error).__name__})."
        raise source.trouble or ReportError(Reason.BROKEN_ARCHIVE, message) from error
    if source.trouble is not None:
        raise source.trouble


def _page(record: ArcWarcRecord, limit: int) -> Captured | None:
    url = record.rec_headers.get_header("WARC-Target-URI")
    if record.rec_type not in _KINDS or not url or not url.lower().startswith(("http://", "https://")):
        return None
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    media_type, charset = _typed(headers.get_header("Content-Type"))
    if media_type not in READ:
        return None
    status = record.http_headers.get_statuscode() if record.http_headers is not None else "200"
    return Captured(url, media_type, charset, lambda: _content(record, status, limit))


def _typed(header: str | None) -> tuple[str, str | None]:
    media_type, _, rest = (header or "").partition(";")
    _, mark, charset = rest.lower().partition("charset=")
    return media_type.strip().lower(), charset.split(";")[0].strip(" \"'") or None if mark else None


def _content(record: ArcWarcRecord, status: str, limit: int) -> bytes:
    if status != "200":
        raise ReportError(Reason.HTTP_STATUS, f"The archive holds the answer {status[:20]} instead of the page.")
    stream = record.content_stream()
    pieces = iter(lambda: stream.read(CHUNK), b"")
    content = take(pieces, limit, f"The page is larger than {limit:,} bytes, the setting 'page_bytes'.")
    while record.raw_stream.read(CHUNK):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise ReportError(Reason.BROKEN_ARCHIVE, "The archive breaks off within this page.")
    return content
