"""Where a ledger lives and how its tables come about; what need not be loaded is not."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from brink.store import default_address, open_store
from brink.store.address import parse
from brink.store.migrations import FOLDER
from brink.store.schema import HEAD, METADATA
from store_places import KINDS, empty, fresh
from store_samples import told


def _ours(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """The search index is beside the tables: FTS5's on SQLite, a column on PostgreSQL."""
    return "words" not in (name or "")


@pytest.mark.parametrize("kind", KINDS)
def test_the_migrations_end_at_the_tables_that_the_code_knows(kind: str, tmp_path: Path) -> None:
    with open_store(empty(kind, tmp_path)) as store, store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == HEAD


def test_the_newest_step_is_the_one_the_code_asks_for() -> None:
    assert ScriptDirectory(str(FOLDER)).get_heads() == [HEAD]


def _open_and_add(address: str, number: int) -> None:
    with open_store(address) as store:
        store.add(told(f"r{number}"), None)


@pytest.mark.parametrize("kind", KINDS)
def test_programs_that_open_a_new_ledger_at_once_make_it_once(kind: str, tmp_path: Path) -> None:
    for _ in range(3):
        address = empty(kind, tmp_path)
        fork = multiprocessing.get_context("fork")
        programs = [fork.Process(target=_open_and_add, args=(address, number)) for number in range(4)]
        for program in programs:
            program.start()
        for program in programs:
            program.join()
        assert [program.exitcode for program in programs] == [0] * 4
        with open_store(address) as store:
            assert store.counts().reports == 4


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_is_there_when_it_is_opened_again(kind: str, tmp_path: Path) -> None:
    address = fresh(kind, tmp_path)
    with open_store(address) as store:
        store.add(told(), None)
    with open_store(address) as store:
        assert list(store.coded()) == [told()]


def test_the_default_ledger_lies_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_address() == str(tmp_path / "data" / "brink" / "ledger.sqlite")
    with open_store(default_address()) as store:
        store.add(told(), None)
    assert (tmp_path / "data" / "brink" / "ledger.sqlite").exists()


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        (None, "memory", "the ledger in memory"),
        ("", "memory", "the ledger in memory"),
        (":memory:", "memory", "the ledger in memory"),
        ("sqlite://", "memory", "the ledger in memory"),
        ("a b/Łódź.sqlite", "sqlite", "a b/Łódź.sqlite"),
        ("sqlite:///a.sqlite", "sqlite", "a.sqlite"),
        ("sqlite:////tmp/a.sqlite", "sqlite", "/tmp/a.sqlite"),
        (
            "postgresql://ana:pw@db.example:5433/crisis",
            "postgresql",
            "the PostgreSQL database 'crisis' at db.example:5433",
        ),
        ("postgres://ana@db.example/crisis", "postgresql", "the PostgreSQL database 'crisis' at db.example"),
        ("postgresql:///crisis", "postgresql", "the PostgreSQL database 'crisis' at this machine"),
    ],
)
def test_an_address_says_which_kind_of_ledger(text: str | None, kind: str, shown: str) -> None:
    address = parse(text)
    assert (address.kind, address.shown) == (kind, shown)


def _loaded(code: str) -> set[str]:
    code += "\nimport sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_brief_loads_no_database(tmp_path: Path) -> None:
    loaded = _loaded("import brink, brink.cli, brink.brief, brink.pipeline, brink.settings")
    assert not loaded & {"sqlalchemy", "alembic", "psycopg", "platformdirs"}


def test_a_ledger_that_is_up_to_date_is_opened_without_alembic(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.sqlite")
    open_store(path).close()
    loaded = _loaded(f"from brink.store import open_store; open_store({path!r}).counts()")
    assert "sqlalchemy" in loaded
    assert not loaded & {"alembic", "psycopg"}
