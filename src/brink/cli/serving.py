"""The commands that serve pages and the API: serve, token."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from brink.cli.ledger import crisis_at, day_of, db_option, store_at
from brink.errors import UsageError
from brink.records import Crisis

if TYPE_CHECKING:
    from brink.serve import Tokens


tokens_option = click.option(
    "--tokens", metavar="FILE", type=click.Path(path_type=Path), help="File of tokens (default: in your data folder)."
)


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--as-of", metavar="DATE", help="The day it stands at (default: today).")
@click.option(
    "--crisis", "crises", metavar="FILE|FOLDER", multiple=True, type=click.Path(path_type=Path),
    help="Crisis file, or a folder of them; may be given again, readers choose among them (default: the one kept).",
)  # fmt: skip
@tokens_option
@click.option("--ask-token", is_flag=True, help="Ask for a token on this machine too, as on any other host.")
@click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings file (TOML).")
def serve(
    db: str | None, host: str, port: int, as_of: str | None, crises: tuple[Path, ...], tokens: Path | None,
    ask_token: bool, config: Path | None,
) -> None:  # fmt: skip
    """Serve the ledger as pages and a REST API until interrupted."""
    from brink import chronicle, pipeline
    from brink import serve as pages
    from brink.settings import in_force, load

    pipeline.prepare(load(config))
    named, day = [one for path in crises for one in _crises_at(path)], day_of(as_of)
    asked = None if pages.is_loopback(host) and not ask_token else _tokens(tokens)
    settings = in_force(config, overrides={"db": db} if db else {})
    with store_at(db, config) as store:
        found = named or [one for one in [chronicle.remembered(store)] if one]
        first, others = (found[0], tuple(found[1:])) if found else (pages.NO_CRISIS, ())
        desk = pages.Desk(store, first, day, others=others, settings=settings)
        pages.serve(desk, host, port, lambda address: click.echo(f"Serving on {address} (stop with Ctrl-C)."), asked)


def _crises_at(path: Path) -> list[Crisis]:
    """The crisis file, or those in a folder by name. Raises UsageError where a folder has none."""
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"The folder {path} holds no crisis file (*.toml).")
    return [one for file in files if (one := crisis_at(file))]


def _tokens(path: Path | None) -> Tokens:
    from brink.serve import Tokens, default_path

    return Tokens(path or default_path())


@click.group()
def token() -> None:
    """Tokens: who may read or write where the pages can be reached by others."""


@token.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(["read", "write"]), default="read", show_default=True, help="What it allows.")
@tokens_option
def token_add(name: str, role: str, tokens: Path | None) -> None:
    """Make a token for NAME and print it, the only time that it is shown."""
    click.echo(_tokens(tokens).add(name, role))


@token.command("revoke")
@click.argument("name")
@tokens_option
def token_revoke(name: str, tokens: Path | None) -> None:
    """Make the token of NAME worthless, in running servers too."""
    _tokens(tokens).revoke(name)
    click.echo(f"The token of {name} is worth nothing from now on.")


@token.command("list")
@tokens_option
def token_list(tokens: Path | None) -> None:
    """Print who holds a token, with role and day."""
    for one in _tokens(tokens).holders():
        click.echo(f"{one.name}\t{one.role}\t{one.made}")


COMMANDS: tuple[click.Command, ...] = (serve, token)
