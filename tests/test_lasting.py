"""What was laid outlives the one who laid it: whoever starts again lays only what is new, and gives the same."""

from __future__ import annotations

import pickle
import random
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from brink import chronicle
from brink.chronicle import Chronicle
from brink.chronicle.state import State
from brink.records import CodedReport
from brink.store import Store, open_store
from ledger_cases import Told, coded
from store_places import KINDS, fresh
from test_laying import CAMPS, a_report

NOW = "2022-02-01T10:00:00Z"
DAY = date(2022, 3, 1)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str | None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return fresh(request.param, tmp_path)


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the reports that are laid, in order."""
    told: list[str] = []
    lay = State._lay

    def noting(self: State, store: Store, batch: list[CodedReport], *rest: object) -> None:
        told.extend(coded.report.id for coded in batch)
        lay(self, store, batch, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(State, "_lay", noting)
    return told


def _add(store: Store, rng: random.Random, numbers: range) -> None:
    for number in numbers:
        store.add(a_report(rng, number), NOW)


def _is_right(store: Store, found: object, day: date | None = DAY) -> bool:
    """Whether what was laid is what all reports give at once, and the ledger keeps it."""
    want = chronicle.ledger.ledger(store.coded(str(day) if day else None), CAMPS, day, store.decisions())
    return tuple(found) == want and {h.id: h for h in store.happenings()} == {h.id: h for h in want}  # type: ignore[arg-type]


@pytest.mark.parametrize("pages", [False, True])
def test_one_who_starts_again_lays_only_what_is_new(place: str | None, laid: list[str], pages: bool) -> None:
    rng = random.Random(3)
    with open_store(place) as store:
        if store.beside is None:
            return
        _add(store, rng, range(20))
        first = Chronicle(store, CAMPS, lasts=True)
        first.update(DAY, pages=pages)
        first.close()
        assert store.beside.stat().st_mode & 0o777 == 0o600
        for start in (20, 23):
            del laid[:]
            _add(store, rng, range(start, start + 3))
            again = Chronicle(store, CAMPS, lasts=True)
            assert _is_right(store, again.update(DAY, pages=pages))
            assert set(laid) == {f"r{number}" for number in range(start, start + 3)}
            again.close()


def test_one_who_is_killed_is_followed_from_what_was_kept(
    place: str | None, laid: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(4)
    with open_store(place) as store:
        if store.beside is None:
            return
        first = Chronicle(store, CAMPS, lasts=True)
        _add(store, rng, range(10))
        first.update(DAY, pages=True)  # kept
        _add(store, rng, range(10, 15))
        first.update(DAY, pages=True)  # not kept: so short a time later
        other = Chronicle(store, CAMPS, lasts=True)
        assert _is_right(store, other.update(DAY, pages=True)) and other._file is None  # while one has it, no other
        first._file._file.close()  # type: ignore[union-attr]
        del laid[:]
        again = Chronicle(store, CAMPS, lasts=True)
        assert _is_right(store, again.update(DAY, pages=True))
        assert set(laid) == {f"r{number}" for number in range(10, 15)}
        _add(store, rng, range(15, 17))
        assert _is_right(store, again.update(DAY, pages=True))
        again.close()


def test_an_error_half_way_goes_back_to_what_was_kept(
    place: str | None, laid: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(5)
    with open_store(place) as store:
        one = Chronicle(store, CAMPS, lasts=True)
        _add(store, rng, range(10))
        one.update(DAY)
        _add(store, rng, range(10, 14))
        with monkeypatch.context() as patch:
            patch.setattr(State, "save", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                one.update(DAY)
        del laid[:]
        assert _is_right(store, one.update(DAY))
        assert store.beside is None or set(laid) == {f"r{number}" for number in range(10, 14)}
        one.close()


@pytest.mark.parametrize("why", ["crisis", "ledger", "day", "clock", "spoilt", "pages", "brink"])
def test_what_was_kept_of_something_else_is_laid_anew(
    tmp_path: Path, laid: list[str], monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    rng, place = random.Random(6), tmp_path / "one.sqlite"
    with open_store(str(place)) as store:
        _add(store, rng, range(8))
        one = Chronicle(store, None if why == "crisis" else CAMPS, lasts=True)
        one.update(None if why == "clock" else DAY)
        one.close()
    beside = tmp_path / "one.sqlite.laid"
    if why == "ledger":
        place.unlink()
    if why == "spoilt":
        beside.write_bytes(b"no database" * 1000)
    if why == "brink":
        monkeypatch.setattr("brink.chronicle.lasting._brink", lambda: "another")
    del laid[:]
    with open_store(str(place)) as store:
        _add(store, rng, range(8, 20))
        again = Chronicle(store, CAMPS, lasts=True)
        day = date(2022, 2, 20) if why == "day" else DAY
        assert _is_right(store, again.update(day, pages=why == "pages"), day)
        assert len(set(laid)) == store.counts().reports
        again.close()


def test_a_ledger_from_a_copy_is_laid_anew(tmp_path: Path, laid: list[str]) -> None:
    """An older state of the ledger, to which other reports came: its numbers are the same, what they mean is not."""
    rng, place = random.Random(7), tmp_path / "one.sqlite"
    with open_store(str(place)) as store:
        _add(store, rng, range(8))
        one = Chronicle(store, CAMPS, lasts=True)
        one.update(DAY)
        store.backup(tmp_path / "copy.sqlite")
        _add(store, rng, range(8, 12))
        one.update(DAY)
        one.close()
    (tmp_path / "copy.sqlite").replace(place)
    for rest in ("-wal", "-shm"):
        (tmp_path / f"one.sqlite{rest}").unlink(missing_ok=True)
    with open_store(str(place)) as store:
        _add(store, rng, range(20, 24))
        again = Chronicle(store, CAMPS, lasts=True)
        assert _is_right(store, again.update(DAY))
        again.close()


def test_what_is_forgotten_is_not_left_in_the_file(tmp_path: Path) -> None:
    words = {number: f"Ann Smith{number} told the ministers of it on Monday." for number in (1, 2)}
    with open_store(str(tmp_path / "one.sqlite")) as store:
        for number, text in words.items():
            store.add(coded(Told(f"r{number}", "2022-02-03", text, "CONSULT", ("RUS",))), NOW)
        one = Chronicle(store, CAMPS, lasts=True)
        one.update(DAY)
        one.close()
        beside = tmp_path / "one.sqlite.laid"
        assert all(f"Smith{number}".encode() in beside.read_bytes() for number in words)
        assert store.forget("Ann Smith1") == 1 and not beside.exists()
        one = Chronicle(store, CAMPS, lasts=True)
        one.update(DAY)
        assert b"Smith2" in beside.read_bytes() and b"Smith1" not in beside.read_bytes()
        assert store.forget("Ann Smith2") == 1 and beside.exists()  # one works with it, and lays it anew
        one.update(DAY)
        one.close()
        assert b"Smith" not in beside.read_bytes()


def test_a_file_that_somebody_altered_runs_nothing(tmp_path: Path) -> None:
    rng, done = random.Random(9), tmp_path / "done"
    with open_store(str(tmp_path / "one.sqlite")) as store:
        _add(store, rng, range(5))
        one = Chronicle(store, CAMPS, lasts=True)
        one.update(DAY)
        one.close()
        with sqlite3.connect(tmp_path / "one.sqlite.laid") as file:
            file.execute("UPDATE shelf SET value = ?", (pickle.dumps(_Bad(str(done))),))
        again = Chronicle(store, CAMPS, lasts=True)
        assert _is_right(store, again.update(DAY)) and not done.exists()
        again.close()


class _Bad:
    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (Path(self.path),)
