"""Addresses of pages; each carries the replayed day and the crisis, so that one stays with them while reading on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses; `as_of` is the replayed day (ISO 8601), None at the ledger's own day; `crisis` the key of the
    crisis looked at, None for the first."""

    as_of: str | None = None
    crisis: str | None = None

    def to(self, path: str, /, **query: Any) -> str:
        """A page's path with its query; parameters without a value are left out."""
        given = {name: value for name, value in query.items() if value not in (None, "", [])}
        if self.as_of:
            given["as_of"] = self.as_of
        if self.crisis:
            given["crisis"] = self.crisis
        return path + (f"?{urlencode(given, doseq=True)}" if given else "")

    @staticmethod
    def safe(part: str) -> str:
        """A name as part of a path."""
        return quote(part, safe="")

    def happening(self, id: str) -> str:
        """A happening's page."""
        return self.to(f"/happenings/{quote(id, safe='')}")

    def report(self, id: str, mark: str = "") -> str:
        """A report's page, at one of its statements or events where `mark` names it."""
        return self.to(f"/reports/{quote(id, safe='')}") + (f"#{quote(mark)}" if mark else "")

    def actor(self, name: str) -> str:
        """An actor's page."""
        return self.to(f"/actors/{quote(name, safe='')}")

    def pair(self, pair: tuple[str, str] | list[str]) -> str:
        """A pair's page."""
        return self.to("/pair", a=pair[0], b=pair[1])
