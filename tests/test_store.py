"""The store's door on SQLite and PostgreSQL: what is added comes out, twice is once, corrections supersede."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from brink.errors import Reason, StoreError, UsageError
from brink.records import CodedReport, OfficeHolding, Rejection
from brink.store import CACHE, Store, open_store, text_sha
from brink.store.address import parse
from brink.store.database import Database
from export_samples import TEXT, coded_reports
from store_places import KINDS, fresh
from store_samples import CODER, NEXT_CODER, told


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(fresh(request.param, tmp_path)) as opened:
        yield opened


def ids(store: Store, as_of: str | None = None) -> list[tuple[str, str]]:
    """Each report that holds as of a day, with what its text has more than the sample."""
    return [(coded.report.id, coded.report.text.removeprefix(TEXT)) for coded in store.coded(as_of)]


def test_what_is_added_comes_out_as_it_was(store: Store) -> None:
    assert store.add(told(), "2024-03-04T10:00:00Z") == "new"
    assert list(store.coded()) == [told()]
    assert store.report("r1") == told()
    assert store.report("r2") is None


def test_reading_again_changes_nothing(store: Store) -> None:
    store.add(told(), "2024-03-04T10:00:00Z")
    before = (store.versions("r1"), store.counts())
    assert store.add(told(), "2024-03-09T10:00:00Z") == "same"
    assert store.add(told(day="2024-03-08"), None) == "same"
    assert (store.versions("r1"), store.counts()) == before


def test_another_text_is_a_version_and_supersedes_at_its_publication(store: Store) -> None:
    store.add(told(), "2024-03-03T09:00:00Z")
    assert store.add(told(more=" Corrected.", day="2024-03-05"), "2024-03-05T09:00:00Z") == "version"
    first, second = store.versions("r1")
    assert (first.valid_from, first.superseded, first.newest) == ("2024-03-03", "2024-03-05", False)
    assert (second.valid_from, second.superseded, second.newest) == ("2024-03-05", None, True)
    assert first.read_at == "2024-03-03T09:00:00Z"
    assert ids(store) == [("r1", " Corrected.")]
    assert store.counts().reports == 1
    assert store.counts().versions == 2
    assert store.counts().events == 3


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2024-03-02", []),
        ("2024-03-03", [("r1", "")]),
        ("2024-03-04", [("r1", ""), ("r2", "")]),
        ("2024-03-05", [("r2", ""), ("r1", " Corrected.")]),
        (None, [("r2", ""), ("r1", " Corrected."), ("r3", "")]),
    ],
)
def test_a_past_day_shows_what_was_published_by_then(
    store: Store, as_of: str | None, expected: list[tuple[str, str]]
) -> None:
    store.add(told("r3", day=None), "2024-03-20T08:00:00Z")  # undated, so published by the day it was read
    store.add(told(more=" Corrected.", day="2024-03-05"), None)
    store.add(told("r2", day="2024-03-04"), None)
    store.add(told(), None)
    assert ids(store, as_of) == expected


def test_an_undated_report_that_nobody_knows_when_it_was_read_holds_always(store: Store) -> None:
    store.add(told(day=None), None)
    assert ids(store, "1999-01-01") == [("r1", "")]


def test_the_order_in_which_versions_come_does_not_matter(store: Store) -> None:
    days = [f"2024-03-0{day}" for day in range(1, 8)]
    for seed in range(3):
        shuffled = random.Random(seed).sample(days, len(days))
        for day in shuffled:
            store.add(told(f"r{seed}", more=day, day=day), None)
        for day in days:
            assert (f"r{seed}", day) in ids(store, day)
        until = {version.valid_from: version.superseded for version in store.versions(f"r{seed}")}
        assert until == dict(zip(days, [*days[1:], None], strict=True))


@pytest.mark.parametrize(
    ("moments", "newest"),
    [
        (["2024-03-03T08:00:00Z", "2024-03-03T12:00:00Z"], 1),
        (["2024-03-03T12:00:00Z", "2024-03-03T08:00:00Z"], 0),
        ([None, "2024-03-03T08:00:00Z"], 1),
        (["2024-03-03T08:00:00Z", None], 1),
    ],
)
def test_within_a_day_the_moment_decides_then_what_came_last(
    store: Store, moments: list[str | None], newest: int
) -> None:
    for number, moment in enumerate(moments):
        store.add(told(more=str(number), published_at=moment), None)
    assert ids(store) == [("r1", str(newest))]


def test_an_old_text_read_again_is_no_news_but_published_again_it_is(store: Store) -> None:
    store.add(told(), None)
    store.add(told(more=" Corrected.", day="2024-03-05"), None)
    assert store.add(told(), None) == "same"
    assert store.add(told(day="2024-03-08"), None) == "version"
    assert store.add(told(day="2024-03-08"), None) == "same"
    assert store.add(told(more=" Corrected.", day="2024-03-05"), None) == "same"
    assert [ids(store, f"2024-03-0{day}") for day in (3, 5, 8)] == [
        [("r1", "")],
        [("r1", " Corrected.")],
        [("r1", "")],
    ]


def test_another_coder_replaces_the_codings_and_keeps_the_history(store: Store) -> None:
    store.add(told(), "2024-03-03T09:00:00Z")
    assert store.add(told(coder=NEXT_CODER), "2024-04-01T09:00:00Z") == "recoded"
    assert list(store.coded()) == [told(coder=NEXT_CODER)]
    [version] = store.versions("r1")
    assert version.coders == (CODER, NEXT_CODER)
    assert version.read_at == "2024-03-03T09:00:00Z"
    counts = store.counts()
    assert (counts.reports, counts.versions, counts.events, counts.unknowns) == (1, 1, 1, 0)
    assert store.add(told(coder=NEXT_CODER), None) == "same"


def test_known_says_what_need_not_be_coded(store: Store) -> None:
    store.add(told(), None)
    sha = text_sha(TEXT)
    assert store.known("r1", sha, CODER)
    assert not store.known("r1", sha, NEXT_CODER)
    assert not store.known("r1", text_sha("other"), CODER)
    assert not store.known("r2", sha, CODER)
    store.add(told(more=" Corrected."), None)
    assert not store.known("r1", sha, CODER)


def test_reports_come_by_publication_then_id_byte_by_byte(store: Store) -> None:
    for id, day in [("b", "2024-03-01"), ("B", "2024-03-01"), ("a", "2024-03-01"), ("z", "2023-01-01"), ("0", None)]:
        store.add(told(id, day=day), None)
    assert [coded.report.id for coded in store.coded()] == ["z", "B", "a", "b", "0"]


def test_a_reader_keeps_to_the_versions_that_were_there_when_it_began(store: Store) -> None:
    for number in range(120):
        store.add(told(f"r{number:03}"), None)
    reader = store.coded()
    seen = [next(reader)]
    store.add(told("r119", more=" Corrected.", day="2024-03-09"), None)
    store.add(told("r999"), None)
    seen += reader
    assert [coded.report.id for coded in seen] == [f"r{number:03}" for number in range(120)]
    assert seen[-1].report.text == TEXT


def test_writers_and_readers_work_at_once(store: Store) -> None:
    failed: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(15):
                store.add(told(f"{name}{number:02}"), None)
                store.add(told("shared", more=f"{name}{number}", day=None), None)
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        found = list(store.coded())
        assert len({coded.report.id for coded in found}) == len(found)
        assert all(len(coded.events) == 3 for coded in found)
    assert not failed
    assert store.counts().reports == 46
    assert store.counts().versions == 45 + 45


def test_refusals_are_counted_once_for_each_place_and_reason(store: Store) -> None:
    refused = Rejection("a.html", Reason.NO_ARTICLE, "The page holds no article.")
    for one in (refused, refused, replace(refused, where="b\0.html"), replace(refused, reason=Reason.LANGUAGE)):
        store.reject(one)
    assert store.counts().rejections == {"language": 1, "no_article": 3}


def test_offices_come_with_their_report(store: Store) -> None:
    store.add(told("r2"), None)
    store.add(told("r1", day="2024-01-01"), None)
    start = TEXT.index("Defence Minister Oleg Taran")
    holding = OfficeHolding("Oleg Taran", "Defence Minister", "BLR", start, start + 27)
    assert list(store.offices()) == [("r1", holding), ("r2", holding)]


@pytest.mark.parametrize("id", ["", "x" * 501, "a\0b", "a\ud800"])
def test_an_id_that_no_database_can_hold_is_refused(store: Store, id: str) -> None:
    with pytest.raises(StoreError, match="report id"):
        store.add(told(id), None)
    assert store.counts().versions == 0


@pytest.mark.parametrize("as_of", ["yesterday", "2024-13-01", "2024"])
def test_a_day_that_is_none_is_said_to_be_none(store: Store, as_of: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        list(store.coded(as_of))


def test_a_time_of_reading_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="yesterday"):
        store.add(told(day=None), "yesterday")
    assert store.counts().versions == 0


def test_every_text_comes_back_as_it_was(store: Store) -> None:
    odd = told("odd", more="\0 \ud83d half, Łódź ‏عربي 🕊 \\u0000", title="a\0title", url="https://x.example/\udfff")
    store.add(odd, None)
    assert store.report("odd") == odd
    assert store.add(odd, None) == "same"


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_the_contract_allows_comes_back(kind: str, tmp_path: Path) -> None:
    with open_store(fresh(kind, tmp_path)) as store:

        @settings(max_examples=60, deadline=None)
        @given(coded_reports())
        def check(coded: CodedReport) -> None:
            coded = replace(coded, report=replace(coded.report, id=text_sha(repr(coded))))
            assert store.add(coded, None) in {"new", "same"}
            assert store.report(coded.report.id) == coded

        check()


def test_memory_is_a_ledger_too() -> None:
    with open_store(None) as one, open_store("") as other:
        assert one.add(told(), None) == "new"
        reader = one.coded()
        assert next(reader) == told()
        assert one.add(told("r2"), None) == "new"
        assert one.counts().reports == 2
        assert other.counts().reports == 0
        assert [found.report for found in one.search("shelled")] == ["r1", "r2"]
        assert one.forget("Oleg Taran") == 2
        assert one.search("shelled") == []


def test_each_connection_holds_as_much_of_its_file_as_is_said(tmp_path: Path) -> None:
    open_store(str(tmp_path / "some.sqlite")).close()
    for cache in (2_000, CACHE):
        database = Database(parse(str(tmp_path / "some.sqlite")), 1.0, cache)
        with database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA cache_size").scalar() == -cache
        database.close()
