"""The command line: arguments and help around plain functions.

A failure prints one sentence on standard error and exits with 1 (2 for a wrong option).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

import brink
from brink.errors import BrinkError, UsageError
from brink.records import CodedReport, Rejection, Report

Item = CodedReport | Rejection


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(brink.__version__, prog_name="brink")
def commands() -> None:
    """News reports -> a sourced record of a crisis: who says what, through whom, and what is only claimed."""


def _common(function: click.decorators.FC) -> click.decorators.FC:
    """Options that every reading command takes."""
    options = [
        click.option("--published", metavar="DATE", help="Publication date (YYYY, YYYY-MM or YYYY-MM-DD)."),
        click.option("--outlet", metavar="NAME", help="Who published the report."),
        click.option("--register", metavar="FILE", type=click.Path(path_type=Path), help="Table of office holders."),
        click.option("--allow-private", is_flag=True, help="Let URLs lead to private and loopback addresses."),
        click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings file (TOML)."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@commands.command()
@click.argument("where", metavar="FILE|URL|-")
@_common
@click.option("--json", "as_json", is_flag=True, help="Write the brief as JSON.")
def brief(
    where: str, published: str | None, outlet: str | None, register: Path | None, allow_private: bool,
    config: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Read one report (or each report of a JSONL file) and print its brief."""
    from brink.brief import brief_record, brief_text

    rejected = 0
    for number, item in enumerate(_coded((where,), (published, outlet, register, allow_private, config))):
        if isinstance(item, Rejection):
            rejected += 1
            click.echo(item.message, err=True)
        elif as_json:
            click.echo(json.dumps(brief_record(item), ensure_ascii=False, indent=1))
        else:
            click.echo(("\n" + "─" * 96 + "\n\n" if number else "") + brief_text(item), nl=False)
    if rejected:
        sys.exit(1)


@commands.command()
@click.argument("where", metavar="FILE|URL|-...", nargs=-1, required=True)
@_common
@click.option("--format", "form", default="records", show_default=True, help="Output format; see docs/formats.md.")
@click.option("--out", metavar="PATH", type=click.Path(path_type=Path), help="Write here instead of standard output.")
@click.option(
    "--rejections", metavar="PATH", type=click.Path(path_type=Path), help="Write rejected inputs here (JSONL)."
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out less certain records.")
@click.option("--include-modal", is_flag=True, help="Keep negated, planned … events in polecat, gdelt and acled.")
def code(
    where: tuple[str, ...], published: str | None, outlet: str | None, register: Path | None, allow_private: bool,
    config: Path | None, form: str, out: Path | None, rejections: Path | None, min_confidence: float,
    include_modal: bool,
) -> None:  # fmt: skip
    """Code reports: one JSON object a line, in input order (docs/schema.json)."""
    items = _coded(where, (published, outlet, register, allow_private, config), min_confidence)
    kept = _Sorted(items, rejections)
    with _opened(out) as file:
        summary = _export(kept, form, file, include_modal)
    refused = kept.close()
    for line in summary:
        click.echo(line, err=True)
    if refused:
        click.echo(f"{refused} input(s) rejected, {kept.count} coded.", err=True)
    if not kept.count:
        sys.exit(1)


@commands.group()
def gazetteer() -> None:
    """Places and their names."""


@gazetteer.command("import")
@click.argument("dump", metavar="allCountries.zip", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT.sqlite", type=click.Path(path_type=Path))
def import_gazetteer(dump: Path, out: Path) -> None:
    """Make a larger gazetteer from a GeoNames dump; the setting `gazetteer` then names it."""
    from brink.coding.gazetteer import import_dump

    click.echo(f"{import_dump(dump, out)} places written to {out}.")


class _Sorted:
    """Coded reports of a mixed stream; rejections go to their file, or are named on standard error."""

    def __init__(self, items: Iterable[Item], path: Path | None) -> None:
        self.items, self.count, self.refused = items, 0, 0
        self.file = _writable(path) if path else None

    def __iter__(self) -> Iterator[CodedReport]:
        for item in self.items:
            if isinstance(item, Rejection):
                self.refused += 1
                self._refuse(item)
            else:
                self.count += 1
                yield item

    def _refuse(self, item: Rejection) -> None:
        if self.file:
            record = {"where": item.where, "id": item.id, "reason": item.reason.value, "message": item.message}
            self.file.write(json.dumps(record, ensure_ascii=False) + "\n")
        else:
            click.echo(f"{item.where}: {item.message}", err=True)

    def close(self) -> int:
        """Close the file of rejections and give their number."""
        if self.file:
            self.file.close()
        return self.refused


def _export(coded: Iterable[CodedReport], form: str, file: TextIO, include_modal: bool) -> list[str]:
    from brink import export

    return export.write(coded, form, file, include_modal=include_modal).notes()


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    with _writable(path) as file:
        yield file


def _writable(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}): name a file in a folder that exists."
        ) from error


def _coded(
    where: tuple[str, ...], common: tuple[str | None, str | None, Path | None, bool, Path | None], least: float = 0.0
) -> Iterator[Item]:
    """Read and code everything named on the command line."""
    from brink import coding, pipeline
    from brink.intake import IntakeOptions, read
    from brink.settings import load

    published, outlet, register, allow_private, config = common
    settings = load(config, overrides={"allow_private": True} if allow_private else {})
    if settings.gazetteer:
        coding.use_gazetteer(Path(settings.gazetteer))
    options = IntakeOptions(published=published, outlet=outlet, settings=settings, stdin=sys.stdin.buffer)

    def items() -> Iterator[Report | Rejection]:
        for one in where:
            yield from read(one, options)

    yield from _progress(pipeline.annotate(items(), coding.load_register(register), least))


def _progress(items: Iterator[Item]) -> Iterator[Item]:
    """A counter on a terminal once work takes long; silent in a pipe."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} reports"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coding", total=None)
        for item in items:
            yield item
            bar.advance(task)


def main() -> None:
    """Run the command line; Brink's own errors become one sentence and exit code 1."""
    try:
        commands(standalone_mode=True)
    except BrinkError as error:
        click.echo(f"brink: {error}", err=True)
        sys.exit(1)
