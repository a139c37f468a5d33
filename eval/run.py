"""All figures of docs/accuracy.md, in one command: `make eval` or `python eval/run.py ../shared/corpora`.

Writes `docs/accuracy.md` and prints it. Every figure names its set and split; all come from parts nobody trained or
tuned on, but for those headed "development".
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import alarms
import annotated
import calibration
import dates
import ecb
import gsr
import ledger
import mentions
import places
import polnear
import quiet
import sentences

Figures = dict[str, float]
HERE = Path(__file__).parent
DOCS = HERE.parent / "docs" / "accuracy.md"

SETS: dict[str, tuple[str, Callable[[Path], Figures]]] = {
    "polnear": ("PolNeAR test, one annotator per text, from plain text", lambda c: polnear.figures(c, "test")),
    "wikinews": (
        "wikinews-plover test documents",
        lambda c: annotated.named_figures(annotated.figures(c, "wikinews", "test")),
    ),
    "corpus": (
        "corpus/ test part (written by the team)",
        lambda c: annotated.named_figures(annotated.figures(c, "corpus", "test")),
    ),
    "mentions": ("CrossNER politics and UNER-EWT test", mentions.figures),
    "gsr": ("PLOVER gold standard records", gsr.figures),
    "quiet": (
        "200 quiet sentences (written by the team; a threshold was set with this figure in sight)",
        quiet.figures,
    ),
    "alarms": ("Events in text that seldom tells any (some of it does: no error rate)", alarms.figures),
    "calibration": ("Confidence of events, test parts of wikinews-plover and corpus/", calibration.figures),
    "places": ("GeoWebNews, from plain text", places.figures),
    "groups": (
        "corpus/groups: the ledger on 66 groups written by the team, main happening",
        lambda _: ledger.figures(HERE.parent / "corpus/groups"),
    ),
    "wire-groups": (
        "wire-groups: the ledger's development set (weights and rules were set on it), main happening",
        lambda c: ledger.figures(c / "wire-groups"),
    ),
    "ecb": (
        "ECB+ test topics 36-45: event coreference across reports, gold mentions and topics, singletons kept",
        ecb.figures,
    ),
    "sentences": ("gum-news, the 12 documents of eval/gum_test_ids.txt", sentences.test_figures),
    "dates": ("dates, given the document date", dates.test_figures),
}

HEAD = """# Accuracy

Measured on {today} with `make eval` (`python eval/run.py ../shared/corpora`), coder `{coder}`, read
from plain text by the installed package. Test parts alone: nobody trained or tuned on them, unless a heading says so.
The asked column is the issue's figure.

"""


def coder() -> str:
    """What is measured."""
    from brink import coding, pipeline

    return pipeline.coder(coding.load_register(None))


def measure(corpora: Path, names: list[str]) -> dict[str, Figures]:
    """Figures by set."""
    return {name: SETS[name][1](corpora) for name in names}


def table(found: dict[str, Figures], asked: dict[str, Figures]) -> str:
    """All figures as Markdown."""
    parts = [HEAD.format(today=date.today().isoformat(), coder=coder())]
    for name, figures in found.items():
        parts.append(f"## {SETS[name][0]}\n\n| figure | measured | asked |\n|---|---|---|")
        for figure, value in figures.items():
            wanted = asked.get(name, {}).get(figure)
            shown = f"{value:.3f}" if value <= 1 else f"{value:g}"
            mark = "" if wanted is None else f"{wanted:.2f}" + ("" if value >= wanted else " (not reached)")
            parts.append(f"| {figure} | {shown} | {mark} |")
        parts.append("")
    return "\n".join(parts)


def main() -> None:
    """Measure the named sets (all by default); with all, write docs/accuracy.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--only", nargs="*", choices=sorted(SETS))
    args = parser.parse_args()
    from gate import asked

    text = table(measure(args.corpora, args.only or list(SETS)), asked())
    if not args.only:
        text += "\n## Agreement of the two readings of corpus/\n\n```\n" + agreement(args.corpora) + "```\n"
        DOCS.write_text(text, "utf-8")
    print(text)


def agreement(corpora: Path) -> str:
    """What eval/agreement.py prints."""
    command = [sys.executable, str(HERE / "agreement.py"), str(corpora)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
