"""Measure quantities and times of given events: `python eval/quantities.py ../shared/corpora [--errors N]`.

On the annotated sets (wikinews-plover train and dev, wire-plover, ukraine2014-plover; test documents are not touched):
of the events with a count, how many get one whose low and high are both right; of those without, how many get one all
the same; and of the events whose time stands in their own sentence, how many get exactly its interval. "Some count"
and "some time" say how often the right value was found in the sentence at all. Cues of statements are the annotated.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from pathlib import Path

from brink.coding.quantities import event_quantities, find_quantities
from brink.coding.times import event_time, find_times
from brink.records import Quantity, Span, TimeValue
from told import Json, Told, find, told

VERBAL = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REJECT", "REQUEST", "ACCUSE", "THREATEN"})
SETS = (
    ("wikinews-plover", "train"),
    ("wikinews-plover", "dev"),
    ("wire-plover", "train"),
    ("ukraine2014-plover", "train"),
)


@dataclass
class Figures:
    """Counts of one set."""

    counted: int = 0
    right: int = 0
    reachable: int = 0
    uncounted: int = 0
    given: int = 0
    timed: int = 0
    time_right: int = 0
    time_reachable: int = 0


def main() -> None:
    """Print the figures of every set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="print that many errors of each set")
    args = parser.parse_args()
    for name, part in SETS:
        print(line(f"{name} {part}", figures(args.corpora / name, part, args.errors)))


def line(name: str, f: Figures) -> str:
    """One line of figures."""
    return (
        f"{name}: quantity {f.right / max(1, f.counted):.3f} of {f.counted} "
        f"(some count {f.reachable / max(1, f.counted):.3f}), "
        f"given to {f.given} of {f.uncounted} events without; "
        f"time {f.time_right / max(1, f.timed):.3f} of {f.timed} (some time {f.time_reachable / max(1, f.timed):.3f})"
    )


def figures(folder: Path, part: str, errors: int) -> Figures:
    """The figures of one part of a set."""
    total = Figures()
    for document in told(folder, part):
        counts = find_quantities(document.text, document.sentences)
        times = find_times(document.text, document.sentences, document.published, None)
        for event, trigger in document.events:
            one = quantity_of(document, event, trigger, counts)
            both = (one, time_of(document, event, trigger, times))
            for field in fields(Figures):
                setattr(total, field.name, getattr(total, field.name) + sum(getattr(f, field.name) for f in both))
            if errors and one.counted and not one.right:
                errors -= 1
                print(f"  {document.id} {event['t']!r} {event['n']} | {document.sentences[event['s']].text}")
    return total


def quantity_of(document: Told, event: Json, trigger: Span, counts: tuple[Quantity, ...]) -> Figures:
    """The figures of one event's count."""
    sentence = document.sentences[event["s"]]
    found = event_quantities(trigger, event["e"], event["m"], sentence, counts)
    gold = event.get("n")
    if not gold:
        return Figures(uncounted=1, given=bool(found))
    here = [q for q in counts if sentence.start <= q.start < sentence.end]
    want = gold["low"], gold["high"]
    return Figures(
        1, any((q.low, q.high) == want for q in found), any((q.low, q.high) == want for q in here)
    )  # fmt: skip


def time_of(document: Told, event: Json, trigger: Span, times: tuple[TimeValue, ...]) -> Figures:
    """The figures of one event's time, where its words stand in the event's sentence."""
    sentence = document.sentences[event["s"]]
    if not event.get("val") or not event.get("time") or not find(event["time"], sentence):
        return Figures()
    found = event_time(trigger, sentence, times, document.cues, verbal=event["e"] in VERBAL)
    here = [t for t in times if sentence.start <= t.text_start < sentence.end]
    return Figures(
        timed=1,
        time_right=bool(found and [found.start, found.end] == event["val"]),
        time_reachable=any([t.start, t.end] == event["val"] for t in here),
    )


if __name__ == "__main__":
    main()
