"""A laid ledger as of one day, read piece by piece: nothing here reads more of it than a page shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from sqlalchemy import Connection, bindparam, text

from brink.records import CodedReport, Happening, OfficeHolding
from brink.store import codings
from brink.store.database import Database
from brink.store.happenings import loads

HOLDS = "laid.laying = :laying AND laid.since <= :asked AND laid.until > :asked"
"""A state that holds on the day asked for; in every query `:laying` and `:asked` are the book's."""
TOLD = HOLDS.replace("laid.", "told.")
_WRITTEN = (
    "SELECT codings.record, versions.text FROM laid_reports told JOIN codings ON codings.key = told.coding "
    "JOIN versions ON versions.key = codings.version"
)

_UNKNOWN = (
    "FROM laid CROSS JOIN laid_tellings t CROSS JOIN laid_reports told CROSS JOIN unknowns u WHERE t.laid = laid.key "
    f"AND told.report = t.report AND told.unknowns > 0 AND {TOLD} AND u.coding = told.coding AND u.about = t.event "
    f"AND {HOLDS}"
)


class Book:
    """One moment of a laid ledger (`laying` is its key) as of a day; what it reads is opened at the first question.

    Raises StoreError as every reading does. Close it soon: until then it holds a connection.
    """

    def __init__(self, database: Database, laying: int, day: str) -> None:
        self.day, self._laying, self._database = day, laying, database
        self._open = ExitStack()
        self._connection: Connection | None = None
        self._reports: dict[str, CodedReport | None] = {}
        self._happenings: dict[str, Happening | None] = {}
        self.unknowns: dict[str, int] = {}
        self.few: dict[str, Sequence[Any]] = {}

    def close(self) -> None:
        """Let go of the connection."""
        self._open.close()
        self._connection = None

    def rows(self, sql: str, **known: Any) -> Sequence[Any]:
        """The rows of a query, which may name `:laying` and `:asked`; a list among `known` is expanded."""
        if self._connection is None:
            self._connection = self._open.enter_context(self._database.reading())
        asked = text(sql)
        lists: list[Any] = [bindparam(name, expanding=True) for name, value in known.items() if isinstance(value, list)]
        wanted = {**known, "laying": self._laying, "asked": self.day}
        return self._connection.execute(asked.bindparams(*lists) if lists else asked, wanted).all()

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
        if missing := [id for id in ids if id not in self._happenings]:
            sql = f"SELECT laid.key, laid.happening FROM laid WHERE {HOLDS} AND happening IN :ids"
            self.loaded(self.rows(sql, ids=missing))

    def loaded(self, rows: Sequence[Any]) -> list[Happening]:
        """Happenings out of rows that have `key` and `happening`."""
        wanted = {row.key: row.happening for row in rows if self._happenings.get(row.happening) is None}
        if wanted:
            sql = "SELECT laid, record FROM laid_records WHERE laid IN :keys"
            for row in self.rows(sql, keys=list(wanted)):
                self._happenings[wanted[row.laid]] = loads(row.record)
        return [found for row in rows if (found := self._happenings[row.happening]) is not None]

    def report(self, id: str) -> CodedReport | None:
        """A report as it was on the day, None where it was not there."""
        if id not in self._reports:
            found = self.rows(f"{_WRITTEN} WHERE {TOLD} AND told.report = :id", id=id)
            self._reports[id] = codings.put_together(found[0].record, found[0].text) if found else None
        return self._reports[id]

    def telling(self, report: str) -> list[tuple[str | None, Happening]]:
        """The events of a report that happenings rest on, each with its happening; None for a bare statement."""
        of = "FROM laid_tellings t CROSS JOIN laid WHERE laid.key = t.laid"
        chosen = f"SELECT t.event, laid.key, laid.happening {of} AND t.laying = :laying AND t.report = :report"
        found = self.rows(f"{chosen} AND {HOLDS} ORDER BY laid.first, laid.happening", report=report)
        return [(row.event, h) for row, h in zip(found, self.loaded(found), strict=True)]

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
        if missing := [id for id in ids if id not in self.unknowns]:
            self.unknowns |= dict.fromkeys(missing, 0)
            sql = f"SELECT laid.happening, count(*) AS n {_UNKNOWN} AND laid.happening IN :ids GROUP BY laid.happening"
            self.unknowns |= {row.happening: int(row.n) for row in self.rows(sql, ids=missing)}

    def ignorant(self, id: str) -> list[str]:
        """Reports that admit not to know something of a happening."""
        sql = f"SELECT DISTINCT told.report {_UNKNOWN} AND laid.happening = :id"
        return [row.report for row in self.rows(sql, id=id)]

    def offices(self, name: str, most: int) -> list[tuple[CodedReport, OfficeHolding]]:
        """Who a name holds office as, or who holds one for it, each as a report told it first; those told last."""
        sql = (
            "SELECT o.person, o.office, min(told.at || '\t' || told.report) AS began FROM offices o "
            "CROSS JOIN laid_reports told WHERE (o.person = :name OR o.country = :name) AND told.report = o.report "
            f"AND told.coding = o.coding AND {TOLD} GROUP BY o.person, o.office "
            "ORDER BY began DESC, min(o.number) DESC LIMIT :most"
        )
        found = []
        for row in reversed(self.rows(sql, name=name, most=most)):
            coded = self.report(row.began.split("\t")[1])
            held = [o for o in coded.offices if (o.person, o.office) == (row.person, row.office)] if coded else []
            found += [(coded, held[0])] if coded and held else []
        return found

    def origins(self) -> Mapping[str, str]:
        """Origins by name, each as JSON without its tellings, as it was told first."""
        return {
            row.name: row.record for row in self.rows("SELECT name, record FROM laid_origins WHERE laying = :laying")
        }
