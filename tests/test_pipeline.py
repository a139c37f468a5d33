"""The whole way of one report: spans point right, neighbours change nothing, the seed's kind is read right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brink import coding, model, pipeline
from brink.errors import Reason
from brink.export.records import dumps, to_record
from brink.records import CodedReport, Rejection, Report

ROOT = Path(__file__).parents[1]
REGISTER = coding.load_register(None)
SCHEMA = json.loads((ROOT / "docs" / "schema.json").read_text("utf-8"))


def corpus() -> list[Report]:
    """Every report of the team's corpus, laid out as its sentences say."""
    found = []
    for line in (ROOT / "corpus" / "docs.jsonl").read_text("utf-8").splitlines():
        doc = json.loads(line)
        text = "\n\n".join(" ".join(doc["sentences"][i : i + 3]) for i in range(0, len(doc["sentences"]), 3))
        found.append(Report(doc["id"], text, outlet=doc["outlet"], published=date.fromisoformat(doc["published"])))
    return found


def spans(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every (start, end, text) inside a record."""
    if is_dataclass(value):
        names = {f.name for f in fields(value)}
        if {"start", "end", "text"} <= names and isinstance(value.start, int):
            yield value.start, value.end, value.text
        if "text_start" in names:
            yield value.text_start, value.text_end, value.text
        for f in fields(value):
            yield from spans(getattr(value, f.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from spans(one)


def assert_points(coded: CodedReport) -> None:
    text = coded.report.text
    for start, end, words in spans(coded):
        assert text[start:end] == words


CORPUS = corpus()


@pytest.fixture(scope="module")
def coded() -> list[CodedReport]:
    return [c for c in pipeline.annotate(CORPUS, REGISTER) if isinstance(c, CodedReport)]


def test_every_span_of_the_corpus_points_to_its_characters(coded: list[CodedReport]) -> None:
    assert len(coded) == len(CORPUS)
    for one in coded:
        assert_points(one)


def test_every_record_of_the_corpus_fits_the_schema(coded: list[CodedReport]) -> None:
    check = jsonschema.Draft202012Validator(SCHEMA)
    for one in coded:
        check.validate(to_record(one))


def test_exactly_one_main_event_in_each_sentence_that_has_events(coded: list[CodedReport]) -> None:
    for one in coded:
        for sentence in one.layout.sentences:
            here = [e for e in one.events if sentence.start <= e.trigger.start < sentence.end]
            assert sum(e.main for e in here) == (1 if here else 0)


def test_alone_or_among_others_in_any_order_the_same_bytes(coded: list[CodedReport]) -> None:
    for number in (0, 17, 60):
        assert dumps(pipeline.annotate_one(CORPUS[number], REGISTER)) == dumps(coded[number])
    backwards = list(pipeline.annotate(reversed(CORPUS[:12]), REGISTER))
    assert [dumps(c) for c in reversed(backwards) if isinstance(c, CodedReport)] == [dumps(c) for c in coded[:12]]


def test_the_same_bytes_on_one_thread_and_on_three(coded: list[CodedReport]) -> None:
    model.use_threads(3)
    try:
        given = [*CORPUS[:20], Rejection("r", Reason.EMPTY, "nothing there"), *CORPUS[20:40]]
        found = list(pipeline.annotate(given, REGISTER))
    finally:
        model.use_threads(1)
    assert found[20] == given[20]
    assert [dumps(c) for c in found if isinstance(c, CodedReport)] == [dumps(c) for c in coded[:40]]


def test_dropping_uncertain_records_never_turns_a_told_event_into_the_outlets_own() -> None:
    for report in CORPUS[:15]:
        every = {e.id: e for e in pipeline.annotate_one(report, REGISTER).events}
        kept = pipeline.annotate_one(report, REGISTER, least=0.7)
        assert all(e.statement == every[e.id].statement for e in kept.events)
        assert {e.statement for e in kept.events} - {None} <= {s.id for s in kept.statements}


WORDS = st.sampled_from(
    [
        "The army said",
        "“We left,”",
        "he added.",
        "AFP",
        "on Monday",
        "Kyiv",
        "troops",
        "\n\n",
        "—",
        "é",
        "300",
        "denied",
        "U.S.",
        ". ",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_any_text_is_coded_and_points(words: list[str]) -> None:
    assert_points(pipeline.annotate_one(Report("x", " ".join(words), published=date(2022, 2, 15)), REGISTER))
