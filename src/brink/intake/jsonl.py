"""JSON lines: one report a line, in Brink's own field names or in those that NGEC writes."""

from __future__ import annotations

import json
from typing import Any

from brink.errors import Reason, ReportError
from brink.intake.drafts import Draft

_NAMES = {
    "text": ("text", "event_text"),
    "title": ("title", "headline"),
    "url": ("url",),
    "outlet": ("outlet", "publisher"),
    "published": ("published", "pub_date", "date"),
}


def record_of(line: bytes) -> dict[str, Any]:
    """The object that one line holds. Raises ReportError, ENCODING or BROKEN_JSON."""
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ReportError(Reason.ENCODING, "The line is not UTF-8, as JSON must be.") from None
    except (ValueError, RecursionError) as error:
        where = f" at character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ReportError(Reason.BROKEN_JSON, f"The line is not valid JSON{where}.") from None
    if not isinstance(found, dict):
        raise ReportError(Reason.BROKEN_JSON, "The line holds no JSON object with an id and a text.")
    return found


def id_of(record: dict[str, Any]) -> str | None:
    """The record's id as text, None if it has none. Raises ReportError (MISSING_FIELD) if it is no text or number."""
    value = record.get("id")
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ReportError(Reason.MISSING_FIELD, "The field 'id' must be text or a number.")
    return str(value)


def draft_of(record: dict[str, Any]) -> Draft:
    """What one record says. Raises ReportError (MISSING_FIELD) if it has no text, or a field of the wrong type."""
    text = _field(record, "text")
    if text is None:
        raise ReportError(Reason.MISSING_FIELD, "The record has no field 'text' (or 'event_text').")
    return Draft(
        text=text,
        id=id_of(record),
        url=_field(record, "url"),
        outlet=_field(record, "outlet"),
        title=_field(record, "title"),
        published=_field(record, "published"),
    )


def _field(record: dict[str, Any], name: str) -> str | None:
    """The first of the field's names that has a value; an empty text counts only if there is nothing else."""
    present = [(key, record[key]) for key in _NAMES[name] if record.get(key) is not None]
    if not present:
        return None
    key, value = next(((k, v) for k, v in present if v != ""), present[0])
    if name == "published" and type(value) is int:
        value = str(value)
    if not isinstance(value, str):
        raise ReportError(Reason.MISSING_FIELD, f"The field '{key}' must be text.")
    return value
