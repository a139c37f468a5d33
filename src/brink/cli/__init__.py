"""The command line: arguments and help around plain functions.

A failure prints one sentence on standard error and exits with 1 (2 for a wrong option).
"""

from __future__ import annotations

import sys

import click

import brink
from brink.cli import bulk, coding, ledger, own_types, serving, watching
from brink.errors import BrinkError, UsageError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(brink.__version__, prog_name="brink")
def commands() -> None:
    """News reports -> a sourced record of a crisis: who says what, through whom, and what is only claimed."""


for command in (
    coding.brief,
    coding.code,
    *ledger.COMMANDS,
    *bulk.COMMANDS,
    *serving.COMMANDS,
    *watching.COMMANDS,
    coding.gazetteer,
    own_types.types,
):
    commands.add_command(command)


def main() -> None:
    """Run the command line; Brink's own errors become one sentence, with exit code 2 for wrong options, else 1."""
    try:
        commands(standalone_mode=True)
    except UsageError as error:
        click.echo(f"brink: {error}", err=True)
        sys.exit(2)
    except BrinkError as error:
        click.echo(f"brink: {error}", err=True)
        sys.exit(1)
