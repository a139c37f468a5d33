"""What makes coding fast must not change what is coded: the short ways give what the long ways give."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brink.coding import time_joins
from brink.coding.calendar_words import times_table
from brink.coding.numbers import number_words
from brink.coding.tense import read_tense
from brink.coding.time_joins import Atom
from brink.coding.time_rules import matches, rules, words_present
from brink.coding.time_scene import Scene
from brink.coding.times import times_of

ROOT = Path(__file__).parents[1]
DOCS = [json.loads(line) for line in (ROOT / "corpus" / "docs.jsonl").read_text("utf-8").splitlines()]
SENTENCES = [sentence for doc in DOCS for sentence in doc["sentences"]]

RELATIVE, CALENDAR, HOLIDAYS = times_table("relative"), times_table("calendar"), times_table("holidays")
LISTS = {
    "month": [*CALENDAR["months"], *CALENDAR["short_months"]],
    "weekday": list(CALENDAR["weekdays"]),
    "season": [*CALENDAR["seasons"], "fall"],
    "unit": list(RELATIVE["units"]),
    "deictic": list(RELATIVE["deictic"]),
    "anaphoric": list(RELATIVE["anaphoric"]),
    "part": [*RELATIVE["parts"]["phrases"], *RELATIVE["parts"]["words"], *RELATIVE["parts"]["after_day"]],
    "holiday": [name for group in HOLIDAYS.values() for name in group],
}
PIECES = [
    *(word for words in LISTS.values() for word in words), *number_words("small"), *number_words("ordinals"),
    "last", "next", "this", "the", "of", "ago", "later", "earlier", "within", "for", "from now", "hence", "1990s",
    "2014",
    "15", "3rd", "10:30", "10 a.m.", "on", "by", "in", ",", "-", "Mon.", "Tue.", "end", "weekend", "quarter", "half",
    "early", "late", "mid", "beginning of", "so far", "from", "between", "to", "until", "evening",
    "in the early hours of",
    "century", "FRİDAY", "ſunday", "the same", "year", "a year earlier", "02/03/2014", "2014-03-02", "Q3",
]  # fmt: skip


def found_without_lists(text: str) -> list[tuple[str, str, int]]:
    return [(r.kind, m.group(), m.start()) for r in rules() for m in r.pattern.finditer(text)]


def found(text: str) -> list[tuple[str, str, int]]:
    return [(r.kind, m.group(), m.start()) for r, m in matches(text)]


@pytest.mark.parametrize("name", LISTS)
def test_each_word_of_a_pattern_is_in_the_list_that_it_needs(name: str) -> None:
    for word in LISTS[name]:
        assert name in words_present(f"X {word} y"), word


def test_sentences_of_the_corpus_give_the_same_times_with_the_lists_as_without() -> None:
    told = 0
    for sentence in SENTENCES[::4]:
        assert sorted(found(sentence)) == sorted(found_without_lists(sentence)), sentence
        told += bool(found(sentence))
    assert told > 100


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9), st.sampled_from([" ", "\n", "  "]), st.booleans())
def test_any_words_give_the_same_times_with_the_lists_as_without(words: list[str], gap: str, upper: bool) -> None:
    text = gap.join(words).upper() if upper else gap.join(words)
    assert sorted(found(text)) == sorted(found_without_lists(text))


def joined(text: str) -> list[Atom]:
    return times_of(Scene(text, read_tense(text), date(2022, 2, 15)))


def without_needs() -> tuple[tuple[re.Pattern[str], time_joins.Join, int, frozenset[str]], ...]:
    return tuple((pattern, read, least, frozenset()) for pattern, read, least, _ in time_joins._joins())


def test_sentences_of_the_corpus_join_the_same_times_with_the_lists_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    dated = [s for s in SENTENCES[::4] if found(s)]
    with_lists = [joined(sentence) for sentence in dated]
    without = without_needs()
    monkeypatch.setattr(time_joins, "_joins", lambda: without)
    assert with_lists == [joined(sentence) for sentence in dated]
    assert sum(len(atoms) < len(found(s)) for atoms, s in zip(with_lists, dated, strict=True)) > 10


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=9), st.booleans())
def test_any_words_join_the_same_times_with_the_lists_as_without(words: list[str], upper: bool) -> None:
    text = " ".join(words).upper() if upper else " ".join(words)
    with_lists, without = joined(text), without_needs()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time_joins, "_joins", lambda: without)
        assert joined(text) == with_lists


def test_a_day_in_letters_that_no_table_has_is_a_time_without_a_date() -> None:
    assert [atom.period.known for atom in joined("THEY LEFT ON FRİDAY.")] == [False]


def test_every_pattern_names_lists_that_there_are() -> None:
    lists = times_table("patterns")["needs"]
    for needs in [*(rule.needs for rule in rules()), *(needs for *_, needs in time_joins._joins())]:
        assert needs <= lists.keys()
    plain = [words for words in lists.values() if not isinstance(words, str)]
    assert all(re.fullmatch(r"[a-z0-9.]+", word) for words in plain for word in words)
    assert not any(" " in pattern for pattern in lists.values() if isinstance(pattern, str))
