"""Questions in SQL, about a dataset and about a ledger."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet
import pytest

from brink.bulk import Job, local, run
from brink.bulk.query import ALL, answer
from brink.errors import BulkError, UsageError
from brink.export.parquet import columns
from bulk_inputs import dataset_rows, line

BY_TYPE = "SELECT event, count(*) AS n FROM events GROUP BY event ORDER BY n DESC, event"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same reports as a dataset and as a ledger."""
    folder = tmp_path_factory.mktemp("query")
    source = folder / "in.jsonl"
    source.write_text("".join(line(n) + "\n" for n in range(9)) + "{broken\n")
    list(run(Job((str(source),), size=4), folder / "dataset", local.engine(1)))
    brink("read", str(source), "--db", str(folder / "ledger.sqlite"))
    return {"dataset": folder / "dataset", "ledger": folder / "ledger.sqlite"}


def brink(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "brink", *arguments], capture_output=True, text=True)


def asked(sql: str, where: Path) -> list[tuple[object, ...]]:
    with answer(sql, str(where)) as found:
        return list(found.rows())


def test_dataset_and_ledger_answer_alike(places: dict[str, Path]) -> None:
    for sql in (
        BY_TYPE,
        "SELECT report, id, speaker, relay FROM statements ORDER BY ALL",
        "SELECT text, attribute, start_offset FROM unknowns ORDER BY ALL",
        "SELECT report, published, words FROM reports ORDER BY report",
        "SELECT place, id, reason, message, times FROM rejections ORDER BY place",
    ):
        found = asked(sql, places["dataset"])
        assert found and found == asked(sql, places["ledger"]), sql


@pytest.mark.parametrize("table", ALL)
def test_every_table_has_its_columns(table: str, places: dict[str, Path]) -> None:
    where = places["ledger" if table == "happenings" else "dataset"]  # the dataset has had no ledger built
    with answer(f"SELECT * FROM {table}", str(where)) as found:
        assert found.names == tuple(c.name for c in columns(table))


def test_a_dataset_without_happenings_says_so(places: dict[str, Path]) -> None:
    with pytest.raises(BulkError, match="--ledger"):
        asked("SELECT count(*) FROM happenings", places["dataset"])


@pytest.mark.parametrize("where", ["dataset", "ledger"])
def test_tables_and_columns_can_be_asked_for(where: str, places: dict[str, Path]) -> None:
    assert asked("SHOW TABLES", places[where]) == [(name,) for name in sorted(ALL)]
    assert [row[0] for row in asked("DESCRIBE events", places[where])] == [c.name for c in columns("events")]
    pivot = "PIVOT events ON quad USING count(*) GROUP BY report"
    assert len(asked(pivot, places[where])) == len(asked("SELECT DISTINCT report FROM events", places[where]))


def test_what_is_wrong_with_a_question_is_told_with_its_hint(places: dict[str, Path]) -> None:
    for sql, hint in (("SELECT * FROM event", 'Did you mean "events"?'), ("SELECT scor FROM events", '"score"')):
        with pytest.raises(UsageError) as told:
            asked(sql, places["dataset"])
        assert hint in str(told.value) and "\n" not in str(told.value)


def test_a_slow_answer_has_nothing_between_its_rows(places: dict[str, Path]) -> None:
    """DuckDB would draw a bar on standard output from two seconds on, at least where a terminal is."""
    with answer("SELECT current_setting('enable_progress_bar')", str(places["dataset"])) as found:
        assert list(found.rows()) == [(False,)]


def test_a_ledger_tells_how_often_an_input_was_refused(tmp_path: Path) -> None:
    bad, empty, ledger = tmp_path / "bad.jsonl", tmp_path / "empty.txt", tmp_path / "ledger.sqlite"
    bad.write_text("{broken\n")
    empty.write_text("")
    for inputs in ([str(bad), str(empty)], [str(bad)]):
        brink("read", *inputs, "--db", str(ledger))
    found = asked("SELECT place, reason, times FROM rejections ORDER BY place", ledger)
    assert found == [(f"{bad}:1", "broken_json", 2), (str(empty), "empty", 1)]


def test_a_question_may_join_and_unnest(places: dict[str, Path]) -> None:
    sql = (
        "SELECT DISTINCT s.speaker FROM events e JOIN statements s ON s.report = e.report AND s.id = e.statement, "
        "unnest(e.actor_country) AS t(c) WHERE s.speaker IS NOT NULL"
    )
    assert ("Amina Wekesa",) in asked(sql, places["dataset"])


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')", "COPY (SELECT 1) TO '/tmp/brink_out.csv'", "SELECT * FROM nowhere",
        "INSTALL httpfs", "SET enable_external_access = true", "SELECT", "", "ATTACH '/tmp/brink_out.db'",
        "SELECT 1; SELECT 2", "CREATE TABLE mine AS SELECT 1", "DROP VIEW events", "SELECT event::INT FROM events",
    ],
)  # fmt: skip
def test_a_question_reads_the_tables_and_nothing_else(sql: str, places: dict[str, Path]) -> None:
    with pytest.raises(UsageError):
        asked(sql, places["dataset"])


def test_places_that_are_none(tmp_path: Path) -> None:
    for where in (tmp_path, tmp_path / "nowhere.sqlite"):
        with pytest.raises(BulkError):
            asked("SELECT 1 FROM events", where)


def test_forms_of_an_answer(places: dict[str, Path], tmp_path: Path) -> None:
    where, out = str(places["dataset"]), tmp_path / "out.parquet"
    rows = asked(BY_TYPE, places["dataset"])
    csv = brink("query", BY_TYPE, where, "--format", "csv").stdout.splitlines()
    assert csv == ["event,n", *(f"{event},{n}" for event, n in rows)]
    table = brink("query", BY_TYPE, where).stdout
    assert all(str(event) in table for event, _ in rows) and not any(x != x.rstrip() for x in table.splitlines())
    done = brink("query", BY_TYPE, where, "--format", "parquet", "--out", str(out))
    assert done.returncode == 0 and not done.stdout and not done.stderr
    assert [tuple(r.values()) for r in pyarrow.parquet.read_table(out).to_pylist()] == rows
    assert brink("query", BY_TYPE, where, "--format", "parquet").returncode == 2


def test_only_committed_shards_are_seen(places: dict[str, Path]) -> None:
    before = asked("SELECT count(*) FROM events", places["dataset"])
    first = places["dataset"] / "events" / "000000.parquet"
    stray = first.with_name("000099.parquet")
    stray.write_bytes(first.read_bytes())
    assert (
        asked("SELECT count(*) FROM events", places["dataset"])
        == before
        == [(len(dataset_rows(places["dataset"])["events"]),)]
    )


def test_records_in_the_dataset_are_the_contract(places: dict[str, Path]) -> None:
    row = dataset_rows(places["dataset"])["reports"][0]
    record = json.loads(row["record"])
    assert record["report"]["id"] == row["report"] and record["report"]["text"] == "" and row["text"]


def test_the_notebook_runs_and_draws_its_plot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("polars")
    pytest.importorskip("matplotlib").use("Agg")
    examples = Path(__file__).parents[1] / "examples"
    lines = (examples / "ukraine-2022" / "reports.jsonl").read_text("utf-8").splitlines()[:30]
    (tmp_path / "ukraine-2022").mkdir()
    (tmp_path / "ukraine-2022" / "reports.jsonl").write_text("\n".join(lines), "utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "notebook"}
    for one in json.loads((examples / "bulk.ipynb").read_text("utf-8"))["cells"]:
        if one["cell_type"] == "code":
            exec("".join(one["source"]), names)
    assert names["told"].height > 20 and set(names["daily"]["line"]) == {"words", "deeds"}  # type: ignore[attr-defined,index]
    assert (tmp_path / "tension.png").stat().st_size > 5_000
