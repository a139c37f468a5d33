"""Command: doctor, which looks at everything Brink needs and says what to do where something is wrong."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brink.cli.ledger import db_option
from brink.errors import BrinkError

if TYPE_CHECKING:
    from brink.settings import Settings
    from brink.store import FeedState, Store

SILENT = timedelta(days=2)
"""A feed that was not read for so long is in trouble."""
YOUNGEST = datetime(2026, 11, 1, tzinfo=UTC)
"""This Brink was made after that: a clock before it is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is as it should be, and what there is to say: what to do where it is not."""

    name: str
    well: bool
    text: str


@click.command()
@db_option
@click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings file (TOML).")
@click.option("--json", "as_json", is_flag=True, help="Write it as JSON.")
def doctor(db: str | None, config: Path | None, as_json: bool) -> None:
    """Check the installation, settings, database, model, feeds, alerts and clock; say what to do.

    Exit code 0 if all is well.
    """
    found = list(_findings(db, config))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo(f"{'well' if one.well else 'TROUBLE':8}{one.name}: {one.text}")
    if not all(one.well for one in found):
        sys.exit(1)


def _findings(db: str | None, config: Path | None) -> Iterator[Finding]:
    from brink.settings import CONFIG_VARIABLE, load

    yield _tried("installation", _installation)
    try:
        settings = load(config, overrides={"db": db} if db else {})
    except BrinkError as error:
        yield Finding("settings", False, f"{error} Correct it; docs/settings.md lists all.")
        return
    yield Finding(
        "settings", True, f"read from {config or os.environ.get(CONFIG_VARIABLE) or 'no file'} and environment."
    )
    yield _tried("model", _model)
    yield _tried("clock", _clock)
    yield _tried("alerts", lambda: _rules(settings))
    yield from _of_ledger(settings)


def _tried(name: str, look: Callable[[], str]) -> Finding:
    """What `look` says is well; what it raises is not."""
    try:
        return Finding(name, True, look())
    except BrinkError as error:
        return Finding(name, False, str(error))
    except Exception as error:  # a doctor reports what it meets, whatever it is
        return Finding(name, False, f"{type(error).__name__}: {error}; install Brink anew.")


def _installation() -> str:
    import brink
    from brink.codebook import score
    from brink.coding import gazetteer_version, load_register

    score("ASSAULT", ())
    register = load_register(None)
    return (
        f"Brink {brink.__version__} on Python {sys.version.split()[0]}, {len(register.entries)} office holders, "
        f"gazetteer {gazetteer_version()}."
    )


def _model() -> str:
    from brink import coding, pipeline
    from brink.records import Report

    text = "Russia said on Tuesday that some troops were returning to their bases, Interfax news agency reported."
    coded = pipeline.annotate_one(Report("doctor", text), coding.load_register(None))
    if not coded.statements and not coded.events:
        raise BrinkError("The model sees nothing in a plain sentence: its weights are damaged; install Brink anew.")
    return f"{coded.coder}."


def _clock() -> str:
    now = datetime.now(UTC)
    if now < YOUNGEST:
        raise BrinkError(f"This machine believes it is {now:%Y-%m-%d}; set its clock, for instance with NTP.")
    return f"{now:%Y-%m-%d %H:%M:%S} UTC."


def _rules(settings: Settings) -> str:
    from brink.deliver import load_rules

    if not settings.alerts:
        return "no rules file is named, so nobody is alerted."
    rules = load_rules(Path(settings.alerts))
    named = {name for way in rules.ways for name in (way.secret_env, way.password_env) if name}
    if missing := sorted(name for name in named if not os.environ.get(name)):
        raise BrinkError(f"The rules name ${missing[0]}, which is not set here; set it where `brink watch` runs.")
    return f"{len(rules.rules)} rules, ways out: {', '.join(way.name for way in rules.ways)}."


def _of_ledger(settings: Settings) -> Iterator[Finding]:
    from brink.store import default_address, open_store

    if not settings.db and not Path(default_address()).exists():
        yield Finding("database", True, f"none yet; `brink read` or `brink watch` makes {default_address()}.")
        return
    try:
        with open_store(settings.db or default_address(), settings.db_wait, make=False) as store:
            yield _tried("database", lambda: _database(store))
            yield _tried("newest report", lambda: _newest(store))
            yield from _feeds(store)
            yield _ways(store)
    except BrinkError as error:
        yield Finding("database", False, str(error))


def _database(store: Store) -> str:
    store.feeds.tell("doctor", datetime.now(UTC).isoformat(timespec="seconds"))  # it can be written
    counts = store.counts()
    return f"can be read and written; {counts.reports:,} reports, {counts.happenings:,} happenings."


def _newest(store: Store) -> str:
    day = store.feeds.newest_day()
    if day and day > (datetime.now(UTC) + timedelta(days=1)).date().isoformat():
        raise BrinkError(f"A report is dated {day}, which lies ahead; check this machine's clock and that report.")
    return f"published {day}." if day else "there is none yet."


def _feeds(store: Store) -> Iterator[Finding]:
    listed = [feed for feed in store.feeds.every() if feed.listed]
    late = (datetime.now(UTC) - SILENT).isoformat()
    dead = [feed for feed in listed if feed.failures or not feed.succeeded or feed.succeeded < late]
    for feed in dead:
        why = feed.trouble or "no watcher has looked at it for two days: is `brink watch` running?"
        yield Finding("feed", False, f"{feed.url} (last read {feed.succeeded or 'never'}): {why}{_advice(feed)}")
    queue = store.feeds.queue()
    yield Finding("feeds", True, f"{len(listed) - len(dead)} of {len(listed)} are well, {queue:,} items wait.")


def _advice(feed: FeedState) -> str:
    """What to do about a feed that could not be read; it is asked again by itself."""
    if not feed.trouble:
        return ""
    if "private or local address" in feed.trouble:
        return " If that is meant, watch with --allow-private."
    return f" It is asked again; if {feed.address} shows no feed in a browser either, correct it in your list."


def _ways(store: Store) -> Finding:
    waiting = store.alerts.waiting()
    if not waiting:
        return Finding("alerts sent", True, "none waits.")
    told = ", ".join(f"{number} for '{way}'" for way, number in sorted(waiting.items()))
    return Finding(
        "alerts sent", False, f"alerts wait: {told}; check those ways, they are tried again by `brink watch`."
    )
