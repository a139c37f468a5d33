"""Measure sentence boundaries on gum-news: `python eval/sentences.py CORPORA [--errors]`.

A document's text is its sentences as published, a blank line between paragraphs. A boundary is the end of a sentence;
"inside" leaves out the ends of paragraphs, which the blank lines give away. The 12 documents named in
gum_test_ids.txt are the test part; the others were developed on, and only their errors can be printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from brink.records import Report
from brink.text import layout
from brink.text.sentences import sentences

Paragraphs = list[list[str]]


@dataclass
class Count:
    """Boundaries found that are right, found at all, and in the corpus."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, gold: set[int], found: set[int]) -> None:
        self.right += len(gold & found)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def f1(self) -> float:
        """F1 of the boundaries."""
        return 2 * self.right / max(1, self.found + self.gold)

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.gold)
        return f"P {precision:.4f} R {recall:.4f} F1 {self.f1:.4f} (of {self.gold})"


def read_conllu(path: Path) -> Paragraphs:
    """The sentences of a GUM document, by paragraph."""
    paragraphs: Paragraphs = [[]]
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            paragraphs.append([])
        elif line.startswith("# text = "):
            paragraphs[-1].append(line.removeprefix("# text = ").strip())
    return [paragraph for paragraph in paragraphs if paragraph]


def written(paragraphs: Paragraphs) -> tuple[str, set[int], set[int]]:
    """The text of a document, where its sentences end, and which of these ends are ends of paragraphs."""
    text = ""
    ends: set[int] = set()
    lasts: set[int] = set()
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        for index, sentence in enumerate(paragraph):
            text += (" " if index else "") + sentence
            ends.add(len(text))
        lasts.add(len(text))
    return text, ends, lasts


def found_ends(text: str) -> set[int]:
    """Where Brink ends sentences, those of furniture (captions, datelines of their own) included."""
    result = layout(Report("gum", text))
    ends = {sentence.end for sentence in result.sentences}
    for piece in result.furniture:
        ends |= {end for _, end in sentences(text, piece.start, piece.end)}
    return ends


def measure(paths: Iterable[Path], errors: bool) -> tuple[Count, Count]:
    """All boundaries, and those inside paragraphs."""
    overall, inside = Count(), Count()
    for path in paths:
        text, gold, lasts = written(read_conllu(path))
        found = found_ends(text)
        overall.add(gold, found)
        inside.add(gold - lasts, found - lasts)
        for end in sorted(gold ^ found) if errors else ():
            kind = "missed" if end in gold else "false "
            print(f"  {kind} {path.stem}: {text[max(0, end - 40) : end]!r} | {text[end : end + 40]!r}")
    return overall, inside


def parts(corpora: Path) -> Iterator[tuple[str, list[Path]]]:
    """The development and the test documents."""
    lines = Path(__file__).with_name("gum_test_ids.txt").read_text("utf-8").splitlines()
    test = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    paths = sorted((corpora / "gum-news" / "dep").glob("*.conllu"))
    yield "development", [path for path in paths if path.stem not in test]
    yield "test", [path for path in paths if path.stem in test]


def test_figures(corpora: Path) -> dict[str, float]:
    """Boundary F1 on the test documents, in running text and inside paragraphs only."""
    overall, inside = measure(dict(parts(corpora))["test"], False)
    return {"gum-news test boundaries F1": overall.f1, "gum-news test, inside paragraphs F1": inside.f1}


def main() -> None:
    """Print the figures of both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--errors", action="store_true", help="print the errors on the development documents")
    parser.add_argument("--development", action="store_true", help="leave the test documents alone")
    arguments = parser.parse_args()
    for name, paths in parts(arguments.corpora):
        if name == "test" and arguments.development:
            continue
        overall, inside = measure(paths, arguments.errors and name == "development")
        print(f"{name}, {len(paths)} documents: {overall}; inside paragraphs: {inside}")


if __name__ == "__main__":
    main()
