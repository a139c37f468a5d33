"""Licences of everything that Brink needs at run time: `make licences` writes docs/licences.md.

Read are pyproject.toml and the metadata of the installed packages, from one to the next; extras are those of users
(`postgres`, `bulk`, `ray`, `stores`), never `dev`. Exit code 1 where a package may be used under the GPL or AGPL only,
or names no licence.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
EXTRAS = ("postgres", "bulk", "ray", "stores")
_COPYLEFT = re.compile(r"\bA?GPL\b|GNU (?:Affero )?General Public License", re.IGNORECASE)
_EXCEPTION = re.compile(r"GPL-3\.0(?:-or-later|-only)?[ -]with[ -]GCC-exception-3\.1", re.IGNORECASE)
_CLASS = "License :: OSI Approved :: "

HEAD = """# Licences

Every package that Brink needs at run time, with what it needs in turn, and the licence that its metadata name.
`make licences` writes this page from what is installed, and stops where one may be used under the GPL or AGPL only. The
wheel carries none of them: pip installs them beside it. The wheels of numpy and scipy carry libgfortran, under the GPL
with the exception that lets any program run with it, and libquadmath (LGPL). What Brink's own wheel carries (weights,
PLOVER's tables, the gazetteer) is told in [model.md](model.md), `src/brink/data/plover/LICENSE.md` and
`src/brink/data/actors/README.md`.

| package | needed by | licence |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Needed:
    """A package, the extra that first asks for it ("" for none), and its licence; None if it is not installed."""

    name: str
    extra: str
    licence: str | None


def needed(extras: Iterable[str] = EXTRAS) -> Iterator[Needed]:
    """Every package that pyproject.toml leads to, those without an extra first, each once."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    seen: set[tuple[str, str]] = set()
    told: set[str] = set()
    for extra in ("", *extras):
        wanted = project["optional-dependencies"][extra] if extra else project["dependencies"]
        waiting = [Requirement(one) for one in wanted]
        while waiting:
            one = waiting.pop(0)
            name = canonicalize_name(one.name)
            found = _installed(name)
            if name not in told:
                told.add(name)
                yield Needed(name, extra, None if found is None else licence_of(found))
            for asked in {"", *one.extras}:
                if found is not None and (name, asked) not in seen:
                    seen.add((name, asked))
                    waiting += _needs(found, asked)


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _needs(found: Distribution, extra: str) -> Iterator[Requirement]:
    for one in map(Requirement, found.requires or ()):
        if one.marker is None or one.marker.evaluate({"extra": extra}):
            yield one


def licence_of(found: Distribution) -> str:
    """A package's licence in one line: its SPDX expression, else its classifiers (a choice), else its own words."""
    about = found.metadata
    classes = [c.removeprefix(_CLASS) for c in about.get_all("Classifier") or () if c.startswith(_CLASS)]
    words = (about.get("License") or "").strip()
    short = words if len(words) < 60 and "\n" not in words else ""
    return about.get("License-Expression") or " OR ".join(classes) or short or "not stated"


def refused(licence: str) -> bool:
    """Whether every way to use a package is under the GPL or AGPL (the LGPL is not meant), or none is stated."""
    ways = re.split(r"\s+OR\s+", _EXCEPTION.sub("exception", licence).replace("(", "").replace(")", ""))
    return licence == "not stated" or all(_COPYLEFT.search(way) for way in ways)


def page(found: Iterable[Needed]) -> str:
    """The page of licences, by name."""
    rows = sorted(found, key=lambda one: one.name)
    return HEAD + "".join(f"| {r.name} | {_by(r)} | {r.licence or 'not installed here'} |\n" for r in rows)


def _by(row: Needed) -> str:
    return f"extra `{row.extra}`" if row.extra else "Brink"


def main() -> None:
    """Write the page, or with --check only look for licences that are refused."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--check", action="store_true", help="write nothing")
    found = tuple(needed())
    if not asked.parse_args().check:
        (ROOT / "docs" / "licences.md").write_text(page(found), "utf-8")
    bad = [f"{one.name} ({one.licence})" for one in found if one.licence is None or refused(one.licence)]
    print(f"{len(found)} packages at run time; refused: {', '.join(bad) or 'none'}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
