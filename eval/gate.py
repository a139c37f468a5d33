"""The accuracy gate: `python eval/gate.py ../shared/corpora` fails where a figure fell below its floor.

Floors (`floors.toml`) only rise: `--raise` lifts every floor to what is measured now, less a margin for the draw of
CPUs, and never lowers one. The corpora's fingerprint stands beside them: on other data the figures mean nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
ASKED = HERE / "asked.toml"
MARGIN = 0.005
GATED = ("wikinews", "corpus", "sentences", "mentions", "gsr")
"""Sets of the gate: enough to see any stage fall, small enough for every run; `make eval` measures all."""
GATED_FILES = (
    "wikinews-plover/annotations.jsonl",
    "wikinews-plover/docs.jsonl",
    "wikinews-plover/mentions.jsonl",
    "wikinews-plover/test_ids.txt",
    "crossner-politics/ner_data/politics/test.txt",
    "uner-ewt/en_ewt-ud-test.iob2",
)

Table = dict[str, dict[str, float]]


def asked() -> Table:
    """The figures that the issues ask for."""
    return tomllib.loads(ASKED.read_text("utf-8"))


def fingerprint(corpora: Path) -> str:
    """Hash of the gated test data."""
    digest = hashlib.sha256()
    for name in GATED_FILES:
        digest.update((corpora / name).read_bytes())
    digest.update((HERE.parent / "corpus" / "test.sha256").read_bytes())
    return digest.hexdigest()[:16]


def fallen(found: Table, floors: Table) -> list[str]:
    """One line for each figure below its floor, or not measured any more."""
    lines = []
    for name, figures in floors.items():
        for figure, floor in figures.items():
            value = found.get(name, {}).get(figure)
            if value is None or value < floor:
                lines.append(f"{name}: {figure} is {value if value is None else round(value, 4)}, its floor is {floor}")
    return lines


def risen(found: Table, floors: Table) -> Table:
    """Floors lifted to what is measured, less the margin; none is lowered."""
    lifted: Table = {}
    for name, figures in found.items():
        held = floors.get(name, {})
        shares = {k: v for k, v in figures.items() if 0 < v <= 1 and not k.endswith("cases")}
        lifted[name] = {k: max(held.get(k, 0.0), round(v - MARGIN, 3)) for k, v in shares.items()}
    return lifted


def write(floors: Table, print_of_data: str) -> None:
    """Store the floors."""
    lines = ["# Floors of the accuracy gate; they only rise (python eval/gate.py ../shared/corpora --raise).",
             "", f'fingerprint = "{print_of_data}"']  # fmt: skip
    for name, figures in floors.items():
        lines += ["", f"[{name}]", *(f'"{k}" = {v}' for k, v in figures.items())]
    FLOORS.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Measure and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--raise", dest="lift", action="store_true")
    args = parser.parse_args()
    from run import measure

    stored = tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    before = str(stored.pop("fingerprint", fingerprint(args.corpora)))
    if before != fingerprint(args.corpora) and not args.lift:
        sys.exit(f"The test data is not that of the floors ({before}): decide by hand, then run with --raise.")
    found = measure(args.corpora, list(GATED))
    lines = fallen(found, stored)
    for line in lines:
        print(line)
    if args.lift:
        write(risen(found, stored), fingerprint(args.corpora))
    elif lines:
        sys.exit("The accuracy gate failed.")
    print(f"Accuracy gate: {sum(map(len, stored.values()))} floors hold." if not lines else "")


if __name__ == "__main__":
    main()
