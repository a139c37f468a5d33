"""Commands: types fit, types check: a user's own event types from examples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from brink.model.own import OwnType


@click.group()
def types() -> None:
    """Event types of your own, from examples."""


@types.command()
@click.argument("examples", metavar="EXAMPLES.toml", type=click.Path(path_type=Path))
@click.option(
    "--out", metavar="TYPE.json", type=click.Path(path_type=Path), help="Write here (default: the type's name)."
)
def fit(examples: Path, out: Path | None) -> None:
    """Fit an event type (or a mode) to marked examples; print what cross-validation finds."""
    from brink.model import own
    from brink.model.session import load_session

    given = own.read_examples(examples)
    fitted = own.fit(given, load_session())
    path = out or Path(f"{given.name.lower().replace('_', '-')}.json")
    own.save(fitted, path)
    click.echo(f"{_called(fitted)} in {path}: `brink code REPORT --types {path}` codes it.")
    for line in fitted.figures.told():
        click.echo(line)
    for sentence in fitted.figures.alarms:
        click.echo(f"  false alarm, unless it tells the type (then see leave_out): {sentence}")


@types.command()
@click.argument("fitted", metavar="TYPE.json", type=click.Path(path_type=Path))
@click.argument("examples", metavar="EXAMPLES.toml", type=click.Path(path_type=Path))
def check(fitted: Path, examples: Path) -> None:
    """Count what a fitted type finds in examples that it was not fitted on."""
    from brink.model import own, version
    from brink.model.session import load_session

    one = own.load(fitted, version())
    counts = own.check(one, own.read_examples(examples, fewest=1), load_session())
    click.echo(
        f"{_called(one)}: precision {counts.precision:.2f}, recall {counts.recall:.2f}, F1 {counts.f1:.2f} "
        f"({counts.hits} found, {counts.false} false, {counts.missed} missed)."
    )


def _called(one: OwnType) -> str:
    return f"The mode {one.name} of {one.of}" if one.of else f"The type {one.name}"
