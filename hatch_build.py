"""The build hook: a wheel, and an editable install, carry the gazetteer that build_gazetteer.py makes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GAZETTEER = "src/brink/data/places/gazetteer.sqlite"
MADE_FROM = ("build_gazetteer.py", "src/brink/coding/gazetteer_file.py", "src/brink/data/places/admin1.tsv")


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the gazetteer where it is missing or older than what it is made from, and adds it to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before the wheel (`version` "standard") or the editable install ("editable") is put together."""
        root = Path(self.root)
        out = root / GAZETTEER
        if not out.exists() or any((root / name).stat().st_mtime > out.stat().st_mtime for name in MADE_FROM):
            sys.path.insert(0, self.root)
            import build_gazetteer

            build_gazetteer.build(out)
        build_data["artifacts"].append(GAZETTEER)
