"""Alerts: rules, one alert for each happening that rewrites itself, ways out that fail and come back."""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from brink.deliver import Desk, Scene, load_rules, note, payload, revised, send_due
from brink.deliver.rules import Quiet
from brink.deliver.sending import quiet_until
from brink.errors import RulesError
from brink.ledger import ledger
from brink.settings import Settings
from brink.store import Alert, Store, open_store
from ledger_cases import Told, coded

RULES = """
[[rule]]
name = "withdrawal"
on = "happening"
event = ["RETREAT"]
[[rule]]
name = "disputed"
on = "contradiction"
"""
ONE = Told("r1", "2022-02-15", "Some troops are leaving for their bases, Russia said.", "RETREAT", ("RUS MIL",),
           by="RUS MIL", mode=("withdraw",))  # fmt: skip
AGAIN = replace(ONE, id="r2", day="2022-02-15", outlet="Other Post")
DENIED = Told("r3", "2022-02-16", "Some troops are not leaving for their bases, Ukraine said.", "RETREAT",
              ("RUS MIL",), by="UKR GOV", mode=("withdraw",), aux=("negation",), cue="deny")  # fmt: skip


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def scene(*told: Told, day: str = "2022-02-16") -> Scene:
    reports = {one.id: coded(one) for one in told}
    as_of = date.fromisoformat(day)
    return Scene(ledger(reports.values(), None, as_of), None, as_of, f"{day}T12:00:00+00:00", reports.get)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as one:
        yield one


def desk(store: Store, folder: Path, ways: str = "", rules: str = RULES) -> Desk:
    return Desk(store, load_rules(write(folder / "rules.toml", rules + ways)), Settings(timeout=5.0), "tester")


# --- rules


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no .*rule"),
        ("rule = 3", r"\[\[rule\]\]"),
        ("[[rule]]\non = 'happening'", "lacks 'name'"),
        ("[[rule]]\nname = 'a'\non = 'hapening'", "must be one of"),
        ("[[rule]]\nname = 'a'\non = 'happening'\nevents = ['RETREAT']", "did you mean 'event'"),
        ("[[rule]]\nname = 'a'\non = 'happening'\nevent = ['RETRET']", "'RETRET' is no 'event'"),
        ("[[rule]]\nname = 'a'\non = 'band'", "either 'over' or 'under'"),
        ("[[rule]]\nname = 'a'\non = 'band'\nover = 'x'", "must be a number"),
        ("[[rule]]\nname = 'a'\non = 'happening'\nways = ['x']", "'x' is no 'ways'"),
        ("[[rule]]\nname = 'a'\non = 'happening'\n[[way]]\nname = 'w'\nkind = 'webhook'", "lacks 'url'"),
        ("[[rule]]\nname = 'a'\non = 'happening'\n[quiet]\nfrom = '25:00'\nto = '06:00'", "HH:MM"),
        ("[[rule]]\nname = 'a'\non = 'happening'\n" * 2, "Two of the rules"),
        ("x = [", "not valid TOML"),
    ],
)
def test_a_wrong_rules_file_is_refused_in_one_sentence(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=words) as caught:
        load_rules(write(tmp_path / "rules.toml", text))
    assert str(caught.value).endswith((".", "?")) and "\n" not in str(caught.value).split("TOML")[0]


# --- one alert for each happening


def test_an_alert_is_raised_once_and_rewritten_as_it_develops(tmp_path: Path) -> None:
    rules = load_rules(write(tmp_path / "rules.toml", RULES))
    ((first, _),) = revised([], rules, scene(ONE, day="2022-02-15"))
    assert (first.revision, payload(first)["rules"], payload(first)["status"]) == (1, ["withdrawal"], "claimed")
    assert revised([first], rules, scene(ONE, AGAIN, day="2022-02-15")) == []
    ((second, ways),) = revised([first], rules, scene(ONE, AGAIN, DENIED))
    assert (second.subject, second.revision, second.raised) == (first.subject, 2, first.raised)
    assert payload(second)["status"] == "contradicted" and ways == ["stdout"]
    assert payload(second)["rules"] == ["withdrawal", "disputed"]
    assert revised([second], rules, scene(ONE, AGAIN, DENIED)) == []


def test_an_earlier_report_that_changes_the_happenings_id_raises_no_second_alert(tmp_path: Path) -> None:
    rules = load_rules(write(tmp_path / "rules.toml", RULES))
    ((first, _),) = revised([], rules, scene(ONE))
    earlier = replace(ONE, id="r0", day="2022-02-14")
    now = scene(earlier, ONE)
    assert now.happenings[0].id != first.subject
    assert all(one.subject == first.subject for one, _ in revised([first], rules, now))


def test_old_news_raises_nothing(tmp_path: Path) -> None:
    rules = load_rules(write(tmp_path / "rules.toml", RULES))
    assert revised([], rules, scene(ONE, day="2022-03-15")) == []


def test_a_band_raises_one_alert_for_the_time_that_it_lasts(tmp_path: Path) -> None:
    text = "[[rule]]\nname='b'\non='band'\npair=['RUS','UKR']\nline='deeds'\nunder=3.0"
    rules = load_rules(write(tmp_path / "rules.toml", text))
    words = "Russian forces shelled the port of Mariupol, {} said."
    hits = [
        Told(by[:3], "2022-02-20", words.format(by), "ASSAULT", ("RUS MIL",), ("UKR",), by=by)
        for by in ("UKR GOV", "OSCE IGO")
    ]
    known: list[Alert] = []
    for day in range(20, 25):
        known += [alert for alert, _ in revised(known, rules, scene(*hits, day=f"2022-02-{day}"))]
    assert len(known) == 1 and "under 3 since 2022-02-20" in payload(known[0])["title"]


def raised(tmp_path: Path, rule: str, *told: Told, day: str) -> list[dict[str, object]]:
    """What one rule raises on a day in a new book."""
    rules = load_rules(write(tmp_path / "rules.toml", f"[[rule]]\nname='x'\n{rule}"))
    return [payload(alert) for alert, _ in revised([], rules, scene(*told, day=day))]


PLEDGE = Told("p1", "2022-02-10", "Russian troops will leave Belarus by 15 February, Russia said.", "CONCEDE",
              ("RUS MIL",), by="RUS MIL", deed=("RETREAT", "withdraw"), on=("2022-02-15", "2022-02-15"),
              aux=("future",), cue="promise")  # fmt: skip
BROKEN = Told("p2", "2022-02-17", "Russian troops did not leave Belarus by 15 February, Ukraine said.", "RETREAT",
              ("RUS MIL",), by="UKR GOV", mode=("withdraw",), aux=("negation",), on=("2022-02-15", "2022-02-15"),
              cue="deny")  # fmt: skip


@pytest.mark.parametrize(
    ("told", "day", "outcome", "status"),
    [
        ((PLEDGE,), "2022-02-12", "due", None),
        ((PLEDGE,), "2022-02-14", "due", "planned"),
        ((PLEDGE,), "2022-02-15", "due", "planned"),
        ((PLEDGE,), "2022-02-17", "due", None),
        ((PLEDGE,), "2022-02-15", "overdue", None),
        ((PLEDGE,), "2022-02-17", "overdue", "overdue"),
        ((PLEDGE,), "2022-02-17", "broken", None),
        ((PLEDGE, BROKEN), "2022-02-17", "broken", "not_fulfilled"),
        ((PLEDGE, BROKEN), "2022-02-17", "overdue", None),
    ],
)
def test_promises(told: tuple[Told, ...], day: str, outcome: str, status: str | None, tmp_path: Path) -> None:
    found = raised(tmp_path, f"on='promise'\noutcome=['{outcome}']", *told, day=day)
    assert [one["status"] for one in found] == ([status] if status else [])


def test_the_first_of_its_kind(tmp_path: Path) -> None:
    """A second act of the kind some days later is none."""
    one = Told("f1", "2022-02-15", "Russian jets bombed the market of Osh.", "ASSAULT", ("RUS MIL",), ("KGZ",),
               mode=("aerial",), place="Osh", on=("2022-02-15",) * 2)  # fmt: skip
    later = replace(one, id="f2", day="2022-02-25", text="Shells of the Russian navy struck a warehouse in Poti.",
                    mode=("heavy-weapons",), recipient=("GEO",), place="Poti", on=("2022-02-25",) * 2)  # fmt: skip
    assert len(raised(tmp_path, "on='first'\nactor=['RUS']", one, day="2022-02-15")) == 1
    assert raised(tmp_path, "on='first'\nactor=['UKR']", one, day="2022-02-15") == []
    assert len(raised(tmp_path, "on='happening'", one, later, day="2022-02-25")) == 1
    assert raised(tmp_path, "on='first'", one, later, day="2022-02-25") == []


def test_a_change_point_raises_one_alert_though_it_wanders(tmp_path: Path) -> None:
    words = "Russian forces shelled the town of number {} at dawn, {} said."
    hits = [
        Told(f"{by[:3]}{day}", f"2022-02-{day}", words.format(day, by), "ASSAULT", ("RUS MIL",), ("UKR",), by=by,
             place=f"Town {day}", on=(f"2022-02-{day}",) * 2)
        for day in range(10, 15) for by in ("UKR GOV", "OSCE IGO")
    ]  # fmt: skip
    calm = [
        Told(f"c{n}", (date(2021, 12, 1) + timedelta(days=6 * n)).isoformat(), f"Russia and Ukraine met, round {n}.",
             "CONSULT", ("RUS",), ("UKR",), by="RUS GOV")
        for n in range(11)
    ]  # fmt: skip
    text = "[[rule]]\nname='x'\non='change'\npair=['RUS','UKR']\nline='deeds'"
    rules = load_rules(write(tmp_path / "rules.toml", f"days=10\n{text}"))
    known: list[Alert] = []
    for day in range(10, 25):
        known += [alert for alert, _ in revised(known, rules, scene(*calm, *hits, day=f"2022-02-{day}"))]
    assert len(known) == 1 and "breaks its course on 2022-02-" in payload(known[0])["title"]


# --- ways out


@dataclass
class Hook:
    """A webhook that refuses as often as it is told to; what it took."""

    port: int = 0
    refusals: int = 0
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def hooking() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = 503 if hook.refusals else 204
            hook.refusals = max(hook.refusals - 1, 0)
            if status == 204:
                hook.taken.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()


def webhook(port: int, secret: str = "s3cret") -> str:
    return f"\n[[way]]\nname='hook'\nkind='webhook'\nurl='http://127.0.0.1:{port}/'\nsecret='{secret}'\nprivate=true\n"


def test_a_webhook_that_was_dead_gets_each_alert_once_in_its_newest_wording(store: Store, tmp_path: Path) -> None:
    now = [datetime(2022, 2, 15, tzinfo=UTC).timestamp()]
    with hooking() as hook:
        at = desk(store, tmp_path, webhook(hook.port))
        hook.refusals = 2
        note(at, scene(ONE, day="2022-02-15"))
        assert send_due(at, lambda: now[0]) == 0 and store.alerts.waiting() == {"hook": 1}
        assert send_due(at, lambda: now[0]) == 0 and hook.refusals == 1  # it waits before it tries again
        now[0] += 15
        assert send_due(at, lambda: now[0]) == 0
        note(at, scene(ONE, DENIED))
        now[0] += 60
        assert send_due(at, lambda: now[0]) == 1 and send_due(at, lambda: now[0]) == 0
        ((headers, body),) = hook.taken
    told = json.loads(body)
    assert told["revision"] == 2 and told["status"] == "contradicted" and told["reports"][0]["id"] == "r1"
    signed = hmac.new(b"s3cret", headers["x-brink-timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["x-brink-signature"] == f"sha256={signed}"
    assert (headers["x-brink-alert"], headers["x-brink-revision"]) == (told["id"], "2")


def test_a_dead_way_is_no_trouble_for_the_others(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = desk(store, tmp_path, webhook(1) + "\n[[way]]\nname='screen'\nkind='stdout'\n")
    note(at, scene(ONE))
    assert send_due(at) == 1 and "ALERT" in capsys.readouterr().out
    assert store.alerts.waiting() == {"hook": 1}


def test_the_atom_feed_rewrites_its_entry(store: Store, tmp_path: Path) -> None:
    at = desk(store, tmp_path, f"\n[[way]]\nname='feed'\nkind='atom'\npath='{tmp_path}/alerts.xml'\n")
    entries = []
    for one in (scene(ONE, day="2022-02-15"), scene(ONE, DENIED)):
        note(at, one)
        assert send_due(at) == 1
        root = Xml.parse(tmp_path / "alerts.xml").getroot()
        entries.append(root.findall("{*}entry"))
    assert [len(found) for found in entries] == [1, 1]
    assert entries[0][0].findtext("{*}id") == entries[1][0].findtext("{*}id")
    assert entries[0][0].findtext("{*}updated") != entries[1][0].findtext("{*}updated")


QUIET = "\n[quiet]\nfrom='22:00'\nto='06:00'\nzone='Europe/Paris'\n"


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2022-02-15T20:59:00+00:00", None),
        ("2022-02-15T21:00:00+00:00", "2022-02-16T05:00:00+00:00"),
        ("2022-02-16T04:59:00+00:00", "2022-02-16T05:00:00+00:00"),
        ("2022-02-16T05:00:00+00:00", None),
    ],
)
def test_quiet_hours(now: str, until: str | None, store: Store, tmp_path: Path) -> None:
    moment = datetime.fromisoformat(now).timestamp()
    at = desk(store, tmp_path, QUIET)
    assert isinstance(at.rules.quiet, Quiet)
    found = quiet_until(at.rules.quiet, moment)
    assert (found and datetime.fromtimestamp(found, UTC).isoformat()) == until
    note(at, scene(ONE))
    assert send_due(at, lambda: moment) == (until is None)
    if found:
        assert send_due(at, lambda: found) == 1


def test_urgent_rules_are_heard_at_night(store: Store, tmp_path: Path) -> None:
    at = desk(store, tmp_path, QUIET, RULES.replace('on = "happening"', 'on = "happening"\nurgent = true'))
    note(at, scene(ONE))
    assert send_due(at, lambda: datetime(2022, 2, 16, 2, tzinfo=UTC).timestamp()) == 1


def test_no_more_alerts_than_the_limit_in_its_time(store: Store, tmp_path: Path) -> None:
    other = Told("x1", "2022-02-15", "France has pulled its soldiers out of Mali, Paris said.", "RETREAT", ("FRA MIL",),
                 ("MLI",), by="FRA GOV", mode=("withdraw",))  # fmt: skip
    at = desk(store, tmp_path, "\n[limit]\nalerts=1\nminutes=10\n")
    note(at, scene(ONE, other))
    now = 1_000_000.0
    assert [send_due(at, lambda: now), send_due(at, lambda: now + 300), send_due(at, lambda: now + 601)] == [1, 0, 1]


def test_each_new_wording_counts_in_the_limit(store: Store, tmp_path: Path) -> None:
    """One alert that is rewritten again and again is as loud as many."""
    at = desk(store, tmp_path, "\n[limit]\nalerts=2\nminutes=10\n")
    agreed = Told("r4", "2022-02-16", "Some troops are leaving for their bases, France said.", "RETREAT",
                  ("RUS MIL",), by="FRA GOV", mode=("withdraw",))  # fmt: skip
    sent = []
    for minute, told in enumerate([(ONE,), (ONE, DENIED), (ONE, DENIED, agreed), (ONE, DENIED, agreed)]):
        note(at, scene(*told))
        sent.append(send_due(at, lambda: 1e6 + 60 * minute))  # noqa: B023
    assert sent == [1, 1, 0, 0] and send_due(at, lambda: 1e6 + 601) == 1


# --- the command


def test_alert_test_shows_what_would_have_been_sent(tmp_path: Path) -> None:
    db, lines = tmp_path / "ledger.sqlite", tmp_path / "r.jsonl"
    texts = [
        ("1", "2022-02-15", "Russia withdrew troops from the border, the Russian defence ministry said on Tuesday.")
    ]
    rows = [json.dumps({"id": i, "published": day, "text": text}) for i, day, text in texts]
    write(lines, "\n".join(rows))
    rules = write(tmp_path / "rules.toml", "[[rule]]\nname='any'\non='happening'\n")

    def brink(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "brink", *arguments], capture_output=True, text=True)

    assert brink("read", str(lines), "--db", str(db)).returncode == 0
    done = brink("alert", "test", "any", "--since", "2022-02-14", "--alerts", str(rules), "--db", str(db), "--json")
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert told and {one["as_of"] for one in told} == {"2022-02-15"}
    done = brink("alert", "test", "none", "--since", "2022-02-14", "--alerts", str(rules), "--db", str(db))
    assert done.returncode == 2 and "it holds any" in done.stderr
