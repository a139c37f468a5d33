"""Stories: the reports that tell of the same happenings."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace

import pytest

from brink.errors import UsageError
from brink.export.happenings import write_stories
from brink.ledger import ledger, stories
from brink.records import CodedReport, Story
from ledger_cases import Told, coded

LEFT = "Russian tanks left the border near Poti."
ROWS = [
    Told("a", "2022-02-16", LEFT, "RETREAT", ("RUS MIL",), by="RUS", mode=("withdraw",), title="Tanks leave"),
    Told("b", "2022-02-17", LEFT, "RETREAT", ("RUS MIL",), by="UKR", mode=("withdraw",), outlet="Volta Gazette"),
    Told("c", "2022-02-25", "Dockers in Callao went on strike.", "PROTEST", ("dockers@PER LAB",), mode=("strike",)),
    Told("d", "2022-02-26", LEFT, "RETREAT", ("RUS MIL",), by="USA", mode=("withdraw",), background=True),
]


def _stories(reports: list[CodedReport]) -> tuple[Story, ...]:
    return stories(ledger(reports), (c.report for c in reports))


def test_reports_of_one_happening_are_one_story_in_any_order() -> None:
    reports = [coded(t) for t in ROWS[:3]]
    one, other = found = _stories(reports)
    assert (one.reports, one.title, one.outlets) == (("a", "b"), "Tanks leave", ("Harbour Times", "Volta Gazette"))
    assert (one.first, one.last, len(one.happenings)) == ("2022-02-16", "2022-02-17", 1)
    assert (other.reports, other.title) == (("c",), None)
    for seed in range(5):
        random.Random(seed).shuffle(reports)
        assert _stories(reports) == found


def test_what_is_recalled_in_the_background_alone_is_no_story() -> None:
    assert _stories([coded(ROWS[3])]) == ()


def test_one_shared_happening_among_many_links_no_reports() -> None:
    """Two of three that the lesser tells of would do, one of three does not."""
    pattern = next(iter(ledger([coded(ROWS[0])])))
    told = {"h1": ("a", "b"), "h2": ("a",), "h3": ("a",), "h4": ("b",), "h5": ("b",)}
    found = [replace(pattern, id=id, reports=reports) for id, reports in told.items()]
    reports = [coded(t).report for t in ROWS[:2]]
    assert [s.reports for s in stories(found, reports)] == [("a",), ("b",)]
    closer = [replace(h, reports=("a", "b")) if h.id == "h2" else h for h in found]
    assert [s.reports for s in stories(closer, reports)] == [("a", "b")]


def test_a_chain_of_reports_is_no_single_story() -> None:
    """Each shares one of its two happenings with the next: the whole chain shares too little."""
    pattern = next(iter(ledger([coded(ROWS[0])])))
    found = [replace(pattern, id=f"h{i}", reports=(f"r{i}", f"r{i + 1}")) for i in range(5)]
    reports = [coded(replace(ROWS[0], id=f"r{i}")).report for i in range(6)]
    told = [s.reports for s in stories(found, reports)]
    assert sorted(id for story in told for id in story) == [r.id for r in reports]
    assert told == [s.reports for s in stories(reversed(found), reversed(reports))]
    assert max(map(len, told)) == 2


def test_the_forms_of_the_list() -> None:
    found = _stories([coded(t) for t in ROWS[:3]])
    lines, table = io.StringIO(), io.StringIO()
    assert write_stories(found, "json", lines) == write_stories(found, "csv", table) == 2
    assert [json.loads(line)["reports"] for line in lines.getvalue().splitlines()] == [["a", "b"], ["c"]]
    assert [row["reports"] for row in csv.DictReader(io.StringIO(table.getvalue()))] == ["a;b", "c"]
    with pytest.raises(UsageError, match="json or csv"):
        write_stories(found, "xml", lines)
