"""A whole ledger as one file, and backups while others write."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from brink.errors import Reason, StoreError
from brink.records import Decision, Rejection
from brink.store import Store, open_store
from store_places import KINDS, fresh
from store_samples import NEXT_CODER, told
from test_store_happenings import change, happening

DECISION = Decision("camp", "the militia", None, "UKR", "ana", "2024-03-04T10:00:00Z", "its own word")


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(fresh(request.param, tmp_path)) as opened:
        yield opened


def fill(store: Store) -> None:
    """A ledger with something in every table."""
    store.add(told("r1"), "2024-03-03T09:00:00Z")
    store.add(told("r1", coder=NEXT_CODER), None)
    store.add(told("r1", more=" Corrected.", day="2024-03-05"), None)
    store.add(told("r1", more=" Born early.", day="2024-03-01"), None)
    store.add(told("odd", more=" \0\ud83d 🕊 Łódź", outlet="Other"), None)
    store.add(told("gone", url="https://x.example/gone"), None)
    store.reject(Rejection("a.html", Reason.NO_ARTICLE, "No article."))
    store.reject(Rejection("a.html", Reason.NO_ARTICLE, "No article."))
    store.save_happenings([happening("h1", "2024-03-03", change("2024-03-03", "claimed")), happening("h0")])
    store.save_happenings([happening("h1", "2024-03-03", change("2024-03-04", "claimed"))])
    store.decide(DECISION)
    store.retain("Other", "spans")
    store.forget("https://x.example/gone")


def content(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().splitlines()


@pytest.mark.parametrize("kind", KINDS)
def test_a_ledger_moves_whole_between_databases(store: Store, kind: str, tmp_path: Path) -> None:
    fill(store)
    one, two = tmp_path / "one.gz", tmp_path / "two.gz"
    store.export(one)
    with open_store(fresh(kind, tmp_path)) as other:
        other.import_(one)
        assert list(other.coded()) == list(store.coded())
        assert list(other.coded("2024-03-03")) == list(store.coded("2024-03-03"))
        assert other.versions("r1") == store.versions("r1")
        assert other.counts() == store.counts()
        assert list(other.happenings()) == list(store.happenings())
        assert other.decisions() == (DECISION,)
        assert list(other.offices()) == list(store.offices())
        assert [one.report for one in other.search("corrected")] == ["r1"]
        other.export(two)
    assert content(one) == content(two)
    assert one.read_bytes() == two.read_bytes()


def test_an_import_of_what_is_there_doubles_nothing(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.export(tmp_path / "one.gz")
    store.import_(tmp_path / "one.gz")
    store.import_(str(tmp_path / "one.gz"))
    store.export(tmp_path / "two.gz")
    assert content(tmp_path / "one.gz") == content(tmp_path / "two.gz")


def test_an_import_into_another_ledger_joins_them(store: Store, tmp_path: Path) -> None:
    with open_store(None) as other:
        other.add(told("r1", more=" Corrected.", day="2024-03-05"), None)
        other.add(told("r2"), None)
        other.export(tmp_path / "other.gz")
    store.add(told("r1"), None)
    store.add(told("r2", coder=NEXT_CODER), None)
    store.import_(tmp_path / "other.gz")
    assert [version.superseded for version in store.versions("r1")] == ["2024-03-05", None]
    assert store.report("r2") == told("r2", coder=NEXT_CODER)
    assert len(store.versions("r2")[0].coders) == 2


def test_what_this_ledger_forgot_or_shortens_an_import_does_not_bring_back(store: Store, tmp_path: Path) -> None:
    with open_store(None) as other:
        other.add(told("r1"), None)
        other.add(told("r2", outlet="Other", more=" An idle sentence."), None)
        other.export(tmp_path / "other.gz")
    store.forget("Oleg Taran")
    store.import_(tmp_path / "other.gz")
    assert store.counts().events == 6
    assert not any(coded.report.text.strip() for coded in store.coded())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "holds no ledger"),
        (["{}"], "holds no ledger"),
        (["no json"], "holds no ledger"),
        (['{"brink": "ledger", "format": 99}'], "format 99"),
        (['{"brink": "ledger", "format": 1}', "{"], "Line 2"),
        (['{"brink": "ledger", "format": 1}', '{"kind": "tale"}'], "Line 2"),
        (
            ['{"brink": "ledger", "format": 1}', '{"kind": "report", "id": "r", "versions": [{"codings": []}]}'],
            "Line 2",
        ),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_and_changes_nothing(
    store: Store, tmp_path: Path, lines: list[str], said: str
) -> None:
    store.add(told(), None)
    path = tmp_path / "odd.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    with pytest.raises(StoreError, match=said):
        store.import_(path)
    assert list(store.coded()) == [told()]


def test_an_import_happens_wholly_or_not_at_all(store: Store, tmp_path: Path) -> None:
    with open_store(None) as other:
        fill(other)
        other.export(tmp_path / "one.gz")
    lines = content(tmp_path / "one.gz")
    (tmp_path / "broken.gz").write_bytes(gzip.compress("\n".join([*lines[:-1], lines[-1][:-9]]).encode()))
    (tmp_path / "cut.gz").write_bytes((tmp_path / "one.gz").read_bytes()[:-20])
    (tmp_path / "plain.gz").write_text("\n".join(lines), encoding="ascii")
    for name in ("broken.gz", "cut.gz", "plain.gz", "absent.gz"):
        with pytest.raises(StoreError) as caught:
            store.import_(tmp_path / name)
        assert "\n" not in str(caught.value)
        assert store.counts().versions == 0
    store.import_(tmp_path / "one.gz")
    assert store.counts().reports == 3


def test_an_export_that_cannot_be_written_leaves_what_was_there(store: Store, tmp_path: Path) -> None:
    store.add(told(), None)
    with pytest.raises(StoreError, match="folder that exists"):
        store.export(tmp_path / "no" / "such.gz")
    (tmp_path / "folder.gz").mkdir()
    with pytest.raises(StoreError, match="not written"):
        store.export(tmp_path / "folder.gz")
    assert not list((tmp_path / "folder.gz").iterdir())
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob(".*.part"))


def test_a_backup_is_made_while_others_write(store: Store, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        for number in range(40):
            store.add(told(f"r{number:02}"), None)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    taken = 0
    while not done.is_set() or not taken:
        path = tmp_path / f"backup{taken}"
        store.backup(path)
        taken += 1
        with opened_backup(path, store) as copy:
            found = list(copy.coded())
            assert [coded.report.id for coded in found] == [f"r{number:02}" for number in range(len(found))]
            assert copy.counts().events == 3 * len(found)
    writer.join()


def opened_backup(path: Path, store: Store) -> Store:
    """A backup of SQLite is a ledger, one of PostgreSQL an export."""
    if not store._database.is_postgres:
        return open_store(str(path))
    copy = open_store(None)
    copy.import_(path)
    return copy


def test_a_ledger_in_memory_can_be_backed_up(tmp_path: Path) -> None:
    with open_store(None) as memory:
        memory.add(told(), None)
        memory.backup(tmp_path / "copy.sqlite")
    with open_store(str(tmp_path / "copy.sqlite")) as copy:
        assert list(copy.coded()) == [told()]


def test_a_copy_never_takes_the_ledgers_own_place(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    with open_store(str(path)) as store:
        for copy in (store.export, store.backup):
            with pytest.raises(StoreError, match="ledger itself"):
                copy(path)


def test_the_file_says_what_it_is(store: Store, tmp_path: Path) -> None:
    store.export(tmp_path / "empty.gz")
    assert [json.loads(line) for line in content(tmp_path / "empty.gz")] == [{"brink": "ledger", "format": 1}]
