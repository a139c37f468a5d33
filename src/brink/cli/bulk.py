"""Commands on archives: bulk, replicate, query, release."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from brink.cli.reading import opened
from brink.errors import UsageError

if TYPE_CHECKING:  # pyarrow, duckdb and the model are loaded by the command that needs them
    from brink.bulk import Outcome
    from brink.bulk.query import Answer
    from brink.bulk.running import Engine


@click.command()
@click.argument("where", metavar="FILE|FOLDER|ADDRESS...", nargs=-1, required=True)
@click.option("--to", "folder", metavar="DIR", type=click.Path(path_type=Path), required=True, help="The dataset.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Who works.")
@click.option("--workers", metavar="N", type=click.IntRange(1), help="Processes (default: one a core).")
@click.option("--address", metavar="ADDRESS", help="A Ray cluster; without one, a Ray of this machine's own.")
@click.option("--published", metavar="DATE", help="Publication date of reports that do not bring one.")
@click.option("--outlet", metavar="NAME", help="Who published the reports.")
@click.option("--register", metavar="FILE", help="Table of office holders.")
@click.option("--config", metavar="FILE", help="Settings file (TOML).")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out less certain records.")
@click.option("--limit", metavar="N", type=int, help="Take the first N lines and files.")
@click.option("--sample", metavar="SHARE", type=float, help="Take this share of them (0 to 1), always the same ones.")
@click.option("--since", metavar="DATE", help="Take reports published from this day on.")
@click.option("--shard", metavar="N", type=int, help="Inputs of a shard (default: 500).")
@click.option("--ledger", metavar="ADDRESS", help="Then build this ledger from the dataset.")
def bulk(
    where: tuple[str, ...], folder: Path, engine: str, workers: int | None, address: str | None, published: str | None,
    outlet: str | None, register: str | None, config: str | None, min_confidence: float, limit: int | None,
    sample: float | None, since: str | None, shard: int | None, ledger: str | None,
) -> None:  # fmt: skip
    """Code archives into a dataset of Parquet tables; run again, it goes on where it was stopped."""
    from brink.bulk import Job, run
    from brink.bulk.job import SHARD

    size = SHARD if shard is None else shard
    job = Job(where, published, outlet, register, config, min_confidence, limit, sample, since, size)
    told = _Told()
    for outcome in _shown(run(job, folder, _engine(engine, workers, address)), where):
        told.take(outcome)
    click.echo(told.summary(folder), err=True)
    _tell_not_taken(where)
    if ledger and not told.failed:
        from brink.bulk.ledgers import build

        click.echo(f"{build(folder, ledger)} happenings in {ledger}.", err=True)
    if told.failed or not told.coded:
        sys.exit(1)


def _tell_not_taken(where: tuple[str, ...]) -> None:
    from brink.bulk.units import not_taken

    count, example = not_taken(where)
    if count:
        click.echo(
            f"{count} file(s) of the folders passed over: their names tell no kind of input ({example}).", err=True
        )


def _engine(name: str, workers: int | None, address: str | None) -> Engine:
    from brink.bulk import local, on_ray
    from brink.bulk.cores import cores

    if name == "ray":
        return on_ray.engine(workers or cores(), address)
    if address:
        raise UsageError("--address is for --engine ray.")
    return local.engine(workers or cores())


@dataclass(slots=True)
class _Told:
    """Counts of a run as it goes."""

    coded: int = 0
    fresh: int = 0
    refused: int = 0
    left_out: int = 0
    failed: int = 0
    began: float = 0.0

    def __post_init__(self) -> None:
        self.began = time.monotonic()

    def take(self, outcome: Outcome) -> None:
        from brink.bulk import Failure

        result = outcome.result
        if isinstance(result, Failure):
            self.failed += 1
            click.echo(f"shard {result.shard} is set aside: {result.reason}", err=True)
            return
        self.coded += result.rows("reports")
        self.fresh += 0 if outcome.again else result.rows("reports")
        self.refused += result.rows("rejections")
        self.left_out += result.left_out

    def summary(self, folder: Path) -> str:
        took = max(time.monotonic() - self.began, 1e-9)
        parts = [f"{self.coded} coded ({self.fresh} now, {self.fresh / took:.1f} a second)", f"{self.refused} rejected"]
        parts += [f"{self.left_out} left out"] if self.left_out else []
        parts += [f"{self.failed} shard(s) set aside: run it again, or see {folder / 'failed'}"] if self.failed else []
        return f"{', '.join(parts)}; dataset {folder}."


def _shown(outcomes: Iterable[Outcome], where: Iterable[str]) -> Iterator[Outcome]:
    """A bar on a terminal: share of the inputs' bytes, reports, rate, rejections, remaining time; silent in a pipe."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from brink.bulk.units import bytes_of

    words = TextColumn(
        "{task.fields[told].coded} reports, {task.fields[rate]:.1f}/s, {task.fields[told].refused} rejected"
    )
    told = _Told()
    with Progress(BarColumn(), words, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coding", total=bytes_of(where), told=told, rate=0.0)
        for outcome in outcomes:
            yield outcome
            _count(told, outcome)
            bar.update(task, advance=outcome.result.size, rate=told.fresh / max(time.monotonic() - told.began, 1e-9))


def _count(told: _Told, outcome: Outcome) -> None:
    from brink.bulk import Failure

    if not isinstance(outcome.result, Failure):
        told.take(outcome)


@click.command()
@click.argument("manifest", metavar="MANIFEST", type=click.Path(path_type=Path))
@click.option("--workers", metavar="N", type=click.IntRange(1), help="Processes (default: one a core).")
@click.option("--sample", metavar="SHARE", type=click.FloatRange(0, 1), default=1.0, help="Share of the reports.")
def replicate(manifest: Path, workers: int | None, sample: float) -> None:
    """Code a dataset's reports again and compare row by row; exit code 0 only if all rows are the same."""
    from brink.bulk.cores import cores
    from brink.bulk.replicating import COMPARED, compare, replication

    given = replication(manifest)
    if given.then != given.now:
        click.echo(f"Coded by '{given.then}', now by '{given.now}'.", err=True)
    if given.threads[0] != given.threads[1]:
        click.echo(f"Coded with {given.threads[0]} thread(s) a process, now with {given.threads[1]}.", err=True)
    reports, totals = 0, {table: [0, 0, 0] for table in COMPARED}
    for count, tables in compare(given, workers or cores(), sample):
        reports += count
        for one in tables:
            totals[one.table] = [a + b for a, b in zip(totals[one.table], (one.same, one.lost, one.new), strict=True)]
    for table, (same, lost, new) in totals.items():
        click.echo(f"{table}: {same} rows the same, {lost} only in the dataset, {new} only now")
    if not reports:
        click.echo("No report was coded again.", err=True)
    if not reports or any(lost or new for _, lost, new in totals.values()):
        sys.exit(1)


@click.command()
@click.argument("sql", metavar="SQL")
@click.argument("where", metavar="DIR|DB")
@click.option("--format", "form", type=click.Choice(["table", "csv", "parquet"]), default="table", show_default=True)
@click.option("--out", metavar="PATH", type=click.Path(path_type=Path), help="Write here instead of standard output.")
def query(sql: str, where: str, form: str, out: Path | None) -> None:
    """Ask a dataset or a ledger in SQL: tables reports, statements, events, unknowns, rejections, happenings."""
    from brink.bulk import query as room

    if form == "parquet" and out is None:
        raise UsageError("Parquet is no text: name a file with --out.")
    with room.answer(sql, where) as found:
        if form == "parquet" and out is not None:
            room.write_parquet(found, out)
            return
        with opened(out) as file:
            if form == "csv":
                room.write_csv(found, file)
            else:
                _print_table(found, file)


def _print_table(found: Answer, file: TextIO) -> None:
    """A table as wide as its words: a terminal may wrap it, a pipe gets it whole."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from brink.bulk.query import cell

    table = Table(box=box.SIMPLE_HEAD)
    for name in found.names:
        table.add_column(Text(name))
    for row in found.rows():
        table.add_row(*(Text(cell(value)) for value in row))
    console = Console(file=file, width=None if file.isatty() else 10_000)
    with console.capture() as captured:
        console.print(table)
    file.writelines(line.rstrip() + "\n" for line in captured.get().splitlines() if line.strip())


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--to", "out", metavar="DIR", type=click.Path(path_type=Path), required=True, help="Where files go.")
@click.option("--format", "formats", multiple=True, help="A format, as for `brink code`; may be repeated.")
@click.option("--one-a-day", is_flag=True, help="Of events with one day, parties and type, keep the first.")
@click.option("--include-modal", is_flag=True, help="Keep negated, planned … events in polecat, gdelt and acled.")
def release(folder: Path, out: Path, formats: tuple[str, ...], one_a_day: bool, include_modal: bool) -> None:
    """Write a dataset's events as POLECAT, GDELT-style, ACLED-shaped and PLOVER files, with a codebook."""
    from brink.bulk import releasing

    for line in releasing.release(folder, out, formats or releasing.USUAL, one_a_day, include_modal):
        click.echo(line, err=True)


COMMANDS: tuple[click.Command, ...] = (bulk, replicate, query, release)
