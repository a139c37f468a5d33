"""Score the joining of statements alone: gold spans in, without links, statements out.

    python eval/joining.py                       all the project's own sets but the test documents
    python eval/joining.py --drop 0.1            the same with a tenth of the spans lost at random (fixed seed)
    python eval/joining.py --errors speaker 20   print errors of one kind (speaker, relay, quoted, class, missed)
    python eval/joining.py --polnear             PolNeAR's development part

A span that is speaker of one statement and relay of another gets one label, the later one, as the model's tag
sequence has it. Names are resolved by a stand-in: a pronoun is the last speaker named before it, a last name the
longer name before it. Corpora are read from ../shared/corpora; the test documents of wikinews-plover never.
"""

from __future__ import annotations

import argparse
import collections
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from brink.coding.statements import join_statements
from brink.records import Actor, Label, Labelling, Relay, Sentence, Statement
from told import scorer

Json = dict[str, Any]
Pair = tuple[int, int]
CORPORA = Path(__file__).resolve().parents[1].parent / "shared" / "corpora"
SETS = ("wikinews-plover", "wire-plover", "re3d-plover", "ukraine2014-plover")
PRONOUNS = frozenset(("he", "she", "they", "it", "him", "her", "them", "we", "i", "who"))
OUTLETS = frozenset(
    (
        "afp",
        "ap",
        "reuters",
        "interfax",
        "bbc",
        "cnn",
        "tass",
        "itar-tass",
        "ria novosti",
        "xinhua",
        "al jazeera",
        "dpa",
    )
)


@dataclass(slots=True)
class Case:
    """A document with its gold statements, their content offsets, and the labels made of them."""

    name: str
    text: str
    sentences: list[Sentence]
    gold: list[tuple[Json, Pair | None]]
    labels: list[Label]


def cases(name: str, part: str, sa: ModuleType) -> Iterator[Case]:
    """Documents of a set; of wikinews-plover those of `part` ("dev" or "train")."""
    folder = CORPORA / name
    ids = {p: set((folder / f"{p}_ids.txt").read_text().split()) for p in ("test", "dev")} if part else {}
    docs = {str(d["id"]): d for d in sa.load(folder / "docs.jsonl")}
    for record in sa.load(folder / "annotations.jsonl"):
        i = str(record["id"])
        if part and (i in ids["test"] or (i in ids["dev"]) != (part == "dev")):
            continue
        yield _case(i, docs[i], record, sa)


def _case(name: str, doc: Json, record: Json, sa: ModuleType) -> Case:
    text, offsets = sa.layout(doc)
    sentences = []
    for offset, sentence in zip(offsets, doc["sentences"], strict=True):
        if offset is not None:
            paragraph = text.count("\n\n", 0, offset)
            sentences.append(Sentence(len(sentences), paragraph, offset, offset + len(sentence), sentence))
    gold = [(st, sa.content(doc, offsets, st)) for st in record["statements"]]
    return Case(name, text, sentences, gold, _labels(doc, offsets, gold, text, sentences, sa))


def _labels(
    doc: Json, offsets: list[int | None], gold: list[tuple[Json, Pair | None]], text: str, sentences: list[Sentence],
    sa: ModuleType,
) -> list[Label]:  # fmt: skip
    attribution: dict[Pair, str] = {}
    contents = {c for _, c in gold if c}
    for st, _ in gold:
        wanted = [("speaker", st.get("speaker_s", st["s"]), st["speaker"]), ("cue", st["s"], st["cue"])]
        wanted += [("relay", st["s"], relay) for relay in st["relay"]]
        for kind, s, x in wanted:
            span = _near(doc, offsets, s, x, sa)
            if span:
                attribution.pop(span, None)
                attribution[span] = kind
    found = [("attribution", kind, span) for span, kind in attribution.items()]
    for c in contents:
        inner = any(o != c and o[0] <= c[0] and c[1] <= o[1] for o in contents)
        found.append(("content", "inner" if inner else "outer", c))
    made = [_label(layer, kind, span, text, sentences) for layer, kind, span in found]
    return sorted(made, key=lambda x: (x.start, x.end, x.layer))


def _near(doc: Json, offsets: list[int | None], s: int, wanted: Any, sa: ModuleType) -> Pair | None:
    """The annotated text in its sentence, else in the nearest one before, as the training reads it."""
    for i in range(s, -1, -1):
        x = wanted if i == s or not isinstance(wanted, list) else wanted[0]
        if wanted is not None and (span := sa.place(doc, offsets, i, x)):
            return (span[0], span[1])
    return None


def _label(layer: str, kind: str, span: Pair, text: str, sentences: Sequence[Sentence]) -> Label:
    at = next((s.index for s in sentences if s.start <= span[0] < s.end), len(sentences) - 1)
    return Label(span[0], span[1], text[span[0] : span[1]], layer, kind, at, 0.9)


def joined(case: Case, drop: float, rng: random.Random) -> tuple[Statement, ...]:
    """The case's statements, of labels of which a share is lost."""
    kept = tuple(x for x in case.labels if rng.random() >= drop)

    def resolve(start: int, end: int) -> Actor:
        text = case.text[start:end]
        named = [
            x.text for x in case.labels if x.kind == "speaker" and x.end <= start and x.text.lower() not in PRONOUNS
        ]
        if text.lower() in PRONOUNS:
            return Actor(start, end, text, named[-1] if named else text)
        longer = [n for n in named if n.endswith(f" {text.split()[-1]}") and text.split()[-1].istitle()]
        return Actor(start, end, text, longer[0] if longer else text)

    return join_statements(case.text, case.sentences, Labelling(kept, ()), resolve, OUTLETS)


def score(found: Sequence[Case], drop: float, sa: ModuleType, errors: tuple[str, int]) -> collections.Counter[str]:
    """Counts over documents: gold, found and matched statements, and what is right in the matched ones."""
    counts: collections.Counter[str] = collections.Counter()
    rng = random.Random(7)
    kind, left = errors
    for case in found:
        started = time.perf_counter()
        statements = joined(case, drop, rng)
        counts["seconds"] += time.perf_counter() - started  # type: ignore[assignment]
        gold = [(st, c) for st, c in case.gold if c]
        hulls = [(s, (s.content[0].start, s.content[-1].end)) for s in statements]
        pairs = _match(gold, hulls, sa)
        counts["gold"] += len(gold)
        counts["found"] += len(hulls)
        counts["matched"] += len(pairs)
        for i, j in pairs:
            wrong = _judge(gold[i][0], statements[j], counts, sa)
            if kind in wrong and left > 0:
                left -= 1
                _show(case, gold[i], statements[j])
        if kind == "missed":
            for i in {*range(len(gold))} - {i for i, _ in pairs}:
                if left > 0:
                    left -= 1
                    print(case.name, gold[i][0], repr(case.text[gold[i][1][0] : gold[i][1][1]])[:200])
    return counts


def _match(gold: list[tuple[Json, Pair]], hulls: list[tuple[Statement, Pair]], sa: ModuleType) -> list[Pair]:
    """As the scorer matches, but of several statements with one content those whose cues agree."""

    def likeness(g: tuple[Json, Pair], p: tuple[Statement, Pair]) -> float:
        overlap: float = sa.iou(g[1], p[1])
        cue = g[0]["cue"][0] if isinstance(g[0]["cue"], list) else g[0]["cue"]
        return overlap + 0.001 * (cue == (p[0].cue.text if p[0].cue else None)) if overlap else 0.0

    matched: list[Pair] = sa.match(gold, hulls, likeness, 0.5)
    return matched


def _judge(gold: Json, found: Statement, counts: collections.Counter[str], sa: ModuleType) -> set[str]:
    wrong: set[str] = set()
    speaker = gold["speaker"][0] if isinstance(gold["speaker"], list) else gold["speaker"]
    if not _same(speaker, found.speaker, sa):
        wrong.add("speaker")
    relay = [r[0] if isinstance(r, list) else r for r in gold["relay"]]
    same = len(relay) == len(found.relay) and all(_same(a, b, sa) for a, b in zip(relay, found.relay, strict=True))
    if not same:
        wrong.add("relay")
    counts["relayed"] += bool(relay)
    counts["relayed right"] += bool(relay) and same
    if gold["q"] != found.quoted:
        wrong.add("quoted")
    if gold["cue"]:
        cue = gold["cue"][0] if isinstance(gold["cue"], list) else gold["cue"]
        counts["cues"] += 1
        if not found.cue or found.cue.cue_class != gold["class"]:
            wrong.add("class")
        if (found.cue.text if found.cue else None) != cue:
            wrong.add("cue")
    for name in ("speaker", "relay", "quoted", "class", "cue"):
        counts[f"{name} right"] += name not in wrong
    return wrong


def _same(gold: str | None, found: Actor | Relay | None, sa: ModuleType) -> bool:
    """As the scorer compares: the words of the text or of the name."""
    if found is None:
        return gold is None
    return any(sa.same_name(gold, x) for x in (found.text, found.name))


def _show(case: Case, gold: tuple[Json, Pair], found: Statement) -> None:
    left, right = gold[1]
    at = case.text[max(0, left - 160) : right + 120].replace("\n", " ¶ ")
    print(f"--- {case.name} {found.id}\n    {at}")
    g = gold[0]
    print(f"    gold  {g['speaker']} <- {g['relay']} | {g['cue']} {g['class']} | {g['q']} | {g['content']}")
    speaker, cue = found.speaker, found.cue
    print(
        f"    found {speaker.text if speaker else None} <- {[r.text for r in found.relay]} |"
        f" {cue.text if cue else None} {cue.cue_class if cue else None} | {found.quoted}"
    )


def report(name: str, c: collections.Counter[str]) -> str:
    """One line of figures."""

    def share(what: str, of: int) -> str:
        return f"{c[what] / of:.3f}" if of else "none"

    n = c["matched"]
    cued = c["class right"] - (n - c["cues"])
    return (
        f"{name:26s} gold {c['gold']:5d} found {c['found']:5d} matched {n / max(c['gold'], 1):.3f} | speaker"
        f" {share('speaker right', n)} | relay {share('relay right', n)}, where any"
        f" {share('relayed right', c['relayed'])} of {c['relayed']} | cue {share('cue right', n)}"
        f" | class {cued / max(c['cues'], 1):.3f} | quoted"
        f" {share('quoted right', n)} | {1000 * c['seconds'] / max(n, 1):.2f} ms a statement"
    )


# PolNeAR ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Attributed:
    """One attribution of PolNeAR: the parts of its source, cue and content."""

    source: list[Pair]
    cue: list[Pair]
    content: list[Pair]


def polnear(part: str) -> Iterator[tuple[Case, list[Attributed]]]:
    """Articles of one split, one annotator per text."""
    folder = CORPORA / "polnear" / "data" / part
    taken: set[str] = set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        if name in taken:
            continue
        taken.add(name)
        text = (folder / "text" / f"{name}.txt").read_text("utf-8")
        attributions = _attributions(path.read_text("utf-8"))
        sentences = _sentences(text)
        labels = []
        for a in attributions:
            for layer, kind, spans in (
                ("attribution", "speaker", a.source), ("attribution", "cue", a.cue), ("content", "outer", a.content),
            ):  # fmt: skip
                labels += [_label(layer, kind, span, text, sentences) for span in spans]
        labels.sort(key=lambda x: (x.start, x.end, x.layer))
        yield Case(name, text, sentences, [], labels), attributions


def _sentences(text: str) -> list[Sentence]:
    """Sentences by the package's own text stage, as at run time."""
    from brink.records import Report
    from brink.text import layout

    return list(layout(Report("polnear", text)).sentences)


def _attributions(annotation: str) -> list[Attributed]:
    spans: dict[str, list[Pair]] = {}
    found = []
    for line in annotation.splitlines():
        if re.match(r"T\d+\t", line):  # texts may run over several lines
            name, middle, _ = line.split("\t", 2)
            offsets = middle.split(" ", 1)[1].split(";")
            spans[name] = [(int(p.split()[0]), int(p.split()[1])) for p in offsets]
    for line in annotation.splitlines():
        if re.match(r"E\d+\t", line):
            a = Attributed([], [], [])
            for part in line.split("\t", 1)[1].split():
                kind, target = part.split(":")
                kind = kind.rstrip("0123456789").lower()
                if kind in ("source", "cue", "content"):
                    getattr(a, kind).extend(spans[target])
            found.append(a)
    return found


def _shared(content: Sequence[Pair], statement: Statement) -> int:
    return sum(max(0, min(y, c.end) - max(x, c.start)) for x, y in content for c in statement.content)


def score_polnear(part: str, sa: ModuleType, errors: int) -> None:
    """Print the share of attributions whose source is right in the statement that shares most with their content."""
    counts: collections.Counter[str] = collections.Counter()
    for case, attributions in polnear(part):
        statements = joined(case, 0.0, random.Random(7))
        for a in attributions:
            if not a.content:
                continue
            counts["attributions"] += 1
            hull = (min(x for x, _ in a.content), max(y for _, y in a.content))
            scored = [(_shared(a.content, s), k) for k, s in enumerate(statements)]
            overlap, k = max(scored, default=(0, -1))
            if overlap <= 0:
                counts["missed"] += 1
                continue
            speaker = statements[k].speaker
            right = not a.source if speaker is None else any(sa.iou((speaker.start, speaker.end), s) for s in a.source)
            counts["right"] += right
            counts["named"] += bool(a.source)
            counts["named right"] += bool(a.source) and right
            cue = statements[k].cue
            counts["cue"] += not a.cue if cue is None else any(sa.iou((cue.start, cue.end), s) for s in a.cue)
            if not right and errors > 0:
                errors -= 1
                print("---", case.text[max(0, hull[0] - 150) : hull[1] + 150].replace("\n", " ¶ "))
                print("    gold", [case.text[x:y] for x, y in a.source], [case.text[x:y] for x, y in a.cue])
                print("    found", speaker.text if speaker else None, "|", cue.text if cue else None)
    n = counts["attributions"]
    print(
        f"polnear {part}: {n} attributions, content found {1 - counts['missed'] / n:.3f},"
        f" source right {counts['right'] / n:.3f}, of the {counts['named']} with a source"
        f" {counts['named right'] / counts['named']:.3f}, cue right {counts['cue'] / n:.3f}"
    )


def main() -> None:
    """Parse the command line and print one line of figures per set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drop", type=float, default=0.0)
    parser.add_argument("--polnear", nargs="?", const="dev", choices=["dev", "train"])
    parser.add_argument("--errors", nargs=2, metavar=("KIND", "N"), default=("", "0"))
    parser.add_argument("--set", default="")
    args = parser.parse_args()
    sa = scorer(CORPORA)
    if args.polnear:
        score_polnear(args.polnear, sa, int(args.errors[1]))
        return
    for name in SETS:
        for part in ("dev", "train") if name == "wikinews-plover" else ("",):
            label = f"{name} {part}".strip()
            if args.set in label:
                print(
                    report(
                        label, score(list(cases(name, part, sa)), args.drop, sa, (args.errors[0], int(args.errors[1])))
                    )
                )


if __name__ == "__main__":
    main()
