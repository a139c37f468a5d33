"""Commands on feeds: watch, status."""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brink.cli.doctor import doctor
from brink.cli.ledger import crisis_at, crisis_of, day_of, db_option, store_at
from brink.errors import UsageError

if TYPE_CHECKING:
    from brink.deliver import Desk, Rules
    from brink.records import Crisis, Happening
    from brink.settings import Settings
    from brink.store import FeedState, KeptCrisis, Store
    from brink.watch import Clock, Outcome, Watcher, Wishes

REFUSED, REFUSED_SHOWN = 1000, 20
"""How many refused inputs `status` names as JSON and in words."""

config_option = click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings file (TOML).")


@click.command()
@click.argument("where", metavar="FEEDS.opml|URL...", nargs=-1, required=True)
@click.option("--once", "single", is_flag=True, help="Make one pass over all feeds and their pages, then end.")
@db_option
@click.option("--interval", metavar="SECONDS", type=float, help="Time between two looks at a feed (default: 300).")
@click.option(
    "--crisis",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Crisis file: camps and filters (default: the one kept).",
)
@click.option("--register", metavar="FILE", type=click.Path(path_type=Path), help="Table of office holders.")
@click.option(
    "--clock",
    type=click.Choice(["now", "published"]),
    default="now",
    show_default=True,
    help="What day the ledger stands at: today, or that of the newest publication.",
)
@click.option("--as-of", metavar="DATE", help="The day the ledger stands at, instead of a clock.")
@click.option("--alerts", metavar="FILE", help="File of alert rules (docs/watching.md).")
@click.option("--allow-private", is_flag=True, help="Let URLs lead to private and loopback addresses.")
@config_option
def watch(
    where: tuple[str, ...], single: bool, db: str | None, interval: float | None, crisis: Path | None,
    register: Path | None, clock: str, as_of: str | None, alerts: str | None, allow_private: bool,
    config: Path | None,
) -> None:  # fmt: skip
    """Read feeds into a ledger, again and again: new and edited articles once each, happenings kept up to date.

    SIGTERM ends it, SIGHUP reads the list of feeds again. With --once, exit code 0 if every feed was reached.
    """
    from brink import watch as room
    from brink.deliver import Desk, send_due

    given = {"db": db, "watch_interval": interval, "alerts": alerts, "allow_private": allow_private or None}
    settings, feeds = _settings(config, **given), room.feeds_of(where)
    rules = rules_at(settings)
    # Signals are heeded before anything is opened: a reload while the model is loaded must not end the watch.
    with nullcontext(None) if single else _signals() as wishes, store_at(db, config, make=True, watches=True) as store:
        watcher = _watcher(store, settings, (crisis, register), _clock(clock, as_of), single)
        desk = Desk(store, rules, settings, watcher.holder) if rules else None
        after = _noting(desk, watcher) if desk else None
        if wishes is None:
            with _log("%(message)s", logging.WARNING):
                outcome = room.once(watcher, feeds, after)
            while desk and send_due(desk):
                pass
            _told(outcome)
            return
        with _log(), _sending(desk, wishes):
            room.watch(watcher, lambda: room.feeds_of(where), wishes, after)


def rules_at(settings: Settings) -> Rules | None:
    """The file of alert rules that the option or the setting `alerts` names."""
    from brink.deliver import load_rules

    return load_rules(Path(settings.alerts)) if settings.alerts else None


def _noting(desk: Desk, watcher: Watcher) -> Callable[[Sequence[Happening]], object]:
    """What holds the rules against happenings each time they were laid."""
    from brink.deliver import Scene, note

    def act(found: Sequence[Happening]) -> None:
        day = watcher.clock.today() or _newest(watcher.store)
        if day is not None:
            at = datetime.now(UTC).isoformat(timespec="seconds")
            note(desk, Scene(tuple(found), watcher.crisis, day, at, watcher.store.report))

    return act


def _newest(store: Store) -> date | None:
    day = store.feeds.newest_day()
    return date.fromisoformat(day) if day else None


@contextmanager
def _sending(desk: Desk | None, wishes: Wishes) -> Iterator[None]:
    """Alerts go out beside the watch, so that a dead webhook holds up nothing; what is due at the end still goes."""
    from brink.deliver import keep_sending, send_due

    if desk is None:
        yield
        return
    thread = threading.Thread(target=keep_sending, args=(desk, lambda: wishes.stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join(timeout=5.0)
        if not thread.is_alive():
            send_due(desk)


def _settings(config: Path | None, **given: object) -> Settings:
    from brink.settings import load

    return load(config, overrides=given)


def _clock(kind: str, as_of: str | None) -> Clock:
    from brink.watch import Clock

    day: date | None = day_of(as_of)
    return Clock("fixed", day) if day else Clock(kind)


def _watcher(
    store: Store, settings: Settings, files: tuple[Path | None, Path | None], clock: Clock, single: bool
) -> Watcher:
    from brink import coding, pipeline
    from brink.watch import Watcher

    crisis, register = files
    pipeline.prepare(settings)
    return Watcher(store, settings, coding.load_register(register), clock, crisis_of(store, crisis), single)


def _told(outcome: Outcome) -> None:
    from brink import chronicle

    for trouble in outcome.troubles:
        click.echo(trouble, err=True)
    click.echo(f"{chronicle.told(outcome.told.elements())}; {outcome.happenings} happenings.")
    if outcome.troubles:
        sys.exit(1)


@contextmanager
def _signals() -> Iterator[Wishes]:
    """SIGTERM and SIGINT wish for the end, SIGHUP for the list to be read again."""
    from brink.watch import Wishes

    wishes = Wishes()
    wanted: dict[int, str] = {signal.SIGTERM: "stop", signal.SIGINT: "stop"}
    if hasattr(signal, "SIGHUP"):
        wanted[signal.SIGHUP] = "reload"
    before = {
        number: signal.signal(number, lambda *_, n=name: setattr(wishes, n, True)) for number, name in wanted.items()
    }
    try:
        yield wishes
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _log(form: str = "%(asctime)s %(levelname)s %(message)s", level: int = logging.INFO) -> Iterator[None]:
    """What happens while nobody looks on goes to standard error, where a service's log is."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(form))
    logger = logging.getLogger("brink")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


@click.command()
@db_option
@config_option
@click.option("--json", "as_json", is_flag=True, help="Write it as JSON.")
def status(db: str | None, config: Path | None, as_json: bool) -> None:
    """Show what a ledger holds, its feeds with their last success, its queue and its rejections."""
    with store_at(db, config) as store:
        record = status_record(store)
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
        return
    for line in _status_lines(record):
        click.echo(line)


def status_record(store: Store) -> dict[str, Any]:
    """What a ledger holds; `reports` are distinct ones, however many versions each has; `refused` names inputs."""
    from brink.store.pages import refused

    counts = store.counts()
    return {
        "reports": counts.reports,
        "versions": counts.versions,
        "events": counts.events,
        "statements": counts.statements,
        "happenings": counts.happenings,
        "crisis": _crisis(store.crisis()),
        "feeds": [_feed(one) for one in store.feeds.every()],
        "queue": store.feeds.queue(),
        "rejections": dict(counts.rejections),
        "refused": [asdict(one) for one in refused(store, REFUSED)],
    }


def _crisis(one: KeptCrisis | None) -> dict[str, str] | None:
    return {"name": one.name, "file": one.file, "sha": one.sha[:12], "since": one.at[:10]} if one else None


def _feed(one: FeedState) -> dict[str, Any]:
    return {
        "url": one.url,
        "address": one.address,
        "title": one.title,
        "listed": one.listed,
        "last_success": one.succeeded,
        "last_look": one.polled,
        "failures": one.failures,
        "trouble": one.trouble,
    }


def _status_lines(record: dict[str, Any]) -> Iterator[str]:
    from brink.brief.names import clean

    names = ("reports", "versions", "events", "statements", "happenings", "queue")
    yield ", ".join(f"{record[name]:,} {name}" for name in names[:-1]) + f"; {record['queue']:,} in the queue."
    crisis = record["crisis"]
    if crisis:
        file = f"file {clean(crisis['file'])}, {crisis['sha']}, kept since {crisis['since']}"
        yield f"crisis: {clean(crisis['name'])} ({file})"
    for reason, number in record["rejections"].items():
        yield f"rejected: {number:,} {reason}"
    told = record["refused"]
    for one in told[:REFUSED_SHOWN]:
        times = f" ({one['count']:,} times)" if one["count"] > 1 else ""
        yield f"  {clean(one['where'])}  {one['message']}{times}"
    if len(told) > REFUSED_SHOWN:
        yield f"  and {len(told) - REFUSED_SHOWN:,} more: `brink status --json` names them."
    for feed in record["feeds"]:
        state = f"read {feed['last_success']}" if feed["last_success"] else "never read"
        failed = f"; failed {feed['failures']} times since" if feed["failures"] else ""
        trouble = f": {feed['trouble']}" if feed["trouble"] else ""
        yield f"{feed['url']}  {state}{failed}{trouble}{'' if feed['listed'] else ' (no longer listed)'}"


@click.group()
def alert() -> None:
    """Alerts and their rules."""


@alert.command("test")
@click.argument("rule", metavar="RULE")
@click.option("--since", metavar="DATE", required=True, help="First day of the trial.")
@click.option("--alerts", metavar="FILE", help="File of alert rules (default: the setting `alerts`).")
@db_option
@click.option(
    "--crisis",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Crisis file: camps and filters (default: the one kept).",
)
@config_option
@click.option("--json", "as_json", is_flag=True, help="One alert a line, as JSON.")
def alert_test(
    rule: str, since: str, alerts: str | None, db: str | None, crisis: Path | None, config: Path | None, as_json: bool
) -> None:
    """Show what a rule would have sent, day by day since a date; nothing is sent or kept.

    RULE is the name of a rule, or "all".
    """
    from brink import chronicle
    from brink.deliver import plain_text

    rules = _chosen(rules_at(_settings(config, alerts=alerts)), rule)
    begin = day_of(since, "--since") or date.min
    with store_at(db, config) as store:
        for told in _tried(store, rules, crisis_at(crisis) or chronicle.remembered(store), begin):
            if as_json:
                click.echo(json.dumps(told, ensure_ascii=False))
            else:
                news = "alert" if told["revision"] == 1 else f"rewritten, {told['revision']}"
                click.echo(f"{told['as_of']} ({news}) {plain_text(told)}")


def _chosen(rules: Rules | None, name: str) -> Rules:
    if rules is None:
        raise UsageError("There are no rules to try: name their file with --alerts or the setting 'alerts'.")
    chosen = rules.rules if name == "all" else tuple(rules.of([name]))
    if not chosen:
        known = ", ".join(one.name for one in rules.rules)
        raise UsageError(f"There is no rule '{name}' in the rules file; it holds {known}.")
    return replace(rules, rules=chosen)


def _tried(store: Store, rules: Rules, crisis: Crisis | None, day: date) -> Iterator[dict[str, Any]]:
    """Each day's new alerts and new wordings, from the ledger as it stood on that day."""
    from brink import chronicle
    from brink.deliver import Scene, payload, revised
    from brink.store import Alert

    book: dict[str, Alert] = {}
    last, laid = _newest(store), chronicle.Chronicle(store, crisis)
    while last is not None and day <= last:
        found = laid.settle(day, keep=False)
        scene = Scene(found, crisis, day, day.isoformat(), store.report)
        for one, _ in revised(book.values(), rules, scene):
            book[one.subject] = one
            yield payload(one)
        day += timedelta(days=1)


COMMANDS: tuple[click.Command, ...] = (watch, status, alert, doctor)
