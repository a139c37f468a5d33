"""Append parts written elsewhere to the corpus: `python corpus/merge.py FOLDER [SECOND_READING.jsonl]`.

The test part is drawn by the hash of each report's id (a quarter), so that adding reports never moves one.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
DEVELOPMENT = frozenset(f"{n:04d}" for n in range(241, 301))
"""Reports that thresholds are set on: never trained on, like the test part."""
FILES = ("docs", "annotations", "mentions", "phenomena")


def is_test(name: str) -> bool:
    """A quarter of all ids, by SHA-256."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 4 == 0


def freeze(folder: Path = HERE) -> str:
    """Hash over the documents and annotations of the test part, in file order."""
    digest = hashlib.sha256()
    for name in ("docs", "annotations"):
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            if is_test(str(json.loads(line)["id"])):
                digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def append(source: Path, target: Path) -> None:
    """Add the lines whose id the target does not have yet."""
    held = target.read_text("utf-8").splitlines() if target.exists() else []
    known = {str(json.loads(line)["id"]) for line in held}
    new = [line for line in source.read_text("utf-8").splitlines() if str(json.loads(line)["id"]) not in known]
    target.write_text("".join(f"{line}\n" for line in held + new), "utf-8")


def main() -> None:
    """Merge, then write test_ids.txt, dev_ids.txt and test.sha256."""
    folder = Path(sys.argv[1])
    for name in FILES:
        append(folder / f"{name}.jsonl", HERE / f"{name}.jsonl")
    if len(sys.argv) > 2:
        append(Path(sys.argv[2]), HERE / "second.jsonl")
    names = [str(json.loads(line)["id"]) for line in (HERE / "docs.jsonl").read_text("utf-8").splitlines()]
    (HERE / "test_ids.txt").write_text("".join(f"{n}\n" for n in names if is_test(n)))
    dev = [n for n in names if not is_test(n) and n[1:] in DEVELOPMENT]
    (HERE / "dev_ids.txt").write_text("".join(f"{n}\n" for n in dev))
    (HERE / "test.sha256").write_text(freeze() + "\n")


if __name__ == "__main__":
    main()
