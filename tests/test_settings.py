"""Settings: one table, file < environment < command line, and no unknown names."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from brink.errors import SettingError, UsageError
from brink.settings import TABLE, Settings, load


def test_without_anything_the_defaults_are_in_force() -> None:
    assert load(environ={}) == Settings()


def test_the_table_is_the_dataclass_and_every_row_has_help() -> None:
    assert [row.name for row in TABLE] == [f.name for f in dataclasses.fields(Settings)]
    assert all(row.help.endswith(".") for row in TABLE)
    assert all(type(row.default) is row.type for row in TABLE)


def test_settings_are_frozen_and_can_be_a_key() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().timeout = 1.0  # type: ignore[misc]
    assert {Settings(): 1}[load(environ={})] == 1


@pytest.mark.parametrize(
    ("file", "variable", "option", "expected"),
    [
        (None, None, None, 15.0),
        ("timeout = 3", None, None, 3.0),
        ("timeout = 3.5", None, None, 3.5),
        ("timeout = 3", "4", None, 4.0),
        ("timeout = 3", "4", 5, 5.0),
        (None, "4.25", "6", 6.0),
        ("timeout = 3", None, 5.5, 5.5),
    ],
)
def test_later_places_win(
    tmp_path: Path, file: str | None, variable: str | None, option: object, expected: float
) -> None:
    path = None
    if file:
        path = tmp_path / "brink.toml"
        path.write_text(file, encoding="utf-8")
    environ = {"BRINK_TIMEOUT": variable} if variable else {}
    assert load(path, environ, {"timeout": option}).timeout == expected


def test_the_environment_can_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('user_agent = "newsroom/2 (desk@paper.example)"\nallow_private = true\n', encoding="utf-8")
    found = load(environ={"BRINK_CONFIG": str(path)})
    assert found.user_agent == "newsroom/2 (desk@paper.example)"
    assert found.allow_private is True


@pytest.mark.parametrize(
    ("text", "expected"), [("true", True), ("1", True), ("Yes", True), ("on", True), ("0", False), ("off", False)]
)
def test_yes_and_no_in_the_environment(text: str, expected: bool) -> None:
    assert load(environ={"BRINK_ALLOW_PRIVATE": text}).allow_private is expected


@pytest.mark.parametrize(
    ("file", "environ", "overrides", "named"),
    [
        ("time_out = 3", {}, {}, "did you mean 'timeout'"),
        ("[timeout]\nseconds = 3", {}, {}, "must be a number"),
        ("timeout = '3'", {}, {}, "must be a number"),
        ("redirects = 2.5", {}, {}, "must be a whole number"),
        ("redirects = true", {}, {}, "must be a whole number"),
        ("redirects = -1", {}, {}, "must be 0 or more"),
        ("timeout = nan", {}, {}, "must be a finite number"),
        ("timeout = ", {}, {}, "not valid TOML"),
        ("user_agent = 'a\\nb'", {}, {"user_agent": "a\nb"}, "one line"),
        ("user_agent = 7", {}, {}, "must be text"),
        (None, {"BRINK_TIMEOT": "3"}, {}, "'BRINK_TIMEOT'"),
        (None, {"BRINK_TIMEOUT": "soon"}, {}, "BRINK_TIMEOUT must be a number, not 'soon'"),
        (None, {"BRINK_ALLOW_PRIVATE": "maybe"}, {}, "true or false"),
        (None, {"BRINK_CONFIG": "/nowhere/brink.toml"}, {}, "cannot be read"),
        (None, {}, {"zzz": 1}, "the known ones are timeout"),
        (None, {}, {"timeout": "0"}, "or more"),
        (None, {}, {"redirects": [1]}, "must be a whole number"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    tmp_path: Path, file: str | None, environ: dict[str, str], overrides: dict[str, object], named: str
) -> None:
    path = None
    if file:
        path = tmp_path / "brink.toml"
        path.write_text(file, encoding="utf-8")
    with pytest.raises(SettingError) as caught:
        load(path, environ, overrides)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_setting_error_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        load(environ={"BRINK_NOTHING": "1"})


def test_other_programs_variables_are_left_alone() -> None:
    assert load(environ={"PATH": "/bin", "XBRINK_TIMEOUT": "1"}) == Settings()
