"""The contract: docs/schema.json describes what `brink.export.records` writes, and reading it back loses nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from brink.errors import Reason, ReportError
from brink.export.records import dumps, from_record, loads, to_record
from brink.records import CodedReport
from export_samples import SCHEMA, coded_reports, sample

VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@given(coded_reports())
@settings(max_examples=60, deadline=None)
def test_any_coded_report_keeps_the_contract_and_comes_back(coded: CodedReport) -> None:
    line = dumps(coded)
    assert "\n" not in line and "\r" not in line
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(line))] == []
    assert loads(line) == coded


def test_the_sample_points_to_its_characters() -> None:
    record = to_record(sample())
    text = record["report"]["text"]
    spans = list(_spans(record))
    assert len(spans) > 20
    assert [s for s in spans if text[s["start"] : s["end"]] != s["text"]] == []


def test_keys_stand_in_the_order_of_the_schema() -> None:
    record = to_record(sample())
    definitions = SCHEMA["$defs"]
    assert list(record) == list(SCHEMA["properties"])
    pairs = [
        (record["report"], "report"),
        (record["report"]["mentions"][0], "mention"),
        (record["statements"][0], "statement"),
        (record["statements"][0]["cue"], "cue"),
        (record["events"][1], "event"),
        (record["events"][1]["deed"], "deed"),
        (record["events"][0]["place"], "place"),
        (record["events"][0]["time"], "time"),
        (record["events"][0]["quantity"][0], "quantity"),
        (record["unknowns"][0], "unknown"),
        (record["offices"][0], "office"),
    ]
    for value, name in pairs:
        assert list(value) == list(definitions[name]["properties"]), name


def test_text_stays_readable_and_counts_stay_whole() -> None:
    line = dumps(sample())
    assert '"low": 12,' in line
    assert "\\u" not in line


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("events", 0, "deed"), to_record(sample())["events"][1]["deed"]),
        (("events", 0, "event"), "FIGHT"),
        (("events", 0, "actor", 0, "country"), "by"),
        (("events", 0, "place", "precision"), "town"),
        (("events", 0, "score"), 11),
        (("statements", 0, "cue", "class"), "mutter"),
        (("statements", 0, "content"), []),
        (("report", "source"), "an outlet is never called source"),
    ],
)
def test_what_breaks_the_contract_is_refused(path: tuple[str | int, ...], value: Any) -> None:
    record = to_record(sample())
    assert VALIDATOR.is_valid(record)
    target: Any = record
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    assert not VALIDATOR.is_valid(record)


def test_added_fields_may_be_absent_and_unknown_ones_present() -> None:
    record = to_record(sample())
    del record["report"]["signature"], record["report"]["sentences"]
    record["remark"] = "from a later version"
    assert from_record(record).events == sample().events


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", Reason.BROKEN_JSON),
        ("[]", Reason.BROKEN_JSON),
        ('{"report": {}}', Reason.MISSING_FIELD),
        ('{"report": null}', Reason.BROKEN_JSON),
        (json.dumps(to_record(sample()) | {"statements": 7}), Reason.BROKEN_JSON),
    ],
)
def test_a_line_that_is_no_record_is_one_sentence(line: str, reason: Reason) -> None:
    with pytest.raises(ReportError) as caught:
        loads(line)
    assert caught.value.reason is reason
    assert str(caught.value).endswith(".")


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys() and isinstance(value["start"], int) and value["text"]:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _spans(item)
