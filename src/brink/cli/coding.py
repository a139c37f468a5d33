"""Commands: brief (of one report or of a crisis), code, gazetteer."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from brink.cli.ledger import crisis_at, db_option, laid, store_at
from brink.cli.reading import Sorted, coded_items, common_options, opened
from brink.errors import UsageError
from brink.records import CodedReport, Crisis, Happening, Rejection

if TYPE_CHECKING:  # the brief's rooms are heavy to import; commands load them where they need them
    from brink.brief import CrisisBrief


@click.command()
@click.argument("where", metavar="FILE|FOLDER|URL|-...", nargs=-1)
@common_options
@db_option
@click.option(
    "--crisis", metavar="FILE", type=click.Path(path_type=Path),
    help="Brief this crisis, from all reports (default with --db: the one kept).",
)  # fmt: skip
@click.option("--since", metavar="DATE", help="First day of what changed (default: three days before --as-of).")
@click.option("--as-of", metavar="DATE", help="The day of the crisis brief (default: the newest publication).")
@click.option("--format", "form", type=click.Choice(["terminal", "markdown", "html"]), help="Form of the crisis brief.")
@click.option("--out", metavar="PATH", type=click.Path(path_type=Path), help="Write here instead of standard output.")
@click.option("--json", "as_json", is_flag=True, help="Write the brief as JSON.")
def brief(
    where: tuple[str, ...], published: str | None, outlet: str | None, register: Path | None, allow_private: bool,
    config: Path | None, db: str | None, crisis: Path | None, since: str | None, as_of: str | None, form: str | None,
    out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Print the brief of one report (or of each report of a JSONL file); with --crisis, of a crisis as of a day."""
    common = (published, outlet, register, allow_private, config)
    if crisis is not None or db is not None:
        if not where and db is None:
            raise UsageError("A crisis brief needs reports: name files, folders or addresses, or a ledger with --db.")
        window, one = (_day(since, "--since"), _day(as_of, "--as-of")), _crisis(db, config, crisis)
        found = laid(where, common, db, as_of, crisis, None)
        _brief_crisis(*found, one, window, "json" if as_json else form or "terminal", out)
        return
    if since or as_of or form or out:
        raise UsageError("--since, --as-of, --format and --out are for a crisis: name one with --crisis or its --db.")
    if len(where) != 1:
        raise UsageError(f"A brief without --crisis is of one input, {len(where)} came; name one, or a --crisis FILE.")
    _brief_reports(coded_items(where, common), as_json)


def _brief_reports(items: Iterable[CodedReport | Rejection], as_json: bool) -> None:
    from brink.brief import brief_record, brief_text

    rejected = 0
    for number, item in enumerate(items):
        if isinstance(item, Rejection):
            rejected += 1
            click.echo(item.message, err=True)
        elif as_json:
            click.echo(json.dumps(brief_record(item), ensure_ascii=False, indent=1))
        else:
            click.echo(("\n" + "─" * 96 + "\n\n" if number else "") + brief_text(item), nl=False)
    if rejected:
        sys.exit(1)


def _brief_crisis(
    happenings: tuple[Happening, ...], reports: list[CodedReport], crisis: Crisis,
    window: tuple[date | None, date | None], form: str, out: Path | None,
) -> None:  # fmt: skip
    """Brief a crisis from its happenings and reports; `window` is its first and its last day."""
    from brink import brief as room

    since, as_of = window
    material = room.Material(happenings, {c.report.id: c.report for c in reports}, room.admissions(reports))
    text = _rendered(room.crisis_brief(material, crisis, since, as_of), form)
    with opened(out) as target:
        target.write(text)


def _crisis(db: str | None, config: Path | None, file: Path | None) -> Crisis:
    """The crisis to brief: of the file named, else the one that the ledger remembers, which was laid with it."""
    from brink import chronicle

    found = crisis_at(file)
    if found is None:
        with store_at(db, config) as store:
            found = chronicle.remembered(store)
    if found is None:
        raise UsageError("This ledger remembers no crisis file: name one with --crisis; it is remembered from then on.")
    return found


def _rendered(told: CrisisBrief, form: str) -> str:
    from brink import brief as room

    if form == "json":
        return json.dumps(room.crisis_record(told), ensure_ascii=False, indent=1) + "\n"
    forms = {"terminal": room.crisis_text, "markdown": room.crisis_markdown, "html": room.crisis_page}
    return forms[form](told)


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is no day of the form YYYY-MM-DD; {option} wants one.") from None


@click.command()
@click.argument("where", metavar="FILE|URL|-...", nargs=-1, required=True)
@common_options
@click.option("--format", "form", default="records", show_default=True, help="Output format; see docs/formats.md.")
@click.option("--out", metavar="PATH", type=click.Path(path_type=Path), help="Write here instead of standard output.")
@click.option(
    "--rejections", metavar="PATH", type=click.Path(path_type=Path), help="Write rejected inputs here (JSONL)."
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out less certain records.")
@click.option(
    "--types",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Code this own event type too (of `brink types fit`); may be given again.",
)
@click.option("--include-modal", is_flag=True, help="Keep negated, planned … events in polecat, gdelt and acled.")
def code(
    where: tuple[str, ...], published: str | None, outlet: str | None, register: Path | None, allow_private: bool,
    config: Path | None, form: str, out: Path | None, rejections: Path | None, min_confidence: float,
    types: tuple[Path, ...], include_modal: bool,
) -> None:  # fmt: skip
    """Code reports: one JSON object a line, in input order (docs/schema.json)."""
    items = coded_items(where, (published, outlet, register, allow_private, config), min_confidence, types)
    kept = Sorted(items, rejections)
    if out is not None and out.suffix == ".parquet":
        summary = _events_table(kept, form, out)
    else:
        with opened(out) as file:
            summary = _export(kept, form, file, include_modal)
    refused = kept.close()
    for line in summary:
        click.echo(line, err=True)
    if refused:
        click.echo(f"{refused} input(s) rejected, {kept.count} coded.", err=True)
    if not kept.count:
        sys.exit(1)


@click.group()
def gazetteer() -> None:
    """Places and their names."""


@gazetteer.command("import")
@click.argument("dump", metavar="allCountries.zip", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT.sqlite", type=click.Path(path_type=Path))
def import_gazetteer(dump: Path, out: Path) -> None:
    """Make a larger gazetteer from a GeoNames dump; the setting `gazetteer` then names it."""
    from brink.coding.gazetteer import import_dump

    click.echo(f"{import_dump(dump, out)} places written to {out}.")


def _export(coded: Iterable[CodedReport], form: str, file: TextIO, include_modal: bool) -> list[str]:
    from brink import export

    return export.write(coded, form, file, include_modal=include_modal).notes()


def _events_table(coded: Iterable[CodedReport], form: str, out: Path) -> list[str]:
    from brink.export import parquet

    if form != "records":
        raise UsageError(f"A Parquet file holds Brink's own table of events, no {form}; leave --format out.")
    return [f"{parquet.write_events(coded, out)} event(s) in {out}."]
