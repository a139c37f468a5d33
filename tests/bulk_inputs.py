"""Inputs of the tests of bulk, and the rows that the plain loop gives for them."""

from __future__ import annotations

import gzip
import json
import os
import signal
from pathlib import Path
from typing import Any

import pyarrow.parquet

from brink import coding, pipeline
from brink.bulk import Dataset, Job
from brink.bulk.local import code_and_commit
from brink.bulk.on_ray import Files, Worker
from brink.bulk.planning import Shard
from brink.bulk.running import Failure
from brink.bulk.writing import Coded
from brink.export.parquet import TABLES, rejection_row, rows_of
from brink.intake import IntakeOptions, expanded, read
from brink.records import Rejection, Report

PLACES = ("Nairobi", "Cairo", "Lima", "Oslo", "Hanoi", "Quito", "Accra")
TEXTS = (
    "{place} (Halden Press) - Defence minister Amina Wekesa said on Monday that some troops were withdrawing from the "
    "border. It is not clear how many soldiers are leaving.",
    "Protesters clashed with police in {place} on Tuesday. At least {n} people were wounded, a hospital said.",
    "The foreign ministry warned that it would close the embassy in {place}. Russia denied the report.",
)


def line(n: int, **more: object) -> str:
    """A report of its own as a line of JSON."""
    text = TEXTS[n % 3].format(place=PLACES[n % 7], n=n + 3)
    record = {"id": f"r{n}", "text": text, "published": f"2022-02-{1 + n % 28:02}", "outlet": "Sample"}
    return json.dumps(record | more)


def write_inputs(folder: Path) -> list[str]:
    """JSONL plain and packed, with lines that are no reports; a folder of texts and a page; a Parquet file."""
    bad = ["{broken", json.dumps({"id": "empty", "text": " "}), "", json.dumps({"id": "none"})]
    plain, packed, texts = folder / "a.jsonl", folder / "b.jsonl.gz", folder / "texts"
    plain.write_text("\n".join([*(line(n) for n in range(12)), *bad, line(3), line(12, published=None)]) + "\n")
    packed.write_bytes(gzip.compress("\n".join(line(n) for n in range(20, 26)).encode()))
    texts.mkdir()
    (texts / "one.txt").write_text("The army left the town of Gao, the governor said.\n")
    (texts / "two.html").write_text("<html><body><article><p>" + TEXTS[1].format(place="Gao", n=9) + "</p></article>")
    (texts / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    rows = [json.loads(line(n)) for n in range(40, 44)]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "c.parquet")
    return [str(plain), str(packed), str(texts), str(folder / "c.parquet"), str(folder / "nowhere.jsonl")]


def plain_items(inputs: list[str], folder: Path) -> list[Report | Rejection]:
    """What intake reads from the same inputs; the rows of the Parquet file as the lines they came from."""
    found: list[Report | Rejection] = []
    for where in expanded(inputs):
        if where.endswith(".parquet"):
            same = folder / "same.jsonl"
            same.write_text("\n".join(line(n) for n in range(40, 44)))
            found += read(str(same), IntakeOptions())
        else:
            found += read(where, IntakeOptions())
    return found


def plain_rows(items: list[Report | Rejection]) -> dict[str, list[dict[str, Any]]]:
    """The rows of the plain loop, table by table, without their place in the dataset."""
    register = coding.load_register(None)
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    for item in pipeline.annotate(items, register):
        if isinstance(item, Rejection):
            rows["rejections"].append(placeless(rejection_row(item)))
        else:
            for table, found in rows_of(item).items():
                rows[table] += map(placeless, found)
    return rows


def dataset_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of a dataset in order of the input."""
    dataset = Dataset(folder)
    found: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES:
        parts = [pyarrow.parquet.read_table(path).to_pylist() for path in dataset.files(table)]
        found[table] = [placeless(row) for part in parts for row in part]
    return found


def placeless(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in ("shard", "item")}


def second_fails(shard: Shard, job: Job, dataset: Dataset) -> Coded:
    """Codes shards as ever, but the second one raises."""
    if shard.number == 1:
        raise ZeroDivisionError("a fault in one shard")
    return code_and_commit(shard, job, dataset)


def second_kills(shard: Shard, job: Job, dataset: Dataset) -> Coded:
    """Codes shards as ever, but the second one takes its process with it."""
    if shard.number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return code_and_commit(shard, job, dataset)


class KilledOnce(Worker):
    """A worker of Ray that the second shard takes with it the first time."""

    times = 1

    def answer(self, shard: Shard) -> tuple[Coded, Files] | Failure:
        mark = Path(self.coder.job.inputs[0]).with_suffix(".killed")
        killed = int(mark.read_text()) if mark.exists() else 0
        if shard.number == 1 and killed < self.times:
            mark.write_text(str(killed + 1))
            os.kill(os.getpid(), signal.SIGKILL)
        return super().answer(shard)


class KilledEachTime(KilledOnce):
    """A worker of Ray that the second shard takes with it whenever it is coded."""

    times = 99
