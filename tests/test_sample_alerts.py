"""The sample crisis, report by report: one alert of the withdrawal, rewritten when it comes to be disputed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from brink import coding, pipeline
from brink.chronicle import Chronicle
from brink.deliver import Scene, load_rules, revised
from brink.ledger import load_crisis
from brink.records import Report
from brink.store import Alert, open_store

SAMPLE = Path(__file__).parents[1] / "examples" / "ukraine-2022"


def _reports() -> list[Report]:
    rows = [json.loads(line) for line in (SAMPLE / "reports.jsonl").read_text("utf-8").splitlines()]
    return [
        Report(r["id"], r["text"], None, r["outlet"], r["title"], date.fromisoformat(r["published"][:10]), "minute",
               published_at=r["published"])
        for r in rows
    ]  # fmt: skip


def test_the_alert_of_the_withdrawal_is_rewritten_when_it_is_disputed() -> None:
    crisis, rules = load_crisis(SAMPLE / "crisis.toml"), load_rules(SAMPLE / "alerts.toml")
    register, book, told = coding.load_register(None), dict[str, Alert](), dict[str, dict[str, str]]()
    with open_store(None) as store:
        laying = Chronicle(store, crisis)
        for report in _reports():
            day = report.published
            assert day is not None
            if day > date(2022, 2, 17):
                break
            store.add(pipeline.annotate_one(report, register), None)
            scene = Scene(laying.settle(), crisis, day, "2022-03-01T00:00:00+00:00", store.report)
            for alert, _ in revised(book.values(), rules, scene):
                book[alert.subject] = alert
                record = json.loads(alert.record)
                told.setdefault(record["id"], {})[record["as_of"]] = f"{record['mark']}: {record['title']}"
    courses = [one for one in told.values() if any("withdraw" in word and "disputed" in word for word in one.values())]
    assert len(courses) == 1  # one alert of it, and no denial beside it
    (course,) = courses
    assert course["2022-02-15"].startswith("claimed: Russia says that it is withdrawing")
    assert course["2022-02-16"].startswith("disputed: It is disputed whether Russia has withdrawn")
    assert "disputed" in course["2022-02-17"]
    assert not any("denies" in word for one in told.values() for word in one.values() if "withdr" in word)
