"""Events in text that seldom tells any: `python eval/alarms.py ../shared/corpora [--draw 60]`.

UNER-EWT test (general web sentences) and MEANTIME's stock-market sentences, each sentence coded as a report of its own.
Some of them do tell events, so the count is no error rate: `--draw` prints as many drawn events (seed 7) to be judged.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from brink import coding, pipeline
from brink.records import Event, Report
from dates import read_meantime
from mentions import uner

MEANTIME = "meantime-en/data/meantime_newsreader_english_oct15/intra_cross-doc_annotation/corpus_stock"


def sentences(corpora: Path) -> dict[str, list[str]]:
    """Sentences by set."""
    stock = (read_meantime(path) for path in sorted((corpora / MEANTIME).glob("*.xml")))
    return {
        "UNER-EWT test": [text for text, _ in uner(corpora / "uner-ewt/en_ewt-ud-test.iob2")],
        "MEANTIME stock": [s.text for doc in stock for s in doc.sentences],
    }


def coded(given: list[str]) -> Iterator[tuple[str, Event]]:
    """Events of each sentence."""
    register = coding.load_register(None)
    for number, text in enumerate(given):
        for event in pipeline.annotate_one(Report(str(number), text), register).events:
            yield text, event


def figures(corpora: Path) -> dict[str, float]:
    """Events per 100 sentences of each set."""
    given = sentences(corpora)
    return {f"events per 100 sentences, {k}": round(100 * len(list(coded(v))) / len(v), 1) for k, v in given.items()}


def main() -> None:
    """Print the counts, and drawn events to be judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--draw", type=int, default=0)
    args = parser.parse_args()
    rng = random.Random(7)
    for name, given in sentences(args.corpora).items():
        found = list(coded(given))
        print(f"{name}: {len(found)} events in {len(given)} sentences, {100 * len(found) / len(given):.1f} per 100")
        for text, event in rng.sample(found, min(args.draw // 2, len(found))):
            print(f"  {event.event:10s} {event.trigger.text!r:26} {event.confidence:.2f} | {text}")


if __name__ == "__main__":
    main()
