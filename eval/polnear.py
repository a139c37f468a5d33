"""PolNeAR, read from plain text by the installed package: spans, and attributions joined.

    python eval/polnear.py ../shared/corpora [--split test]

One annotator per text (the first by file name). Span F1 is micro over source, cue and content: exact, IoU >= 0.5, any
overlap, each with the right label. Joined: an attribution counts where cue and content overlap those of a gold
attribution; with the right speaker and content IoU >= 0.5 where, besides, the source overlaps too (or neither has one).
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from brink import model, text
from brink.coding.statements import join_statements
from brink.records import Actor, Labelling, Report, Statement

Span = tuple[int, int]
KINDS = ("source", "cue", "content")


@dataclass(slots=True)
class Attribution:
    """Spans of one attribution by kind."""

    spans: dict[str, list[Span]] = field(default_factory=lambda: {k: [] for k in KINDS})


@dataclass(slots=True)
class Article:
    """Text, gold spans by kind, gold attributions."""

    text: str
    spans: dict[str, list[Span]]
    attributions: list[Attribution]


def read(folder: Path) -> list[Article]:
    """All articles of one split, one annotator each."""
    chosen: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        chosen.setdefault(path.stem.rsplit("_", 1)[0], path)
    return [_article((folder / "text" / f"{n}.txt").read_text("utf-8"), p) for n, p in sorted(chosen.items())]


def _article(body: str, path: Path) -> Article:
    spans: dict[str, tuple[str, list[Span]]] = {}
    events: list[list[str]] = []
    for line in path.read_text("utf-8").splitlines():
        if re.match(r"T\d+\t", line):
            name, middle = line.split("\t")[:2]
            kind, offsets = middle.split(" ", 1)
            parts = [p.split() for p in offsets.split(";")]
            spans[name] = (kind.lower(), [(int(a), int(b)) for a, b in parts])
        elif re.match(r"E\d+\t", line):
            events.append([p.split(":")[1] for p in line.split("\t", 1)[1].split()])
    gold: dict[str, list[Span]] = {k: [s for kind, parts in spans.values() if kind == k for s in parts] for k in KINDS}
    found = []
    for members in events:
        one = Attribution()
        for kind, parts in (spans[m] for m in members):
            if kind in KINDS:
                one.spans[kind] += parts
        if one.spans["cue"] and one.spans["content"]:
            found.append(one)
    return Article(body, gold, found)


def labels(article: Article) -> Labelling:
    """What the package says about the article."""
    report = Report("x", article.text)
    return model.label(article.text, text.layout(report).sentences, heads=("polnear",))


AS_OURS = {"source": ("attribution", "speaker"), "cue": ("attribution", "cue"), "content": ("content", "outer")}
LINKS = {"polnear_source": "speaker", "polnear_content": "content"}


def joined(article: Article, labelling: Labelling) -> list[Attribution]:
    """Attributions as the package joins statements, from spans in PolNeAR's scheme."""
    labels = tuple(replace(x, layer=AS_OURS[x.kind][0], kind=AS_OURS[x.kind][1]) for x in labelling.labels)
    links = tuple(x._replace(kind=LINKS[x.kind]) for x in labelling.links if x.kind in LINKS)
    sentences = text.layout(Report("x", article.text)).sentences

    def resolve(start: int, end: int) -> Actor:
        return Actor(start, end, article.text[start:end], article.text[start:end])

    statements = join_statements(article.text, sentences, Labelling(labels, links), resolve, frozenset())
    return [one for s in statements if (one := _attribution(s)).spans["cue"]]


def _attribution(s: Statement) -> Attribution:
    one = Attribution()
    one.spans["source"] = [(s.speaker.start, s.speaker.end)] if s.speaker else []
    one.spans["cue"] = [(s.cue.start, s.cue.end)] if s.cue else []
    one.spans["content"] = [(c.start, c.end) for c in s.content]
    return one


def iou(a: Span, b: Span) -> float:
    """Intersection over union of two spans."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, shared) / (max(a[1], b[1]) - min(a[0], b[0]))


def matched(gold: list[Span], found: list[Span], least: float) -> int:
    """One-to-one matches with IoU of at least `least` (greedy, best first)."""
    pairs = sorted(((iou(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    used_g: set[int] = set()
    used_f: set[int] = set()
    for value, i, j in pairs:
        if value >= least and value > 0 and i not in used_g and j not in used_f:
            used_g.add(i)
            used_f.add(j)
    return len(used_g)


def _overlaps(a: list[Span], b: list[Span], least: float = 1e-9) -> bool:
    return any(iou(x, y) >= least for x in a for y in b)


def same(gold: Attribution, found: Attribution, strict: bool) -> bool:
    """Cue and content right (by overlap); `strict`: source right too and content IoU >= 0.5."""
    if not _overlaps(gold.spans["cue"], found.spans["cue"]):
        return False
    if not strict:
        return _overlaps(gold.spans["content"], found.spans["content"])
    hull_g, hull_f = _hull(gold.spans["content"]), _hull(found.spans["content"])
    no_source = not gold.spans["source"] and not found.spans["source"]
    return iou(hull_g, hull_f) >= 0.5 and (no_source or _overlaps(gold.spans["source"], found.spans["source"]))


def _hull(spans: list[Span]) -> Span:
    return min(s[0] for s in spans), max(s[1] for s in spans)


def figures(corpora: Path, split: str) -> dict[str, float]:
    """Span and joined F1 of one split."""
    spans = dict.fromkeys(("exact", "IoU", "overlap", "gold", "found"), 0)
    pairs = dict.fromkeys(("loose", "strict", "gold", "found"), 0)
    for article in read(corpora / "polnear/data" / split):
        labelling = labels(article)
        _count_spans(article, labelling, spans)
        _count_joined(article, joined(article, labelling), pairs)
    total, whole = (spans["gold"] + spans["found"]) / 2, (pairs["gold"] + pairs["found"]) / 2
    return {
        "span F1 exact": spans["exact"] / total,
        "span F1 IoU >= 0.5": spans["IoU"] / total,
        "span F1 any overlap": spans["overlap"] / total,
        "joined, cue and content": pairs["loose"] / whole,
        "joined, right speaker, content IoU >= 0.5": pairs["strict"] / whole,
        "gold spans": spans["gold"],
    }


def _count_spans(article: Article, labelling: Labelling, counts: dict[str, int]) -> None:
    for kind in KINDS:
        found = [(x.start, x.end) for x in labelling.labels if x.kind == kind]
        gold = article.spans[kind]
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        counts["exact"] += len(set(gold) & set(found))
        counts["IoU"] += matched(gold, found, 0.5)
        counts["overlap"] += matched(gold, found, 0.0)


def _count_joined(article: Article, found: list[Attribution], counts: dict[str, int]) -> None:
    counts["gold"] += len(article.attributions)
    counts["found"] += len(found)
    for strict, name in ((False, "loose"), (True, "strict")):
        free = list(found)
        for one in article.attributions:
            hit = next((f for f in free if same(one, f, strict)), None)
            if hit:
                free.remove(hit)
                counts[name] += 1


def main() -> None:
    """Print the figures of one split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--split", default="test")
    args = parser.parse_args()
    for name, value in figures(args.corpora, args.split).items():
        print(f"PolNeAR {args.split}: {name:44s} {value:.3f}")


if __name__ == "__main__":
    main()
