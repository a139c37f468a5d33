"""Relays and speakers on annotated documents outside every test part, with the network's labels or the annotators'.

    python eval/saying.py ../shared/corpora wikinews dev      what the installed package finds
    python eval/saying.py ../shared/corpora stories all 200   the first 200 stories, which the network never saw
    python eval/saying.py ../shared/corpora corpus train --gold   what the rules make of perfect labels

Statements match where contents have IoU >= 0.5. "Exact" counts those with an annotated relay whose chain is the same,
in order; precision and recall count single relays over all matched statements, so a relay too many costs too. Prints
also what the wrong chains are: none found, too many, too few, another order, another name; and relays added where
none is annotated. With `--gold` names and countries still come from the network's mentions.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotated import folder_of
from brink import coding, model, text
from brink.coding.actors import index_actors
from brink.coding.names import outlet_names
from brink.coding.statements import join_statements
from brink.records import Label, Labelling, Relay, Report, Sentence, Statement
from told import ids, scorer

HEADS = {"attribution": "attribution", "content": "content", "content_inner": "content"}


@dataclass(frozen=True, slots=True)
class Said:
    """An annotated statement: hull of its content, speaker and chain as written."""

    start: int
    end: int
    speaker: str | None
    relay: tuple[str, ...]


def documents(corpora: Path, name: str, part: str) -> Iterator[Any]:
    """The training reader's documents of a set's part ("dev", "train", "all"); none of a test part."""
    from brink_train import own, sets

    if name in ("stories", "weblogs"):
        yield from sorted(sets.LOADERS[name](corpora), key=lambda d: (hash_of(d.id), d.id))
        return
    folder = folder_of(corpora, name)
    dev, test = ids(folder / "dev_ids.txt"), ids(folder / "test_ids.txt")
    yield from (d for d in own.load(folder, frozenset(test)) if part in ("all", "dev" if d.id in dev else "train"))


def hash_of(name: str) -> int:
    """A fixed number of an id, so that a first few are a fair draw."""
    return zlib.crc32(name.encode())


def said(doc: Any) -> list[Said]:
    """The statements of a document; its ties stand in the order speaker, relays (outermost first), content."""
    ends = {(m.kind, m.start): m.end for m in doc.marks if m.head in HEADS}
    contents = {m.start: m.end for m in doc.marks if m.head in ("content", "content_inner")}
    ties = [t for t in doc.ties if t.kind in ("speaker", "relay", "content")]
    found, at = [], 0
    for choice in (c for c in doc.choices if c.head == "class"):
        speaker, relay, start = None, [], choice.at
        while at < len(ties) and ties[at].head == choice.at and not (ties[at].kind == "speaker" and speaker):
            tie = ties[at]
            at += 1
            words = doc.text[tie.tail : ends.get((tie.kind, tie.tail), tie.tail)]
            if tie.kind == "content":
                start = tie.tail
                break
            if tie.kind == "speaker":
                speaker = words
            else:
                relay.append(words)
        if start in contents:
            found.append(Said(start, contents[start], speaker, tuple(relay)))
    return found


def perfect(doc: Any, sentences: Sequence[Sentence], labelling: Labelling) -> Labelling:
    """The annotators' spans of statements beside the network's mentions."""
    labels = [x for x in labelling.labels if x.layer == "mention"]
    for m in doc.marks:
        at = next((s.index for s in sentences if s.start <= m.start < s.end), None)
        if m.head in HEADS and at is not None:
            labels.append(Label(m.start, m.end, doc.text[m.start : m.end], HEADS[m.head], m.kind, at, 0.95))
    return Labelling(tuple(sorted(labels, key=lambda x: (x.start, x.end))), ())


def statements(doc: Any, gold: bool) -> Sequence[Statement]:
    """The statements that Brink makes of a document."""
    report = Report(doc.id, doc.text[: doc.sentences[-1][1]])
    sentences = text.layout(report).sentences
    labelling = model.label(report.text, sentences)
    if gold:
        labelling = perfect(doc, sentences, labelling)
    mentions = [x for x in labelling.labels if x.layer == "mention"]
    index = index_actors(report.text, sentences, mentions, coding.load_register(None))
    return join_statements(report.text, sentences, labelling, index.actor, outlet_names())


def count(corpora: Path, docs: Iterator[Any], gold: bool) -> Counter[str]:
    """Counts over documents."""
    score, c = scorer(corpora), Counter[str]()
    for doc in docs:
        theirs = said(doc)
        ours = [s for s in statements(doc, gold) if s.content]
        hulls = [(min(x.start for x in s.content), max(x.end for x in s.content)) for s in ours]
        pairs = score.match([(s.start, s.end) for s in theirs], hulls, score.iou, 0.5)
        c["annotated"] += len(theirs)
        c["relayed"] += sum(bool(s.relay) for s in theirs)
        for i, j in pairs:
            who = ours[j].speaker
            c["matched"] += 1
            c["speaker"] += any(score.same_name(theirs[i].speaker, n) for n in (who and who.text, who and who.name))
            c.update(chains(score.same_name, theirs[i].relay, ours[j].relay))
    return c


def chains(same: Callable[[str, str], bool], gold: Sequence[str], found: Sequence[Relay]) -> Iterator[str]:
    """What one matched statement counts for."""
    free = list(found)
    for name in gold:
        hit = next((r for r in free if same(name, r.text) or same(name, r.name)), None)
        yield "relay annotated"
        if hit:
            free.remove(hit)
            yield "relay right"
    yield from ["relay found"] * len(found)
    right = len(found) - len(free)
    if not gold:
        yield from ["added"] * bool(found)
        return
    exact = len(gold) == len(found) and all(
        same(n, r.text) or same(n, r.name) for n, r in zip(gold, found, strict=True)
    )
    wrong = "order" if right == len(gold) == len(found) else "too many" if right == len(gold) else "too few"
    yield "chain"
    yield (
        "exact" if exact else "none found" if not found else wrong if right == min(len(gold), len(found)) else "another"
    )


def main() -> None:
    """Print the figures of one set's part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("set", choices=("wikinews", "corpus", "wire", "re3d", "ukraine2014", "stories", "weblogs"))
    parser.add_argument("part", choices=("dev", "train", "all"))
    parser.add_argument("first", type=int, nargs="?", help="only so many documents")
    parser.add_argument("--gold", action="store_true", help="the annotators' spans instead of the network's")
    args = parser.parse_args()
    docs = list(documents(args.corpora, args.set, args.part))[: args.first]
    c = count(args.corpora, iter(docs), args.gold)
    print(f"{args.set} {args.part}: {len(docs)} documents, {c['matched']} of {c['annotated']} statements matched")
    print(f"  speaker {c['speaker'] / max(1, c['matched']):.3f}")
    print(f"  relay exact {c['exact'] / max(1, c['chain']):.3f} of {c['chain']} ({c['relayed']} annotated)")
    right = c["relay right"]
    precision, recall = right / max(1, c["relay found"]), right / max(1, c["relay annotated"])
    print(f"  relay precision {precision:.3f}, recall {recall:.3f}")
    print("  " + ", ".join(f"{k} {c[k]}" for k in ("none found", "too few", "too many", "order", "another", "added")))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "train"))
    main()
