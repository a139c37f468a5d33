"""Commands on many reports: ledger, why, read, decide, and what keeps a ledger (export, backup, forget …)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from brink.cli.reading import Sorted, coded_items, common_options, opened, progress, read_items
from brink.errors import UsageError
from brink.records import CodedReport, Crisis, Decision, Happening

if TYPE_CHECKING:
    from brink.store import Store

F = TypeVar("F", bound=Callable[..., Any])
Common = tuple[str | None, str | None, Path | None, bool, Path | None]

db_option = click.option(
    "--db", metavar="ADDRESS", help="Ledger: a SQLite file or postgresql://… (default: your data folder's)."
)


def laying_options(function: F) -> F:
    """Options of every command that lays reports into happenings."""
    options = [
        db_option,
        click.option("--as-of", metavar="DATE", help="The day it stands at (default: the newest publication)."),
        click.option(
            "--crisis",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Crisis file: camps and filters (default: the one kept).",
        ),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@click.command()
@click.argument("where", metavar="FILE|FOLDER|URL|-...", nargs=-1)
@common_options
@laying_options
@click.option("--format", "form", default="json", show_default=True, help="json (one happening a line) or csv.")
@click.option("--stories", "as_stories", is_flag=True, help="List stories instead: reports of the same happenings.")
@click.option("--out", metavar="PATH", type=click.Path(path_type=Path), help="Write here instead of standard output.")
@click.option(
    "--rejections", metavar="PATH", type=click.Path(path_type=Path), help="Write rejected inputs here (JSONL)."
)
def ledger(
    where: tuple[str, ...], published: str | None, outlet: str | None, register: Path | None, allow_private: bool,
    config: Path | None, db: str | None, as_of: str | None, crisis: Path | None, form: str,
    as_stories: bool, out: Path | None, rejections: Path | None,
) -> None:  # fmt: skip
    """Read reports and write the happenings they tell of: who vouches for each, who disagrees, its status.

    With --db they are read into that ledger; without, into one in memory.
    """
    from brink.export import happenings as export
    from brink.ledger import stories

    common = (published, outlet, register, allow_private, config)
    found, reports = laid(where, common, db, as_of, crisis, rejections)
    with opened(out) as file:
        if as_stories:
            export.write_stories(stories(found, (c.report for c in reports)), form, file)
        else:
            export.write(found, form, file)


@click.command()
@click.argument("happening")
@click.argument("where", metavar="FILE|FOLDER|URL|-...", nargs=-1)
@common_options
@laying_options
def why(
    happening: str, where: tuple[str, ...], published: str | None, outlet: str | None, register: Path | None,
    allow_private: bool, config: Path | None, db: str | None, as_of: str | None, crisis: Path | None,
) -> None:  # fmt: skip
    """Print the rule, the origins and the camps that gave a happening its status, sentence by sentence."""
    from brink.ledger import why as reasons

    common = (published, outlet, register, allow_private, config)
    found, reports = laid(where, common, db, as_of, crisis, None)
    fitting = [h for h in found if h.id.startswith(happening)]
    if not fitting:
        raise UsageError(f"There is no happening '{happening}' here; `brink ledger` lists them with their ids.")
    if len(fitting) > 1:
        raise UsageError(f"'{happening}' begins several ids: {', '.join(h.id for h in fitting)}; name one of them.")
    one = fitting[0]
    texts = {c.report.id: c.report.text for c in reports}
    for line in reasons(one, texts):
        click.echo(line)


@click.command()
@click.argument("where", metavar="FILE|FOLDER|URL|-...", nargs=-1, required=True)
@common_options
@db_option
@click.option(
    "--crisis",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Crisis file: camps and filters (default: the one kept).",
)
def read(
    where: tuple[str, ...], published: str | None, outlet: str | None, register: Path | None, allow_private: bool,
    config: Path | None, db: str | None, crisis: Path | None,
) -> None:  # fmt: skip
    """Read reports into a ledger; what was read before changes nothing."""
    from brink import chronicle, coding

    common = (published, outlet, register, allow_private, config)
    with store_at(db, config, make=True) as store:
        camps = crisis_of(store, crisis)
        items = read_items(where, common)
        outcomes = list(progress(chronicle.read_in(store, items, coding.load_register(register))))
        happenings = chronicle.settle(store, camps)
    click.echo(f"{chronicle.told(outcomes)}; {len(happenings)} happenings.")
    if outcomes and set(outcomes) == {"rejected"}:
        sys.exit(1)


@click.command()
@click.argument("what", type=click.Choice(["merge", "split", "move", "camp", "status"]))
@click.argument("subject")
@click.argument("value")
@click.option("--user", required=True, help="Who decides.")
@click.option("--reason", required=True, help="Why; it is shown beside the happening.")
@db_option
@click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings file (TOML).")
def decide(what: str, subject: str, value: str, user: str, reason: str, db: str | None, config: Path | None) -> None:
    """Decide by hand: merge two happenings, split off or move a telling (REPORT/EVENT), set a camp or a status."""
    from brink.ledger import check_decision

    sets = what in ("camp", "status")
    now = datetime.now(UTC).date().isoformat()
    one = Decision(what, subject, None if sets else value, value if sets else None, user, now, reason)
    with store_at(db, config) as store:
        check_decision(one, tuple(store.happenings()))
        store.decide(one)
    click.echo("Kept; it holds from the next reading on.")


def laid(
    where: tuple[str, ...], common: Common, db: str | None, as_of: str | None, crisis: Path | None,
    rejections: Path | None,
) -> tuple[tuple[Happening, ...], list[CodedReport]]:  # fmt: skip
    """The happenings of what is named, and its reports: with `db` of that ledger, reading `where` into it first."""
    from brink import chronicle, coding
    from brink.ledger import in_span
    from brink.ledger import ledger as lay

    day = day_of(as_of)
    if db is None:
        camps = crisis_at(crisis)
        kept = Sorted(coded_items(where, common), rejections)
        reports = list(kept)
        refused = kept.close()
        if refused:
            click.echo(f"{refused} input(s) rejected, {kept.count} read.", err=True)
        if not reports:
            raise UsageError("No report could be read: name files, folders or addresses, or a ledger with --db.")
        return lay(reports, camps, day), [c for c in reports if in_span(c.report.published, camps)]
    with store_at(db, common[4], make=bool(where)) as store:
        camps = crisis_of(store, crisis)
        outcomes = list(progress(chronicle.read_in(store, read_items(where, common), coding.load_register(common[2]))))
        if where:
            click.echo(chronicle.told(outcomes), err=True)
            if day is not None:
                chronicle.settle(store, camps)
        inside = [c for c in store.coded(as_of) if in_span(c.report.published, camps)]
        return chronicle.settle(store, camps, day), inside


WATCHED = 2_000
"""Kilobytes of its ledger's file that each connection of a watch holds."""


def store_at(db: str | None, config: Path | None, make: bool = False, watches: bool = False) -> Store:
    """The ledger that --db, the setting `db` or the default names; only who reads into it makes a new one.

    Who `watches` for weeks goes through little of it at a time, on many connections, and holds little of its file.
    """
    from brink.settings import load
    from brink.store import CACHE, default_address, open_store

    settings = load(config, overrides={"db": db} if db else {})
    return open_store(settings.db or default_address(), settings.db_wait, make, WATCHED if watches else CACHE)


def crisis_of(store: Store, path: Path | None) -> Crisis | None:
    """The crisis of the file that is named, which the ledger remembers from now on, else of the one it remembers.

    Says on standard error which other file it replaces.
    """
    from brink import chronicle

    if path is None:
        return chronicle.remembered(store)
    crisis, former = chronicle.remember(store, path)
    if former is not None:
        told = f"crisis file {former.file} ({former.name}, {former.sha[:12]}, kept since {former.at[:10]})"
        click.echo(f"The ledger's {told} is replaced by {path.name} ({crisis.name}).", err=True)
    return crisis


def crisis_at(path: Path | None) -> Crisis | None:
    """The crisis file, if one is named."""
    from brink.ledger import load_crisis

    return load_crisis(path) if path else None


def day_of(text: str | None, option: str = "--as-of") -> date | None:
    """A day as the command line gives it. Raises UsageError where it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is no day of the form YYYY-MM-DD; {option} wants one.") from None


def _moving(name: str, help: str, act: Callable[[Store, Path], object], said: str) -> click.Command:
    """A command that moves a whole ledger to or from one file."""

    @click.command(name, help=help)
    @click.argument("path", type=click.Path(path_type=Path))
    @db_option
    @click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings file (TOML).")
    def command(path: Path, db: str | None, config: Path | None) -> None:
        with store_at(db, config, make=name == "import") as store:
            act(store, path)
        click.echo(said.format(path=path))

    return command


export = _moving(
    "export", "Write a whole ledger to one file.", lambda s, p: s.export(p), "The ledger is written to {path}."
)
import_ = _moving(
    "import",
    "Take in a ledger that export wrote; nothing is doubled.",
    lambda s, p: s.import_(p),
    "{path} is taken in.",
)
backup = _moving(
    "backup", "Write a copy of a ledger while others work on it.", lambda s, p: s.backup(p), "The copy is {path}."
)


@click.command()
@click.argument("what", metavar="ADDRESS|PERSON")
@click.option("--yes", is_flag=True, help="Delete; without it only the reports that hold these words are listed.")
@db_option
@click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings file (TOML).")
def forget(what: str, yes: bool, db: str | None, config: Path | None) -> None:
    """Delete the text of the reports at an address, or that name a person; counts, ids and offsets stay."""
    with store_at(db, config) as store:
        if yes:
            click.echo(f"{store.forget(what)} report(s) lost their text.")
            return
        for found in store.search(what, 1000):
            click.echo(f"{found.report}  {found.outlet or '-'}  {found.title or '-'}")
    click.echo("These reports hold the words. Nothing was deleted: add --yes to delete their text for good.")


@click.command()
@click.argument("outlet")
@click.argument("keep", type=click.Choice(["full", "sentences", "spans"]))
@db_option
@click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings file (TOML).")
def retain(outlet: str, keep: str, db: str | None, config: Path | None) -> None:
    """Set what is kept of an outlet's texts: all, cited sentences, or spans alone."""
    with store_at(db, config) as store:
        click.echo(f"{store.retain(outlet, keep)} report(s) lost text.")


@click.command("register")
@click.argument("path", metavar="OUT.csv", type=click.Path(path_type=Path))
@db_option
@click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings file (TOML).")
def register_(path: Path, db: str | None, config: Path | None) -> None:
    """Write the office holders that the ledger's reports name as CSV, which --register reads back."""
    from brink.ledger import register

    with store_at(db, config) as store, opened(path) as out:
        count = register.write(register.taught(store.coded()), out)
    click.echo(f"{count} office holders are written to {path}.")


@click.command()
@click.argument("path", metavar="OUT.jsonl|-", type=click.Path(path_type=Path, allow_dash=True))
@db_option
@click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings file (TOML).")
def markings(path: Path, db: str | None, config: Path | None) -> None:
    """Write the codings that readers marked right or wrong on the pages as training data (JSONL, docs/formats.md)."""
    from brink.export.markings import to_line

    with store_at(db, config) as store, opened(None if str(path) == "-" else path) as out:
        lines = [line for one, coded in store.marked() if (line := to_line(one, coded))]
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    click.echo(f"{len(lines)} marked coding(s) are written.", err=True)


COMMANDS: tuple[click.Command, ...] = (
    ledger, why, read, decide, markings, export, import_, backup, forget, retain, register_,
)  # fmt: skip
