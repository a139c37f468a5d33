"""The sample crisis, report by report: which alerts go out from 15 to 24 February, and how they are rewritten."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from brink import coding, pipeline
from brink.chronicle import Chronicle
from brink.deliver import Scene, load_rules, revised
from brink.ledger import load_crisis
from brink.records import Report
from brink.store import Alert, open_store

SAMPLE = Path(__file__).parents[1] / "examples" / "ukraine-2022"
Course = list[tuple[str, str, str]]
"""The wordings of one alert in their order: day of the ledger, mark, title."""


def _reports() -> list[Report]:
    rows = [json.loads(line) for line in (SAMPLE / "reports.jsonl").read_text("utf-8").splitlines()]
    return [
        Report(r["id"], r["text"], None, r["outlet"], r["title"], date.fromisoformat(r["published"][:10]), "minute",
               published_at=r["published"])
        for r in rows
    ]  # fmt: skip


@pytest.fixture(scope="module")
def courses() -> Sequence[Course]:
    """The alerts of the whole sample, read one report after the other, each with its wordings."""
    crisis, rules = load_crisis(SAMPLE / "crisis.toml"), load_rules(SAMPLE / "alerts.toml")
    register, book, told = coding.load_register(None), dict[str, Alert](), dict[str, Course]()
    with open_store(None) as store:
        laying = Chronicle(store, crisis)
        for report in _reports():
            assert report.published is not None
            store.add(pipeline.annotate_one(report, register), None)
            scene = Scene(laying.settle(), crisis, report.published, "2022-03-01T00:00:00+00:00", store.report)
            for alert, _ in revised(book.values(), rules, scene):
                book[alert.subject] = alert
                record = json.loads(alert.record)
                told.setdefault(alert.subject, []).append((record["as_of"], record["mark"], record["title"]))
    return list(told.values())


def _of(courses: Sequence[Course], words: str, first: str) -> list[Course]:
    """The alerts raised on a day whose first wording holds the words."""
    return [one for one in courses if one[0][0] == first and words in one[0][2]]


def test_the_withdrawal_is_one_alert_that_turns_from_claimed_to_disputed(courses: Sequence[Course]) -> None:
    found = [c for c in courses if any("withdraw" in title and mark == "disputed" for _, mark, title in c)]
    assert len(found) == 1
    marks = {day: mark for day, mark, _ in found[0]}  # the last wording of each day
    assert {day: marks.get(day) for day in ("2022-02-15", "2022-02-16", "2022-02-17")} == {
        "2022-02-15": "claimed",
        "2022-02-16": "disputed",
        "2022-02-17": "disputed",
    }
    assert any(title.startswith("Russia says that it is withdrawing") for _, _, title in found[0])


def test_no_denial_of_the_withdrawal_is_an_alert_of_its_own(courses: Sequence[Course]) -> None:
    assert [c for c in courses if any("denies" in title and "withdr" in title for _, _, title in c)] == []


@pytest.mark.parametrize(
    ("day", "words", "rewritten"),
    [
        ("2022-02-21", "whether Russia has made an attack", False),
        ("2022-02-22", "breaking off dealings with Russia", False),
        ("2022-02-22", "The Federation Council undertakes to grant access", True),
        ("2022-02-24", "Russia has attacked Ukraine", False),
    ],
)
def test_what_follows_is_raised_on_its_day(courses: Sequence[Course], day: str, words: str, rewritten: bool) -> None:
    raised = _of(courses, words, day)
    assert raised
    assert any(len(one) > 1 for one in raised) or not rewritten
