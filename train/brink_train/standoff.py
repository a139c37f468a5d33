"""Annotations of other people's text, kept without the text: offsets and labels alone.

`python -m brink_train.standoff FOLDER... OUT` turns annotations made to the guide (documents with the offset of
each sentence in the original file, field `starts`) into lines of `standoff/*.jsonl`; `add` lays them over Documents.
"""

from __future__ import annotations

import bisect
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from brink_train import own
from brink_train.documents import Choice, Document, Mark, Tie

HEADS = ("event", "deed", "party", "circumstance", "unknown")
LINKS = ("actor", "recipient", "place", "time", "quantity")
FOLDER = Path(__file__).parents[1] / "standoff"


def add(documents: Iterable[Document], path: Path) -> None:
    """Lay the stored annotations over the documents of the same id, in place."""
    stored = {d["id"]: d for d in map(json.loads, path.read_text("utf-8").splitlines())}
    for doc in documents:
        if one := stored.get(doc.id):
            doc.heads = (*doc.heads, *HEADS)
            doc.links = (*doc.links, *LINKS)
            doc.marks += [Mark(*m) for m in one["marks"]]
            doc.choices += [Choice(head, at, tuple(answers)) for head, at, answers in one["choices"]]
            doc.ties += [Tie(*t) for t in one["ties"]]


def names(path: Path) -> frozenset[str]:
    """Ids of the documents that a file annotates."""
    return frozenset(str(json.loads(line)["id"]) for line in path.read_text("utf-8").splitlines())


def lines(folder: Path) -> Iterable[str]:
    """One JSON line for each annotated document, offsets in the original text."""
    starts = {d["id"]: d["starts"] for d in map(json.loads, (folder / "docs.jsonl").read_text("utf-8").splitlines())}
    for doc in own.load(folder):
        laid_out = [a for a, _ in doc.sentences]
        origin = starts[doc.id][-len(doc.sentences) :]

        def moved(offset: int, laid_out: list[int] = laid_out, origin: list[int] = origin) -> int:
            i = bisect.bisect_right(laid_out, offset) - 1
            return int(origin[i] + offset - laid_out[i])

        record = {
            "id": doc.id,
            "marks": [(m.head, m.kind, moved(m.start), moved(m.end - 1) + 1) for m in doc.marks if m.head in HEADS],
            "choices": [(c.head, moved(c.at), c.answers) for c in doc.choices if c.head != "class"],
            "ties": [(t.kind, moved(t.head), moved(t.tail)) for t in doc.ties if t.kind in LINKS],
        }
        yield json.dumps(record)


if __name__ == "__main__":
    out = Path(sys.argv[-1])
    out.write_text("".join(f"{line}\n" for folder in sys.argv[1:-1] for line in lines(Path(folder))), "utf-8")
