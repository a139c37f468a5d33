"""What corrections take back, kept up to date: the same as `copies.corrected` of all tellings, where it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from brink.ledger.blocks import Ref
from brink.ledger.copies import Notice, reach, sentence_key, taken_back_at, with_withdrawal
from brink.ledger.evidence import Evidence
from brink.ledger.kept import Kept
from brink.ledger.parts import key_of
from brink.ledger.shelf import Shelf


@dataclass(slots=True)
class Amends:
    """Lists of tellings by outlet and by sentence, of notices by outlet; the moments at which tellings were taken back.

    `find` gives what a report brings.
    """

    shelf: Shelf
    find: Callable[[str], Kept]
    _again: set[Ref] = field(default_factory=set)
    _sentences: set[str] = field(default_factory=set)

    def leave(self, kept: Kept) -> None:
        """A report that goes; its tellings must be found until then."""
        for list_, entry in self._entries(kept):
            self.shelf.remove(list_, entry)
        self._told_of(kept)
        for ref, e in kept.refs.items():
            if self.shelf.get("taken", key_of(ref)):
                self._sentences.add(_same(e))
            self.shelf.put("taken", key_of(ref), None)
            self.shelf.put("withdrawn", key_of(ref), None)
            self._again.discard(ref)
        self.shelf.put("text", kept.report, None)

    def enter(self, kept: Kept, text: str) -> None:
        """A report that comes, with its text."""
        for list_, entry in self._entries(kept):
            self.shelf.insert(list_, entry)
        self.shelf.put("text", kept.report, text)
        self._told_of(kept)
        corrected = kept.outlet is not None and bool(self.shelf.row(f"notes\t{kept.outlet}"))
        for ref, e in kept.refs.items():
            if corrected:
                self._again.add(ref)
            others = self.shelf.row(_same(e))
            if kept.notices or (len(others) > 1 and any(self.shelf.get("taken", key_of(o)) for (o,) in others)):
                self._sentences.add(_same(e))

    def settle(self) -> set[Ref]:
        """The tellings of which it changed, since the last time, whether and when they were taken back."""
        for ref in self._again:
            e = self._telling(ref)
            taken = tuple(sorted(taken_back_at(e, self._notices(e)))) or None
            if taken != self.shelf.get("taken", key_of(ref)):
                self.shelf.put("taken", key_of(ref), taken)
                self._sentences.add(_same(e))
        changed = {ref for sentence in self._sentences for ref in self._marked(sentence)}
        self._again.clear()
        self._sentences.clear()
        return changed

    def _marked(self, sentence: str) -> Iterator[Ref]:
        group = [ref for (ref,) in self.shelf.row(sentence)]
        gone = [
            (ref[1], at, self._telling(ref).body.name)
            for ref in group
            for at in self.shelf.get("taken", key_of(ref)) or ()
        ]
        for ref in group:
            e = self._telling(ref)
            own = self.find(ref[1]).notices
            since = with_withdrawal(e, own, gone, self._text).withdrawn
            if since != self.shelf.get("withdrawn", key_of(ref)):
                self.shelf.put("withdrawn", key_of(ref), since)
                yield ref

    def _told_of(self, kept: Kept) -> None:
        """The tellings of which a report's notices may speak are looked at again."""
        for n in kept.notices:
            if n.day is not None and n.outlet is not None:
                stretches = range((n.day - reach()) // reach(), n.day // reach() + 1)
                for list_ in (*(f"told\t{n.outlet}\t{one}" for one in stretches), f"told\t{n.outlet}\t"):
                    self._again.update(ref for (ref,) in self.shelf.row(list_))

    def _notices(self, e: Evidence) -> Iterator[Notice]:
        for day, report in self.shelf.row(f"notes\t{e.outlet}"):
            if e.day is None or 0 <= day - e.day <= reach():
                yield from self.find(report).notices

    def _text(self, report: str) -> str:
        return self.shelf.get("text", report) or ""

    def _telling(self, ref: Ref) -> Evidence:
        return self.find(ref[1]).tellings[ref[4]]

    def _entries(self, kept: Kept) -> Iterator[tuple[str, tuple[object, ...]]]:
        stretch = "" if kept.day is None else kept.day // reach()
        for ref, e in kept.refs.items():
            yield _same(e), (ref,)
            if kept.outlet is not None:
                yield f"told\t{kept.outlet}\t{stretch}", (ref,)
        if kept.notices and kept.outlet is not None and kept.day is not None:
            yield f"notes\t{kept.outlet}", (kept.day, kept.report)


def _same(e: Evidence) -> str:
    """The list of tellings with the same sentence."""
    return "same\t" + hashlib.blake2b(sentence_key(e).encode(), digest_size=9).hexdigest()
