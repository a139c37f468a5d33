"""A laid ledger as of one day, read piece by piece: nothing here reads more of it than a page shows."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from sqlalchemy import Connection, TextClause, bindparam, text

from brink.records import CodedReport, Happening, OfficeHolding
from brink.store import codings
from brink.store.database import Database
from brink.store.happenings import loads, loads_again

HOLDS = "laid.laying = :laying AND laid.since <= :asked AND laid.until > :asked"
"""A state that holds on the day asked for; in every query `:laying` and `:asked` are the book's."""
TOLD = HOLDS.replace("laid.", "told.")
_WRITTEN = (
    "SELECT told.report, codings.record, versions.text FROM laid_reports told "
    "JOIN codings ON codings.key = told.coding JOIN versions ON versions.key = codings.version"
)

_UNKNOWN = (
    "FROM laid CROSS JOIN laid_tellings t CROSS JOIN laid_reports told CROSS JOIN unknowns u WHERE t.laid = laid.key "
    f"AND told.report = t.report AND told.unknowns > 0 AND {TOLD} AND u.coding = told.coding AND u.about = t.event "
    f"AND {HOLDS}"
)


@functools.lru_cache(maxsize=512)
def _asked(sql: str, lists: tuple[str, ...]) -> TextClause:
    """A query with its lists, taken apart once: a page asks some dozens of them."""
    return text(sql).bindparams(*(bindparam(name, expanding=True) for name in lists))


def _slices(ids: Iterable[str], known: Collection[str], most: int = 1000) -> Iterator[list[str]]:
    """Those that are not known yet, as many at a time as a query takes."""
    missing = iter([id for id in dict.fromkeys(ids) if id not in known])
    while some := list(itertools.islice(missing, most)):
        yield some


class Book:
    """One moment of a laid ledger (`laying` is its key) as of a day; what it reads is opened at the first question.

    `sign` names the state that was there when it was made. Raises StoreError as every reading does. Close it soon:
    until then it holds a connection.
    """

    def __init__(self, database: Database, laying: int, day: str, sign: str = "") -> None:
        self.day, self.sign, self._laying, self._database = day, sign, laying, database
        self._open = ExitStack()
        self._connection: Connection | None = None
        self._reports: dict[str, CodedReport | None] = {}
        self._happenings: dict[str, Happening | None] = {}
        self.unknowns: dict[str, int] = {}
        self._is_long = False
        self.few: dict[str, Sequence[Any]] = {}
        self.weighed: dict[tuple[str, ...], Sequence[Any]] = {}

    def close(self) -> None:
        """Let go of the connection."""
        self._open.close()
        self._connection = None

    def rest(self) -> None:
        """Let go of what was read, not of the moment; what comes is read for once."""
        self._is_long = True
        self._reports.clear()
        self._happenings.clear()
        self.unknowns.clear()

    def passing(self, rows: Sequence[Any], at_once: int = 100) -> Iterator[Happening]:
        """Happenings out of rows that have `key` and `happening`, read some at a time."""
        for start in range(0, len(rows), at_once):
            yield from self.loaded(rows[start : start + at_once])

    def rows(self, sql: str, **known: Any) -> Sequence[Any]:
        """The rows of a query, which may name `:laying` and `:asked`; a list among `known` is expanded."""
        if self._connection is None:
            self._connection = self._open.enter_context(self._database.reading())
        asked = _asked(sql, tuple(name for name, value in known.items() if isinstance(value, list)))
        return self._connection.execute(asked, {**known, "laying": self._laying, "asked": self.day}).all()

    def tally(self, kind: str, name: str | None = None) -> dict[str, int]:
        """Names with the number of times that they were counted up to the day; of all, or of one."""
        day, one = self.day, "" if name is None else " AND name = :name"
        of = f"SELECT name, n FROM tallies WHERE laying = :laying AND kind = :kind{one} AND grain = "
        parts = (
            f"{of} 4 AND period < :year",
            f"{of} 7 AND period >= :year AND period < :month",
            f"{of} 10 AND period >= :month AND period <= :asked",
        )
        sql = f"SELECT name, sum(n) FROM ({' UNION ALL '.join(parts)}) AS parts GROUP BY name HAVING sum(n) > 0"
        found = self.rows(sql, kind=kind, year=day[:4], month=day[:7], **({} if name is None else {"name": name}))
        return {str(row[0]): int(row[1]) for row in found}

    def number(self, kind: str, name: str = "") -> int:
        """How often one name was counted up to the day."""
        return self.tally(kind, name).get(name, 0)

    def ever(self, kind: str) -> dict[str, int]:
        """Names with the number of times that they were counted, whatever the day."""
        sql = (
            "SELECT name, sum(n) AS n FROM tallies WHERE laying = :laying AND kind = :kind AND grain = 4 GROUP BY name"
        )
        return {row.name: int(row.n) for row in self.rows(sql, kind=kind) if row.n}

    def happening(self, id: str) -> Happening | None:
        """A happening as it was on the day, None where there was none."""
        if id not in self._happenings:
            self._happenings[id] = None
            self.loaded(
                self.rows(f"SELECT laid.key, laid.happening FROM laid WHERE {HOLDS} AND happening = :id", id=id)
            )
        return self._happenings[id]

    def read(self, ids: Collection[str]) -> None:
        """Read happenings that will be asked for, all at once."""
        # With a column that no index of lists has: else SQLite, without statistics, goes through one of them whole.
        sql = f"SELECT laid.key, laid.happening, laid.weight FROM laid WHERE {HOLDS} AND happening IN :ids"
        for some in _slices(ids, self._happenings):
            self.loaded(self.rows(sql, ids=some))

    def loaded(self, rows: Sequence[Any]) -> list[Happening]:
        """Happenings out of rows that have `key` and `happening`."""
        wanted = {row.key: row.happening for row in rows if self._happenings.get(row.happening) is None}
        if wanted:
            sql = "SELECT laid, record FROM laid_records WHERE laid IN :keys"
            read = loads if self._is_long else loads_again
            for row in self.rows(sql, keys=list(wanted)):
                self._happenings[wanted[row.laid]] = read(row.record)
        return [found for row in rows if (found := self._happenings[row.happening]) is not None]

    def report(self, id: str) -> CodedReport | None:
        """A report as it was on the day, None where it was not there."""
        self.read_reports([id])
        return self._reports[id]

    def read_reports(self, ids: Collection[str]) -> None:
        """Read reports that will be asked for, all at once."""
        read = codings.put_together if self._is_long else codings.put_together_again
        for some in _slices(ids, self._reports):
            self._reports |= dict.fromkeys(some)
            for row in self.rows(f"{_WRITTEN} WHERE {TOLD} AND told.report IN :ids", ids=some):
                self._reports[row.report] = read(row.record, row.text)

    def parts(self, ids: Collection[str], only: str) -> dict[str, CodedReport]:
        """Reports with one kind of their codings, "statements" or "offices"; those that are there."""
        found: dict[str, CodedReport] = {}
        for some in _slices(ids, ()):
            for row in self.rows(f"{_WRITTEN} WHERE {TOLD} AND told.report IN :ids", ids=some):
                found[row.report] = codings.put_together_again(row.record, row.text, only)
        return found

    def telling(self, reports: list[str]) -> dict[str, list[tuple[str | None, Happening]]]:
        """The events of each of these reports that happenings rest on, each with its happening.

        The event is None for a bare statement.
        """
        of = "FROM laid_tellings t CROSS JOIN laid WHERE laid.key = t.laid"
        chosen = f"SELECT t.report, t.event, laid.key, laid.happening {of} AND t.laying = :laying"
        told: dict[str, list[tuple[str | None, Happening]]] = {report: [] for report in reports}
        sql = f"{chosen} AND t.report IN :reports AND {HOLDS} ORDER BY laid.first, laid.happening"
        found = self.rows(sql, reports=reports) if reports else ()
        for row, h in zip(found, self.loaded(found), strict=True):
            told[row.report].append((row.event, h))
        return told

    def happenings_of(self, reports: list[str]) -> dict[str, int]:
        """Reports with the number of happenings that they tell of; those that tell of none are left out."""
        of = "FROM laid_tellings t CROSS JOIN laid"
        where = f"WHERE laid.key = t.laid AND t.laying = :laying AND t.report IN :reports AND {HOLDS}"
        sql = f"SELECT t.report, count(DISTINCT t.laid) AS n {of} {where} GROUP BY t.report"
        return {row.report: int(row.n) for row in self.rows(sql, reports=reports)} if reports else {}

    def there(self, reports: list[str]) -> set[str]:
        """Those of these reports that were there on the day."""
        sql = f"SELECT told.report FROM laid_reports told WHERE {TOLD} AND told.report IN :reports"
        return {row.report for row in self.rows(sql, reports=reports)} if reports else set()

    def read_unknowns(self, ids: Collection[str]) -> None:
        """Count admissions of ignorance that are about happenings, into `unknowns`."""
        sql = f"SELECT laid.happening, count(*) AS n {_UNKNOWN} AND laid.happening IN :ids GROUP BY laid.happening"
        for some in _slices(ids, self.unknowns):
            self.unknowns |= dict.fromkeys(some, 0)
            self.unknowns |= {row.happening: int(row.n) for row in self.rows(sql, ids=some)}

    def ignorant(self, ids: list[str]) -> dict[str, list[str]]:
        """Reports that admit not to know something of each of these happenings."""
        found: dict[str, list[str]] = {id: [] for id in ids}
        sql = f"SELECT DISTINCT laid.happening, told.report {_UNKNOWN} AND laid.happening IN :ids"
        for row in self.rows(sql, ids=ids) if ids else ():
            found[row.happening].append(row.report)
        return found

    def offices(self, name: str, most: int) -> list[tuple[CodedReport, OfficeHolding]]:
        """Who a name holds office as, or who holds one for it, each as a report told it first; those told last."""
        sql = (
            "SELECT o.person, o.office, min(told.at || '\t' || told.report) AS began FROM offices o "
            "CROSS JOIN laid_reports told WHERE (o.person = :name OR o.country = :name) AND told.report = o.report "
            f"AND told.coding = o.coding AND {TOLD} GROUP BY o.person, o.office "
            "ORDER BY began DESC, min(o.number) DESC LIMIT :most"
        )
        rows, found = self.rows(sql, name=name, most=most), []
        told = self.parts([row.began.split("\t")[1] for row in rows], "offices")
        for row in reversed(rows):
            coded = told.get(row.began.split("\t")[1])
            held = [o for o in coded.offices if (o.person, o.office) == (row.person, row.office)] if coded else []
            found += [(coded, held[0])] if coded and held else []
        return found

    def origins(self) -> Mapping[str, str]:
        """Origins by name, each as JSON without its tellings, as it was told first."""
        return {
            row.name: row.record for row in self.rows("SELECT name, record FROM laid_origins WHERE laying = :laying")
        }
