"""PLOVER's gold standard records, end to end from raw text: never trained or tuned on, looked at rarely.

    python eval/gsr.py ../shared/corpora

Records are grouped by sentence. Type F1 is micro over the `main` event of each sentence and all gold records of it.
With actors: type right, and actor countries meet (a shared country, or none on both sides), and so recipients; codes of
bodies are their names. Recall among all: the gold type is among the types of all events found in the sentence.
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path
from typing import Any

from brink import coding, pipeline
from brink.records import Actor, Event, Report

OLD = {"FIGHT": "ASSAULT", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE"}
SPELLED = {"JAP": "JPN", "ROM": "ROU", "GER": "DEU", "PAL": "PSE", "IGO": ""}
Json = dict[str, Any]


def records(path: Path) -> dict[str, list[Json]]:
    """Gold records by sentence."""
    found: dict[str, list[Json]] = collections.defaultdict(list)
    for record in json.loads(path.read_text("utf-8")):
        if record["event"] != "DOCUMENT" and record.get("text"):
            found[record["text"]].append(record)
    return found


def gold_type(record: Json) -> str:
    """The record's type under its present name."""
    return OLD.get(record["event"], record["event"])


def countries(actors: object) -> set[str]:
    """Country codes of a gold record's parties."""
    listed = actors if isinstance(actors, list) else []
    codes = {str(a.get("code", ""))[:3] for a in listed}
    return {SPELLED.get(c, c) for c in codes} - {""}


def found_countries(actors: tuple[Actor, ...]) -> set[str]:
    """Country codes of an event's parties."""
    return {a.country for a in actors if a.country}


def _meet(a: set[str], b: set[str]) -> bool:
    return bool(a & b) or (not a and not b)


def right(event: Event, record: Json) -> bool:
    """Type, actor country and recipient country right.

    By the contract all who meet are actors; the gold records name one of them as target, who is then looked for there.
    """
    sources, targets = countries(record.get("source")), countries(record.get("target"))
    actors, recipients = found_countries(event.actor), found_countries(event.recipient)
    if event.event == "CONSULT" and not event.recipient and targets:
        recipients = actors
    return event.event == gold_type(record) and _meet(actors, sources) and _meet(recipients, targets)


def figures(corpora: Path) -> dict[str, float]:
    """The three figures, and counts."""
    register = coding.load_register(None)
    path = next((corpora / "plover-gsr/gold_standard_records").glob("*.txt"))
    gold = found = typed = full = among = 0
    for number, (text, rows) in enumerate(records(path).items()):
        coded = pipeline.annotate_one(Report(str(number), text), register)
        mains = [e for e in coded.events if e.main]
        gold += len(rows)
        found += len(mains)
        types = collections.Counter(gold_type(r) for r in rows)
        typed += sum((types & collections.Counter(e.event for e in mains)).values())
        full += sum(any(right(e, r) for e in mains) for r in rows)
        every = {e.event for e in coded.events}
        among += sum(gold_type(r) in every for r in rows)
    return {
        "GSR type F1, main events": 2 * typed / (gold + found),
        "GSR type + actor + recipient country F1": 2 * full / (gold + found),
        "GSR type among all events, recall": among / gold,
        "GSR gold records": gold,
        "GSR main events found": found,
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    for name, value in figures(parser.parse_args().corpora).items():
        print(f"{name:44s} {value:.3f}" if value <= 1 else f"{name:44s} {value:.0f}")


if __name__ == "__main__":
    main()
