"""Archives by address: JSONL, gzip, Parquet and WARC out of S3 and Google's store give the rows of the same files."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

import object_stores
from brink.bulk import Dataset, Job, local, run
from bulk_inputs import dataset_rows, line

PAGE = "<html><head><title>{0}</title></head><body><article><p>{1}</p><p>{1}</p></article></body></html>"
TOLD = "The army left the town of Gao on Saturday, the governor of the region said. He did not say how many had gone."


def warc() -> bytes:
    """An archive of two pages, a picture and a record that is cut off."""
    records = []
    for number, (kind, body) in enumerate(
        [("text/html", PAGE.format("Army leaves Gao", TOLD).encode()), ("image/png", b"\x89PNG\r\n\x1a\n"),
         ("text/html", PAGE.format("Talks", "The ministers met in Oslo on Monday. " + TOLD).encode())]
    ):  # fmt: skip
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/{number}\r\n"
        head += f"Content-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
        records.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return b"".join(records)


def files() -> dict[str, bytes]:
    out = io.BytesIO()
    rows = [json.loads(line(n)) for n in range(40, 44)]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), out)
    return {
        "in/a.jsonl": "\n".join([*(line(n) for n in range(6)), "{broken"]).encode(),
        "in/b.jsonl.gz": gzip.compress("\n".join(line(n) for n in range(20, 23)).encode()),
        "in/c.parquet": out.getvalue(),
        "in/deep/d.warc.gz": warc(),
        "in/e.txt": b"The army left the town of Gao, the governor said.\n",
    }


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The files in a folder, and their dataset."""
    folder = tmp_path_factory.mktemp("here")
    for name, content in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    list(run(Job((str(folder / "in"),), published="2022-03-01", size=4), folder / "out", local.engine(1)))
    return folder, folder / "out"


def test_an_archive_of_pages_is_coded_page_by_page(here: tuple[Path, Path]) -> None:
    found = {row["url"]: row for row in dataset_rows(here[1])["reports"]}
    assert {"https://paper.example/0", "https://paper.example/2"} <= found.keys()
    page = found["https://paper.example/0"]
    assert page["title"] == "Army leaves Gao" and TOLD in page["text"] and page["events"] > 0


@pytest.mark.parametrize(
    ("kind", "store", "needs"), [("s3", object_stores.s3, "s3fs"), ("gs", object_stores.gs, "gcsfs")]
)
def test_files_in_a_store_give_the_rows_of_the_same_files_here(
    kind: str, store: Callable[..., AbstractContextManager[dict[str, str]]], needs: str, here: tuple[Path, Path],
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    pytest.importorskip(needs)
    with store("archive", files()) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        job = Job((f"{kind}://archive/in",), published="2022-03-01", size=4)
        list(run(job, tmp_path / "out", local.engine(2)))
        matched = [s.units for s in _plan(Job((f"{kind}://archive/in/*.jsonl*",)))]
    wanted, found = dataset_rows(here[1]), dataset_rows(tmp_path / "out")
    assert Dataset(tmp_path / "out").manifest()["complete"] and sum(map(len, matched)) == 10
    assert len(found["rejections"]) == len(wanted["rejections"]) == 1
    assert found["rejections"][0]["place"] == f"{kind}://archive/in/a.jsonl:7"
    for table in ("reports", "statements", "events", "unknowns"):
        assert sorted(map(repr, found[table])) == sorted(map(repr, wanted[table])), table
    assert len(found["reports"]) == 16


def _plan(job: Job) -> list[object]:
    from brink.bulk.planning import plan
    from brink.settings import Settings

    return list(plan(job, Settings()))
