"""Archives into datasets: the rows of the plain loop, whatever happens on the way."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

import bulk_inputs
from brink.bulk import Dataset, Failure, Job, local, run
from brink.bulk.planning import plan
from brink.bulk.units import units_of
from brink.errors import BulkError, Reason, UsageError
from brink.settings import Settings
from bulk_inputs import dataset_rows, line, plain_items, plain_rows, write_inputs


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Path]:
    folder = tmp_path_factory.mktemp("inputs")
    return write_inputs(folder), folder


@pytest.fixture(scope="module")
def coded(given: tuple[list[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dataset")
    list(run(Job(tuple(given[0]), size=7), target, local.engine(2)))
    return target


def brink(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "brink", *arguments], capture_output=True, text=True)


def many(folder: Path, count: int = 60) -> Path:
    path = folder / "many.jsonl"
    path.write_text("".join(line(n) + "\n" for n in range(count)))
    return path


def test_rows_are_those_of_the_plain_loop_in_its_order(given: tuple[list[str], Path], coded: Path) -> None:
    wanted, found = plain_rows(plain_items(*given)), dataset_rows(coded)
    assert len(wanted["reports"]) == 26 and len(wanted["rejections"]) == 5
    for table in wanted:
        assert found[table] == wanted[table], table


def test_manifest_counts_and_tells_the_coder(coded: Path) -> None:
    manifest, found = Dataset(coded).manifest(), dataset_rows(coded)
    assert manifest["complete"] and manifest["rows"] == {t: len(rows) for t, rows in found.items() if rows}
    assert manifest["coder"] == found["reports"][0]["coder"] and manifest["threads"] == 1


def test_one_process_or_three_give_the_same_bytes(given: tuple[list[str], Path], coded: Path, tmp_path: Path) -> None:
    list(run(Job(tuple(given[0]), size=7), tmp_path, local.engine(3)))
    assert Dataset(tmp_path).manifest()["sha256"] == Dataset(coded).manifest()["sha256"]


def test_killed_and_started_again_nothing_is_lost_doubled_or_redone(tmp_path: Path) -> None:
    source, target, whole = many(tmp_path), tmp_path / "killed", tmp_path / "whole"
    command = [
        sys.executable,
        "-m",
        "brink",
        "bulk",
        str(source),
        "--to",
        str(target),
        "--shard",
        "4",
        "--workers",
        "2",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    while len(list((target / "shards").glob("*.json"))) < 4 and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert not Dataset(target).manifest()["complete"]
    time.sleep(1.5)  # its workers end with it
    before = {p: p.stat().st_mtime_ns for p in (target / "shards").glob("*.json")}
    assert 4 <= len(before) < 15
    again = subprocess.run(command, capture_output=True, text=True)
    assert again.returncode == 0 and "60 coded" in again.stderr
    assert all(p.stat().st_mtime_ns == t for p, t in before.items())
    list(run(Job((str(source),), size=4), whole, local.engine(2)))
    assert dataset_rows(target) == dataset_rows(whole)
    assert Dataset(target).manifest()["sha256"] == Dataset(whole).manifest()["sha256"]


@pytest.mark.parametrize(("code", "reason"), [("second_fails", "a fault in one shard"), ("second_kills", "died")])
def test_a_shard_that_fails_is_set_aside_and_tried_again(code: str, reason: str, tmp_path: Path) -> None:
    job, target = Job((str(many(tmp_path, 20)),), size=5), tmp_path / "out"
    outcomes = list(run(job, target, local.engine(2, getattr(bulk_inputs, code))))
    failures = [o.result for o in outcomes if isinstance(o.result, Failure)]
    assert len(outcomes) == 4 and [f.shard for f in failures] == [1] and reason in failures[0].reason
    assert not Dataset(target).manifest()["complete"] and Dataset(target).failed()[0]["shard"] == 1
    outcomes = list(run(job, target, local.engine(1)))
    assert sorted((o.result.shard, o.again) for o in outcomes) == [(0, True), (1, False), (2, True), (3, True)]
    assert Dataset(target).manifest()["complete"] and len(dataset_rows(target)["reports"]) == 20


def test_files_that_are_no_inputs_are_counted(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    many(source, 2)
    (source / "letter.docx").write_bytes(b"PK")
    (source / "rows.parquet").write_bytes(b"PAR1")
    done = brink("bulk", str(source), "--to", str(tmp_path / "out"), "--workers", "1")
    assert done.returncode == 0 and "2 coded" in done.stderr and "1 rejected" in done.stderr
    assert "1 file(s) of the folders passed over" in done.stderr and "letter.docx" in done.stderr


def test_a_dataset_of_which_nothing_is_finished_takes_another_command(tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert brink("bulk", "https://paper.example/a", "--to", str(target)).returncode == 2
    assert brink("bulk", str(many(tmp_path, 2)), "--to", str(target), "--workers", "1").returncode == 0
    with pytest.raises(BulkError, match="another job"):
        list(run(Job(("elsewhere.jsonl",)), target, local.engine(1)))


def test_replicating_what_is_not_there(tmp_path: Path) -> None:
    done = brink("replicate", str(tmp_path / "nowhere"))
    assert done.returncode == 1 and "There is no" in done.stderr


def test_a_file_that_grew_keeps_its_finished_shards(tmp_path: Path) -> None:
    job, target = Job((str(many(tmp_path, 8)),), size=4), tmp_path / "out"
    list(run(job, target, local.engine(1)))
    many(tmp_path, 10)
    outcomes = list(run(job, target, local.engine(1)))
    assert [o.again for o in sorted(outcomes, key=lambda o: o.result.shard)] == [True, True, False]
    many(tmp_path, 4)
    list(run(job, target, local.engine(1)))
    assert [r["report"] for r in dataset_rows(target)["reports"]] == ["r0", "r1", "r2", "r3"]


def test_limit_sample_and_since_choose_reports(tmp_path: Path) -> None:
    source = str(many(tmp_path, 40))
    assert sum(len(s.units) for s in plan(Job((source,), limit=7), Settings())) == 7
    part = [u.where for s in plan(Job((source,), sample=0.4, size=3), Settings()) for u in s.units]
    assert part == [u.where for s in plan(Job((source,), sample=0.4), Settings()) for u in s.units]
    assert 5 < len(part) < 30
    list(run(Job((source,), since="2022-02-20", limit=28), tmp_path / "out", local.engine(1)))
    assert {str(r["published"]) for r in dataset_rows(tmp_path / "out")["reports"]} == {
        f"2022-02-{day}" for day in range(20, 29)
    }
    assert Dataset(tmp_path / "out").manifest()["left_out"] == 19


def test_another_job_and_another_run_are_kept_off_a_dataset(coded: Path, given: tuple[list[str], Path]) -> None:
    with pytest.raises(BulkError, match="another job"):
        list(run(Job(tuple(given[0]), size=8), coded, local.engine(1)))
    with Dataset(coded).lock(), pytest.raises(BulkError, match="works on"):
        list(run(Job(tuple(given[0]), size=7), coded, local.engine(1)))


@pytest.mark.parametrize("options", [{"size": 0}, {"limit": 0}, {"sample": 0.0}, {"sample": 2.0}, {"since": "soon"}])
def test_jobs_that_make_no_sense_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Job(("x",), **options)  # type: ignore[arg-type]


def test_addresses_are_read_through_fsspec(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe("/bulk/one.jsonl", (line(1) + "\n" + line(2)).encode())
    memory.pipe("/bulk/two.jsonl", line(3).encode())
    list(run(Job(("memory://bulk/*.jsonl",)), tmp_path, local.engine(1)))
    assert [r["report"] for r in dataset_rows(tmp_path)["reports"]] == ["r1", "r2", "r3"]
    with pytest.raises(UsageError, match="brink code"):
        list(units_of(["https://example.org/a.jsonl"], Settings()))


def test_damaged_inputs_are_refusals(tmp_path: Path) -> None:
    good = tmp_path / "good.parquet"
    table = {"id": ["a", "b"], "text": ["The army left.", None]}
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table(table), good)
    whole = good.read_bytes()
    cases = {"cut.parquet": whole[:-30], "no.parquet": b"PAR1 nothing PAR1", "half.jsonl.gz": b"\x1f\x8b\x08\x00half"}
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
        found = list(units_of([str(tmp_path / name)], Settings()))
        assert len(found) == 1 and (found[0].refused is None or found[0].refused[0] is Reason.BROKEN_ARCHIVE), name
    assert [u.line for u in units_of([str(good)], Settings())] == [
        b'{"id": "a", "text": "The army left."}',
        b'{"id": "b"}',
    ]


def test_the_command_tells_what_came_and_exits_by_it(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text(line(1) + "\n{broken\n")
    done = brink("bulk", str(source), "--to", str(target))
    assert done.returncode == 0 and "1 coded (1 now" in done.stderr and "1 rejected" in done.stderr
    source.write_text("{broken\n")
    assert brink("bulk", str(source), "--to", str(tmp_path / "none")).returncode == 1
    wrong = brink("bulk", str(source), "--to", str(tmp_path / "x"), "--address", "auto")
    assert wrong.returncode == 2 and "--engine ray" in wrong.stderr


def test_replication_finds_the_rows_again_and_a_row_that_was_changed(coded: Path, tmp_path: Path) -> None:
    import shutil

    import pyarrow.parquet

    copy = tmp_path / "copy"
    shutil.copytree(coded, copy)
    done = brink("replicate", str(copy / "manifest.json"), "--workers", "1")
    assert done.returncode == 0 and "reports: 26 rows the same, 0 only" in done.stdout
    path = Dataset(copy).files("events")[0]
    rows = pyarrow.parquet.read_table(path).to_pylist()
    rows[0]["event"] = "AID"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, pyarrow.parquet.read_schema(path)), path)
    done = brink("replicate", str(copy), "--workers", "1")
    assert done.returncode == 1 and "1 only in the dataset, 1 only now" in done.stdout


def test_the_ledger_of_a_dataset_is_that_of_its_reports(tmp_path: Path) -> None:
    source, target = many(tmp_path, 12), tmp_path / "out"
    done = brink("bulk", str(source), "--to", str(target), "--ledger", str(tmp_path / "ledger.sqlite"))
    assert done.returncode == 0 and "happenings in" in done.stderr
    plain = brink("ledger", str(source))
    wanted = sorted(json.loads(x)["id"] for x in plain.stdout.splitlines())
    rows = brink("query", "SELECT id FROM happenings ORDER BY id", str(target), "--format", "csv")
    assert wanted and rows.stdout.split()[1:] == wanted


def test_release_writes_the_formats_and_a_codebook(coded: Path, tmp_path: Path) -> None:
    done = brink("release", str(coded), "--to", str(tmp_path / "all"))
    assert done.returncode == 0
    names = {p.name for p in (tmp_path / "all").iterdir()}
    assert names == {
        "events.polecat.tsv", "events.gdelt.tsv", "events.acled.csv", "events.plover.jsonl", "codebook.md",
        "codebook.pdf",
    }  # fmt: skip
    told = [json.loads(x) for x in (tmp_path / "all" / "events.plover.jsonl").read_text().splitlines()]
    assert len(told) == len(dataset_rows(coded)["events"])
    brink("release", str(coded), "--to", str(tmp_path / "day"), "--format", "plover", "--one-a-day")
    kept = [json.loads(x) for x in (tmp_path / "day" / "events.plover.jsonl").read_text().splitlines()]
    assert 0 < len(kept) < len(told) and {k["id"] for k in kept} <= {t["id"] for t in told}
    book = (tmp_path / "day" / "codebook.md").read_text()
    assert "| `quantity_low` |" in book and "| `RETREAT` |" in book and "One event a day" in book


def test_code_writes_its_events_as_parquet(tmp_path: Path) -> None:
    import pyarrow.parquet

    source, out = many(tmp_path, 3), tmp_path / "events.parquet"
    assert brink("code", str(source), "--out", str(out)).returncode == 0
    found = pyarrow.parquet.read_table(out)
    assert found.num_rows and "shard" not in found.column_names and "PROTEST" in found["event"].to_pylist()
    wrong = brink("code", str(source), "--out", str(out), "--format", "gdelt")
    assert wrong.returncode == 2 and "Parquet" in wrong.stderr
