"""Full-text search: the same behaviour on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from brink.store import Store, open_store
from store_places import KINDS, fresh
from store_samples import told


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(fresh(request.param, tmp_path)) as opened:
        yield opened


@pytest.fixture(params=KINDS, scope="module")
def three(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A ledger that is only searched."""
    with open_store(fresh(request.param, tmp_path_factory.mktemp("search"))) as opened:
        opened.add(told("a", more=" The ceasefire is holding, negotiators said."), None)
        opened.add(told("b", more=" Erdoğan negotiated in Geneva with a U.S.-led mission."), None)
        opened.add(told("c", more=" See www.news.example/1: 1,200 people left.", title="An odd Headline"), None)
        yield opened


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ceasefire", {"a"}),
        ("CEASEFIRE holding", {"a"}),
        ("ceasefires held", set()),
        ("negotiation", {"a", "b"}),
        ("negotiate Geneva", {"b"}),
        ("Erdogan", {"b"}),
        ("Erdoğan", {"b"}),
        ("the", {"a", "b", "c"}),
        ("U.S.-led", {"b"}),
        ("led", {"b"}),
        ("news.example", {"c"}),
        ("1,200", {"c"}),
        ("headline", {"c"}),
        ("ceasefire Geneva", set()),
        ('ceasefire" OR "Geneva', set()),
        ("NEAR(ceasefire, holding)", {"a"}),
        ("title:headline", set()),
        ("ceasefire' --", {"a"}),
        ("hold*", {"a"}),
        ("", set()),
        (" *?- ", set()),
        ("\0", set()),
    ],
)
def test_all_words_must_be_there_and_signs_mean_nothing(three: Store, words: str, found: set[str]) -> None:
    assert {one.report for one in three.search(words)} == found


def test_a_find_says_where_and_shows_the_words(store: Store) -> None:
    more = " filler" * 60 + " The ceasefires that nobody believed in" + " filler" * 60
    store.add(told("a", more=more, title="Quiet", outlet="The Post", day="2024-03-09"), None)
    [found] = store.search("ceasefire")
    assert (found.report, found.title, found.outlet, found.published) == ("a", "Quiet", "The Post", "2024-03-09")
    assert "filler The ceasefires that nobody believed in filler" in found.snippet
    assert found.snippet.startswith("… filler")
    assert found.snippet.endswith("filler …")
    assert len(found.snippet) < 260


def test_the_newest_version_alone_is_searched(store: Store) -> None:
    store.add(told("a", more=" They signed a truce."), None)
    store.add(told("a", more=" They signed nothing.", day="2024-03-05"), None)
    assert store.search("truce") == []
    assert [one.report for one in store.search("signed")] == ["a"]


def test_more_of_it_comes_first_and_the_limit_holds(store: Store) -> None:
    for number in range(8):
        store.add(told(f"r{number}", more=" truce" * (number + 1)), None)
    assert [one.report for one in store.search("truce", limit=3)] == ["r7", "r6", "r5"]
    assert store.search("truce", limit=0) == []


def test_a_very_long_text_is_stored_and_found(store: Store) -> None:
    store.add(told("a", more=" truce " + " ".join(f"ж{number:x}" for number in range(80_000))), None)
    assert [one.report for one in store.search("truce")] == ["a"]
