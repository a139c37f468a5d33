"""Hostile and damaged inputs of bulk: any bytes give units, never an error; the same threads give the same bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
from hypothesis import given, settings
from hypothesis import strategies as st

from brink.bulk.units import units_of
from brink.settings import Settings
from bulk_inputs import line

ENDINGS = (".jsonl", ".jsonl.gz", ".parquet", ".warc", ".txt", ".html", "")


def parquet_bytes() -> bytes:
    out = io.BytesIO()
    rows = {"id": [f"r{n}" for n in range(40)], "text": [f"The army left town {n}." for n in range(40)]}
    pyarrow.parquet.write_table(pyarrow.table(rows), out, row_group_size=10)
    return out.getvalue()


WHOLE = parquet_bytes()


def read(content: bytes, ending: str) -> int:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"in{ending}"
        path.write_bytes(content)
        return len(list(units_of([str(path)], Settings())))


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "{", "\x1f\x8b", "PAR1", "WARC/1.0\r\n", "\ufeff{}\n"]),
    st.sampled_from(ENDINGS),
)
def test_any_bytes_give_units(content: bytes, head: str, ending: str) -> None:
    assert read(head.encode("latin-1" if head == "\x1f\x8b" else "utf-8") + content, ending) >= 1


@settings(max_examples=150, deadline=None)
@given(st.integers(4, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, len(WHOLE)))
def test_a_parquet_file_with_a_changed_byte_or_cut_short_gives_units(at: int, value: int, cut: int) -> None:
    changed = bytearray(WHOLE)
    changed[at] = value
    assert read(bytes(changed), ".parquet") >= 1
    assert read(WHOLE[:cut], ".parquet") >= 1


def test_code_gives_the_same_bytes_on_any_number_of_threads(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(line(n) for n in range(1, 6)))
    command = [sys.executable, "-m", "brink", "code", str(source)]
    runs = [
        subprocess.run(command, capture_output=True, env={**os.environ, "BRINK_THREADS": n}) for n in ("1", "2", "3")
    ]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout
