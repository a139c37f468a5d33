"""Files that are there wholly or not at all, and reading them line by line."""

from __future__ import annotations

import gzip
import os
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from brink.errors import StoreError


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a draft beside `path` that takes its place once all went well, and is gone otherwise. Raises StoreError."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written ({error.strerror}): name a file in a folder that exists."
        ) from error
    draft = Path(name)
    try:
        yield draft
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(f"{path} was not written ({why}); what stood there before is still there.") from error
    finally:
        draft.unlink(missing_ok=True)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines in gzip. The same lines give the same bytes. Raises StoreError."""
    with (
        whole(path) as draft,
        draft.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6) as file,
    ):
        for line in lines:
            file.write(line.encode("ascii") + b"\n")


def read_lines(path: Path) -> Iterator[str]:
    """Give the lines of a file in gzip. Raises StoreError where it cannot be read, is none, or is cut off."""
    try:
        with gzip.open(path, "rt", encoding="ascii") as file:
            yield from file
    except (gzip.BadGzipFile, UnicodeDecodeError, EOFError, zlib.error) as error:
        raise StoreError(f"{path} is not a whole file of `brink export`: {error}.") from error
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}.") from error
