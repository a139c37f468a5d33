"""The nouns of `brink.records` as plain JSON values, and back: what a field's type says decides how it is read."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Give a record as dicts, lists, texts, numbers, booleans and None, its fields in their order."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if (names := _names(cast(Any, kind))) is not None:
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


_PLAIN = frozenset({str, int, float, bool, type(None)})


@functools.cache
def _names(kind: Any) -> tuple[str, ...] | None:
    """The fields of a record's type, None for any other type."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def from_plain(kind: type[T], data: Mapping[str, Any]) -> T:
    """Read what `to_plain` gave for a record of the type `kind`; a field that is not there keeps its default.

    Raises KeyError or TypeError where a field without a default is missing, ValueError where a value does not fit.
    """
    return cast(T, _record(cast(Any, kind))(data))


Read = Callable[[Any], Any]


@functools.cache
def _record(kind: Any) -> Read:
    """How a record of a type is read, worked out once: a page reads hundreds of them."""
    hints = get_type_hints(kind)
    readers = [(field.name, _value(hints[field.name])) for field in fields(kind)]
    changed = [(name, read) for name, read in readers if read is not None]
    names = frozenset(name for name, _ in readers)

    def read_record(data: Mapping[str, Any]) -> Any:
        known = dict(data)
        for name, read in changed:
            if (value := known.get(name)) is not None:
                known[name] = read(value)
        if not known.keys() <= names:
            known = {name: value for name, value in known.items() if name in names}
        return kind(**known)

    return read_record


@functools.cache
def _value(hint: Any) -> Read | None:
    """How a value that is not None is read, None where it stays as it is."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        [hint] = [one for one in get_args(hint) if one is not type(None)]
        return _value(hint)
    if origin is tuple:
        return _tuple(get_args(hint))
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    if hint is date:
        return date.fromisoformat
    return hint if isinstance(hint, type) and issubclass(hint, Enum) else None


def _tuple(of: tuple[Any, ...]) -> Read:
    readers = [_value(one) for one in of if one is not Ellipsis]
    read = readers[0]
    if of[-1] is not Ellipsis:
        return lambda values: tuple(
            value if one is None else one(value) for one, value in zip(readers, values, strict=True)
        )
    return tuple if read is None else lambda values: tuple(map(read, values))
