"""The Ray engine: Ray Data over shards gives the rows of the plain loop, and loses none with a worker."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from brink.bulk import Dataset, Failure, Job, local, run
from brink.errors import UsageError
from bulk_inputs import KilledEachTime, KilledOnce, dataset_rows, line, plain_items, plain_rows, write_inputs

ray = pytest.importorskip("ray")

from brink.bulk import on_ray  # noqa: E402


@pytest.fixture(scope="module", autouse=True)
def started() -> Iterator[None]:
    """One Ray for all of these tests, as on a cluster: the engine uses it and leaves it running."""
    with pytest.MonkeyPatch.context() as patch:
        # Workers find what stands in this folder, too.
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]))
        on_ray._begin(ray, 2, None)
        yield
        ray.shutdown()


def test_rows_are_those_of_the_plain_loop(tmp_path: Path) -> None:
    inputs, source = tmp_path / "inputs", tmp_path / "out"
    inputs.mkdir()
    given = write_inputs(inputs)
    outcomes = list(run(Job(tuple(given), size=7), source, on_ray.engine(2)))
    assert not [o for o in outcomes if isinstance(o.result, Failure)] and ray.is_initialized()
    wanted, found = plain_rows(plain_items(given, inputs)), dataset_rows(source)
    assert len(wanted["reports"]) == 26
    for table in wanted:
        assert found[table] == wanted[table], table
    again = list(run(Job(tuple(given), size=7), source, on_ray.engine(2)))
    assert len(again) == len(outcomes) and all(o.again for o in again)
    list(run(Job(tuple(given), size=7), tmp_path / "local", local.engine(1)))
    assert Dataset(source).manifest()["sha256"] == Dataset(tmp_path / "local").manifest()["sha256"]


@pytest.mark.parametrize(("worker", "lost"), [(KilledOnce, []), (KilledEachTime, [1])])
def test_a_lost_worker_costs_no_other_shard(worker: type[on_ray.Worker], lost: list[int], tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text("".join(line(n) + "\n" for n in range(12)))
    job = Job((str(source),), size=2)
    outcomes = list(run(job, target, on_ray.engine(1, worker=worker)))
    failures = [o.result for o in outcomes if isinstance(o.result, Failure)]
    assert sorted(o.result.shard for o in outcomes) == list(range(6)) and [f.shard for f in failures] == lost
    assert all("lost 3 times" in f.reason for f in failures)
    assert (tmp_path / "in.killed").read_text() == ("3" if lost else "1")
    list(run(job, target, local.engine(1)))
    assert [r["report"] for r in dataset_rows(target)["reports"]] == [f"r{n}" for n in range(12)]


def test_an_input_that_cannot_be_planned_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="brink code"):
        list(run(Job(("https://example.org/a.jsonl",)), tmp_path, on_ray.engine(1)))


def test_the_command_codes_on_a_cluster_by_its_address(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(line(1) + "\n" + line(2))
    address = ray.get_runtime_context().gcs_address
    where = ["--to", str(tmp_path / "out"), "--engine", "ray", "--workers", "1", "--address", address]
    done = subprocess.run(
        [sys.executable, "-m", "brink", "bulk", str(source), *where], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0 and "2 coded" in done.stderr, done.stderr
    assert [r["report"] for r in dataset_rows(tmp_path / "out")["reports"]] == ["r1", "r2"]


def test_an_address_where_no_ray_is(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(line(1))
    ray.shutdown()
    with pytest.raises(UsageError, match=r"127\.0\.0\.1:1 cannot be reached"):
        list(run(Job((str(source),)), tmp_path / "out", on_ray.engine(1, "127.0.0.1:1")))
