"""The corpus's test part is frozen: its hash changes only by a decision that is reported."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from types import ModuleType

CORPUS = Path(__file__).parents[1] / "corpus"


def _merge() -> ModuleType:
    spec = importlib.util.spec_from_file_location("merge", CORPUS / "merge.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _ids(name: str) -> list[str]:
    return [str(json.loads(line)["id"]) for line in (CORPUS / name).read_text("utf-8").splitlines()]


def test_test_part_is_frozen() -> None:
    assert _merge().freeze(CORPUS) == (CORPUS / "test.sha256").read_text().strip()


def test_test_part_is_the_quarter_drawn_by_hash() -> None:
    merge = _merge()
    assert (CORPUS / "test_ids.txt").read_text().split() == [i for i in _ids("docs.jsonl") if merge.is_test(i)]


def test_files_tell_of_the_same_reports() -> None:
    assert _ids("docs.jsonl") == _ids("annotations.jsonl") == _ids("mentions.jsonl")


def test_the_ledgers_test_groups_are_frozen() -> None:
    folder = CORPUS / "groups"
    digest = hashlib.sha256()
    for name in ("groups", "docs", "annotations"):
        digest.update((folder / f"{name}.jsonl").read_bytes())
    assert digest.hexdigest() == (folder / "frozen.sha256").read_text().strip()
