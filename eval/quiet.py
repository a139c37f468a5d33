"""False alarms on quiet sentences: `python eval/quiet.py` counts events in 200 own sentences that tell none.

The sentences (`quiet.txt`: sport, culture, weather, markets) were written by the team with words that tempt a coder;
each is coded as a report of its own.
"""

from __future__ import annotations

from pathlib import Path

from brink import coding, pipeline
from brink.records import Report

QUIET = Path(__file__).with_name("quiet.txt")


def sentences() -> list[str]:
    """The sentences, headings left out."""
    lines = QUIET.read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def figures(_: Path | None = None) -> dict[str, float]:
    """Events per 100 quiet sentences."""
    register = coding.load_register(None)
    given = sentences()
    found = sum(len(pipeline.annotate_one(Report(str(i), s), register).events) for i, s in enumerate(given))
    return {"events per 100 quiet sentences": 100 * found / len(given)}


def main() -> None:
    """Print the figure and the false alarms."""
    register = coding.load_register(None)
    for i, sentence in enumerate(sentences()):
        for e in pipeline.annotate_one(Report(str(i), sentence), register).events:
            print(f"{e.event:10s} {e.trigger.text!r:24} {e.confidence:.2f} | {sentence}")
    for name, value in figures().items():
        print(f"{name}: {value:.1f}")


if __name__ == "__main__":
    main()
