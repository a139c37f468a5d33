"""A client of the API that `brink serve` offers: `Client("http://127.0.0.1:8080")`.

Every method gives what the API gives, as plain dicts and lists (docs/api.md). Lists are iterators that ask for the next
page when it is needed. What was asked before and has not changed is not sent again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from brink.errors import ApiError
from brink.http.asking import Answer, ask
from brink.settings import Settings

Record = dict[str, Any]
KEPT = 64
"""Answers held, to be used again where the server says that nothing has changed."""


@dataclass
class Client:
    """One server's API. `as_of` replays a past day in every answer; `token` is sent where the server asks for one.

    Methods raise ApiError where the server refuses, FetchError where it cannot be reached.
    """

    address: str
    token: str | None = None
    as_of: date | str | None = None
    timeout: float = 60.0
    _held: dict[str, tuple[str, Any]] = field(default_factory=dict, repr=False)

    def crisis(self, **asked: Any) -> Record:
        """The crisis: tension, what changed from `since` to `until`, what is due and what is not known."""
        return self._record("/crisis", asked)

    def happenings(self, **asked: Any) -> Iterator[Record]:
        """Happenings as rows, the newest first; narrowed by status, event, quad, actor, place, since, until."""
        return self._items("/happenings", asked)

    def ledger(self, **asked: Any) -> Iterator[Record]:
        """The same happenings as whole records of docs/ledger.schema.json."""
        return self._items("/ledger", asked)

    def happening(self, id: str) -> Record:
        """One happening with its tellings."""
        return self._record(f"/happenings/{quote(id, safe='')}", {})

    def stories(self, **asked: Any) -> Iterator[Record]:
        """Stories, the latest first: reports that tell of the same happenings."""
        return self._items("/stories", asked)

    def reports(self, **asked: Any) -> Iterator[Record]:
        """Reports as rows, the newest first; narrowed by outlet."""
        return self._items("/reports", asked)

    def report(self, id: str) -> Record:
        """One report with its codings."""
        return self._record(f"/reports/{quote(id, safe='')}", {})

    def actors(self) -> Iterator[Record]:
        """Everybody who acts, is acted upon or speaks."""
        return self._items("/actors", {})

    def actor(self, name: str) -> Record:
        """One actor, by country code or name."""
        return self._record(f"/actors/{quote(name, safe='')}", {})

    def pair(self, one: str, other: str, **asked: Any) -> Record:
        """The tension between two actors."""
        return self._record("/pair", {"a": one, "b": other, **asked})

    def promises(self, kind: str | None = None) -> Record:
        """Promises, threats and predictions by group."""
        return self._record("/promises", {"kind": kind})

    def sources(self) -> Record:
        """Outlets, agencies and origins in counts."""
        return self._record("/sources", {})

    def search(self, words: str, **asked: Any) -> Record:
        """Reports that have all these words, and the happenings they tell of."""
        return self._record("/search", {"q": words, **asked})

    def health(self) -> Record:
        """How the ledger is."""
        return self._record("/health", {})

    def map(self, **asked: Any) -> Record:
        """What changed from `since` to `until`, by place: points, shaded countries and areas, disputed areas."""
        return self._record("/map", asked)

    def settings(self) -> Record:
        """The settings in force in the server, and its crises."""
        return self._record("/settings", {})

    def crises(self) -> Iterator[Record]:
        """The crises that may be chosen; of those added by hand also the file, who added it and when."""
        return self._items("/crises", {})

    def add_crisis(self, text: str, user: str | None = None) -> Record:
        """Add a crisis, given as the text of a crisis file; needs the role write where tokens are asked."""
        return self._send("/crises", {"text": text, "user": user})

    def remove_crisis(self, key: str) -> Record:
        """Remove a crisis that was added by hand."""
        return dict(_read(self._ask("DELETE", f"/crises/{quote(key, safe='')}", {})))

    def file(self, path: str, form: str, **asked: Any) -> bytes:
        """A list as a file (docs/api.md): `file("/happenings", "csv", actor="RUS")`, `file("/reports", "json")`.

        It is held in memory whole, up to 100 MB.
        """
        answer = self._ask("GET", f"{path}.{form}{self._query(asked)}", {})
        if answer.status >= 400:
            _read(answer)
        return answer.content

    def code(self, text: str, **known: str) -> Record:
        """Code a report: the record of docs/schema.json. `known`: id, title, url, outlet, published."""
        return self._send("/code", {"text": text, **known})

    def decide(self, what: str, subject: str, value: str, reason: str, user: str | None = None) -> Record:
        """Decide by hand, as `brink decide` does: merge, split, move, camp or status.

        Where tokens are asked, it is decided by the token's holder, who needs the role write; else by `user`.
        """
        known = {"what": what, "subject": subject, "value": value, "reason": reason, "user": user}
        return self._send("/decisions", known)

    def markings(self) -> Iterator[Record]:
        """Codings marked right or wrong, as training data (docs/formats.md), the newest first."""
        return self._items("/markings", {})

    def mark(self, report: str, coding: str, verdict: str, note: str | None = None, user: str | None = None) -> Record:
        """Mark an event, statement or unknown of a report right or wrong; "none" takes an earlier word back."""
        known = {"report": report, "coding": coding, "verdict": verdict, "note": note, "user": user}
        return self._send("/markings", known)

    def _send(self, path: str, record: Record) -> Record:
        answer = self._ask("POST", path, {"Content-Type": "application/json"}, json.dumps(record).encode())
        return dict(_read(answer))

    def _items(self, path: str, asked: Mapping[str, Any]) -> Iterator[Record]:
        cursor: str | None = None
        while True:
            page = self._record(path, {**asked, "cursor": cursor})
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return

    def _record(self, path: str, asked: Mapping[str, Any]) -> Record:
        where = path + self._query(asked)
        tag, known = self._held.get(where, ("", None))
        answer = self._ask("GET", where, {"If-None-Match": tag} if tag else {})
        if answer.status == 304:
            return dict(known)
        found = dict(_read(answer))
        self._keep(where, answer, found)
        return found

    def _query(self, asked: Mapping[str, Any]) -> str:
        given = {"as_of": self.as_of, **asked}
        query = urlencode({name: str(value) for name, value in given.items() if value is not None})
        return f"?{query}" if query else ""

    def _keep(self, where: str, answer: Answer, found: Record) -> None:
        if tag := answer.headers.get("etag"):
            self._held[where] = (tag, found)
            if len(self._held) > KEPT:
                self._held.pop(next(iter(self._held)))

    def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        known = {"Accept": "application/json", **headers}
        if self.token:
            known["Authorization"] = f"Bearer {self.token}"
        settings = Settings(timeout=self.timeout, allow_private=True, page_bytes=100_000_000)
        return ask(method, f"{self.address.rstrip('/')}/api/v1{path}", settings, known, body)


def _read(answer: Answer) -> Any:
    """The JSON of an answer. Raises ApiError where it is an error, or no JSON."""
    try:
        found = json.loads(answer.content)
    except ValueError:
        raise ApiError(answer.status, "no_json", f"The server answered {answer.status} and no JSON.") from None
    if answer.status >= 400:
        told = found.get("error", {}) if isinstance(found, dict) else {}
        message = str(told.get("message", f"The server answered {answer.status}."))
        raise ApiError(answer.status, str(told.get("code", "unknown")), message)
    return found
