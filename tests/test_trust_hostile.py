"""Inputs made to do harm: bombs, names that climb out of folders, hostile Parquet, forged datasets."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from brink.bulk import Dataset, Job, local, run
from brink.bulk.query import answer
from brink.bulk.releasing import release
from brink.bulk.units import units_of
from brink.errors import BulkError, Reason
from brink.intake import IntakeOptions, read
from brink.records import Rejection, Report
from brink.settings import Settings
from bulk_inputs import line

CLIMBING = "../../../../tmp/brink_climbed"
PAGE = b"<html><body><article><p>The army left the town on Saturday, the governor said.</p></article></body></html>"


def reading(content: bytes) -> list[Report | Rejection]:
    return list(read("-", IntakeOptions(stdin=io.BytesIO(content))))


def record(body: bytes, headers: str = "", url: str = "https://paper.example/1") -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n"
    return head.encode() + f"Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "The army left.")
    return out.getvalue()


def tarred(name: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    return out.getvalue()


BOMBS = {
    "gzip": lambda: gzip.compress(b"Troops left. " * 5_000_000),
    "gzip within gzip": lambda: gzip.compress(gzip.compress(b" " * 60_000_000)),
    "a record that is packed again": lambda: record(
        gzip.compress(b"<p>" * 15_000_000), headers="Content-Encoding: gzip\r\n"
    ),
    "a packed archive": lambda: gzip.compress(record(b"<p>" * 15_000_000)),
    "a record that says it is endless": lambda: record(PAGE).replace(b"Length: ", b"Length: 99999999999"),
    "nested braces": lambda: b'{"text": ' + b"[" * 1_000_000,
    "entities": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "' + b"ha" * 5000 + b'"><!ENTITY b "' + b"&a;" * 5000 + b'">]>'
        b"<rss version='2.0'><channel><item><title>" + b"&b;" * 1000 + b"</title></item></channel></rss>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_little_memory(name: str) -> None:
    content = BOMBS[name]()
    reading(record(PAGE))  # libraries are loaded before memory is watched
    tracemalloc.start()
    try:
        items = reading(content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert items and all(isinstance(item, Rejection) or len(item.text) < 500_001 for item in items)
    assert any(isinstance(item, Rejection) for item in items) or name == "entities"
    assert peak < 120_000_000, f"{peak:,}"


@pytest.mark.parametrize("make", [zipped, tarred])
def test_archives_of_files_are_refused_and_unpacked_nowhere(make: Callable[[str], bytes]) -> None:
    for content in (make(CLIMBING), gzip.compress(make(CLIMBING))):
        (item,) = reading(content)
        assert isinstance(item, Rejection) and item.reason is Reason.BINARY
    assert not Path("/tmp/brink_climbed").exists()


def test_a_feed_does_not_read_files_of_this_machine() -> None:
    feed = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY c SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>
    <item><title>T &c;</title><description>The army left the town. &c;</description></item></channel></rss>"""
    assert not any(
        "root:" in (getattr(item, "text", "") + (getattr(item, "title", "") or "")) for item in reading(feed)
    )


def test_addresses_within_archives_that_are_files_are_passed_over() -> None:
    items = reading(record(PAGE, url="file:///etc/passwd") + record(PAGE))
    assert [item.url for item in items if isinstance(item, Report)] == ["https://paper.example/1"]


def test_names_in_reports_name_no_files(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "deep" / "set"
    wild = {"id": CLIMBING, "url": "file:///etc/passwd", "outlet": CLIMBING, "title": "/etc/passwd\n"}
    source.write_text(line(1, **wild))
    list(run(Job((str(source),)), target, local.engine(1)))
    list(release(target, tmp_path / "deep" / "out", ("plover", "csv")))
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "deep"}
    assert {path.name for path in (tmp_path / "deep").iterdir()} == {"set", "out"}
    assert not Path("/tmp/brink_climbed").exists()
    with answer("SELECT report FROM reports", str(target)) as found:
        assert list(found.rows()) == [(CLIMBING,)]


@pytest.mark.parametrize(
    "forged",
    [
        {"shard": "../../../etc/passwd"}, {"shard": -1}, {"shard": 7}, {"shard": True}, {"files": [{"table": "../.."}]},
        {"files": [{"table": CLIMBING, "rows": 1, "bytes": 1, "sha256": ""}]}, {"files": "reports"},
    ],
)  # fmt: skip
def test_a_forged_dataset_leads_to_no_other_file(forged: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "shards").mkdir()
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1, "job": {}, "coder": "x", "threads": 1}))
    record = {"shard": 0, "sha": "", "files": [], "left_out": 0, "words": 0, "seconds": 0, "size": 0} | forged
    (tmp_path / "shards" / "000000.json").write_text(json.dumps(record))
    with pytest.raises(BulkError, match="damaged"):
        Dataset(tmp_path).files("reports")


def parquet(path: Path, text: pyarrow.Array, **options: object) -> list[str | Reason]:
    """What a Parquet file with this column of texts becomes: the reason of a refusal, else the line."""
    pyarrow.parquet.write_table(pyarrow.table({"text": text}), path, **options)
    units = units_of([str(path)], Settings())
    return [unit.refused[0] if unit.refused else (unit.line or b"").decode() for unit in units]


def test_a_parquet_file_that_unpacks_to_much_more_is_refused(tmp_path: Path) -> None:
    bomb = parquet(tmp_path / "bomb.parquet", pyarrow.array([" " * 40_000_000]), compression="zstd")
    assert bomb == [Reason.TOO_LARGE] and (tmp_path / "bomb.parquet").stat().st_size < 100_000


def test_one_long_text_in_countless_rows_is_held_once(tmp_path: Path) -> None:
    words = pyarrow.array(["The army left. " * 600_000])  # 9 MB a row, 0.9 GB as plain rows
    column = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 100, pyarrow.int32()), words)
    before = pyarrow.total_allocated_bytes()
    pyarrow.parquet.write_table(pyarrow.table({"text": column}), tmp_path / "same.parquet", compression=None)
    reasons = [u.refused[0] for u in units_of([str(tmp_path / "same.parquet")], Settings()) if u.refused]
    assert reasons == [Reason.TOO_LARGE] * 100
    assert pyarrow.default_memory_pool().max_memory() - before < 300_000_000


def test_columns_of_odd_types_are_lines_or_refusals(tmp_path: Path) -> None:
    odd = {
        "lists": pyarrow.array([["The army left."], None]), "numbers": pyarrow.array([1.5, float("nan")]),
        "bytes": pyarrow.array([b"\xff\xfe", None]), "far": pyarrow.array([2**62], pyarrow.timestamp("us")),
        "spans": pyarrow.array([2**62], pyarrow.duration("us")), "empty": pyarrow.array([None, None]),
        "structs": pyarrow.array([{"a": {"b": 1}}]), "none at all": pyarrow.array([], pyarrow.string()),
    }  # fmt: skip
    for name, column in odd.items():
        found = parquet(tmp_path / f"{name}.parquet", column)
        assert len(found) == len(column) or found == [Reason.BROKEN_ARCHIVE], name


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    broken = pyarrow.Array.from_buffers(
        pyarrow.string(), 1, [None, pyarrow.py_buffer(b"\0\0\0\0\2\0\0\0"), pyarrow.py_buffer(b"\xff\xfe")]
    )
    assert parquet(tmp_path / "broken.parquet", broken) == [Reason.BROKEN_ARCHIVE]
