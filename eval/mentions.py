"""Mentions on CrossNER politics test (coarse) and UNER-EWT test, by the installed package's coarse head.

    python eval/mentions.py ../shared/corpora

Strict span and kind (PER, ORG, LOC) over characters. CrossNER's kinds are folded: politician and person are PER,
organisation and politicalparty ORG, location and country LOC; its other kinds (election, event, misc) are left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from brink import model
from brink.records import Sentence

Gold = tuple[str, set[tuple[int, int, str]]]
COARSE = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "person": "PER", "politician": "PER", "organisation": "ORG",
    "politicalparty": "ORG", "location": "LOC", "country": "LOC",
}  # fmt: skip


def crossner(path: Path) -> Iterator[Gold]:
    """Sentences of a token-per-line file, tokens joined by spaces."""
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split() for line in block.splitlines() if line.strip()]
        if rows:
            yield _sentence(" ".join(r[0] for r in rows), [(r[0], r[1]) for r in rows])


def uner(path: Path) -> Iterator[Gold]:
    """Sentences of an IOB2 file with the running text in its comments."""
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.splitlines()
        text = next((x.removeprefix("# text = ") for x in lines if x.startswith("# text = ")), "")
        rows = [x.split("\t") for x in lines if x and not x.startswith("#")]
        if rows:
            yield _sentence(text, [(r[1], r[2]) for r in rows])


def _sentence(text: str, tokens: list[tuple[str, str]]) -> Gold:
    spans: list[tuple[int, int, str]] = []
    at, going = 0, False
    for token, tag in tokens:
        start = text.find(token, at)
        if start < 0:
            continue
        at = start + len(token)
        kind = COARSE.get(tag[2:])
        if kind and tag[0] == "I" and going:
            spans[-1] = (spans[-1][0], at, kind)
        elif kind:
            spans.append((start, at, kind))
        going = kind is not None
    return text, set(spans)


def strict_f1(sentences: Iterator[Gold]) -> float:
    """Micro F1 of the package's coarse mentions."""
    hit = found = gold = 0
    for text, wanted in sentences:
        labelling = model.label(text, [Sentence(0, 0, 0, len(text), text)], heads=("mention_coarse",))
        ours = {(x.start, x.end, x.kind) for x in labelling.labels}
        hit += len(ours & wanted)
        found += len(ours)
        gold += len(wanted)
    return 2 * hit / max(1, found + gold)


def figures(corpora: Path) -> dict[str, float]:
    """Both figures."""
    return {
        "CrossNER politics test, coarse": strict_f1(crossner(corpora / "crossner-politics/ner_data/politics/test.txt")),
        "UNER-EWT test": strict_f1(uner(corpora / "uner-ewt/en_ewt-ud-test.iob2")),
    }


def main() -> None:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    for name, value in figures(parser.parse_args().corpora).items():
        print(f"{name:36s} {value:.3f}")


if __name__ == "__main__":
    main()
