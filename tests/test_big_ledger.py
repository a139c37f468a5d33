"""The benchmark's ledger of any size: what it says it made is there, and its pages can be read."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from brink.store import open_store

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def big_ledger(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield importlib.import_module("big_ledger")


def test_a_ledger_of_some_months_holds_its_events_and_gives_pages(big_ledger: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite"
    with open_store(str(path)) as store:
        big_ledger.make(store, 900, 200, 1)
        counted = store.counts()
    assert 900 <= counted.events <= 1_300 and counted.happenings == 300
    pages = subprocess.run(
        [sys.executable, str(BENCHMARKS / "pages.py"), str(path), "--rounds", "1", "--readers", "3"],
        capture_output=True,
        text=True,
    )
    assert pages.returncode == 0, pages.stderr
    assert "no error" in pages.stdout or "{200:" in pages.stdout
