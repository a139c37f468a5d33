"""What the measures share: the corpora's own scorer, and annotated events with their characters."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from brink.records import Sentence, Span

Json = dict[str, Any]


@dataclass
class Told:
    """An annotated document: text, sentences, cues of statements, events with the span of their trigger."""

    id: str
    text: str
    sentences: list[Sentence]
    published: date | None
    cues: list[Span]
    events: list[tuple[Json, Span]]


def scorer(corpora: Path) -> ModuleType:
    """The scorer that lies beside the corpora: it lays out texts, finds annotated spans and counts."""
    spec = importlib.util.spec_from_file_location("score_annotated", corpora / "score_annotated.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(corpora / "score_annotated.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(folder: Path, part: str) -> Iterator[Told]:
    """The documents of a part: "dev" or "test" as the set names them, "train" for the rest, "all but test" for both."""
    docs = {str(d["id"]): d for d in map(json.loads, (folder / "docs.jsonl").read_text("utf-8").splitlines())}
    named = {name: ids(folder / f"{name}_ids.txt") for name in ("dev", "test")}
    for line in (folder / "annotations.jsonl").read_text("utf-8").splitlines():
        annotation = json.loads(line)
        own = next((name for name, members in named.items() if str(annotation["id"]) in members), "train")
        if part == own or (part == "all but test" and own != "test"):
            yield document(docs[str(annotation["id"])], annotation)


def ids(path: Path) -> set[str]:
    """The ids that a file names, none where there is no such file."""
    return set(path.read_text("utf-8").split()) if path.exists() else set()


def document(doc: Json, annotation: Json) -> Told:
    """One document with its sentences a line each."""
    text, sentences = "", []
    for index, sentence in enumerate(doc["sentences"]):
        sentences.append(Sentence(index, index, len(text), len(text) + len(sentence), sentence))
        text += sentence + "\n"
    cues = [find(s["cue"], sentences[s["s"]]) for s in annotation["statements"] if s.get("cue")]
    events = [(e, find(e["t"], sentences[e["s"]])) for e in annotation["events"]]
    published = doc.get("published") or ""
    return Told(
        str(doc["id"]), text, sentences,
        date.fromisoformat(published) if re.fullmatch(r"\d{4}-\d\d-\d\d", published) else None,
        [c for c in cues if c], [(e, span) for e, span in events if span],
    )  # fmt: skip


def find(words: str | list[Any], sentence: Sentence) -> Span | None:
    """Where an annotated text ("t", or ["t", k] for its k-th occurrence) stands; whole words first."""
    text, number = (words[0], words[1]) if isinstance(words, list) else (words, None)
    places = [m.start() for m in re.finditer(re.escape(text), sentence.text)]
    if number is None:
        whole = [
            p
            for p in places
            if re.fullmatch(r"\W?", sentence.text[max(0, p - 1) : p])
            and re.match(r"\W|$", sentence.text[p + len(text) :])
        ]
        places, number = whole or places, 0
    if len(places) <= number:
        return None
    start = sentence.start + places[number]
    return Span(start, start + len(text), text)
