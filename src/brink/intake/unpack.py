"""Streams of bytes: gzip taken apart in pieces, sizes kept within limits, lines cut out."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from brink.errors import Reason, ReportError

CHUNK = 64 * 1024
MAGIC = b"\x1f\x8b"
# A short file may well unpack to many times its size; only from here on a high ratio means a bomb.
BOMB_BYTES = 16 * 1024 * 1024


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a stream in pieces."""
    while piece := stream.read(CHUNK):
        yield piece


def peek(pieces: Iterable[bytes], size: int = 4096) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes (`size` or a little more, fewer if there are no more) and the whole stream again.

    A stream that breaks while its first bytes are read still gives those before the break, and breaks after them.
    """
    rest = iter(pieces)
    head = bytearray()
    try:
        for piece in rest:
            head += piece
            if len(head) >= size:
                break
    except ReportError as error:
        if not head:
            raise
        rest = _broken(error)
    return bytes(head), itertools.chain((bytes(head),) if head else (), rest)


def _broken(error: ReportError) -> Iterator[bytes]:
    raise error
    yield b""  # makes this a generator, which raises only when it is asked


def unpacked(pieces: Iterable[bytes], ratio: int) -> Iterator[bytes]:
    """The stream as it is, or unpacked if it is gzip (told by its first bytes).

    Raises ReportError: BROKEN_ARCHIVE for damaged or cut-off gzip, TOO_LARGE if it unpacks to more than `ratio` times
    its size.
    """
    head, whole = peek(pieces, len(MAGIC))
    if head.startswith(MAGIC):
        return _inflated(whole, ratio)
    return whole


def _inflated(pieces: Iterable[bytes], ratio: int) -> Iterator[bytes]:
    taken = given = 0
    engine = zlib.decompressobj(31)
    for piece in pieces:
        taken += len(piece)
        data = piece
        while data := _to_next_member(engine, data):
            if engine.eof:
                engine = zlib.decompressobj(31)
            try:
                out = engine.decompress(data, CHUNK)
            except zlib.error:
                raise ReportError(
                    Reason.BROKEN_ARCHIVE, "The gzip archive is damaged and cannot be unpacked."
                ) from None
            given += len(out)
            if given > max(BOMB_BYTES, taken * ratio):
                message = f"The gzip archive unpacks to more than {ratio} times its size, which no text does."
                raise ReportError(Reason.TOO_LARGE, message)
            yield out
            data = engine.unused_data if engine.eof else engine.unconsumed_tail
    yield engine.flush()
    if not engine.eof:
        raise ReportError(Reason.BROKEN_ARCHIVE, "The gzip archive is cut off before its end.")


def _to_next_member(engine: zlib._Decompress, data: bytes) -> bytes:
    """Gzip files may be joined, and padded with zeros after the last one."""
    return data.lstrip(b"\0") if engine.eof else data


def take(pieces: Iterable[bytes], limit: int, message: str) -> bytes:
    """All bytes of a stream; raises ReportError (TOO_LARGE) with `message` as soon as there are more than `limit`."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > limit:
            raise ReportError(Reason.TOO_LARGE, message)
    return bytes(held)


def lines(pieces: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
    """The lines of a stream without their ends; None for a line of more than `limit` bytes, which is skipped."""
    held, too_long = bytearray(), False
    for piece in pieces:
        *ended, rest = piece.split(b"\n")
        for part in ended:
            yield None if too_long or len(held) + len(part) > limit else bytes(held + part)
            held, too_long = bytearray(), False
        held += rest
        if len(held) > limit:
            held, too_long = bytearray(), True
    if held or too_long:
        yield None if too_long else bytes(held)
