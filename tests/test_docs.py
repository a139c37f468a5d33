"""Every command, option and setting is documented."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from brink.cli import commands
from brink.settings import TABLE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")


def _walk(group: click.Group, prefix: str) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += _walk(command, f"{prefix} {name}")
        else:
            found.append((f"{prefix} {name}", command))
    return found


@pytest.mark.parametrize(("name", "command"), _walk(commands, "brink"))
def test_command_and_its_options_are_documented(name: str, command: click.Command) -> None:
    assert f"## `{name}" in COMMANDS
    section = COMMANDS.split(f"## `{name}", 1)[1].split("\n## ", 1)[0]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}" in section, f"{name} {parameter.opts[0]}"


@pytest.mark.parametrize("row", TABLE, ids=lambda r: r.name)
def test_setting_is_documented_with_its_default_and_help(row: object) -> None:
    line = next(x for x in SETTINGS.splitlines() if x.startswith(f"| `{row.name}`"))  # type: ignore[attr-defined]
    assert f"| `{row.default}` |" in line  # type: ignore[attr-defined]
    assert f"`{row.variable}`" in SETTINGS  # type: ignore[attr-defined]
    assert row.help in SETTINGS  # type: ignore[attr-defined]


def test_readme_names_every_command() -> None:
    for name, _ in _walk(commands, "brink"):
        assert name in README
