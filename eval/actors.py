"""Actors against gold spans: country and primary sector of speakers, event parties and mentions, without the model.

    python eval/actors.py ../shared/corpora [--errors N] [--set wikinews|wire|re3d] [--part train|dev]

The annotated spans of speakers, actors and recipients are given to `index_actors` with the annotated mentions as
labels. Country: of a body the name counts, as in `score_annotated.py`. `train` is everything outside the named test
and dev documents; test documents are never read.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from brink.coding.actors import ActorIndex, index_actors
from brink.coding.headline import countries_told
from brink.coding.register import load_register
from brink.records import Actor, Label, Sentence
from told import scorer

Json = dict[str, Any]
SETS = ("wikinews", "wire", "re3d")


def documents(corpora: Path, name: str, part: str, score: ModuleType) -> Iterator[tuple[Json, Json, Json]]:
    """Document, annotation and mentions of every document of a part."""
    folder = corpora / f"{name}-plover"
    ids = {
        p: set((folder / f"{p}_ids.txt").read_text().split()) if name == "wikinews" else set() for p in ("test", "dev")
    }
    annotated = {str(a["id"]): a for a in score.load(folder / "annotations.jsonl")}
    named = {str(m["id"]): m for m in score.load(folder / "mentions.jsonl")}
    for doc in score.load(folder / "docs.jsonl"):
        i = str(doc["id"])
        wanted = i in ids["dev"] if part == "dev" else i not in ids["dev"] | ids["test"]
        if wanted:
            yield doc, annotated[i], named[i]


def sentences_of(doc: Json, offsets: list[int | None]) -> list[Sentence]:
    """The laid-out sentences, three to a paragraph."""
    found = [(off, s) for off, s in zip(offsets, doc["sentences"], strict=True) if off is not None]
    return [Sentence(n, n // 3, off, off + len(s), s) for n, (off, s) in enumerate(found)]


def labels_of(doc: Json, offsets: list[int | None], record: Json) -> list[tuple[Label, str | None, list[str]]]:
    """Annotated mentions as labels, each with its country and sectors; of nested ones the longest."""
    changed = {(s, surface, k): rest for s, surface, k, *rest in record.get("except", [])}
    found = []
    for s, sentence in enumerate(doc["sentences"]):
        base = offsets[s]
        if base is None:
            continue
        for surface, *told in record["mentions"]:
            starts = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", sentence)]
            for k, left in enumerate(starts):
                kind, country, sectors = changed.get((s, surface, k), told)
                if kind:
                    at = base + left
                    found.append((Label(at, at + len(surface), surface, "mention", kind, s, 1.0), country, sectors))
    kept: list[tuple[Label, str | None, list[str]]] = []
    for item in sorted(found, key=lambda x: (x[0].start - x[0].end, x[0].start)):
        if all(item[0].end <= o[0].start or o[0].end <= item[0].start for o in kept):
            kept.append(item)
    return sorted(kept, key=lambda x: x[0].start)


def index_of(doc: Json, labels: list[Label], text: str, offsets: list[int | None]) -> ActorIndex:
    """The index of one document, dated by its publication."""
    published = datetime.date.fromisoformat(doc["published"][:10]) if doc.get("published") else None
    return index_actors(
        text, sentences_of(doc, offsets), labels, load_register(None), published, countries_told(doc.get("title"))
    )


def code(actor: Actor) -> str | None:
    """What stands for an actor in the figures: the country, of a body its name."""
    return actor.country or (actor.name if "IGO" in actor.sector else None)


class Figures:
    """Counts of right answers, and the wrong ones in words."""

    def __init__(self) -> None:
        """Start empty."""
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.wrong: dict[str, list[str]] = {}

    def add(self, name: str, right: bool, told: str) -> None:
        """Count one answer."""
        self.all[name] += 1
        self.right[name] += right
        if not right:
            self.wrong.setdefault(name, []).append(told)


def judge(figures: Figures, what: str, gold: tuple[str | None, str | None], actor: Actor, around: str) -> None:
    """Compare one actor with its gold country and primary sector."""
    told = f"{actor.text!r} gold {gold} got {code(actor)} {actor.sector} ({actor.name}) | {around}"
    if gold[0]:
        figures.add(f"{what} country", gold[0] in (code(actor), actor.name), told)
    if gold[1]:
        figures.add(f"{what} sector", gold[1] == (actor.sector or ("",))[0], told)
        figures.add(f"{what} sector, any", gold[1] in actor.sector, told)


def measure(corpora: Path, name: str, part: str, figures: Figures) -> None:
    """Add the figures of one set's part."""
    score = scorer(corpora)
    for doc, annotation, record in documents(corpora, name, part, score):
        text, offsets = score.layout(doc)
        labels = labels_of(doc, offsets, record)
        index = index_of(doc, [x[0] for x in labels], text, offsets)

        def ask(
            what: str, s: int, words: Any, country: str | None, sector: str | None,
            doc: Json = doc, offsets: list[int | None] = offsets, text: str = text, index: ActorIndex = index,
        ) -> None:  # fmt: skip
            span = score.place(doc, offsets, s, words)
            if span:
                around = f"{doc['id']} " + text[max(0, span[0] - 60) : span[1] + 40].replace("\n", " ")
                judge(figures, what, (country, sector), index.actor(*span), around)

        for st in annotation["statements"]:
            ask("speaker", st.get("speaker_s", st["s"]), st["speaker"], *st["sp"])
        for e in annotation["events"]:
            for role, parties in (("actor", e["a"]), ("recipient", e["r"])):
                for words, country, sectors in parties:
                    ask(role, e["s"], words, country, (sectors or [None])[0])
        gold = {(x[0].start, x[0].end): x for x in labels}
        for m in index.mentions:
            label, country, sectors = gold[m.start, m.end]
            told = f"{label.kind} {m.text!r} gold {country} {sectors} got {m.country} {m.sector}"
            figures.add(f"mention country {label.kind}", country == m.country, told)
            if sectors:
                figures.add(f"mention sector {label.kind}", sectors[0] in m.sector, told)


def main() -> None:
    """Print the figures, and the first errors where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--set", choices=SETS, action="append")
    parser.add_argument("--part", choices=("train", "dev"), action="append")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    out: dict[str, dict[str, float]] = {}
    for part in args.part or ("train", "dev"):
        for name in args.set or SETS:
            if part == "dev" and name != "wikinews":
                continue
            figures = Figures()
            measure(args.corpora, name, part, figures)
            report(f"{name} {part}", figures, args.errors if part == "train" else 0)
            out[f"{name} {part}"] = {k: figures.right[k] / n for k, n in figures.all.items()}
    if args.json:
        json.dump(out, sys.stdout, indent=1)


def report(name: str, figures: Figures, errors: int) -> None:
    """Print one part's figures."""
    print(name)
    for what, n in sorted(figures.all.items()):
        print(f"  {what:24s} {figures.right[what] / n:.3f} of {n}")
        for told in figures.wrong.get(what, [])[:errors] if "mention" not in what else ():
            print("     ", told)


if __name__ == "__main__":
    main()
