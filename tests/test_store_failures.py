"""What goes wrong with a database: one sentence, nothing half-written, nothing doubled on the next run."""

from __future__ import annotations

import gzip
import multiprocessing
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest
from sqlalchemy import text

from brink.errors import StoreError
from brink.records import Happening
from brink.store import Store, happenings, open_store
from store_places import KINDS, PASSWORD, fresh, server
from store_samples import CODER, NEXT_CODER, told
from test_store_happenings import happening

MANY = 60


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh(request.param, tmp_path)


def sentence(caught: pytest.ExceptionInfo[StoreError]) -> str:
    """What a person is told: one line, and no secret."""
    said = str(caught.value)
    assert "\n" not in said
    assert said.endswith((".", "?"))
    assert "secret" not in said and PASSWORD not in said
    return said


def run_sql(store: Store, sql: str) -> None:
    with store._database.writing() as connection:
        connection.execute(text(sql))


def test_a_writer_that_waits_too_long_is_told_who_is_in_its_way(address: str) -> None:
    with open_store(address) as one, open_store(address, wait=0.3) as other:
        one.add(told("r1"), None)
        with one._database.writing():
            with pytest.raises(StoreError) as caught:
                other.add(told("r2"), None)
            assert [coded.report.id for coded in other.coded()] == ["r1"]
        assert "is locked" in sentence(caught)
        assert other.add(told("r2"), None) == "new"


def test_a_writer_that_waits_long_enough_writes(address: str) -> None:
    with open_store(address) as one, open_store(address, wait=20) as other, ThreadPool(1) as pool:
        with one._database.writing():
            added = pool.apply_async(other.add, (told("r1"), None))
            time.sleep(0.3)
            assert not added.ready()
        assert added.get(20) == "new"


def test_a_full_disk_loses_the_last_step_alone(tmp_path: Path) -> None:
    path = str(tmp_path / "full.sqlite")
    with open_store(path) as store:
        with store._database.outside() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 40}")
        with pytest.raises(StoreError) as caught:
            fill(store, CODER)
        assert "full" in sentence(caught)
        there = store.counts()
        assert 0 < there.reports < MANY
        assert there.events == 3 * there.reports
    with open_store(path) as store:
        fill(store, CODER)
        assert store.counts().reports == store.counts().versions == MANY


def test_a_full_disk_of_a_server_loses_the_last_step_alone(tmp_path: Path) -> None:
    with open_store(fresh("postgresql", tmp_path)) as store:
        run_sql(
            store,
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$",
        )
        run_sql(store, "CREATE TRIGGER full_disk BEFORE INSERT ON unknowns EXECUTE FUNCTION full_disk()")
        with pytest.raises(StoreError) as caught:
            store.add(told(), None)
        assert "full" in sentence(caught)
        assert store.counts().versions == 0


def test_an_export_onto_a_full_disk_leaves_the_former_one(address: str, tmp_path: Path) -> None:
    path = tmp_path / "export.gz"
    with open_store(address) as store:
        store.add(told(), None)
        store.export(path)
        before = path.read_bytes()
        fill(store, CODER)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 500, hard))
        try:
            with pytest.raises(StoreError) as caught:
                store.export(path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, former)
    assert "was not written" in sentence(caught)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*.part"))


def test_a_connection_lost_in_the_middle_undoes_the_step_and_the_next_one_works(tmp_path: Path) -> None:
    address = fresh("postgresql", tmp_path)
    name = address.rpartition("/")[2]

    def cut_off() -> Iterator[Happening]:
        yield happening("h2")
        server().ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        yield happening("h3")

    with open_store(address) as store:
        store.save_happenings([happening("h1")])
        with pytest.raises(StoreError) as caught, store._database.writing() as connection:
            happenings.save(connection, cut_off())
        assert "was lost" in sentence(caught)
        assert [one.id for one in store.happenings()] == ["h1"]
        store.save_happenings([happening("h2"), happening("h3")])
        assert [one.id for one in store.happenings()] == ["h2", "h3"]


def test_a_server_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    with open_store(fresh("postgresql", tmp_path)) as store:
        store.add(told("r1"), None)
        server().stop()
        try:
            with pytest.raises(StoreError) as caught:
                store.add(told("r2"), None)
        finally:
            server().start()
        assert "is the server running" in sentence(caught) or "was lost" in sentence(caught)
        assert store.add(told("r2"), None) == "new"
        assert store.counts().versions == 2


def fill(store: Store, coder: str) -> None:
    for number in range(MANY):
        store.add(told(f"r{number:02}", coder=coder), None)


def _work(address: str, coder: str, steps: Connection) -> None:
    with open_store(address) as store:
        for number in range(MANY):
            store.add(told(f"r{number:02}", coder=coder), None)
            steps.send(number)


def kill_again_and_again(address: str, coder: str, times: int) -> None:
    """Kill a program in the middle of its work, each time a little later in it; after each death all is whole."""
    chance, fork = random.Random(coder), multiprocessing.get_context("fork")
    for number in range(times):
        listening, steps = fork.Pipe(duplex=False)
        process = fork.Process(target=_work, args=(address, coder, steps))
        process.start()
        for _ in range(number * 8 + chance.randrange(8)):
            listening.recv()
        time.sleep(chance.uniform(0, 0.006))
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        whole(address)


def whole(address: str) -> None:
    """Nothing is half there: every version has one coding and every coding all its rows."""
    with open_store(address) as store:
        found = list(store.coded())
        assert all(coded in (told(coded.report.id), told(coded.report.id, coder=NEXT_CODER)) for coded in found)
        counts = store.counts()
        assert counts.reports == counts.versions == len(found)
        assert counts.events == sum(len(coded.events) for coded in found)
        assert counts.unknowns == sum(len(coded.unknowns) for coded in found)


def test_killed_while_reading_or_coding_anew_nothing_is_half_there_or_doubled(address: str, tmp_path: Path) -> None:
    for coder in (CODER, NEXT_CODER):
        kill_again_and_again(address, coder, times=5)
        with open_store(address) as store:
            fill(store, coder)
    with open_store(address) as store, open_store(None) as calm:
        for coder in (CODER, NEXT_CODER):
            fill(calm, coder)
        store.export(tmp_path / "killed.gz")
        calm.export(tmp_path / "calm.gz")
    killed, calm_lines = (gzip.decompress((tmp_path / f"{name}.gz").read_bytes()) for name in ("killed", "calm"))
    assert killed == calm_lines


def _other_program(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE place (id INTEGER)")
    base.commit()
    base.close()


def _damaged(path: Path) -> None:
    with open_store(str(path)) as store:
        fill(store, CODER)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_text("A letter, not a ledger. " * 50), "no SQLite file"),
        (_other_program, "another program"),
        (_damaged, "damaged"),
        (lambda path: path.mkdir(), "cannot be opened"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path, make: object, said: str) -> None:
    path = tmp_path / "odd.sqlite"
    assert callable(make)
    make(path)
    with pytest.raises(StoreError) as caught, open_store(str(path)) as store:
        list(store.coded())
    assert said in sentence(caught)
    assert str(path) in sentence(caught)


def test_a_ledger_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(str(tmp_path / "no" / "ledger.sqlite"))
    assert "folder that exists" in sentence(caught)


def test_a_ledger_of_a_newer_brink_is_left_alone(address: str) -> None:
    with open_store(address) as store:
        run_sql(store, "UPDATE alembic_version SET version_num = '9999_future'")
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert "newer Brink" in sentence(caught) and "9999_future" in sentence(caught)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://user:secret@host/name", "neither"),
        ("http://user:secret@host", "neither"),
        ("postgresql://user:secret@host:port/name", "cannot be read"),
        ("postgresql://user:secret@127.0.0.1:1/name", "is the server running"),
        ("postgresql://user@127.0.0.1:1/name?password=secret", "is the server running"),
        ("postgresql://user:secret@127.0.0.1:1/name?no_such_option=1", "no_such_option"),
        ("postgres://user:secret@no.such.host.invalid/name", "no.such.host.invalid"),
    ],
)
def test_an_address_that_leads_nowhere_keeps_its_secret(address: str, said: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert said in sentence(caught)


def test_a_server_that_refuses_says_why() -> None:
    with pytest.raises(StoreError) as caught:
        open_store(server().address("postgres", password="secret"))
    assert "password authentication failed" in sentence(caught)
    with pytest.raises(StoreError) as caught:
        open_store(server().address("nowhere"))
    assert "does not exist" in sentence(caught)


def test_without_its_driver_postgresql_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from brink.store import open_store\n"
        "try: open_store('postgresql://user:secret@127.0.0.1/name')\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "StoreError PostgreSQL needs its driver: pip install 'brink-monitor[postgres]'.\n"
