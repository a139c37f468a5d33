"""Every input that once broke a reader, or that the fuzzer starts from, is read as the reader promises."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TRUST = Path(__file__).parents[1] / "trust"
sys.path.insert(0, str(TRUST))

from readers import READERS  # noqa: E402

SEEDS = sorted(path for path in (TRUST / "seeds").glob("*/*") if path.is_file())


def test_every_reader_has_seeds() -> None:
    assert {path.parent.name for path in SEEDS} == READERS.keys()
    assert all(path.stat().st_size <= 10_000 for path in SEEDS)


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_seed(path: Path) -> None:
    READERS[path.parent.name](path.read_bytes())
