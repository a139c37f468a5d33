"""The command line as a user meets it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "2016-03-16-withdrawal.txt"


def brink(*arguments: str, stdin: bytes = b"", where: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command."""
    return subprocess.run([sys.executable, "-m", "brink", *arguments], input=stdin, capture_output=True, cwd=where)


def test_brief_names_speakers_relays_and_furniture() -> None:
    done = brink("brief", str(SAMPLE), "--published", "2016-03-16", "--outlet", "Sample")
    out = done.stdout.decode()
    assert done.returncode == 0 and done.stderr == b""
    for words in ("written in Harare", "through Reuters", "Amina Wekesa", "SET ASIDE", "Nobody named"):
        assert words in out


def test_brief_as_json_is_json() -> None:
    done = brink("brief", str(SAMPLE), "--json")
    record = json.loads(done.stdout)
    assert record["published"] is None and record["statements"]


def test_without_a_publication_date_no_date_is_invented() -> None:
    record = json.loads(brink("code", str(SAMPLE)).stdout)
    dates = [e["time"]["start"] for e in record["events"] if e["time"]]
    assert record["report"]["published"] is None and not any(dates)


def test_code_keeps_input_order_and_stores_rejections(tmp_path: Path) -> None:
    lines = [
        {"id": 1, "text": "The minister said the army will leave."},
        {"id": 2},
        {"id": 3, "text": "Talks were held in Cairo."},
    ]
    source, refused = tmp_path / "in.jsonl", tmp_path / "refused.jsonl"
    source.write_text("".join(json.dumps(x) + "\n" for x in lines))
    done = brink("code", str(source), "--rejections", str(refused))
    assert [json.loads(x)["report"]["id"] for x in done.stdout.splitlines()] == ["1", "3"]
    assert json.loads(refused.read_text())["reason"] == "missing_field"
    assert done.returncode == 0 and b"1 input(s) rejected, 2 coded" in done.stderr


def test_standard_input_gzipped() -> None:
    done = brink("code", "-", stdin=gzip.compress(SAMPLE.read_bytes()))
    assert json.loads(done.stdout)["report"]["text"].startswith("Harare")


@pytest.mark.parametrize(
    ("arguments", "stdin", "sentence"),
    [
        (("brief", "nowhere.txt"), b"", "nowhere.txt"),
        (("brief", "-"), b"", "empty"),
        (("brief", "-"), b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (("brief", "-"), gzip.compress(b"The army left. " * 500)[:-20], "gzip"),
        (("brief", "-", "--published", "soon"), b"x", "soon"),
        (("brief", "http://127.0.0.1:9/"), b"", "127.0.0.1"),
    ],
)
def test_bad_input_gets_one_sentence_and_a_nonzero_exit(
    arguments: tuple[str, ...], stdin: bytes, sentence: str
) -> None:
    done = brink(*arguments, stdin=stdin)
    message = done.stderr.decode().strip()
    assert done.returncode != 0 and done.stdout == b""
    assert sentence in message and len(message.splitlines()) == 1, message


@pytest.mark.parametrize("option", ["--out", "--rejections"])
def test_a_file_that_cannot_be_written_is_one_sentence(option: str, tmp_path: Path) -> None:
    done = brink("code", str(SAMPLE), option, str(tmp_path / "nowhere" / "x"))
    message = done.stderr.decode().strip()
    assert done.returncode != 0 and "cannot be written" in message and len(message.splitlines()) == 1


def test_unknown_format_names_the_known_ones() -> None:
    done = brink("code", str(SAMPLE), "--format", "cameo")
    assert done.returncode != 0 and b"polecat" in done.stderr


def test_importing_brink_loads_neither_onnxruntime_nor_trafilatura() -> None:
    heavy = "('onnxruntime', 'trafilatura', 'torch')"
    code = f"import sys, brink, brink.pipeline, brink.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
