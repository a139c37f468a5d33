"""Reading ECB+ (Cybulska and Vossen 2014): documents with their gold mentions, cleaned sentences alone for events.

A document's text is its sentences, a line each, tokens set together as they are written; the address that newer files
have for sentence 0 is left out. Chains are told by the instance that a cross-document relation names, else by the
relation within the document; a mention in no relation is a chain of its own.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from defusedxml import ElementTree

from brink.records import Sentence

TEST = range(36, 46)
"""The test topics of Cybulska and Vossen (2015), on which figures are published."""
DEV = (2, 5, 12, 18, 21, 23, 34, 35)
FOLDER = "ecbplus/ECB+_LREC2014"
_TIGHT = re.compile(r"[.,;:!?%)\]]|'s|n't|'re|'ve|'ll|'d|'m|'|''")


@dataclass(frozen=True, slots=True)
class Marked:
    """A gold mention: its tag (ACTION_…, NEG_…, HUMAN_…, LOC_…, TIME_… or NON_HUMAN_…), place, sentence and words."""

    id: str
    tag: str
    start: int
    end: int
    sentence: int
    words: tuple[str, ...]
    chain: str

    @property
    def is_event(self) -> bool:
        """Whether it is an action, also one that is said not to have happened."""
        return self.tag.startswith(("ACTION", "NEG_"))


@dataclass(frozen=True, slots=True)
class Document:
    """One document. `events` are the mentions of actions in cleaned sentences, `marked` all other mentions."""

    id: str
    topic: int
    text: str
    sentences: tuple[Sentence, ...]
    events: tuple[Marked, ...]
    marked: tuple[Marked, ...]


def documents(corpora: Path, topics: range | tuple[int, ...]) -> list[Document]:
    """The documents of some topics, in the order of topics and file names."""
    folder = corpora / FOLDER
    clean: dict[str, set[int]] = defaultdict(set)
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            clean[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    found = ((topic, path) for topic in topics for path in sorted((folder / f"ECB+/{topic}").glob("*.xml")))
    return [document(path, topic, clean[path.stem]) for topic, path in found]


def document(path: Path, topic: int, clean: set[int]) -> Document:
    """One file; `clean` are the numbers of its sentences whose mentions of actions count."""
    root = ElementTree.parse(path).getroot()
    text, sentences, places = _laid(root)
    chains, found = _chains(root, path.stem), []
    for markable in root.find("Markables"):
        held = [places[a.get("t_id")] for a in markable.findall("token_anchor") if a.get("t_id") in places]
        if held:
            id = f"{path.stem}#{markable.get('m_id')}"
            start, end = min(s for s, _, _, _ in held), max(e for _, e, _, _ in held)
            words = tuple(word for _, _, _, word in held)
            found.append(Marked(id, markable.tag, start, end, held[0][2], words, chains.get(id, id)))
    events = tuple(m for m in found if m.is_event and m.sentence in clean)
    return Document(
        path.stem, topic, text, tuple(sentences.values()), events, tuple(m for m in found if not m.is_event)
    )


def _laid(root: Any) -> tuple[str, dict[int, Sentence], dict[str, tuple[int, int, int, str]]]:
    """The text, its sentences by ECB+'s number, and of each token start, end, sentence and word."""
    held: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for token in root.iter("token"):
        held[int(token.get("sentence"))].append((token.get("t_id"), (token.text or "").strip()))
    text, sentences, places = "", {}, {}
    for number, tokens in sorted(held.items()):
        if tokens[0][1].startswith("http"):
            continue
        first = len(text)
        for id, word in tokens:
            tight = len(text) == first or _TIGHT.fullmatch(word) or text.endswith(("(", "[", "$"))
            text += "" if tight else " "
            places[id] = len(text), len(text) + len(word), number, word
            text += word
        sentences[number] = Sentence(len(sentences), len(sentences), first, len(text), text[first:])
        text += "\n"
    return text, sentences, places


def _chains(root: Any, name: str) -> dict[str, str]:
    """The chain of each mention that stands in a relation."""
    found = {}
    for relation in root.find("Relations"):
        across = relation.tag.startswith("CROSS")
        chain = relation.get("note") if across else f"{name}/{relation.get('r_id')}"
        for source in relation.findall("source"):
            found[f"{name}#{source.get('m_id')}"] = chain
    return found
