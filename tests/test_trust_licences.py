"""No GPL at run time, and a page that names every package that Brink asks for."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "trust"))

import licences  # noqa: E402

PAGE = (ROOT / "docs" / "licences.md").read_text("utf-8")


def test_nothing_at_run_time_is_under_the_gpl_alone() -> None:
    found = [one for one in licences.needed() if one.licence is not None]
    assert len(found) > 60
    assert not [one for one in found if one.licence and licences.refused(one.licence)]


def test_the_page_names_every_package_that_brink_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    for one in [*project["dependencies"], *(line for name in licences.EXTRAS for line in extras[name])]:
        assert f"| {canonicalize_name(Requirement(one).name)} |" in PAGE, one
    rows = [line.split(" | ")[2] for line in PAGE.splitlines() if line.startswith("| ") and " | " in line][1:]
    assert rows and not [row for row in rows if licences.refused(row.removesuffix(" |"))]


@pytest.mark.parametrize(
    ("licence", "bad"),
    [
        ("MIT", False), ("LGPL-3.0-only", False), ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("GPL-3.0-only", True), ("GNU General Public License v3 (GPLv3)", True), ("AGPL-3.0-or-later", True),
        ("MPL-1.1 OR GPL-2.0-only", False), ("(MIT AND GPL-2.0-only) OR AGPL-3.0", True), ("not stated", True),
        ("BSD-3-Clause AND GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("GNU Affero General Public License v3", True),
    ],
)  # fmt: skip
def test_licences_that_are_refused(licence: str, bad: bool) -> None:
    assert licences.refused(licence) is bad
