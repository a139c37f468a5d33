"""Records of a ledger <-> bytes on disk. Only records come out of them: whoever alters such a file can run nothing."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import io
import pickle
from typing import Any

from brink.errors import StoreError

_PLAIN = {("builtins", "set"): set, ("builtins", "frozenset"): frozenset, ("datetime", "date"): datetime.date}
_PACKAGES = ("brink.records", "brink.ledger", "brink.codebook", "brink.store", "brink.chronicle")


def dumps(value: Any) -> bytes:
    """A record, or lists, tuples and sets of them, as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def loads(content: bytes) -> Any:
    """What `dumps` was given. Raises StoreError where the bytes are something else."""
    try:
        return _Reader(io.BytesIO(content)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, KeyError, TypeError) as error:
        raise StoreError(f"The file of what was laid cannot be read ({error}); delete it.") from error


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (plain := _PLAIN.get((module, name))) is not None:
            return plain
        if module.startswith(_PACKAGES) and "." not in name:
            found = super().find_class(module, name)
            is_record = isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, enum.Enum))
            if is_record and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record")
