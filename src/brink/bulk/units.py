"""Inputs -> units: one line of JSONL, one row of Parquet, or one whole file.

Paths and folders are read here; addresses (s3://, gs:// …) through fsspec. What cannot be read becomes a unit that
carries its refusal, so that it is counted like any other.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from brink.errors import Reason, ReportError, UsageError
from brink.export.parquet import arrow
from brink.intake import expanded, passed_over
from brink.intake.drafts import too_long
from brink.intake.kinds import Kind, kind_of
from brink.intake.sources import is_url
from brink.intake.unpack import BOMB_BYTES, chunks, lines, peek, unpacked
from brink.settings import Settings

FIELDS = (
    "id", "text", "event_text", "title", "headline", "url", "outlet", "publisher", "published", "pub_date", "date",
)  # fmt: skip
"""Columns of a Parquet input that are read: those of JSONL."""

BATCH = 256
# The most bytes that JSON can need for one character (two escapes), and room for the other fields of a line.
BYTES_PER_CHARACTER, OTHER_FIELDS = 12, 64 * 1024


@dataclass(frozen=True, slots=True)
class Unit:
    """One input of a shard, at `where`: a JSON `line`, or a `refused` one, or else the whole file.

    `many`: the file may hold any number of reports (an archive, a feed), so it makes a shard of its own.
    """

    where: str
    line: bytes | None = None
    refused: tuple[Reason, str] | None = None
    many: bool = False


def units_of(inputs: Iterable[str], settings: Settings) -> Iterator[Unit]:
    """Every unit of the inputs, in order. Raises UsageError for web addresses and where fsspec is asked for in vain."""
    for where in inputs:
        if is_url(where):
            yield from _remote(where, settings)
        else:
            for path in _files(where):
                yield from _of_path(path, settings)


def _files(where: str) -> Iterator[str]:
    path = Path(where)
    if "\0" in where or not path.is_dir():
        yield where
        return
    tables = [str(p) for p in path.rglob("*.parquet") if not any(part.startswith(".") for part in p.parts)]
    yield from sorted([*expanded([where]), *tables])


def _of_path(where: str, settings: Settings) -> Iterator[Unit]:
    path = Path(where)
    if "\0" in where or not path.is_file():
        yield Unit(where)  # the reader says what is wrong with it
        return
    try:
        with path.open("rb") as file:
            yield from _of_file(where, file, settings)
    except OSError as error:
        yield Unit(where, refused=(Reason.NOT_FOUND, f"The input cannot be read: {error.strerror or error}."))


def _remote(where: str, settings: Settings) -> Iterator[Unit]:
    if where.split("://")[0] in ("http", "https"):
        raise UsageError(f"{where} is a web page; bulk reads files and stores: fetch pages with `brink code`.")
    try:
        from fsspec.core import url_to_fs

        system, root = url_to_fs(where)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{where} cannot be opened: {error} (pip install 'brink-monitor[bulk,stores]').") from None
    found = system.glob(root) if any(c in root for c in "*?[") else [root]
    paths = [one for top in found for one in (sorted(system.find(top)) if system.isdir(top) else [top])]
    for path in paths:
        address = system.unstrip_protocol(path)
        try:
            with system.open(path, "rb") as file:
                yield from _of_file(address, file, settings)
        except OSError as error:
            yield Unit(address, refused=(Reason.NOT_FOUND, f"The input cannot be read: {error}."))


def _of_file(where: str, file: BinaryIO, settings: Settings) -> Iterator[Unit]:
    if where.lower().endswith(".parquet"):
        yield from _rows(where, file, settings)
        return
    try:
        head, pieces = peek(unpacked(chunks(file), settings.unpack_ratio))
        kind = kind_of(where.rpartition("/")[2], None, head)
    except ReportError:
        yield Unit(where)
        return
    if kind is not Kind.LINES or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Unit(where, many=kind in (Kind.ARCHIVE, Kind.FEED))
        return
    yield from _lines(where, pieces, settings)


def _lines(where: str, pieces: Iterator[bytes], settings: Settings) -> Iterator[Unit]:
    limit = settings.text_characters
    some = False
    try:
        for number, line in enumerate(lines(pieces, limit * BYTES_PER_CHARACTER + OTHER_FIELDS), 1):
            place = f"{where}:{number}"
            if line is None:
                yield Unit(place, refused=(Reason.TOO_LARGE, too_long(limit)))
            elif stripped := line.removeprefix(b"\xef\xbb\xbf").strip():
                yield Unit(place, line=stripped)
            else:
                continue
            some = True
    except ReportError as error:
        yield Unit(where, refused=(error.reason, str(error)))
        return
    except (OSError, EOFError, zlib.error) as error:
        yield Unit(where, refused=(Reason.NOT_FOUND, f"The input cannot be read: {error}."))
        return
    if not some:
        yield Unit(where, refused=(Reason.EMPTY, "The input holds no records, only empty lines."))


def _rows(where: str, file: BinaryIO, settings: Settings) -> Iterator[Unit]:
    """Rows of a Parquet file as lines of JSON, one at a time.

    Columns of text stay dictionaries: of a long text that a million rows repeat, only the one is held, and its row.
    """
    pa = arrow()
    number = 0
    try:
        about = pa.parquet.read_metadata(file)
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        table = pa.parquet.ParquetFile(file, metadata=about, read_dictionary=_texts(about))
        names = [name for name in FIELDS if name in table.schema_arrow.names]
        _check_packing(about, size, settings.unpack_ratio)
        for batch in table.iter_batches(batch_size=BATCH, columns=names, use_threads=False):
            for place in range(batch.num_rows):
                number += 1
                row = {name: batch.column(at)[place].as_py() for at, name in enumerate(batch.schema.names)}
                yield _row(f"{where}:{number}", row, settings.text_characters)
    except ReportError as error:
        yield Unit(where, refused=(error.reason, str(error)))
    except (pa.ArrowException, OSError, UnicodeDecodeError, OverflowError, ValueError) as error:
        words = str(error).splitlines()[0][:200].rstrip(".")
        yield Unit(where, refused=(Reason.BROKEN_ARCHIVE, f"The Parquet file cannot be read: {words}."))


def _texts(about: Any) -> list[str]:
    """The columns of text among those that are read."""
    columns = [about.schema.column(at) for at in range(len(about.schema))]
    return [c.path for c in columns if c.path in FIELDS and c.logical_type.type == "STRING"]


def _check_packing(about: Any, size: int, ratio: int) -> None:
    """Refuse a file with a part that unpacks to many times the file's `size` in bytes, before any of it is unpacked.

    Asked are the parts, never their columns: pyarrow ends the whole process at a column whose statistics are no good
    (its reader raises for the same file).
    """
    for group in range(about.num_row_groups):
        if about.row_group(group).total_byte_size > max(BOMB_BYTES, size * ratio):
            message = f"The Parquet file unpacks to more than {ratio} times its size, which no text does."
            raise ReportError(Reason.TOO_LARGE, message)


def _row(where: str, row: dict[str, Any], limit: int) -> Unit:
    most = limit * BYTES_PER_CHARACTER + OTHER_FIELDS
    if any(isinstance(value, str) and len(value) > most for value in row.values()):
        return Unit(where, refused=(Reason.TOO_LARGE, too_long(limit)))
    line = json.dumps({k: v for k, v in row.items() if v is not None}, default=str).encode()
    if len(line) > most:
        return Unit(where, refused=(Reason.TOO_LARGE, too_long(limit)))
    return Unit(where, line=line)


def not_taken(inputs: Iterable[str]) -> tuple[int, str]:
    """How many files of the folders among the inputs are no inputs by their names, and one of them ("" for none)."""
    count, example = 0, ""
    for where in inputs:
        if not is_url(where) and "\0" not in where and Path(where).is_dir():
            for path in passed_over(where, (".parquet",)):
                count, example = count + 1, example or str(path)
    return count, example


def bytes_of(inputs: Iterable[str]) -> int | None:
    """Bytes of all inputs as they lie on the disk, None where one lies elsewhere or is packed."""
    total = 0
    for where in inputs:
        for path in [where] if is_url(where) else _files(where):
            if is_url(path) or path.lower().endswith((".gz", ".parquet")) or not Path(path).is_file():
                return None
            total += Path(path).stat().st_size
    return total
