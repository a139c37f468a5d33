"""The nouns of `brink.records` as plain JSON values, and back: what a field's type says decides how it is read."""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Give a record as dicts, lists, texts, numbers, booleans and None, its fields in their order."""
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def from_plain(kind: type[T], data: Mapping[str, Any]) -> T:
    """Read what `to_plain` gave for a record of the type `kind`; a field that is not there keeps its default.

    Raises KeyError or TypeError where a field without a default is missing, ValueError where a value does not fit.
    """
    known = {name: _value(hint, data[name]) for name, hint in _hints(cast(Any, kind)).items() if name in data}
    return kind(**known)


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _value(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        [hint] = [one for one in get_args(hint) if one is not type(None)]
        return _value(hint, value)
    if origin is tuple:
        return _tuple(get_args(hint), value)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_plain(hint, value)
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return float(value) if hint is float else value


def _tuple(of: tuple[Any, ...], values: list[Any]) -> tuple[Any, ...]:
    if of[-1] is Ellipsis:
        return tuple(_value(of[0], value) for value in values)
    return tuple(_value(one, value) for one, value in zip(of, values, strict=True))
