"""What every reading command shares: its options, the stream of coded reports, files to write to, a progress bar."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, TypeVar

import click

from brink.errors import UsageError
from brink.records import CodedReport, Rejection, Report

Item = CodedReport | Rejection
Common = tuple[str | None, str | None, Path | None, bool, Path | None]
T = TypeVar("T")


def common_options(function: click.decorators.FC) -> click.decorators.FC:
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


class Sorted:
    """Coded reports of a mixed stream; rejections go to their file, or are named on standard error."""

    def __init__(self, items: Iterable[Item], path: Path | None) -> None:
        self.items, self.count, self.refused = items, 0, 0
        self.file = writable(path) if path else None

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


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is closed afterwards. Raises UsageError where it cannot be written."""
    if path is None:
        yield sys.stdout
        return
    with writable(path) as file:
        yield file


def writable(path: Path) -> TextIO:
    """A text file opened for writing. Raises UsageError where it cannot be."""
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}): name a file in a folder that exists."
        ) from error


def read_items(where: tuple[str, ...], common: Common, types: tuple[Path, ...] = ()) -> Iterator[Report | Rejection]:
    """Read everything named on the command line, uncoded; the coder is made ready before the first is read.

    `types` are files of own event types, used instead of those that the setting names.
    """
    from brink import pipeline
    from brink.intake import IntakeOptions, expanded, read
    from brink.settings import load

    published, outlet, _, allow_private, config = common
    settings = load(config, overrides={"allow_private": True} if allow_private else {})
    pipeline.prepare(settings, types)
    options = IntakeOptions(published=published, outlet=outlet, settings=settings, stdin=sys.stdin.buffer)
    return (item for one in expanded(where) for item in read(one, options))


def coded_items(
    where: tuple[str, ...], common: Common, least: float = 0.0, types: tuple[Path, ...] = ()
) -> Iterator[Item]:
    """Read and code everything named on the command line; `types` as for `read_items`."""
    from brink import coding, pipeline

    items = read_items(where, common, types)
    yield from progress(pipeline.annotate(items, coding.load_register(common[2]), least))


def progress(items: Iterator[T]) -> Iterator[T]:
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
